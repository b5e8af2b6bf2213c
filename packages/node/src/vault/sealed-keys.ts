/** Keys of factors that a device or a plugin opens: from the sealed key in the policy to an age identity. */
import { fail } from '@cairn/core/errors.js'
import { pluginOfIdentity } from '@cairn/core/vault/age-plugin.js'
import { newIdentity } from '@cairn/core/vault/identity.js'
import { parsePasskey, unwrapByPasskey, wrapByPasskey } from '@cairn/core/vault/passkey.js'
import { createPasskey, type DoStep, passkeyAt } from '@cairn/core/vault/passkey-step.js'
import type { Factor, FactorPlan, Policy } from '@cairn/core/vault/policy.js'
import { openKey, sealKey, stanzasOf } from '@cairn/core/vault/sealed-key.js'
import { PASSKEY_SITE } from '../passkey/page.js'
import { type PluginPorts, unwrapByPlugin, wrapByPlugin } from '../plugins/talk.js'

/** A factor whose key is sealed. */
export type SealedFactor = Extract<Factor, { readonly key: string }>

/** Those of a policy. */
export function sealedFactors(policy: Policy): readonly SealedFactor[] {
  return policy.groups.flatMap(({ factors }) => factors).filter((factor) => 'key' in factor)
}

/**
 * A factor of an age plugin: a new key, sealed to the recipient `age1NAME1…`.
 * @throws CairnError `key-invalid`, `plugin-absent`, `plugin-failed`
 */
export async function makePluginFactor(
  { name, plugin }: { readonly name: string; readonly plugin: string },
  ports: PluginPorts,
): Promise<FactorPlan> {
  const { identity, recipient } = newIdentity()
  return {
    kind: 'plugin',
    name,
    plugin,
    recipient,
    key: await sealKey(identity, wrapByPlugin(plugin, ports)),
  }
}

/**
 * A factor of a passkey, made and then used once at the page, which proves that it opens.
 * @param user under which the browser lists it
 * @throws CairnError `passkey-failed`
 */
export async function makePasskeyFactor(name: string, user: string, doStep: DoStep): Promise<FactorPlan> {
  const { identity, recipient } = newIdentity()
  const { passkey, synced } = await createPasskey(PASSKEY_SITE, user, doStep)
  const key = await sealKey(identity, wrapByPasskey(passkeyAt(passkey, doStep)))
  return { kind: 'passkey', name, passkey, synced, recipient, key }
}

/** The age identity in the key of a passkey. @throws CairnError `passkey-failed`, `factor-key`, `vault-damaged` */
export async function openByPasskey(factor: PasskeyFactor, doStep: DoStep): Promise<string> {
  const { rp } = parsePasskey(factor.passkey)
  if (rp !== PASSKEY_SITE) return fail('passkey-failed', { reason: `it belongs to the site ${rp}` })
  const opened = await openKey(factor, unwrapByPasskey(passkeyAt(factor.passkey, doStep)))
  if (opened === 'foreign') return fail('factor-key', { factor: factor.name })
  if (opened === 'damaged')
    return fail('vault-damaged', { reason: `the key of ${factor.name} does not verify` })
  return opened.identity
}

export type PasskeyFactor = Extract<Factor, { readonly kind: 'passkey' }>

/**
 * The keys that identities of age plugins (`AGE-PLUGIN-NAME-1…`) open, as age identities; each plugin is started once.
 * A passkey on a security key opens with age-plugin-fido2prf.
 * @throws CairnError `factor-key` for a plugin that opens none, `vault-damaged`, `key-invalid`, `plugin-…`
 */
export async function openByPlugins(
  factors: readonly SealedFactor[],
  identities: readonly string[],
  ports: PluginPorts,
): Promise<readonly string[]> {
  const names =
    factors.length === 0 ? '(none has a key that a plugin opens)' : factors.map(({ name }) => name).join(', ')
  if (factors.length === 0 && identities.length > 0) return fail('factor-key', { factor: names })
  const opened: string[] = []
  for (const plugin of new Set(identities.map(pluginOfIdentity))) {
    const its = identities.filter((each) => pluginOfIdentity(each) === plugin)
    const keys = await openWith(factors, its, ports)
    if (keys.length === 0) return fail('factor-key', { factor: names })
    opened.push(...keys)
  }
  return [...new Set(opened)]
}

async function openWith(
  factors: readonly SealedFactor[],
  identities: readonly string[],
  ports: PluginPorts,
): Promise<readonly string[]> {
  const files = factors.map(({ key }) => stanzasOf(key) ?? [])
  const fileKeys = await unwrapByPlugin(identities, files, ports)
  const opened: string[] = []
  for (const [index, fileKey] of fileKeys)
    opened.push(await identityIn(factors[index] as SealedFactor, fileKey))
  return opened
}

async function identityIn(factor: SealedFactor, fileKey: Uint8Array): Promise<string> {
  const opened = await openKey(factor, async () => fileKey)
  if (typeof opened !== 'string') return opened.identity
  return fail('vault-damaged', { reason: `the key of ${factor.name} does not verify` })
}
