import { hex, unhex } from '@cairn/core/bytes.js'
import { type Cbor, decodeCbor, encodeCbor } from '@cairn/core/words/ur/cbor.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

// RFC 8949, appendix A.
const EXAMPLES: readonly (readonly [string, Cbor])[] = [
  ['00', 0],
  ['17', 23],
  ['1818', 24],
  ['1903e8', 1000],
  ['1a000f4240', 1_000_000],
  ['1b000000e8d4a51000', 1_000_000_000_000],
  ['f4', false],
  ['f5', true],
  ['4401020304', unhex('01020304')],
  ['6449455446', 'IETF'],
  ['62c3bc', 'ü'],
  ['80', []],
  ['8301820203820405', [1, [2, 3], [4, 5]]],
  [
    'a201020304',
    new Map([
      [1, 2],
      [3, 4],
    ]),
  ],
  ['c11a514b67b0', { tag: 1, value: 1_363_896_240 }],
  ['c1fb41d452d9e8200000', { tag: 1, value: { float: unhex('41d452d9e8200000') } }],
  ['f93c00', { float: unhex('3c00') }],
]

const item = fc.letrec<{ item: Cbor }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 4 },
    fc.maxSafeNat(),
    fc.boolean(),
    fc.string(),
    fc.uint8Array({ maxLength: 300 }),
    fc.array(tie('item'), { maxLength: 4 }),
    fc.array(fc.tuple(fc.nat(300), tie('item')), { maxLength: 4 }).map((entries) => new Map(entries)),
    fc.record({ tag: fc.nat(70_000), value: tie('item') }),
  ),
})).item

describe('CBOR', () => {
  test.each(EXAMPLES)('%s', (text, value) => {
    expect(decodeCbor(unhex(text))).toEqual(value)
    expect(hex(encodeCbor(value))).toBe(text)
  })

  test('comes back as it was', () => {
    fc.assert(
      fc.property(item, (value) => {
        expect(decodeCbor(encodeCbor(value))).toEqual(value)
      }),
      { seed: 8949, numRuns: 500 },
    )
  })

  test.each([
    ['nothing', ''],
    ['a number that is not in its shortest form', '1817'],
    ['a length that is not', '580101'],
    ['a string of indefinite length', '5f42010243030405ff'],
    ['a list of indefinite length', '9f01ff'],
    ['a negative number', '20'],
    ['a number above 2^53', '1bffffffffffffffff'],
    ['text that is not UTF-8', '62c328'],
    ['a key that is there twice', 'a201020103'],
    ['a key that is no number', 'a1616101'],
    ['two items', '0000'],
    ['an item that is cut off', '830102'],
    ['bytes that are cut off', '5903e801'],
    ['a list of a thousand million items', '9a3b9aca0001'],
    ['a map of a thousand million items', 'ba3b9aca000101'],
    ['an unassigned value', 'f8ff'],
    ['undefined', 'f7'],
    ['lists in lists without end', '81'.repeat(64)],
  ])('refuses %s', (_, text) => expect(decodeCbor(unhex(text))).toBeNull())

  test('reads no two texts of bytes as the same', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const value = decodeCbor(bytes)
        if (value !== null) expect(encodeCbor(value)).toEqual(bytes)
      }),
      { seed: 8949, numRuns: 20_000 },
    )
  })
})
