/** The parsers of age files, locks and policies on input that is nearly right: a value, null or a catalogued error. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { concat, utf8 } from '../../src/bytes.js'
import { isCairnError } from '../../src/errors.js'
import { parseHeader } from '../../src/vault/age-header.js'
import { newIdentity } from '../../src/vault/identity.js'
import { parseLock } from '../../src/vault/lock.js'
import { anyOf, makePolicy, parsePolicy } from '../../src/vault/policy.js'
import { pure } from '../../src/vault/primitives.js'
import { open, seal } from '../../src/vault/seal.js'

const RUNS = { seed: 0xf022, numRuns: 400 }
const vault = newIdentity()
const pieces = [
  'age-encryption.org/v1\n',
  '-> X25519 ',
  '-> scrypt ',
  '--- ',
  `${'A'.repeat(43)}`,
  '\n',
  ' ',
  '=',
  '18',
]
const nearlyHeader = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })), { maxLength: 30 })
  .map((parts) => utf8(parts.join('')))

describe('parsers', () => {
  let sealed: Uint8Array
  let policy: string
  beforeAll(async () => {
    sealed = (await seal(utf8('content'), vault.recipient, pure)).bytes
    const plan = anyOf(2, [
      { kind: 'passphrase', name: 'passphrase', passphrase: 'correct horse battery' },
      { kind: 'computer', name: 'computer', recipient: vault.recipient },
      { kind: 'sheet', name: 'sheet' },
    ])
    policy = JSON.stringify((await makePolicy(new Uint8Array(32).fill(1), plan, { logN: 1 })).policy)
  })

  it('read a header so that it is exactly the bytes they were given, or not at all', () => {
    const property = fc.property(nearlyHeader, (bytes) => {
      const header = parseHeader(bytes)
      if (header !== null) expect(header.bytes).toEqual(bytes.subarray(0, header.bytes.length))
    })
    fc.assert(property, RUNS)
  })

  it('open nothing that was put together from pieces', async () => {
    const cut = fc.nat(300)
    const property = fc.asyncProperty(nearlyHeader, cut, cut, async (bytes, from, to) => {
      const forged = concat(sealed.subarray(0, from), bytes, sealed.subarray(to))
      const result = await open(forged, { ...vault, primitives: pure }).catch((error) => error)
      const isUnchanged = forged.length === sealed.length && forged.every((byte, i) => byte === sealed[i])
      if (!isUnchanged) expect(isCairnError(result, 'object-damaged', 'object-foreign')).toBe(true)
    })
    await fc.assert(property, RUNS)
  })

  it('read any text as a lock or as none', () => {
    const property = fc.property(fc.string({ maxLength: 300 }), fc.nat(600), (text, at) => {
      const lock = JSON.parse(policy).groups[0].factors[0].lock as string
      expect(parseLock(text)).toBeNull()
      expect([null, 'scrypt']).toContain(parseLock(lock.slice(0, at) + text + lock.slice(at))?.kind ?? null)
    })
    fc.assert(property, RUNS)
  })

  it('read any JSON as a policy or as damage', () => {
    const spot = fc.record({ at: fc.nat(), value: fc.jsonValue() })
    const property = fc.property(
      fc.array(spot, { minLength: 1, maxLength: 3 }),
      fc.jsonValue(),
      (spots, any) => {
        for (const json of [
          any,
          spots.reduce((value, { at, value: other }) => replaced(value, at, other), JSON.parse(policy)),
        ]) {
          expectPolicyOrDamage(json)
        }
      },
    )
    fc.assert(property, RUNS)
  })
})

function expectPolicyOrDamage(json: unknown): void {
  try {
    expect(parsePolicy(json)).toEqual(json)
  } catch (error) {
    expect(error).toMatchObject({ code: 'vault-damaged' })
  }
}

/** The JSON with its `at`-th value, counted in order of the text, replaced by another. */
function replaced(json: unknown, at: number, other: unknown): unknown {
  const text = JSON.stringify(json)
  let [count, total] = [0, 0]
  JSON.parse(text, (_, value) => {
    total++
    return value
  })
  return JSON.parse(text, (_, value) => (count++ === at % total ? other : value))
}
