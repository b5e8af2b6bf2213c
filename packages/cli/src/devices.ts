/**
 * Factors whose key lies in a device, a TPM or a PKCS#11 token: making one, and asking the device for its key. The
 * device asks for a PIN, which comes from a prompt or a file like every secret. Which PKCS#11 module serves the tokens,
 * CAIRN_PKCS11_MODULE says; without it, the configuration of p11-kit.
 */
import { fail, isCairnError } from '@cairn/core/errors.js'
import { newIdentity } from '@cairn/core/vault/identity.js'
import type { Factor, FactorPlan } from '@cairn/core/vault/policy.js'
import { openWithToken, type Pkcs11Factor, sealToToken } from '@cairn/node/tokens/pkcs11.js'
import { isOfThisTpm, openWithTpm, sealToTpm, type TpmFactor } from '@cairn/node/tokens/tpm.js'
import { askNewSecret, askSecret, type Question } from './ask.js'
import type { Context } from './context.js'
import type { FactorSpec } from './factor-kinds.js'
import { readSecret } from './input.js'
import { safe } from './output.js'

export type DeviceSpec = Extract<FactorSpec, { readonly kind: 'tpm' | 'pkcs11' }>
export type DeviceFactor = TpmFactor | Pkcs11Factor

export function isDevice(factor: Factor): factor is DeviceFactor {
  return factor.kind === 'tpm' || factor.kind === 'pkcs11'
}

/** The device opens by itself, for whoever has the computer. */
export function opensByItself(factor: DeviceFactor): boolean {
  return factor.kind === 'tpm' && !factor.pin
}

const module = () => process.env.CAIRN_PKCS11_MODULE || undefined

export interface PinFrom {
  /** Of the PIN; asked for when absent. */
  readonly file?: string | undefined
  /** The option that names it. */
  readonly option: string
}

/** Seals a new key to the device, which gives it back once. @throws CairnError of `sealToTpm`, `sealToToken` */
export async function makeDeviceFactor(
  context: Context,
  spec: DeviceSpec,
  { file, option }: PinFrom,
): Promise<FactorPlan> {
  const { name } = spec
  const { identity } = newIdentity()
  if (spec.kind === 'pkcs11') {
    const question = { what: `the PIN of the token${quoted(name, 'pkcs11')}`, option }
    const pin = await askSecret(context, question, file)
    return sealToToken({ name, identity, uri: spec.uri, pin, module: module() })
  }
  const question = { what: `a new PIN for the TPM${quoted(name, 'tpm')}`, option }
  const pin = spec.pin ? await askNewSecret(context, question, file) : undefined
  return sealToTpm({ name, identity, pin })
}

/**
 * The same TPM twice would be one thing that counts twice.
 * @throws CairnError `policy-invalid`
 */
export async function refuseSameTpm(
  specs: readonly FactorSpec[],
  policy: readonly Factor[] = [],
): Promise<void> {
  const asked = specs.filter(({ kind }) => kind === 'tpm')
  const twice = () =>
    fail('policy-invalid', { reason: 'the TPM of this computer would be two of its factors' })
  if (asked.length > 1) twice()
  if (asked.length === 0) return
  for (const factor of policy) if (factor.kind === 'tpm' && (await isOfThisTpm(factor))) twice()
}

/** The age identity that the device keeps. @throws CairnError of `openWithTpm`, `openWithToken` */
export function openDevice(factor: DeviceFactor, pin?: string): Promise<string> {
  return factor.kind === 'tpm'
    ? openWithTpm(factor, pin)
    : openWithToken(factor, { pin: pin ?? '', module: module() })
}

/** Null when the device is not there or does not open by itself, which is told: other factors may do. */
export async function tryDevice(context: Context, factor: DeviceFactor): Promise<string | null> {
  try {
    return await openDevice(factor)
  } catch (error) {
    if (!isCairnError(error)) throw error
    if (!context.quiet) process.stderr.write(`Without ${safe(factor.name)}: ${safe(error.message)}.\n`)
    return null
  }
}

/** Asks for the PIN; null when the person does without the device. */
export async function askDevice(context: Context, factor: DeviceFactor): Promise<string | null> {
  if (opensByItself(factor)) return null
  const what = factor.kind === 'tpm' ? 'the TPM' : `the token ${safe(factor.token.label)}`
  const question: Question = {
    what: `The PIN of ${what}${quoted(factor.name, factor.kind)} (Enter: without it)`,
    option: '--pin-file',
  }
  const pin = await askSecret(context, question)
  return pin === '' ? null : openDevice(factor, pin)
}

function quoted(name: string, kind: string): string {
  return name === kind ? '' : ` "${safe(name)}"`
}

/** Of `--pin-file`: `NAME=FILE` is for the device of that name, the others are for those that ask, in their order. */
export async function pinsFor(
  factors: readonly DeviceFactor[],
  typed: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const asking = factors.filter((factor) => !opensByItself(factor))
  const files = new Map<string, string>()
  for (const text of typed) {
    const named = asking.find(({ name }) => text.startsWith(`${name}=`))
    const next = named ?? asking.find(({ name }) => !files.has(name))
    if (next === undefined)
      return fail('usage', { reason: '--pin-file: no factor of this vault asks for that PIN' })
    files.set(next.name, named ? text.slice(named.name.length + 1) : text)
  }
  const pins = new Map<string, string>()
  for (const [name, file] of files) pins.set(name, await readSecret(file))
  return pins
}
