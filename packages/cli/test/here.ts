/**
 * A machine with a vault on real folders, made and used by the built command: for tests of what becomes of it.
 * Its factors are this computer and a sheet, so that no run waits for a key derivation.
 */
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readSheet } from '@cairn/core/sheets/recovery-sheet.js'
import { openMachine } from '@cairn/node/machine/open.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { type OpenVault, readPast } from '@cairn/node/vault/open.js'
import { openHere } from '@cairn/node/vault/open-here.js'
import { restore } from '@cairn/node/vault/restore.js'
import { type Ran, type RunOptions, run } from './run.js'

export interface Here {
  readonly cwd: string
  readonly home: string
  readonly store: string
  readonly sheet: string
  readonly opened: OpenVault
}

const FACTORS = ['computer', 'sheet'].flatMap((kind) => ['--factor', kind])

/** A new vault in `cwd`, opened. `more`: further options of `init`. */
export async function makeHere(cwd: string, more: readonly string[] = []): Promise<Here> {
  const [home, store, sheet] = [join(cwd, 'home'), join(cwd, 'vault/store'), join(cwd, 'sheet.txt')]
  const args = ['init', 'vault', '--no-input', ...FACTORS, ...more, '--sheet-out', sheet]
  const made = await run(args, { cwd, home })
  if (made.exit !== 0) throw new Error(`init failed: ${made.err}`)
  const machine = await openMachine({ home, vault: join(cwd, 'vault') }, ports.disk)
  const opened = await openHere(machine, { sheets: [readSheet(await readFile(sheet, 'utf8')).words] }, ports)
  return { cwd, home, store, sheet, opened }
}

/** Runs the command on this machine. */
export function runHere(here: Here, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return run(args, { cwd: here.cwd, home: here.home, ...options })
}

export async function addHere(here: Here, name: string, source: string): Promise<void> {
  const { exit, err } = await runHere(here, ['wallet', 'add', name, source])
  if (exit !== 0) throw new Error(`wallet add failed: ${err}`)
}

export interface Restored {
  /** SHA-256 of each file, by path. */
  readonly files: ReadonlyMap<string, string>
  readonly history: readonly string[]
}

/** What a snapshot restores to; the factors were combined when the vault was opened. */
export async function restoreHere(
  { cwd, opened }: Here,
  { name, at }: { readonly name: string; readonly at?: string },
): Promise<Restored> {
  const to = join(cwd, 'back')
  try {
    const { heads, stores } = await readPast(opened.reading.stores, opened.description)
    const { files } = await restore(
      {
        reading: opened.reading,
        heads,
        names: [name],
        ...(at === undefined ? {} : { at }),
        to,
        inTheWay: 'refuse',
        risky: 'refuse',
      },
      ports,
    )
    return {
      files: new Map(files.map(({ path, sha256 }) => [path, sha256])),
      history: stores.map(({ history }) => history),
    }
  } finally {
    await rm(to, { recursive: true, force: true })
  }
}
