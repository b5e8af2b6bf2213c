import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hex, unhex } from '../../src/bytes.js'
import { CairnError } from '../../src/errors.js'
import { encodeBase58Check } from '../../src/keys/base58check.js'
import { decodeWif, encodeWif, publicKeyOf } from '../../src/keys/wif.js'
import { near, onlyThrows, SEED } from './fuzz.js'

// Keys that BIP-84, BIP-49 and BIP-381 print, with the public keys they state.
const STATED = [
  {
    wif: 'KyZpNDKnfs94vbrwhJneDi77V6jF64PWPF8x5cdJb8ifgg2DUc9d',
    network: 'mainnet',
    publicKey: '0330d54fd0dd420a6e5f8d3624f5f3482cae350f79d5f0753bf5beef9c2d91af3c',
  },
  {
    wif: 'cULrpoZGXiuC19Uhvykx7NugygA3k86b3hmdCeyvHYQZSxojGyXJ',
    network: 'testnet',
    publicKey: '03a1af804ac108a8a51782198c2d034b28bf90c8803f5a53f76276fa69a4eae77f',
  },
  {
    wif: '5KYZdUEo39z3FPrtuX2QbbwGnNP5zTd7yyr2SC1j299sBCnWjss',
    network: 'mainnet',
    publicKey:
      '04a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd5b8dec5235a0fa8722476c7709c02559e3aa73aa03918ba2d492eea75abea235',
  },
] as const

const N = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'

describe('WIF', () => {
  it.each(STATED)('reads $wif', ({ wif, network, publicKey }) => {
    const key = decodeWif(wif)
    expect(key.network).toBe(network)
    expect(key.compressed).toBe(publicKey.length === 66)
    expect(hex(publicKeyOf(key))).toBe(publicKey)
    expect(encodeWif(key)).toBe(wif)
  })

  it.each([
    ['zero', `80${'00'.repeat(32)}`],
    ['the order of the curve', `80${N}`],
    ['a wrong mark of compression', `80${'11'.repeat(32)}02`],
    ['a byte too few', `80${'11'.repeat(31)}`],
    ['two bytes too many', `80${'11'.repeat(32)}0101`],
    ['the version of another coin', `b0${'11'.repeat(32)}01`],
    ['nothing', ''],
  ])('refuses %s', (_, payload) => {
    expect(() => decodeWif(encodeBase58Check(unhex(payload)))).toThrow(CairnError)
  })

  it('reads back every key it writes', () => {
    const keys = fc.record({
      privateKey: fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((k) => k[0] !== 0xff && k[31] !== 0),
      compressed: fc.boolean(),
      network: fc.constantFrom('mainnet' as const, 'testnet' as const),
    })
    const property = fc.property(keys, (key) => {
      expect(decodeWif(encodeWif(key))).toEqual(key)
    })
    fc.assert(property, { seed: SEED })
  })

  it('answers any text with a key or one error', () => {
    onlyThrows(['key-invalid'], { inputs: near(STATED.map(({ wif }) => wif)), parse: decodeWif })
  })
})
