import { describe, expect, it } from 'vitest'
import { versionFor } from '../../../src/vault/description.js'
import { identityWith, newIdentity } from '../../../src/vault/identity.js'
import { anyOf, type FactorPlan, makePolicy, type Policy, parsePolicy } from '../../../src/vault/policy.js'
import { planOf } from '../../../src/vault/policy-edit.js'
import { unlock } from '../../../src/vault/unlock.js'

const secret = Uint8Array.from({ length: 32 }, (_, i) => i + 1)
const { recipient: vault } = identityWith(secret)
const [chip, card] = [newIdentity(), newIdentity()]

const factors: readonly FactorPlan[] = [
  { kind: 'tpm', name: 'chip', recipient: chip.recipient, public: 'AC4ACA==', private: 'AJA=', pin: true },
  {
    kind: 'pkcs11',
    name: 'card',
    recipient: card.recipient,
    token: { label: 'stone', serial: '0123456789abcdef' },
    id: '01',
    spki: 'MFkwEw==',
    sealed: 'BKAB',
  },
  { kind: 'sheet', name: 'sheet' },
]
const made = async () => (await makePolicy(secret, anyOf(2, factors))).policy

/** The policy as JSON with other fields in its first or second factor. */
async function changed(factor: number, fields: object): Promise<unknown> {
  const { groups, ...rest } = await made()
  const [group] = groups
  const all = group?.factors.map((each, i) => (i === factor ? { ...each, ...fields } : each))
  return { ...rest, groups: [{ ...group, factors: all }] }
}

describe('factors whose key lies in a device', () => {
  it('open the vault with the identities that the devices give', async () => {
    const policy = parsePolicy(JSON.parse(JSON.stringify(await made())))
    const identities = [chip.identity, card.identity]
    expect(await unlock(policy, { identities }, vault)).toEqual(secret)
    expect(versionFor(policy)).toBe(3)
  })

  it('stay in a new set of shares without the devices', async () => {
    const { policy } = await makePolicy(secret, planOf(await made(), new Map()))
    const identities = [chip.identity, card.identity]
    expect(await unlock(policy, { identities }, vault)).toEqual(secret)
    const without = ({ groups }: Policy) =>
      groups.map((group) => group.factors.map((factor) => ({ ...factor, lock: '' })))
    expect(without(policy)).toEqual(without(await made()))
  })

  it.each([
    [0, { public: 'AC4ACA=' }],
    [0, { public: 'AC4ACB==' }], // bits that say nothing
    [0, { private: '' }],
    [0, { private: 'A'.repeat(1028) }],
    [0, { pin: 'yes' }],
    [0, { more: 1 }],
    [1, { token: { label: 'x'.repeat(33), serial: '' } }],
    [1, { token: { label: 'a\u202eb', serial: '' } }],
    [1, { id: '0' }],
    [1, { id: 'AB' }],
    [1, { sealed: 'BKA\n' }],
  ])('are refused in vault.json: %i with %j', async (factor, fields) => {
    const json = await changed(factor, fields)
    expect(() => parsePolicy(json)).toThrowError(expect.objectContaining({ code: 'vault-damaged' }))
  })
})
