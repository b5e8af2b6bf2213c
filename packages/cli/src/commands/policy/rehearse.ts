/**
 * `cairn policy rehearse NAME`: tries one factor by itself. The passphrase or the words that are typed are held against
 * the lock and forgotten; the day and whether they were right are kept, so that the next rehearsal comes in time.
 */
import { EXIT_CODES, fail } from '@cairn/core/errors.js'
import { DAY_MS } from '@cairn/core/plan/due.js'
import type { Rehearsal } from '@cairn/core/plan/rehearse.js'
import type { Factor } from '@cairn/core/vault/policy.js'
import { opensFactor } from '@cairn/core/vault/unlock.js'
import type { Machine } from '@cairn/node/machine/open.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { noteFactor, planRehearsals } from '@cairn/node/vault/rehearsals.js'
import { askSecret } from '../../ask.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { bad, count, good, safe } from '../../output.js'
import { askSheet } from '../../sheet-file.js'

interface Options {
  readonly passphraseFile?: string
  readonly sheetFile?: string
  readonly answered?: boolean
}

export async function run(context: Context, options: Options, name: string): Promise<Outcome> {
  const machine = await openHere(context)
  const { policy } = machine.description
  const factors = policy.groups.flatMap((group) => group.factors)
  const factor = factors.find((each) => each.name === name)
  if (factor === undefined) {
    return fail('factor-absent', { factor: name, known: factors.map((each) => each.name).join(', ') })
  }
  const ok = await tried(context, { machine, factor, options })
  await noteFactor(machine, { factor, ok }, ports)
  const next = (await planRehearsals(machine, ports)).find(
    (each) => each.name === name && each.what !== 'restore',
  )
  return {
    json: { name, kind: factor.kind, ok, ...(next ? { next: next.by } : {}) },
    text: ok ? good(RIGHT[factor.kind] ?? '') : bad(WRONG[factor.kind] ?? ''),
    next: next ? [sayNext(next)] : [],
    exit: ok ? 0 : EXIT_CODES.mismatch,
  }
}

const RIGHT: Partial<Record<Factor['kind'], string>> = {
  passphrase: 'The passphrase is right.',
  sheet: 'The sheet is right: its words belong to the policy of today.',
  person: 'Noted.',
}

const WRONG: Partial<Record<Factor['kind'], string>> = {
  passphrase: 'That is not the passphrase.',
  sheet: 'These words are of another sheet, or of a sheet from before the policy changed.',
}

function sayNext({ by }: Rehearsal): string {
  const days = Math.max(0, Math.round((Date.parse(by) - Date.now()) / DAY_MS))
  return days === 0 ? 'Try again today.' : `Next time in ${count(days, 'day')}.`
}

interface Trying {
  readonly machine: Machine
  readonly factor: Factor
  readonly options: Options
}

async function tried(context: Context, { machine, factor, options }: Trying): Promise<boolean> {
  const { policy } = machine.description
  const { kind, name } = factor
  if (kind === 'passphrase') {
    const question = { what: `passphrase "${safe(name)}", from memory`, option: '--passphrase-file' }
    return opensFactor(policy, name, {
      passphrase: await askSecret(context, question, options.passphraseFile),
    })
  }
  if (kind === 'sheet')
    return opensFactor(policy, name, {
      sheet: await askSheet(context, {
        what: `The words of the sheet "${safe(name)}"`,
        file: options.sheetFile,
      }),
    })
  if (kind !== 'person')
    return fail('usage', { reason: 'a device is tried whenever it opens the vault: cairn drill' })
  if (options.answered) return true
  return fail('usage', { reason: `ask ${name} whether they still have their key, and then say --answered` })
}
