import { describe, expect, it } from 'vitest'
import { concat, unhex } from '../../src/bytes.js'
import { encodeBase58Check } from '../../src/keys/base58check.js'
import { decryptBip38, encryptBip38, parseBip38 } from '../../src/keys/bip38.js'
import { COINS } from '../../src/keys/coins.js'
import { near, onlyThrows, thrown } from './fuzz.js'

const KEY = { privateKey: new Uint8Array(32).fill(5), compressed: true, network: 'mainnet' } as const
const SAMPLES = [
  '6PYLtMnXvfG3oJde97zRyLYFZCYizPU5T3LwgdYJz1fRhh16bU7u6PPmY7',
  '6PgGWtx25kUg8QWvwuJAgorN6k9FbE25rv5dMRwu5SKMnfpfVe5mar2ngH',
]

async function codeOf(run: Promise<unknown>): Promise<unknown> {
  return run.then(
    () => null,
    (error: { code?: unknown }) => error.code,
  )
}

describe('BIP-38', () => {
  it('tells a wrong passphrase from a right one, in both modes', async () => {
    for (const sample of SAMPLES) {
      expect(await codeOf(decryptBip38(parseBip38(sample), 'satoshi'))).toBe('key-password')
    }
    expect(await codeOf(decryptBip38(parseBip38(SAMPLES[0] as string), '\ud800'))).toBe('passphrase-text')
  })

  it('finds the coin whose address it was made for', async () => {
    for (const chain of ['litecoin'] as const) {
      const coin = COINS.find((coin) => coin.chain === chain && coin.keys === 'mainnet')
      const decrypted = await decryptBip38(parseBip38(await encryptBip38(KEY, 'x', coin)), 'x')
      expect(decrypted).toEqual({ key: KEY, coin })
    }
    const testnet = { ...KEY, network: 'testnet' } as const
    const { key } = await decryptBip38(parseBip38(await encryptBip38(testnet, 'x')), 'x')
    expect(key).toEqual(testnet)
  })

  it.each([
    ['another length', `0142c0${'00'.repeat(37)}`],
    ['another prefix', `0242c0${'00'.repeat(36)}`],
    ['a reserved bit', `0142d0${'00'.repeat(36)}`],
    ['a lot in a known key', `0142c4${'00'.repeat(36)}`],
    ['flags of a known key', `0143c0${'00'.repeat(36)}`],
    ['a reserved bit of a multiplied key', `014328${'00'.repeat(36)}`],
  ])('refuses %s', (_, payload) => {
    expect(thrown(() => parseBip38(encodeBase58Check(unhex(payload))))).toBe('key-invalid')
  })

  it('reads the lot and sequence of any multiplied key', () => {
    const text = encodeBase58Check(
      concat(unhex('014304'), new Uint8Array(8), unhex('fffff fff'.replace(' ', '')), new Uint8Array(24)),
    )
    expect(parseBip38(text)).toMatchObject({ lot: { lot: 1_048_575, sequence: 4095 } })
  })

  it('answers any text with a key or one error', () => {
    onlyThrows(['key-invalid'], { inputs: near(SAMPLES), parse: parseBip38, runs: 1000 })
  })
})
