import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { COINS, coinAddress, decodeCoinWif, encodeCoinWif } from '../../src/keys/coins.js'
import { decodeMiniKey } from '../../src/keys/mini-key.js'
import { decodeWif, encodeWif, publicKeyOf } from '../../src/keys/wif.js'
import { near, onlyThrows, SEED, thrown } from './fuzz.js'

const ONE = { privateKey: new Uint8Array(32).fill(1, 31), compressed: true, network: 'mainnet' } as const

describe('WIF of other coins', () => {
  // What the programs of these coins show for the private key 1, as their explorers list its coins.
  it.each([
    ['bitcoin', 'KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn', '1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH'],
    [
      'litecoin',
      'T33ydQRKp4FCW5LCLLUB7deioUMoveiwekdwUwyfRDeGZm76aUjV',
      'LVuDpNCSSj6pQ7t9Pv6d6sUkLKoqDEVUnJ',
    ],
    [
      'dogecoin',
      'QNcdLVw8fHkixm6NNyN6nVwxKek4u7qrioRbQmjxac5TVoTtZuot',
      'DFpN6QqFfUm3gKNaxN6tNcab1FArL9cZLE',
    ],
  ] as const)('is written and read: %s', (chain, wif, address) => {
    const { key, coins } = decodeCoinWif(wif)
    const coin = coins.find((coin) => coin.chain === chain)
    expect(key.privateKey).toEqual(ONE.privateKey)
    expect(coin && encodeCoinWif(ONE, coin)).toBe(wif)
    expect(coin && coinAddress(coin, publicKeyOf(key))).toBe(address)
  })

  it('reads what decodeWif reads as the same key', () => {
    for (const network of ['mainnet', 'testnet'] as const) {
      const wif = encodeWif({ ...ONE, network })
      expect(decodeCoinWif(wif).key).toEqual(decodeWif(wif))
    }
  })

  it('reads back every key it writes', () => {
    const keys = fc.record({
      privateKey: fc
        .uint8Array({ minLength: 32, maxLength: 32 })
        .filter((key) => key[0] !== 0xff && key[31] !== 0),
      compressed: fc.boolean(),
      coin: fc.constantFrom(...COINS),
    })
    const property = fc.property(keys, ({ coin, ...key }) => {
      const read = decodeCoinWif(encodeCoinWif(key, coin))
      expect(read.key).toMatchObject(key)
      expect(read.coins).toContain(coin)
    })
    fc.assert(property, { seed: SEED })
  })

  it('answers any text with a key or one error', () => {
    const samples = COINS.map((coin) => encodeCoinWif(ONE, coin))
    onlyThrows(['key-invalid'], { inputs: near(samples), parse: decodeCoinWif, runs: 1000 })
  })
})

describe('mini private keys', () => {
  it('reads the one of the wiki', () => {
    // https://en.bitcoin.it/wiki/Mini_private_key_format, "Python" and "Example"
    const key = decodeMiniKey('S6c56bnXQiBjk9mqSYE7ykVQ7NzrRy')
    expect(encodeWif(key)).toBe('5JPy8Zg7z4P7RSLsiqcqyeAF1935zjNUdMxcDeVrtU1oarrgnB7')
    expect(coinAddress(COINS[0] as (typeof COINS)[number], publicKeyOf(key))).toBe(
      '1CciesT23BNionJeXrbxmjc7ywfiyM4oLW',
    )
  })

  it('refuses most others', () => {
    expect(thrown(() => decodeMiniKey('S6c56bnXQiBjk9mqSYE7ykVQ7NzrRz'))).toBe('key-invalid')
    onlyThrows(['key-invalid'], {
      inputs: near(['S6c56bnXQiBjk9mqSYE7ykVQ7NzrRy']),
      parse: decodeMiniKey,
      runs: 500,
    })
  })
})
