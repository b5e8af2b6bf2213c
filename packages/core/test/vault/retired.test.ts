import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/bytes.js'
import { canonicalFile, type Json } from '../../src/vault/canonical.js'
import {
  authenticate,
  parseDescription,
  type VaultDescription,
  writeDescription,
} from '../../src/vault/description.js'
import { newIdentity, secretFromIdentity } from '../../src/vault/identity.js'
import { anyOf, makePolicy } from '../../src/vault/policy.js'
import { openRetired, type Retired, retire } from '../../src/vault/retired.js'

const ENDED = '2026-01-01T09:00:00.000Z'
const [now, before, oldest] = [newIdentity(), newIdentity(), newIdentity()]
const endings = [before, oldest].map(({ identity }) => ({ identity, ended: ENDED }))
const secret = secretFromIdentity(now.identity)

async function rekeyed(): Promise<VaultDescription> {
  const plan = anyOf(2, [
    { kind: 'sheet', name: 'a' },
    { kind: 'sheet', name: 'b' },
  ])
  const { policy } = await makePolicy(secret, plan)
  return {
    format: 'cairn-vault',
    version: 2,
    id: '00'.repeat(16),
    created: ENDED,
    revision: 2,
    recipient: now.recipient,
    policy,
    devices: [],
    retired: await retire(endings, now),
  }
}

describe('secrets of before', () => {
  it('are opened by the one of now, newest first', async () => {
    expect(await openRetired(await retire(endings, now), now.identity)).toEqual(endings)
    expect(await openRetired(undefined, now.identity)).toEqual([])
  })

  it('are not opened by another, nor believed when they are not what they say', async () => {
    const retired = await retire(endings, now)
    const swapped = retired.map((each, i) => ({ ...each, lock: (retired[1 - i] as Retired).lock }))
    for (const attempt of [openRetired(retired, before.identity), openRetired(swapped, now.identity)])
      await expect(attempt).rejects.toMatchObject({ code: 'vault-damaged' })
  })

  it('are 64 at most', async () => {
    const many = Array.from({ length: 65 }, () => endings[0] as (typeof endings)[number])
    await expect(retire(many, now)).rejects.toMatchObject({ code: 'policy-invalid' })
  })
})

describe('vault.json of a vault that was rekeyed', () => {
  it('has version 2, which is authenticated with all that is in it', async () => {
    const description = await rekeyed()
    const signed = parseDescription(writeDescription(description, secret))
    expect(authenticate(signed, secret)).toEqual(description)
    const fewer = { ...signed, description: { ...description, retired: description.retired?.slice(1) ?? [] } }
    expect(() => authenticate(fewer, secret)).toThrow(/does not hold the vault secret/)
  })

  it('is refused with the fields of another version, and when it is newer', async () => {
    const { retired, ...rest } = await rekeyed()
    const written = (value: object) => canonicalFile({ ...value, mac: '00'.repeat(32) } as unknown as Json)
    const wrong = [
      { ...rest, version: 1, retired },
      { ...rest, version: 2 },
      { ...rest, version: 2, retired: [] },
      { ...rest, version: 2, retired: [{ ...retired?.[0], lock: 'no lock' }] },
    ]
    for (const value of wrong) expect(() => parseDescription(written(value))).toThrow(/a field is missing/)
    expect(() => parseDescription(utf8('{"version":5}'))).toThrow(/format version 5/)
  })
})
