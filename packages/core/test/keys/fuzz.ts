/** What a function throws, and what a parser may do with any input: answer, or throw one of the catalogued errors named for it. */
import fc from 'fast-check'
import { type ErrorCode, isCairnError } from '../../src/errors.js'

/** Printed by fast-check when a property fails, together with the path of the failing case. */
export const SEED = 20_261_123

const ALPHABET = "0123456789abcdefhmnpubvxyzXYZ/'*<>;()[]{}#,@ \u00dc1OIl"

/** Strings near to the given ones: cut, doubled, with a symbol changed, put in or taken out; and any strings at all. */
export function near(samples: readonly string[]): fc.Arbitrary<string> {
  const symbol = fc.constantFrom(...ALPHABET)
  const edited = fc
    .tuple(
      fc.constantFrom(...samples),
      fc.nat(),
      fc.nat({ max: 2 }),
      fc.string({ unit: symbol, maxLength: 3 }),
    )
    .map(([text, at, gone, put]) => {
      const i = at % (text.length + 1)
      return text.slice(0, i) + put + text.slice(i + gone)
    })
  // Any UTF-16 units, also halves of pairs.
  const units = fc
    .array(fc.nat({ max: 0xffff }), { maxLength: 40 })
    .map((codes) => String.fromCharCode(...codes))
  return fc.oneof({ arbitrary: edited, weight: 3 }, units, fc.string({ unit: symbol }))
}

/** Runs `parse` on each input; any throw that is not of these codes fails the test. */
export function onlyThrows(
  codes: readonly ErrorCode[],
  {
    inputs,
    parse,
    runs = 2_000,
  }: { inputs: fc.Arbitrary<string>; parse: (text: string) => unknown; runs?: number },
): void {
  const property = fc.property(inputs, (text) => {
    try {
      parse(text)
    } catch (error) {
      if (!isCairnError(error, ...codes)) throw error
    }
  })
  fc.assert(property, { seed: SEED, numRuns: runs })
}

/** The code of the catalogued error that `run` throws; null when it throws none. */
export function thrown(run: () => unknown): ErrorCode | null {
  try {
    run()
    return null
  } catch (error) {
    if (isCairnError(error)) return error.code
    throw error
  }
}
