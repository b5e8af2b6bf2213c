/** From factors as typed to factors as asked for: passphrases are chosen, keys of devices made, one row a kind. */
import type { Grouped } from '@cairn/core/vault/policy.js'
import type { AskedFactor } from '@cairn/node/vault/own-keys.js'
import { makePasskeyFactor, makePluginFactor } from '@cairn/node/vault/sealed-keys.js'
import type { Context } from './context.js'
import { makeDeviceFactor, type PinFrom } from './devices.js'
import type { FactorSpec } from './factor-kinds.js'
import { askNewPassphrase } from './new-passphrase.js'
import { pluginPorts } from './plugin-person.js'

interface Making {
  readonly context: Context
  /** The next file of a new passphrase, which it takes. */
  readonly nextFile: () => string | undefined
  /** The same of a PIN. */
  readonly nextPin: () => PinFrom
}

type Make<K extends FactorSpec['kind']> = (
  spec: Extract<FactorSpec, { readonly kind: K }>,
  making: Making,
) => Promise<AskedFactor>

const MADE: { readonly [K in FactorSpec['kind']]: Make<K> } = {
  passphrase: async (spec, { context, nextFile }) => ({
    ...spec,
    passphrase: await askPassphrase(context, spec.name, nextFile()),
  }),
  computer: async (spec) => spec,
  sheet: async (spec) => spec,
  person: async (spec) => spec,
  passkey: async ({ name }) => {
    const { withPasskeyPage } = await import('./passkey-ask.js')
    return withPasskeyPage((doStep) => makePasskeyFactor(name, `Cairn: ${name}`, doStep))
  },
  plugin: (spec, { context }) => makePluginFactor(spec, pluginPorts(context)),
  tpm: (spec, { context, nextPin }) => makeDeviceFactor(context, spec, spec.pin ? nextPin() : { option: '' }),
  pkcs11: (spec, { context, nextPin }) => makeDeviceFactor(context, spec, nextPin()),
}

/** Files of what new factors need, and the option that PINs come from. */
export interface NewSecrets {
  readonly passphraseFiles?: readonly string[] | undefined
  readonly pinFiles?: readonly string[] | undefined
  readonly pinOption: '--pin-file' | '--new-pin-file'
}

/** The n-th passphrase and the n-th PIN take the n-th file; those beyond are asked for. */
export async function makeFactors(
  context: Context,
  { need, groups }: Grouped<FactorSpec>,
  { passphraseFiles = [], pinFiles = [], pinOption }: NewSecrets,
): Promise<Grouped<AskedFactor>> {
  const made: Grouped<AskedFactor>['groups'][number][] = []
  const [passphrases, pins] = [[...passphraseFiles], [...pinFiles]]
  const making = {
    context,
    nextFile: () => passphrases.shift(),
    nextPin: () => ({ file: pins.shift(), option: pinOption }),
  }
  for (const group of groups) {
    const factors: AskedFactor[] = []
    for (const spec of group.factors) {
      const make = MADE[spec.kind] as Make<FactorSpec['kind']>
      factors.push(await make(spec, making))
    }
    made.push({ ...group, factors })
  }
  return { need, groups: made }
}

/** A new passphrase for the factor of this name. */
export function askPassphrase(context: Context, name: string, file?: string): Promise<string> {
  const which = name === 'passphrase' ? '' : ` "${name}"`
  const question = { what: `the new passphrase${which} of the vault`, option: '--passphrase-file' }
  return askNewPassphrase(context, question, file)
}
