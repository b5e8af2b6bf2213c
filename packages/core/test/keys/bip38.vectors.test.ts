/** The test vectors of BIP-38: the figures are the BIP's own. */
import { describe, expect, it } from 'vitest'
import { hex } from '../../src/bytes.js'
import { decryptBip38, encryptBip38, parseBip38 } from '../../src/keys/bip38.js'
import { coinAddress } from '../../src/keys/coins.js'
import { decodeWif, encodeWif, publicKeyOf } from '../../src/keys/wif.js'

const KNOWN = [
  {
    name: 'no compression 1',
    passphrase: 'TestingOneTwoThree',
    encrypted: '6PRVWUbkzzsbcVac2qwfssoUJAN1Xhrg6bNk8J7Nzm5H7kxEbn2Nh2ZoGg',
    wif: '5KN7MzqK5wt2TP1fQCYyHBtDrXdJuXbUzm4A9rKAteGu3Qi5CVR',
    key: 'cbf4b9f70470856bb4f40f80b87edb90865997ffee6df315ab166d713af433a5',
  },
  {
    name: 'no compression 3, a passphrase to be normalised',
    passphrase: '\u03d2\u0301\u0000\u{10400}\u{1f4a9}',
    encrypted: '6PRW5o9FLp4gJDDVqJQKJFTpMvdsSGJxMYHtHaQBF3ooa8mwD69bapcDQn',
    wif: '5Jajm8eQ22H3pGWLEVCXyvND8dQZhiQhoLJNKjYXk9roUFTMSZ4',
    address: '16ktGzmfrurhbhi6JGqsMWf7TyqK9HNAeF',
  },
  {
    name: 'compression 2',
    passphrase: 'Satoshi',
    encrypted: '6PYLtMnXvfG3oJde97zRyLYFZCYizPU5T3LwgdYJz1fRhh16bU7u6PPmY7',
    wif: 'KwYgW8gcxj1JWJXhPSu4Fqwzfhp5Yfi42mdYmMa4XqK7NJxXUSK7',
    key: '09c2686880095b1a4c249ee3ac4eea8a014f11e6f986d0b5025ac1f39afbd9ae',
  },
] as const

const MULTIPLIED = [
  {
    name: 'no lot 1',
    passphrase: 'TestingOneTwoThree',
    encrypted: '6PfQu77ygVyJLZjfvMLyhLMQbYnu5uguoJJ4kMCLqWwPEdfpwANVS76gTX',
    wif: '5K4caxezwjGCGfnoPTZ8tMcJBLB7Jvyjv4xxeacadhq8nLisLR2',
    key: 'a43a940577f4e97f5c4d39eb14ff083a98187c64ea7c99ef7ce460833959a519',
    address: '1PE6TQi6HTVNz5DLwB1LcpMBALubfuN2z2',
    lot: null,
  },
  {
    name: 'lot 2, Greek letters',
    passphrase: 'ΜΟΛΩΝ ΛΑΒΕ',
    encrypted: '6PgGWtx25kUg8QWvwuJAgorN6k9FbE25rv5dMRwu5SKMnfpfVe5mar2ngH',
    wif: '5KMKKuUmAkiNbA3DazMQiLfDq47qs8MAEThm4yL8R2PhV1ov33D',
    key: 'ca2759aa4adb0f96c414f36abeb8db59342985be9fa50faac228c8e7d90e3006',
    address: '1Lurmih3KruL4xDB5FmHof38yawNtP9oGf',
    lot: { lot: 806_938, sequence: 1 },
  },
] as const

interface Stated {
  readonly encrypted: string
  readonly passphrase: string
  readonly wif: string
  readonly key?: string
  readonly address?: string
}

async function expectDecrypts({ encrypted, passphrase, wif, ...stated }: Stated): Promise<void> {
  const { key, coin } = await decryptBip38(parseBip38(encrypted), passphrase)
  expect(encodeWif(key)).toBe(wif)
  if (stated.key) expect(hex(key.privateKey)).toBe(stated.key)
  if (stated.address) expect(coinAddress(coin, publicKeyOf(key))).toBe(stated.address)
}

describe('BIP-38', () => {
  it.each(KNOWN)('decrypts and encrypts: $name', async (stated) => {
    await expectDecrypts(stated)
    expect(await encryptBip38(decodeWif(stated.wif), stated.passphrase)).toBe(stated.encrypted)
  })

  it.each(MULTIPLIED)('decrypts a multiplied key: $name', async ({ lot, ...stated }) => {
    await expectDecrypts(stated)
    expect(parseBip38(stated.encrypted)).toMatchObject({ mode: 'multiplied', lot })
  })

  // "Minimum value" and "Maximum value" of each prefix.
  it.each([
    ['6PRHv1jg1ytiE4kT2QtrUz8gEjMQghZDWg1FuxjdYDzjUkcJeGdFj9q9Vi', 'known', false],
    ['6PRWdmoT1ZursVcr5NiD14p5bHrKVGPG7yeEoEeRb8FVaqYSHnZTLEbYsU', 'known', false],
    ['6PYJxKpVnkXUsnZAfD2B5ZsZafJYNp4ezQQeCjs39494qUUXLnXijLx6LG', 'known', true],
    ['6PYXg5tGnLYdXDRZiAqXbeYxwDoTBNthbi3d61mqBxPpwZQezJTvQHsCnk', 'known', true],
    ['6PfKzduKZXAFXWMtJ19Vg9cSvbFg4va6U8p2VWzSjtHQCCLk3JSBpUvfpf', 'multiplied', false],
    ['6PfYiPy6Z7BQAwEHLxxrCEHrH9kasVQ95ST1NnuEnnYAJHGsgpNPQ9dTHc', 'multiplied', false],
    ['6PnM2wz9LHo2BEAbvoGpGjMLGXCom35XwsDQnJ7rLiRjYvCxjpLenmoBsR', 'multiplied', true],
    ['6PnZki3vKspApf2zym6Anp2jd5hiZbuaZArPfa2ePcgVf196PLGrQNyVUh', 'multiplied', true],
  ])('reads the flags of %s', (text, mode, compressed) => {
    expect(parseBip38(text)).toMatchObject({ mode, compressed })
  })
})
