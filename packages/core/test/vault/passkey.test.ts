import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, hex, text, utf8 } from '../../src/bytes.js'
import { isCairnError } from '../../src/errors.js'
import { newIdentity } from '../../src/vault/identity.js'
import {
  type EvaluatePrf,
  encodePasskey,
  isPasskeySealed,
  type PrfInputs,
  parseAuthenticatorData,
  parsePasskey,
  unwrapByPasskey,
  wrapByPasskey,
  wrapWith,
} from '../../src/vault/passkey.js'
import { openKey, sealKey, stanzasOf } from '../../src/vault/sealed-key.js'

/** An authenticator: PRF is a pseudo-random function of the input under a secret of the credential. */
const authenticator =
  (secret: string): EvaluatePrf =>
  async ({ first, second }) => ({
    first: hmac(sha256, utf8(secret), first),
    second: hmac(sha256, utf8(secret), second),
  })

const place = { id: Uint8Array.of(1, 2, 3), rp: 'localhost', transports: ['internal', 'hybrid'] }
const fileKey = Uint8Array.from({ length: 16 }, (_, i) => i)

describe('a passkey', () => {
  it('opens what was sealed with it, and nothing else does', async () => {
    const { identity, recipient } = newIdentity()
    const key = await sealKey(identity, wrapByPasskey(authenticator('mine')))
    expect(isPasskeySealed(stanzasOf(key) ?? [])).toBe(true)
    expect(await openKey({ key, recipient }, unwrapByPasskey(authenticator('mine')))).toEqual({ identity })
    expect(await openKey({ key, recipient }, unwrapByPasskey(authenticator('other')))).toBe('foreign')
  })

  it('is asked for two values of one nonce, under the label of age', async () => {
    const asked: PrfInputs[] = []
    await wrapWith(fileKey, new Uint8Array(16).fill(9), async (inputs) => {
      asked.push(inputs)
      return authenticator('mine')(inputs)
    })
    const [{ first, second } = { first: fileKey, second: fileKey }] = asked
    expect(text(first.subarray(0, 27))).toBe('age-encryption.org/fido2prf')
    expect(hex(first.subarray(27))).toBe(`01${'09'.repeat(16)}`)
    expect(hex(second.subarray(27))).toBe(`02${'09'.repeat(16)}`)
  })

  it('gives another stanza each time', async () => {
    const wrap = wrapByPasskey(authenticator('mine'))
    expect(await wrap(fileKey)).not.toEqual(await wrap(fileKey))
  })

  it('is refused when it gives no values, short ones, or one value twice', async () => {
    const value = new Uint8Array(32)
    const broken: readonly EvaluatePrf[] = [
      async () => null,
      async () => ({ first: new Uint8Array(16), second: value.fill(1) }),
      async () => ({ first: value, second: new Uint8Array(0) }),
      async () => ({ first: value, second: value }),
    ]
    const stanzas = await wrapByPasskey(authenticator('mine'))(fileKey)
    for (const evaluate of broken) {
      await expect(wrapByPasskey(evaluate)(fileKey)).rejects.toMatchObject({ code: 'passkey-failed' })
      expect(await unwrapByPasskey(evaluate)(stanzas)).toBeNull()
    }
  })

  it('is not asked for stanzas that are not of a passkey', async () => {
    const [stanza] = await wrapByPasskey(authenticator('mine'))(fileKey)
    if (stanza === undefined) throw new Error('no stanza')
    const { args, body } = stanza
    const others = [
      { args: ['X25519', args[1] ?? ''], body },
      { args: [...args, 'more'], body },
      { args: [args[0] ?? '', 'AAAA'], body },
      { args: [args[0] ?? '', `${args[1]?.slice(0, -1)}/`], body },
      { args, body: body.subarray(1) },
    ]
    const never: EvaluatePrf = async () => {
      throw new Error('asked')
    }
    expect(await unwrapByPasskey(never)(others)).toBeNull()
    for (const other of others) expect(isPasskeySealed([stanza, other])).toBe(false)
  })
})

describe('where a passkey is found again', () => {
  it('is written as age-plugin-fido2prf writes it', () => {
    // CBOR by hand (RFC 8949): 01, 43 010203, 69 "localhost", 82 68 "internal" 66 "hybrid"
    const written = encodePasskey(place)
    expect(written).toMatch(/^AGE-PLUGIN-FIDO2PRF-1[02-9AC-HJ-NP-Z]+$/)
    expect(parsePasskey(written)).toEqual(place)
  })

  it('holds ids of every length that there is', () => {
    for (const length of [1, 23, 24, 255, 256, 1_023]) {
      const long = { ...place, id: new Uint8Array(length).fill(length) }
      expect(parsePasskey(encodePasskey(long))).toEqual(long)
    }
    expect(() => encodePasskey({ ...place, id: new Uint8Array(1_024) })).toThrow(/passkey/)
    expect(() => encodePasskey({ ...place, rp: 'two words' })).toThrow(/passkey/)
    expect(() => encodePasskey({ ...place, transports: ['a'.repeat(40)] })).toThrow(/passkey/)
  })

  it('is read in its one spelling, or refused with an error of the catalogue', () => {
    const written = encodePasskey(place)
    const refused = [written.toLowerCase(), `${written} `, written.slice(0, -1), '', newIdentity().identity]
    for (const each of refused) expect(() => parsePasskey(each)).toThrow(/passkey/)
    const property = fc.property(fc.nat(written.length - 1), fc.string({ maxLength: 4 }), (at, piece) => {
      const changed = written.slice(0, at) + piece + written.slice(at + piece.length)
      try {
        expect(encodePasskey(parsePasskey(changed))).toBe(changed)
      } catch (error) {
        expect(isCairnError(error, 'key-invalid')).toBe(true)
      }
    })
    fc.assert(property, { seed: 0xf1d0, numRuns: 400 })
  })
})

describe('the authenticator data of a passkey', () => {
  const data = (flags: number) => concat(sha256(utf8('localhost')), Uint8Array.of(flags, 0, 0, 0, 0))

  it('tells whether the person was verified, and whether a provider may have the passkey', () => {
    expect(parseAuthenticatorData(data(0x05), 'localhost')).toEqual({ verified: true, synced: false })
    expect(parseAuthenticatorData(data(0x1d), 'localhost')).toEqual({ verified: true, synced: true })
    expect(parseAuthenticatorData(data(0x01), 'localhost')).toEqual({ verified: false, synced: false })
  })

  it('is refused for another site, or cut short', () => {
    expect(() => parseAuthenticatorData(data(5), 'example.com')).toThrow(/passkey/)
    expect(() => parseAuthenticatorData(data(5).subarray(0, 36), 'localhost')).toThrow(/passkey/)
  })
})
