import { hex, unhex } from '@cairn/core/bytes.js'
import { fromSeed, neuter } from '@cairn/core/keys/bip32.js'
import { drng, rollDice } from '@cairn/core/keys/bip85/drng.js'
import { formatRsaPrivateKey, generateRsa } from '@cairn/core/keys/bip85/rsa.js'
import { type Bip85Request, bip85, bip85Entropy, bip85Path, bip85PathText } from '@cairn/core/keys/bip85.js'
import { languagesOf, STANDARD_LANGUAGES } from '@cairn/core/words/bip39.js'
import { describe, expect, test } from 'vitest'
import { present } from '../../../../test/peers/peer.js'
import { pycryptodome, rsaFromStream } from '../../../../test/peers/pycryptodome.js'
import { codeOf } from '../refusal.js'

const root = fromSeed(new Uint8Array(32).fill(7))

test('phrases of every language and length are valid and all different', () => {
  const phrases = STANDARD_LANGUAGES.flatMap((language) =>
    [12, 15, 18, 21, 24].map((words) => {
      const phrase = bip85(root, { application: 'bip39', language, words, index: 3 })
      expect(languagesOf(phrase)).toContain(language)
      return phrase
    }),
  )
  expect(new Set(phrases).size).toBe(50)
})

test.each<[string, Bip85Request]>([
  ['13 words', { application: 'bip39', language: 'english', words: 13, index: 0 }],
  ['27 words', { application: 'bip39', language: 'english', words: 27, index: 0 }],
  ['15 bytes', { application: 'hex', bytes: 15, index: 0 }],
  ['65 bytes', { application: 'hex', bytes: 65, index: 0 }],
  ['19 letters', { application: 'base64', length: 19, index: 0 }],
  ['87 letters', { application: 'base64', length: 87, index: 0 }],
  ['9 letters', { application: 'base85', length: 9, index: 0 }],
  ['81 letters', { application: 'base85', length: 81, index: 0 }],
  ['a die with one side', { application: 'dice', sides: 1, rolls: 1, index: 0 }],
  ['no roll', { application: 'dice', sides: 6, rolls: 0, index: 0 }],
  ['identity 0 of Nostr', { application: 'nostr', identity: 0, index: 1 }],
  ['key 0 of Nostr', { application: 'nostr', identity: 1, index: 0 }],
  ['a negative index', { application: 'wif', index: -1 }],
  ['an index of 2^31', { application: 'wif', index: 2 ** 31 }],
  ['half an index', { application: 'wif', index: 0.5 }],
  ['RSA of 512 bits', { application: 'rsa', bits: 512, index: 0 }],
  ['RSA of 1025 bits', { application: 'rsa', bits: 1025, index: 0 }],
])('refuses %s', (_, request) => {
  expect(codeOf(() => bip85(root, request))).toBe('usage')
})

test('needs the private key', () => {
  expect(codeOf(() => bip85(neuter(root), { application: 'wif', index: 0 }))).toBe('key-hardened')
})

test('subkeys of RSA lie below their main key', () => {
  expect(bip85PathText({ application: 'rsa', bits: 2048, index: 1 })).toBe("m/83696968'/828365'/2048'/1'")
  expect(bip85PathText({ application: 'rsa', bits: 2048, index: 1, subkey: 2 })).toBe(
    "m/83696968'/828365'/2048'/1'/2'",
  )
})

test('dice of any number of sides are fair and within their sides', () => {
  for (const sides of [2, 3, 6, 62, 256, 257, 65_536, 2 ** 31 - 1]) {
    const rolls = rollDice(drng(new Uint8Array(64).fill(sides & 0xff)), { sides, rolls: 2000 })
    expect(Math.max(...rolls)).toBeLessThan(sides)
    const mean = rolls.reduce((sum, roll) => sum + roll, 0) / rolls.length / (sides - 1)
    expect(mean).toBeGreaterThan(0.45)
    expect(mean).toBeLessThan(0.55)
  }
})

describe.runIf(await present(pycryptodome))('RSA', () => {
  test.each([
    [1024, 0],
    [1024, 1],
    [1026, 0],
    [1536, 0],
  ])('of %i bits, number %i, is the key that PyCryptodome makes of the stream', async (bits, index) => {
    const entropy = bip85Entropy(root, bip85Path({ application: 'rsa', bits, index }))
    const ours = formatRsaPrivateKey(generateRsa(bits, drng(entropy)))
    expect(ours).toBe(await rsaFromStream(hex(entropy), bits))
  })

  test('catches a stream with one bit changed', async () => {
    const entropy = unhex('00'.repeat(64))
    const ours = formatRsaPrivateKey(generateRsa(1024, drng(entropy.with(63, 1))))
    expect(ours).not.toBe(await rsaFromStream(hex(entropy), 1024))
  })
})
