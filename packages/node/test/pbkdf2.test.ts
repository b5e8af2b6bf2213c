import { hex, unhex, utf8 } from '@cairn/core/bytes.js'
import { toSeedUnchecked as toBip39Seed } from '@cairn/core/words/bip39.js'
import { toSeedUnchecked as toElectrumSeed } from '@cairn/core/words/electrum.js'
import { combine, splitWith } from '@cairn/core/words/slip39.js'
import { pbkdf2, pbkdf2Sha512 } from '@cairn/node/pbkdf2.js'
import { expect, test } from 'vitest'
import { stream } from '../../core/test/draws.js'

// RFC 7914, section 11.
test('derives what the RFC says', () => {
  const key = pbkdf2(utf8('passwd'), utf8('salt'), { iterations: 1, bytes: 64 })
  expect(hex(key)).toBe(
    '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc' +
      '49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783',
  )
})

test('gives the same shares as pure JavaScript, and combines them', () => {
  const plan = {
    secret: unhex('7f'.repeat(16)),
    passphrase: 'TREZOR',
    iterationExponent: 0,
    groupThreshold: 1,
    groups: [{ threshold: 2, count: 2 }],
  }
  for (const extendable of [true, false]) {
    const pure = splitWith({ ...plan, extendable }, stream(1).draw)
    expect(splitWith({ ...plan, extendable, pbkdf2 }, stream(1).draw)).toEqual(pure)
    expect(hex(combine(pure[0] as string[], 'TREZOR', pbkdf2))).toBe('7f'.repeat(16))
  }
})

test('gives the same seeds as pure JavaScript, accents and all', () => {
  const words = `${'abandon '.repeat(11)}about`
  // BIP-39, test vector 1.
  expect(hex(toBip39Seed(words, 'TREZOR', pbkdf2Sha512))).toBe(
    'c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04',
  )
  const japanese = `${'\u3042\u3044\u3053\u304f\u3057\u3093\u3000'.repeat(11)}\u3042\u304a\u305e\u3089`
  for (const [text, passphrase] of [
    [words, ''],
    [words, '\u00e9 \u212b \u30ac'],
    [japanese, '\u30ab\u3099'],
  ] as const) {
    for (const toSeed of [toBip39Seed, toElectrumSeed]) {
      expect(toSeed(text, passphrase, pbkdf2Sha512)).toEqual(toSeed(text, passphrase))
    }
  }
})
