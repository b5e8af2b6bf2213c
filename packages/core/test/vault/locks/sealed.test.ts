import { describe, expect, it } from 'vitest'
import {
  parseDescription,
  type VaultDescription,
  versionFor,
  writeDescription,
} from '../../../src/vault/description.js'
import { identityWith, newIdentity } from '../../../src/vault/identity.js'
import { type EvaluatePrf, encodePasskey, wrapByPasskey } from '../../../src/vault/passkey.js'
import { anyOf, type FactorPlan, makePolicy, type Policy, parsePolicy } from '../../../src/vault/policy.js'
import { planOf, withoutFactor } from '../../../src/vault/policy-edit.js'
import { sealKey } from '../../../src/vault/sealed-key.js'
import { unlock } from '../../../src/vault/unlock.js'

const secret = Uint8Array.from({ length: 32 }, (_, i) => i + 1)
const { recipient: vault } = identityWith(secret)
const [phone, token] = [newIdentity(), newIdentity()]
const evaluate: EvaluatePrf = async ({ first, second }) => ({
  first: new Uint8Array(32).fill(first[27] ?? 0),
  second: new Uint8Array(32).fill(second[27] ?? 0),
})

async function factors(): Promise<readonly FactorPlan[]> {
  return [
    {
      kind: 'passkey',
      name: 'phone',
      recipient: phone.recipient,
      passkey: encodePasskey({ id: Uint8Array.of(1), rp: 'localhost', transports: [] }),
      synced: true,
      key: await sealKey(phone.identity, wrapByPasskey(evaluate)),
    },
    {
      kind: 'plugin',
      name: 'token',
      recipient: token.recipient,
      plugin: 'age1stone15t7vryzvmmuseqsy6nxg4c6xu6rza0ltl4e9xqmzpud7m74cmu4ssz0rlg',
      key: await sealKey(token.identity, async (body) => [{ args: ['stone'], body }]),
    },
    { kind: 'sheet', name: 'sheet' },
  ]
}

async function made(): Promise<Policy> {
  return (await makePolicy(secret, anyOf(2, await factors()))).policy
}

const described = (policy: Policy, version: VaultDescription['version']): VaultDescription => ({
  format: 'cairn-vault',
  version,
  id: '00'.repeat(16),
  created: '2026-01-01T09:00:00.000Z',
  revision: 1,
  recipient: vault,
  policy,
  devices: [],
})

describe('factors whose key is sealed', () => {
  it('open the vault with the identities that their devices give', async () => {
    const policy = parsePolicy(JSON.parse(JSON.stringify(await made())))
    const given = { identities: [phone.identity, token.identity] }
    expect(await unlock(policy, given, vault)).toEqual(secret)
  })

  it('get new shares without their devices', async () => {
    const more = anyOf(2, [
      ...((await made()).groups[0]?.factors ?? []),
      { kind: 'sheet', name: 'another' } as const,
    ])
    const { policy } = await makePolicy(secret, planOf(withoutFactor(more, 'sheet'), new Map()))
    expect(policy.groups[0]?.factors.map(({ name }) => name)).toEqual(['phone', 'token', 'another'])
    expect(await unlock(policy, { identities: [phone.identity, token.identity] }, vault)).toEqual(secret)
  })

  it('are refused when what is said of them is not so', async () => {
    const policy = await made()
    const [group] = policy.groups as [Policy['groups'][number]]
    const [passkey, plugin] = group.factors as readonly [object, object]
    const open = JSON.stringify(await sealKey(phone.identity, async (body) => [{ args: ['open'], body }]))
    const wrong: readonly object[] = [
      { ...passkey, passkey: 'AGE-PLUGIN-FIDO2PRF-1QQQQ' },
      { ...passkey, key: JSON.parse(open) },
      { ...passkey, key: 'no key' },
      { ...passkey, synced: 'yes' },
      { ...passkey, recipient: vault.replace('age1', 'age2') },
      { ...plugin, plugin: vault },
      { ...plugin, key: '' },
      { ...plugin, pin: '4711' },
    ]
    for (const factor of wrong) {
      const factors = policy.groups[0]?.factors.map((each) =>
        each.kind === (factor as { kind: string }).kind ? factor : each,
      )
      const changed = { ...policy, groups: [{ ...policy.groups[0], factors }] }
      expect(() => parsePolicy(changed), JSON.stringify(factor)).toThrow(/vault.json/)
    }
  })

  it('make vault.json one of version 3, which an earlier Cairn says that it does not know', async () => {
    const policy = await made()
    expect(versionFor(policy)).toBe(3)
    expect(versionFor(policy, [{}])).toBe(3)
    const file = writeDescription(described(policy, 3), secret)
    expect(parseDescription(file).description).toEqual(described(policy, 3))
    expect(() => parseDescription(writeDescription(described(policy, 1), secret))).toThrow(/version/)
    const { policy: plain } = await makePolicy(
      secret,
      anyOf(
        2,
        ['a', 'b'].map((name) => ({ kind: 'sheet', name })),
      ),
    )
    expect(versionFor(plain)).toBe(1)
    expect(() => parseDescription(writeDescription(described(plain, 3), secret))).toThrow(/version/)
  })
})
