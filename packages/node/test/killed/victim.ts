/**
 * The process that is killed: production code over the real disk. It does one piece of work on a vault that exists,
 * says what it reported, and is gone. `kills.ts` bundles it into one file, so that it starts quickly. What it is to do
 * comes on standard input; at the operation of the disk that is named there it ends itself with SIGKILL.
 */
import { readFileSync, writeSync } from 'node:fs'
import { realDisk } from '../../src/disk.js'
import { openMachine } from '../../src/machine/open.js'
import { type Deed, type Doing, doing, type Told } from './deeds.js'
import { type Counts, type Death, deadly, TWINS, type Twin } from './disks.js'

/** What stands on standard input. */
export interface Order extends Doing {
  readonly deed: Deed
  readonly home: string
  readonly vault: string
  readonly death?: Death
  readonly twin?: Twin
}

/** A line of standard output. */
export type Line = { readonly ready: true } | { readonly told: Told } | { readonly counts: Counts }

function say(line: Line): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

const order = JSON.parse(readFileSync(0, 'utf8')) as Order
const { disk, counts } = deadly((TWINS[order.twin ?? 'none'] ?? TWINS.none)(realDisk), order.death)
const machine = await openMachine({ home: order.home, vault: order.vault }, realDisk)
say({ ready: true })
if (order.twin === 'reportsFirst')
  say({ told: { deed: order.deed, seq: order.next, version: order.version } })
say({ told: await doing(order.deed, { ...order, machine, disk }) })
say({ counts: counts() })
