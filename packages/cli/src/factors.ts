/**
 * Collecting the factors that open a vault: from files, from this computer, and, until enough are there,
 * from the person. How many are enough is for the core to say.
 */
import { readSheet } from '@cairn/core/sheets/recovery-sheet.js'
import type { Factor, Policy } from '@cairn/core/vault/policy.js'
import { fewestMore } from '@cairn/core/vault/quorum.js'
import type { Given } from '@cairn/core/vault/unlock.js'
import { identitiesOf } from '@cairn/node/vault/own-keys.js'
import { askSecret, askWords, canAsk } from './ask.js'
import type { Context } from './context.js'
import { readSecret } from './input.js'
import { safe } from './output.js'

export interface FactorOptions {
  readonly passphraseFile?: readonly string[]
  readonly sheetFile?: readonly string[]
  readonly identityFile?: readonly string[]
}

export interface Collecting {
  readonly policy: Policy
  readonly options: FactorOptions
  /** How many keys come along without being named: the one of this computer. */
  readonly keys: number
}

/** Slots of the policy that something at hand may open, in the order of the policy. */
interface Slot {
  readonly group: number
  readonly factor: Factor
}

export async function collectFactors(context: Context, collecting: Collecting): Promise<Given> {
  const given = await fromFiles(collecting.options)
  return canAsk(context) ? fromPerson(context, collecting, given) : given
}

interface Collected {
  readonly passphrases: readonly string[]
  readonly identities: readonly string[]
  readonly sheets: readonly string[]
}

async function fromFiles(options: FactorOptions): Promise<Collected> {
  const passphrases: string[] = []
  for (const file of options.passphraseFile ?? []) passphrases.push(await readSecret(file))
  const sheets: string[] = []
  for (const file of options.sheetFile ?? []) sheets.push(readSheet(await readSecret(file)).words)
  const identities: string[] = []
  for (const file of options.identityFile ?? []) identities.push(...identitiesOf(await readSecret(file)))
  return { passphrases, sheets, identities }
}

/** Asks for one factor after the other until those at hand would do. An empty answer skips a factor. */
async function fromPerson(
  context: Context,
  { policy, keys }: Collecting,
  files: Collected,
): Promise<Collected> {
  let given = files
  const held = policy.groups.map(() => 0)
  const rest: Slot[] = []
  const unused = {
    passphrase: files.passphrases.length,
    sheet: files.sheets.length,
    key: keys + files.identities.length,
  }
  for (const slot of slotsOf(policy)) {
    const kind = slot.factor.kind === 'passphrase' || slot.factor.kind === 'sheet' ? slot.factor.kind : 'key'
    if (unused[kind] > 0) held[slot.group] = (held[slot.group] ?? 0) + 1
    else rest.push(slot)
    unused[kind]--
  }
  for (const { group, factor } of rest) {
    if (fewestMore(policy, held) === 0) break
    const more = await askFactor(context, factor, given)
    if (more === null) continue
    given = more
    held[group] = (held[group] ?? 0) + 1
  }
  return given
}

function slotsOf(policy: Policy): readonly Slot[] {
  return policy.groups.flatMap(({ factors }, group) => factors.map((factor) => ({ group, factor })))
}

const SHEET_WORDS = 33 // SLIP-39 of 256 bits

async function askFactor(context: Context, factor: Factor, given: Collected): Promise<Collected | null> {
  const name = safe(factor.name)
  if (factor.kind === 'passphrase') {
    const what = name === 'passphrase' ? 'passphrase' : `passphrase "${name}"`
    const typed = await askSecret(context, {
      what: `${what} (Enter: without it)`,
      option: '--passphrase-file',
    })
    return typed === '' ? null : { ...given, passphrases: [...given.passphrases, typed] }
  }
  if (factor.kind !== 'sheet') return null
  const { indexOf } = await import('@cairn/core/words/slip39/words.js')
  const what = name === 'sheet' ? 'the recovery sheet' : `the recovery sheet "${name}"`
  const words = await askWords(context, {
    what: `The words of ${what} (Enter: without it)`,
    option: '--sheet-file',
    count: SHEET_WORDS,
    known: (word) => indexOf(word) !== null,
  })
  return words.length === 0 ? null : { ...given, sheets: [...given.sheets, words.join(' ')] }
}
