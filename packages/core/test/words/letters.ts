/** Texts of many scripts for differential runs, up to Unicode 13: what Python and this engine both know. */
import fc from 'fast-check'

export const letters = fc
  .oneof(
    fc.integer({ min: 0x20, max: 0x7e }),
    fc.integer({ min: 0x80, max: 0x5ff }),
    fc.integer({ min: 0x900, max: 0xd7f }),
    fc.integer({ min: 0x1100, max: 0x11ff }),
    fc.integer({ min: 0x1e00, max: 0x20bf }),
    fc.integer({ min: 0x2e80, max: 0x33ff }),
    fc.integer({ min: 0x4e00, max: 0x9fef }),
    fc.integer({ min: 0xa000, max: 0xa4cf }),
    fc.integer({ min: 0xac00, max: 0xd7a3 }),
    fc.integer({ min: 0xf900, max: 0xffef }),
    fc.integer({ min: 0x1f600, max: 0x1f64f }),
    fc.constantFrom(0x09, 0x1c, 0x20, 0x85, 0xa0, 0x130, 0x3a3, 0x489, 0x3000, 0x20000, 0x2f800),
  )
  .map((point) => String.fromCodePoint(point))

export const wild = fc.string({ unit: letters, maxLength: 60 })
