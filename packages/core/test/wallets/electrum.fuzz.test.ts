/** Damaged and hostile files: a wallet, or one of the errors that are named, and soon. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, utf8 } from '../../src/bytes.js'
import type { ErrorCode } from '../../src/errors.js'
import { encodeRecords } from '../../src/records/records.js'
import { electrum } from '../../src/wallets/electrum.js'
import { SEED } from '../keys/fuzz.js'
import { codeOfReading, fixture, PASSWORD, readBytes, WALLETS } from './electrum/samples.js'

const NAMED: readonly (ErrorCode | null)[] = [
  null,
  'wallet-unreadable',
  'wallet-unsupported',
  'wallet-password',
]
const FILES = WALLETS.flatMap(({ files }) => files)
const FEW = FILES.filter((file) => /^(?:xpub|imported-keys|multisig)/.test(file))
const PLAIN = FILES.filter((file) => FEW.includes(file) && file.endsWith('.plain'))
const read = (bytes: Uint8Array) => codeOfReading(readBytes(bytes, { password: PASSWORD }))

/** Reads, and writes down for the vault what was read. */
const record = (bytes: Uint8Array) => codeOfReading(readBytes(bytes).then(encodeRecords))

const literal = utf8(
  `{'seed_version': 4, 'accounts': {0: {0: ['mupBXEDhWQnrmyW4TukDs2qcqQrhRJGrQd'], 1: (u'x',)}}, 'labels': {'a': u'\\xfc'}, 'master_public_key': '${WALLETS.find(({ name }) => name === 'seed-old')?.keystores[0]?.mpk}'}`,
)

describe('Electrum files that are cut off', () => {
  it.each(FEW)('%s is refused at every length that was tried', async (file) => {
    const bytes = fixture(file)
    // one length in 64 leaves an encrypted file whole blocks: without them the password seems wrong
    const codes = file.endsWith('.encrypted')
      ? ['wallet-unreadable', 'wallet-password']
      : ['wallet-unreadable']
    for (let end = 16; end < bytes.length - 1; end += 97)
      expect(codes).toContain(await read(bytes.slice(0, end)))
    expect(await read(bytes.slice(0, bytes.length / 2))).toBe('wallet-unreadable')
  })

  it.each(FILES)('%s is still known for what it is when half of it is left', (file) => {
    const bytes = fixture(file)
    expect(electrum.detect(bytes.slice(0, bytes.length / 2), 'x')).toBe(true)
  })
})

describe('Electrum files that are altered', () => {
  const altered = fc
    .tuple(
      fc.constantFrom(...PLAIN.map(fixture), literal),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
    )
    .map(([bytes, changes]) => {
      const copy = bytes.slice()
      for (const [at, value] of changes) copy[at % copy.length] = value
      return copy
    })

  it('give a wallet or a named error', async () => {
    const property = fc.asyncProperty(altered, async (bytes) => {
      expect(NAMED).toContain(await record(bytes))
      electrum.detect(bytes, '')
    })
    await fc.assert(property, { seed: SEED, numRuns: 200 })
  })

  it('give a wallet or a named error when pieces of them are joined', async () => {
    const piece = fc
      .tuple(fc.constantFrom(...PLAIN.map(fixture), literal), fc.nat(), fc.nat({ max: 2000 }))
      .map(([bytes, at, length]) => bytes.slice(at % bytes.length, (at % bytes.length) + length))
    const property = fc.asyncProperty(fc.array(piece, { maxLength: 4 }), async (pieces) => {
      expect(NAMED).toContain(await record(concat(utf8('{'), ...pieces)))
    })
    await fc.assert(property, { seed: SEED, numRuns: 200 })
  })
})

describe('Electrum files without end', () => {
  const many = (count: number, one: (i: number) => string) =>
    Array.from({ length: count }, (_, i) => one(i)).join()
  const own = (fields: string) => `{"wallet_type": "imported", "addresses": {}, ${fields}}`
  const id = (i: number) => i.toString(16).padStart(64, '0')

  it.each([
    ['labels', own(`"labels": {${many(100_001, (i) => `"${id(i)}": "x"`)}}`), 'wallet-unsupported'],
    [
      'watched addresses',
      `{"wallet_type": "imported", "addresses": [${many(100_001, () => '"x"')}]}`,
      'wallet-unsupported',
    ],
    [
      'transactions',
      own(`"transactions": {${many(100_001, (i) => `"${id(i)}": "00"`)}}`),
      'wallet-unsupported',
    ],
    ['frozen coins', own(`"frozen_coins": [${many(100_001, () => '"x"')}]`), 'wallet-unsupported'],
    ['changes', `{},${many(500_001, () => '{}')}`, 'wallet-unreadable'],
    ['white space', `{${' '.repeat(30_000_000)}`, 'wallet-unsupported'],
    ['a literal', `{'a': '${'x'.repeat(9_000_000)}'}`, 'wallet-unsupported'],
    ['a text', `{"a": "${'\\"'.repeat(10_000_000)}`, 'wallet-unreadable'],
    ['a transaction', own(`"transactions": {"${id(1)}": "${'02'.repeat(10_000_000)}"}`), null],
  ])('are refused soon: %s', async (_, text, code) => {
    expect(await codeOfReading(readBytes(utf8(text)))).toBe(code)
  })
})

describe('Electrum files with a field of another type', () => {
  const values = [null, true, 7, -1, 1.5, 1e300, '', 'x', [], [[]], {}, { x: {} }, 'ff'.repeat(64)]

  it.each(PLAIN)('%s gives a wallet or a named error', async (file) => {
    const data = JSON.parse(new TextDecoder().decode(fixture(file))) as Record<string, unknown>
    for (const changed of variants(data, values)) {
      const code = await record(utf8(JSON.stringify(changed)))
      expect(NAMED).toContain(code)
    }
  })
})

type Fields = Record<string, unknown>

/** The data with each field of the first two levels gone, or of another type. */
function* variants(data: Fields, values: readonly unknown[]): Generator<Fields> {
  for (const [key, own] of Object.entries(data)) {
    const { [key]: _, ...rest } = data
    yield rest
    for (const value of values) yield { ...data, [key]: value }
    if (typeof own !== 'object' || own === null || Array.isArray(own)) continue
    for (const inner of Object.keys(own).slice(0, 8)) {
      for (const value of values) yield { ...data, [key]: { ...own, [inner]: value } }
    }
  }
}
