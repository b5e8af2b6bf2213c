/**
 * Collecting the factors that open a vault: from files, from this computer, and, until enough are there,
 * from the person. How many are enough is for the core to say.
 */

import { fail, isCairnError } from '@cairn/core/errors.js'
import { isPluginIdentity } from '@cairn/core/vault/age-plugin.js'
import { recipientOf } from '@cairn/core/vault/identity.js'
import type { Factor, Policy } from '@cairn/core/vault/policy.js'
import { type FactorKind, fewestMore } from '@cairn/core/vault/quorum.js'
import { factorOf, type Given } from '@cairn/core/vault/unlock.js'
import { identitiesOf } from '@cairn/node/vault/own-keys.js'
import type { PasskeyFactor, SealedFactor } from '@cairn/node/vault/sealed-keys.js'
import { askLine, askSecret, canAsk } from './ask.js'
import type { Context } from './context.js'
import {
  askDevice,
  type DeviceFactor,
  isDevice,
  openDevice,
  opensByItself,
  pinsFor,
  tryDevice,
} from './devices.js'
import { readSecret } from './input.js'
import { safe } from './output.js'
import { readSheetFile, typeSheet } from './sheet-file.js'

export interface FactorOptions {
  readonly passphraseFile?: readonly string[]
  readonly sheetFile?: readonly string[]
  readonly identityFile?: readonly string[]
  readonly pinFile?: readonly string[]
  /** Names of passkeys that are to be used. */
  readonly passkey?: readonly string[]
}

/** True when an option names a factor. */
export function namesFactors({
  passphraseFile = [],
  sheetFile = [],
  identityFile = [],
  pinFile = [],
  passkey = [],
}: FactorOptions): boolean {
  return [passphraseFile, sheetFile, identityFile, pinFile, passkey].some(({ length }) => length > 0)
}

export interface Collecting {
  readonly policy: Policy
  readonly options: FactorOptions
  /** age identities that come along without being named: the one of this computer. */
  readonly keys: readonly string[]
  /** Names of factors that the person is not asked for. */
  readonly unasked?: readonly string[]
}

/** Slots of the policy that something at hand may open, in the order of the policy. */
interface Slot {
  readonly group: number
  readonly factor: Factor
}

export async function collectFactors(context: Context, collecting: Collecting): Promise<Given> {
  const { plugins, ...files } = await fromFiles(collecting.options)
  const opened = [
    ...(await openedByPlugins(context, collecting.policy, plugins)),
    ...(await openedByPasskeys(collecting)),
  ]
  const given = await fromDevices(context, collecting, {
    ...files,
    identities: [...files.identities, ...opened],
  })
  return canAsk(context) ? fromPerson(context, collecting, given) : given
}

interface Collected {
  readonly passphrases: readonly string[]
  readonly identities: readonly string[]
  readonly sheets: readonly string[]
}

/** `plugins`: identities of age plugins, which open the keys of factors first. */
async function fromFiles(
  options: FactorOptions,
): Promise<Collected & { readonly plugins: readonly string[] }> {
  const passphrases: string[] = []
  for (const file of options.passphraseFile ?? []) passphrases.push(await readSecret(file))
  const sheets: string[] = []
  for (const file of options.sheetFile ?? []) sheets.push(await readSheetFile(file))
  const identities: string[] = []
  for (const file of options.identityFile ?? []) identities.push(...identitiesOf(await readSecret(file)))
  const isNative = (identity: string) => !isPluginIdentity(identity)
  return {
    passphrases,
    sheets,
    identities: identities.filter(isNative),
    plugins: identities.filter(isPluginIdentity),
  }
}

async function openedByPasskeys({ policy, options }: Collecting): Promise<readonly string[]> {
  const factors = policy.groups.flatMap((group) => group.factors)
  const passkeys = (options.passkey ?? []).map((name) => {
    const found = factors.find((factor) => factor.kind === 'passkey' && factor.name === name)
    return found?.kind === 'passkey' ? found : fail('factor-absent', absent(name, factors))
  })
  const identities: string[] = []
  for (const factor of passkeys) identities.push(await usePasskey(factor))
  return identities
}

function absent(factor: string, factors: readonly Factor[]) {
  const passkeys = factors.filter(({ kind }) => kind === 'passkey').map(({ name }) => name)
  return { factor, known: passkeys.length === 0 ? 'no passkey' : `the passkeys ${passkeys.join(', ')}` }
}

async function usePasskey(factor: PasskeyFactor): Promise<string> {
  const { withPasskeyPage } = await import('./passkey-ask.js')
  const { openByPasskey } = await import('@cairn/node/vault/sealed-keys.js')
  return withPasskeyPage((doStep) => openByPasskey(factor, doStep))
}

async function openedByPlugins(context: Context, policy: Policy, identities: readonly string[]) {
  if (identities.length === 0) return []
  const { openByPlugins, sealedFactors } = await import('@cairn/node/vault/sealed-keys.js')
  const { pluginPorts } = await import('./plugin-person.js')
  return openByPlugins(sealedFactors(policy), identities, pluginPorts(context))
}

/** With the keys of devices whose PIN was given, and of those that need none when what is at hand would not do. */
async function fromDevices(
  context: Context,
  { policy, options, keys }: Collecting,
  files: Collected,
): Promise<Collected> {
  const { held, rest } = await sortSlots(policy, files, keys)
  const devices = rest.flatMap(({ group, factor }) => (isDevice(factor) ? [{ group, factor }] : []))
  const pins = await pinsFor(
    devices.map(({ factor }) => factor),
    options.pinFile ?? [],
  )
  const identities: string[] = []
  const add = (group: number, identity: string | null) => {
    if (identity === null) return
    identities.push(identity)
    held[group] = (held[group] ?? 0) + 1
  }
  for (const { group, factor } of devices) {
    const pin = pins.get(factor.name)
    if (pin !== undefined) add(group, await openDevice(factor, pin))
  }
  for (const { group, factor } of devices)
    if (opensByItself(factor) && fewestMore(policy, held) > 0) add(group, await tryDevice(context, factor))
  return { ...files, identities: [...files.identities, ...identities] }
}

/**
 * Asks for one factor after the other until those at hand would do. An empty answer skips a factor. Words of another sheet
 * than the one that was asked for count as that other one, and the question comes again.
 */
async function fromPerson(
  context: Context,
  { policy, keys, unasked = [] }: Collecting,
  files: Collected,
): Promise<Collected> {
  let given = files
  const { held, rest } = await sortSlots(policy, files, keys)
  const waiting = rest.filter(({ factor }) => !unasked.includes(factor.name))
  while (waiting.length > 0 && fewestMore(policy, held) > 0) {
    const [{ factor }] = waiting as [Slot]
    const more = await askFactor(context, { factor, policy, given })
    const found = waiting.findIndex((one) => one.factor.name === more?.factor)
    const [{ group }] = waiting.splice(Math.max(0, found), 1) as [Slot]
    if (more === null) continue
    given = more.given
    held[group] = (held[group] ?? 0) + 1
  }
  return given
}

/** How many factors of each group are at hand, and the slots that are not; which passphrase is whose, nobody knows yet. */
async function sortSlots(policy: Policy, files: Collected, keys: readonly string[]) {
  const recipients = new Set([...keys, ...files.identities].map(recipientOf))
  const sheets = new Set(await Promise.all(files.sheets.map((sheet) => sheetOrNull(policy, sheet))))
  let passphrases = files.passphrases.length
  const isHere = (factor: Factor) => {
    if ('recipient' in factor) return recipients.has(factor.recipient)
    return factor.kind === 'sheet' ? sheets.has(factor.name) : passphrases-- > 0
  }
  const held = policy.groups.map(() => 0)
  const rest: Slot[] = []
  for (const slot of slotsOf(policy)) {
    if (isHere(slot.factor)) held[slot.group] = (held[slot.group] ?? 0) + 1
    else rest.push(slot)
  }
  return { held, rest }
}

/** Which sheet of the policy it is. One that is none is told of when the vault is opened. */
async function sheetOrNull(policy: Policy, sheet: string): Promise<string | null> {
  try {
    return await factorOf(policy, { sheet })
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}

function slotsOf(policy: Policy): readonly Slot[] {
  return policy.groups.flatMap(({ factors }, group) => factors.map((factor) => ({ group, factor })))
}

interface Asking<F extends Factor = Factor> {
  readonly factor: F
  readonly policy: Policy
  readonly given: Collected
}

interface Answer {
  readonly given: Collected
  /** The factor that it is, where it may be another one than was asked for. */
  readonly factor?: string
}

type Ask<K extends FactorKind> = (
  context: Context,
  asking: Asking<Extract<Factor, { readonly kind: K }>>,
) => Promise<Answer | null>

/** How a person is asked for a factor; kinds that are not here come from files or from this computer only. */
const ASKED: { readonly [K in FactorKind]?: Ask<K> } = {
  passphrase: askPassphrase,
  sheet: askSheet,
  passkey: askPasskey,
  plugin: askPlugin,
  tpm: askKey,
  pkcs11: askKey,
}

/** With one factor more, or null when the person does without it. */
async function askFactor(context: Context, asking: Asking): Promise<Answer | null> {
  const ask = ASKED[asking.factor.kind] as Ask<FactorKind> | undefined
  return ask ? ask(context, asking as never) : null
}

async function askKey(context: Context, { factor, given }: Asking<DeviceFactor>) {
  const identity = await askDevice(context, factor)
  return identity === null ? null : withIdentities(given, [identity])
}

function withIdentities(given: Collected, more: readonly string[]): Answer {
  return { given: { ...given, identities: [...given.identities, ...more] } }
}

/** Tried at once, as words are: a slip is mended best while it is fresh. */
async function askPassphrase(context: Context, { factor, policy, given }: Asking) {
  const name = safe(factor.name)
  const what = name === 'passphrase' ? 'passphrase' : `passphrase "${name}"`
  for (;;) {
    const typed = await askSecret(context, {
      what: `${what} (Enter: without it)`,
      option: '--passphrase-file',
    })
    if (typed === '') return null
    const isNew = !given.passphrases.includes(typed)
    const opened = isNew ? await factorOf(policy, { passphrase: typed }) : null
    if (opened !== null)
      return { given: { ...given, passphrases: [...given.passphrases, typed] }, factor: opened }
    process.stderr.write(
      isNew ? 'That is not the passphrase. Type it again.\n' : 'That one is here already.\n',
    )
  }
}

async function askSheet(context: Context, { factor, policy, given }: Asking) {
  const name = safe(factor.name)
  const words = await typeSheet(context, {
    what: `The words of ${name === 'sheet' ? 'the recovery sheet' : `the recovery sheet "${name}"`} (Enter: without it)`,
    wrong: (typed) => whyNot(policy, typed, given),
  })
  if (words === null) return null
  const opened = (await factorOf(policy, { sheet: words })) ?? factor.name
  if (opened !== factor.name)
    process.stderr.write(`Those are the words of the sheet "${safe(opened)}": taken as that.\n`)
  return { given: { ...given, sheets: [...given.sheets, words] }, factor: opened }
}

async function whyNot(policy: Policy, words: string, { sheets }: Collected): Promise<string | null> {
  const opened = await factorOf(policy, { sheet: words })
  if (opened === null)
    return 'This sheet is of another vault, or from before the policy changed. Take another one, or press Enter.'
  const before = await Promise.all(sheets.map((sheet) => factorOf(policy, { sheet })))
  return before.includes(opened)
    ? `The sheet "${safe(opened)}" is here already. Take another one, or press Enter.`
    : null
}

async function askPasskey(context: Context, { factor, given }: Asking<PasskeyFactor>) {
  const what = `The passkey "${safe(factor.name)}": y to use it in a browser (Enter: without it)`
  const typed = await askLine(context, { what, option: '--passkey' })
  if (!/^y(es)?$/i.test(typed.trim())) return null
  return withIdentities(given, [await usePasskey(factor)])
}

async function askPlugin(context: Context, { factor, given }: Asking<SealedFactor>) {
  const what = `The identity file of the plugin for "${safe(factor.name)}" (Enter: without it)`
  const path = (await askLine(context, { what, option: '--identity-file' })).trim()
  if (path === '') return null
  const identities = identitiesOf(await readSecret(path)).filter(isPluginIdentity)
  const { openByPlugins } = await import('@cairn/node/vault/sealed-keys.js')
  const { pluginPorts } = await import('./plugin-person.js')
  const opened = await openByPlugins([factor], identities, pluginPorts(context))
  return withIdentities(given, opened)
}
