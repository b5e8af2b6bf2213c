import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { CairnError } from '../../src/errors.js'
import { formatPath, HARDENED, MAX_DEPTH, parsePath } from '../../src/keys/path.js'
import { readCases } from './cases.js'
import { near, onlyThrows, SEED } from './fuzz.js'

describe('derivation paths', () => {
  it('reads both marks of hardening, with and without the root', () => {
    const path = [84 + HARDENED, HARDENED, 0, 5]
    expect(parsePath("m/84'/0'/0/5")).toEqual(path)
    expect(parsePath('m/84h/0h/0/5')).toEqual(path)
    expect(parsePath("84h/0'/0/5")).toEqual(path)
    expect(parsePath('m/2147483647h')).toEqual([0xffff_ffff])
  })

  it('reads the root', () => {
    expect(parsePath('m')).toEqual([])
    expect(parsePath('m/')).toEqual([])
  })

  it('writes the mark that is asked for', () => {
    expect(formatPath([84 + HARDENED, 1])).toBe("m/84'/1")
    expect(formatPath([84 + HARDENED, 1], { mark: 'h' })).toBe('m/84h/1')
    expect(formatPath([])).toBe('m')
  })

  it.each([
    '',
    '/',
    '//',
    'n/0',
    'm0',
    'm//',
    'm/0//1',
    'm/ 0',
    'm/0H',
    'm/0p',
    "m/0''",
    "m/'",
    'm/-1',
    'm/+1',
    'm/0x1',
    'm/1e3',
    'm/2147483648',
    "m/2147483648'",
    'm/99999999999',
    'm/0/m',
    'm/٣',
    'M/0',
  ])('refuses %j', (text) => {
    expect(() => parsePath(text)).toThrow(CairnError)
  })

  it('refuses more levels than a key can have, and any text longer than that', () => {
    expect(parsePath(`m${'/0'.repeat(MAX_DEPTH)}`)).toHaveLength(MAX_DEPTH)
    expect(() => parsePath(`m${'/0'.repeat(MAX_DEPTH + 1)}`)).toThrow(CairnError)
    expect(() => parsePath('0'.repeat(10_000_000))).toThrow(CairnError)
  })

  it('reads back every path it writes', () => {
    const paths = fc.array(fc.nat({ max: 0xffff_ffff }), { maxLength: 12 })
    const style = fc.constantFrom({ mark: "'" } as const, { mark: 'h' } as const)
    const property = fc.property(paths, style, (path, style) => {
      expect(parsePath(formatPath(path, style))).toEqual(path)
    })
    fc.assert(property, { seed: SEED })
  })

  it('answers any text with a path or one error', () => {
    onlyThrows(['path-invalid'], { inputs: near(["m/84'/0h/0", 'm', '0/1']), parse: parsePath })
  })
})

interface PathCase {
  readonly path: string
  readonly parsed: readonly (number | { readonly args: readonly [number] })[]
}

// The library that these figures come from lets pass spaces, the mark `p` and empty steps; each is more likely a slip.
const LENIENT = / |p|\/\//

const folder = corpus('bip32')
describe.runIf(folder)('derivation paths of bip_utils', () => {
  const cases = folder ? readCases<PathCase>(folder, 'bip32-paths.json') : []

  it('reads the valid ones alike', () => {
    const strict = cases.filter(({ valid, path }) => valid && !LENIENT.test(path))
    expect(strict.length).toBeGreaterThan(4)
    for (const { path, parsed } of strict) {
      const steps = parsed.map((step) => (typeof step === 'number' ? step : step.args[0] + HARDENED))
      expect(parsePath(path), path).toEqual(steps)
    }
  })

  it('refuses the invalid and the lenient ones', () => {
    const refused = cases.filter(({ valid, path }) => !valid || LENIENT.test(path))
    expect(refused.length).toBeGreaterThan(10)
    for (const { path } of refused) expect(() => parsePath(path), path).toThrow(CairnError)
  })
})
