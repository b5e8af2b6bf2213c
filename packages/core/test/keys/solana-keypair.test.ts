import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unhex } from '../../src/bytes.js'
import {
  formatSolanaBase58,
  formatSolanaId,
  parseSolanaBase58,
  parseSolanaId,
  solanaKeyAddress,
  solanaPair,
} from '../../src/keys/solana-keypair.js'
import { near, onlyThrows, SEED, thrown } from './fuzz.js'

// RFC 8032, section 7.1, test 1: the secret and public key; the address is the latter in Base58.
const PAIR = {
  seed: unhex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'),
  publicKey: unhex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'),
}

describe('Solana key pairs', () => {
  it('have the address of their public key', () => {
    expect(solanaPair(PAIR.seed)).toEqual(PAIR)
    expect(solanaKeyAddress(PAIR.publicKey)).toBe('FVen3X669xLzsi6N2V91DoiyzHzg1uAgqiT8jZ9nS96Z')
  })

  it('are read back in both forms', () => {
    const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 })
    const property = fc.property(seeds, (seed) => {
      const pair = solanaPair(seed)
      expect(parseSolanaId(formatSolanaId(pair))).toEqual(pair)
      expect(parseSolanaBase58(formatSolanaBase58(pair))).toEqual(pair)
    })
    fc.assert(property, { seed: SEED, numRuns: 50 })
  })

  it('are refused when the halves do not belong together, or are no 64 bytes', () => {
    const other = { ...PAIR, publicKey: PAIR.publicKey.map((byte, i) => (i === 3 ? byte ^ 1 : byte)) }
    for (const text of [
      formatSolanaId(other),
      '[]',
      '[1,2,3]',
      JSON.stringify(Array(64).fill(256)),
      JSON.stringify(Array(64).fill(0.5)),
      '{}',
      ' '.repeat(5000),
    ])
      expect(thrown(() => parseSolanaId(text))).toBe('key-damaged')
    for (const text of [
      formatSolanaBase58(other),
      solanaKeyAddress(PAIR.publicKey),
      '1'.repeat(88),
      'z'.repeat(88),
      '',
    ])
      expect(thrown(() => parseSolanaBase58(text))).toBe('key-damaged')
  })

  it('are answered with a pair or one error, whatever the text', () => {
    const samples = [formatSolanaBase58(PAIR), formatSolanaId(PAIR)]
    onlyThrows(['key-damaged'], { inputs: near(samples), parse: parseSolanaBase58, runs: 500 })
    onlyThrows(['key-damaged'], { inputs: near(samples), parse: parseSolanaId, runs: 500 })
  })
})
