import { x25519 } from '@noble/curves/ed25519.js'
import { bech32 } from '@scure/base'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unhex } from '../../src/bytes.js'
import {
  identityFromSecret,
  identityWith,
  newIdentity,
  parseRecipient,
  recipientOf,
  secretFromIdentity,
  verifySecret,
} from '../../src/vault/identity.js'

/** Identities of C2SP's age test kit, and the recipients that age-keygen -y gives for them. */
const KNOWN = [
  [
    'AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0',
    'age1xmwwc06ly3ee5rytxm9mflaz2u56jjj36s0mypdrwsvlul66mv4q47ryef',
  ],
  [
    'AGE-SECRET-KEY-143WN7DCXU4G8R5AXQSSYD9AEPYDNT3HXSLWSPK36CDU6E8M59SSSAGZ3KG',
    'age1f3ygt5e2d2h7d6dae2tnwgy4y6f0kwhvpa64cre0k2gprv2r8qnst4j00y',
  ],
] as const

describe('age identities', () => {
  it.each(KNOWN)('%s has the recipient that age-keygen gives', (identity, recipient) => {
    expect(recipientOf(identity)).toBe(recipient)
    expect(parseRecipient(recipient)).toBe(recipient)
    expect(identityFromSecret(secretFromIdentity(identity))).toBe(identity)
  })

  it('are 32 bytes in another spelling', () => {
    const property = fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (secret) => {
      const { identity, recipient } = identityWith(secret)
      expect(secretFromIdentity(identity)).toEqual(secret)
      expect(recipientOf(identity)).toBe(recipient)
      expect(verifySecret(secret, recipient)).toBe(true)
    })
    fc.assert(property, { seed: 0x1d, numRuns: 50 })
  })

  it('are new each time', () => {
    expect(newIdentity().identity).not.toBe(newIdentity().identity)
  })

  it('verify against their own recipient only', () => {
    const [[one, its], [, other]] = KNOWN
    const secret = secretFromIdentity(one)
    expect(verifySecret(secret, its)).toBe(true)
    expect(verifySecret(secret, other)).toBe(false)
    expect(verifySecret(secret.subarray(1), its)).toBe(false)
    expect(verifySecret(secret, '')).toBe(false)
  })

  it('are refused with any letter changed, cut, in lower case or of another kind', () => {
    const [identity, recipient] = KNOWN[0]
    for (let i = 0; i < identity.length; i++) {
      const letter = identity[i] === 'Q' ? 'P' : 'Q'
      expect(() => secretFromIdentity(identity.slice(0, i) + letter + identity.slice(i + 1))).toThrow()
      expect(() => secretFromIdentity(identity.slice(0, i))).toThrow()
    }
    for (const text of [
      identity.toLowerCase(),
      ` ${identity}`,
      `${identity}\n`,
      recipient,
      '',
      'A'.repeat(1_000_000),
    ]) {
      expect(() => secretFromIdentity(text)).toThrowError(
        expect.objectContaining({ code: 'key-invalid', details: { what: 'age X25519 identity' } }),
      )
    }
  })

  it('are made of 32 bytes, no more and no fewer', () => {
    for (const length of [0, 16, 31, 33]) {
      expect(() => identityFromSecret(new Uint8Array(length))).toThrowError(
        expect.objectContaining({ code: 'entropy-length' }),
      )
    }
  })
})

describe('age recipients', () => {
  it.each([
    ['empty', ''],
    ['an identity', KNOWN[0][0]],
    ['in upper case', KNOWN[0][1].toUpperCase()],
    ['hybrid', 'age1pq1qqqqqqqqqq'],
    ['of a plugin', 'age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t'],
    ['with a wrong checksum', `${KNOWN[0][1].slice(0, -1)}q`],
  ])('are refused when %s', (_, recipient) => {
    expect(() => parseRecipient(recipient)).toThrowError(expect.objectContaining({ code: 'key-invalid' }))
  })

  it('are refused when their point has a small order, so that everybody could open', () => {
    // RFC 7748, section 6.1, and the list of such points in Curve25519's own validation notes.
    const points = [
      '00'.repeat(32),
      `01${'00'.repeat(31)}`,
      'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
      '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
      `ec${'ff'.repeat(30)}7f`,
      // 0 and 1 again, as p and p + 1
      `ed${'ff'.repeat(30)}7f`,
      `ee${'ff'.repeat(30)}7f`,
    ]
    for (const point of points.flatMap((low) => [low, withHighestBit(low)])) {
      expect(() => parseRecipient(recipientWith(point))).toThrowError(
        expect.objectContaining({ code: 'key-invalid' }),
      )
      expect(() => x25519.getSharedSecret(new Uint8Array(32).fill(1), unhex(point))).toThrow()
    }
  })

  it('are taken when their point has a large order', () => {
    for (const point of [
      `02${'00'.repeat(31)}`,
      `ef${'ff'.repeat(30)}7f`,
      'ff'.repeat(32),
      '07'.repeat(32),
    ]) {
      expect(parseRecipient(recipientWith(point))).toBe(recipientWith(point))
      expect(x25519.getSharedSecret(new Uint8Array(32).fill(1), unhex(point))).toHaveLength(32)
    }
  })
})

function withHighestBit(point: string): string {
  return point.slice(0, 62) + (Number.parseInt(point.slice(62), 16) | 0x80).toString(16)
}

function recipientWith(point: string): string {
  return bech32.encodeFromBytes('age', unhex(point))
}
