import { hex, unhex, utf8 } from '@cairn/core/bytes.js'
import { combine, splitWith } from '@cairn/core/words/slip39.js'
import { pbkdf2 } from '@cairn/node/pbkdf2.js'
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
