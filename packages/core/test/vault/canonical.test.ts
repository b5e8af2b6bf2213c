import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/bytes.js'
import { canonicalFile, encodeCanonical, parseCanonicalFile } from '../../src/vault/canonical.js'

const LIMIT = 1_000_000

describe('canonical JSON', () => {
  it('sorts keys and writes no white space', () => {
    expect(encodeCanonical({ b: [1, 'é\n', null], a: { d: true, c: -2 } })).toBe(
      '{"a":{"c":-2,"d":true},"b":[1,"é\\n",null]}',
    )
  })

  it('gives back what it wrote, for every value', () => {
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constant(null),
        fc.boolean(),
        fc.maxSafeInteger().map((n) => n + 0),
        fc.string(),
        fc.array(tie('value')),
        fc.dictionary(
          fc.string().filter((key) => key !== '__proto__'),
          tie('value'),
        ),
      ),
    })).value
    fc.assert(
      fc.property(values, (value) => {
        expect(parseCanonicalFile(canonicalFile(value as never), LIMIT)).toEqual(value)
      }),
      { seed: 2026 },
    )
  })

  it.each([
    ['white space', '{"a": 1}\n'],
    ['keys out of order', '{"b":1,"a":2}\n'],
    ['a key twice', '{"a":1,"a":1}\n'],
    ['no newline at the end', '{"a":1}'],
    ['two newlines at the end', '{"a":1}\n\n'],
    ['an escape that is not needed', '{"a":"\\u0062"}\n'],
    ['another spelling of a number', '{"a":1.0}\n'],
    ['a fraction', '{"a":0.5}\n'],
    ['a number that loses digits', '{"a":9007199254740993}\n'],
    ['a byte order mark', '\ufeff{"a":1}\n'],
    ['no JSON', 'a\n'],
  ])('refuses %s', (_name, file) => {
    expect(parseCanonicalFile(utf8(file), LIMIT)).toBeNull()
  })

  it('refuses what is longer than the limit before reading it', () => {
    expect(parseCanonicalFile(canonicalFile({ a: 'x'.repeat(100) }), 50)).toBeNull()
  })
})
