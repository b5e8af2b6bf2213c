import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { keyAddress } from '../../src/keys/address.js'
import { decodeBase58Check, encodeBase58Check } from '../../src/keys/base58check.js'
import { formatExtendedKey, fromSeed, neuter } from '../../src/keys/bip32.js'
import { applied, repairBase58 } from '../../src/keys/repair/base58.js'
import { diagnose, placesOf } from '../../src/keys/repair.js'
import { encodeWif } from '../../src/keys/wif.js'
import { SEED } from './fuzz.js'

const key = (byte: number) =>
  ({ privateKey: new Uint8Array(32).fill(byte), compressed: true, network: 'mainnet' }) as const
const root = fromSeed(new Uint8Array(32).fill(9))
const SAMPLES = {
  'a compressed WIF': encodeWif(key(7)),
  'an uncompressed WIF': encodeWif({ ...key(7), compressed: false }),
  'a BIP-38 key': '6PYLtMnXvfG3oJde97zRyLYFZCYizPU5T3LwgdYJz1fRhh16bU7u6PPmY7',
  'an extended private key': formatExtendedKey(root),
  'an extended public key': formatExtendedKey(neuter(root), { form: 'p2wpkh' }),
  'a legacy address': keyAddress(root.publicKey, 'p2pkh'),
  'a segwit address': keyAddress(root.publicKey, 'p2wpkh'),
  'a taproot address': keyAddress(root.publicKey, 'p2tr'),
} as const

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

/** A symbol other than the one there. */
const other = (symbol: string, seed: number) => {
  const alphabet = (BECH32.includes(symbol.toLowerCase()) && seed < 0 ? BECH32 : BASE58).replace(symbol, '')
  return alphabet[Math.abs(seed) % alphabet.length] as string
}

const replaced = (text: string, at: number, symbol: string) => text.slice(0, at) + symbol + text.slice(at + 1)

describe.each(Object.entries(SAMPLES))('%s', (_, text) => {
  // what tells the kind of text stays as it is: a wrong beginning is another kind
  const first = text.startsWith('bc1') ? 3 : 4
  const isBech32 = text.startsWith('bc1')
  const places = fc.nat({ max: text.length - first - 1 }).map((place) => place + first)
  const sign = isBech32 ? -1 : 1
  const repairsTo = (damaged: string) =>
    expect(diagnose(damaged)?.repairs.map(({ text }) => text)).toEqual([text])

  it('comes back with one symbol wrong, one missing, one too many, and neighbours swapped', () => {
    const property = fc.property(places, fc.nat({ max: 1000 }), (at, seed) => {
      const symbol = other(text[at] as string, sign * seed)
      repairsTo(replaced(text, at, symbol))
      expect(diagnose(text.slice(0, at) + text.slice(at + 1))?.repairs.map(({ text }) => text)).toContain(
        text,
      )
      expect(
        diagnose(text.slice(0, at) + symbol + text.slice(at))?.repairs.map(({ text }) => text),
      ).toContain(text)
      const swapped = text.slice(0, at) + (text[at + 1] ?? '') + text[at] + text.slice(at + 2)
      if (swapped !== text) repairsTo(swapped)
    })
    fc.assert(property, { seed: SEED, numRuns: 2 })
  })

  it('comes back with symbols that cannot be read or are none', () => {
    repairsTo(replaced(text, first + 3, '?'))
    repairsTo(replaced(replaced(text, first + 3, '?'), text.length - 2, '_'))
    if (!isBech32) for (const symbol of '0OIl') repairsTo(replaced(text, first + 5, symbol))
  })

  it('names the places without what belongs there', () => {
    const [repair] = diagnose(replaced(text, 9, other(text[9] as string, sign)))?.repairs ?? []
    expect(repair && placesOf(repair)).toEqual([{ kind: 'wrong', position: 10 }])
  })
})

describe('two wrong symbols', () => {
  it.each(['a compressed WIF', 'an extended private key', 'a segwit address', 'a taproot address'] as const)(
    'come back wherever they are in %s',
    (name) => {
      const text = SAMPLES[name]
      const sign = text.startsWith('bc1') ? -1 : 1
      for (const [a, b] of [
        [5, text.length - 1],
        [20, 21],
      ] as const) {
        const one = replaced(text, a, other(text[a] as string, sign * 17))
        const two = replaced(one, b, other(text[b] as string, sign * 40))
        const found = diagnose(two)
        expect(found?.repairs.map(({ text }) => text)).toEqual([text])
      }
    },
  )

  it('come back in an uncompressed WIF where they are easily confused, and it says so', () => {
    const text = SAMPLES['an uncompressed WIF']
    const at = [...text].flatMap((symbol, i) =>
      i > 5 && /[A-Z]/.test(symbol) && BASE58.includes(symbol.toLowerCase()) ? [i] : [],
    )
    const [a = 0, b = 0] = at
    const damaged = replaced(
      replaced(text, a, (text[a] as string).toLowerCase()),
      b,
      (text[b] as string).toLowerCase(),
    )
    const found = diagnose(damaged)
    expect(found?.repairs.map(({ text }) => text)).toEqual([text])
    expect(found?.allPairs).toBe(false)
  })
})

describe('a text that is no key', () => {
  it('is not taken for one', () => {
    for (const text of ['', 'hello', 'x'.repeat(500), '0'.repeat(52), 'a phrase of words', 'bc1', '6P'])
      expect(diagnose(text)?.repairs ?? []).toEqual([])
  })

  // BIP-32, test vector 5: the check is right, and the bytes are no key
  it.each([
    'xpub661MyMwAqRbcEYS8w7XLSVeEsBXy79zSzH1J8vCdxAZningWLdN3zgtU6LBpB85b3D2yc8sfvZU521AAwdZafEz7mnzBBsz4wKY5fTtTQBm',
    'xprv9s21ZrQH143K24Mfq5zL5MhWK9hUhhGbd45hLXo2Pq2oqzMMo63oStZzFGTQQD3dC4H2D5GBj7vWvSQaaBv5cxi9gafk7NF3pnBju6dwKvH',
  ])('is not searched for slips when its check holds', (text) => {
    expect(decodeBase58Check(text)).toHaveLength(78)
    expect(diagnose(text)).toBeNull()
  })

  it('is tried for no longer than is reasonable', () => {
    const text = `${SAMPLES['an extended private key'].slice(0, -8)}11111111`
    const found = diagnose(text)
    expect(found).toMatchObject({ repairs: [], allPairs: false })
    expect(found?.tried).toBeLessThan(1_000_000)
  })

  it('has no repair when it is too damaged, and says what was tried', () => {
    const text = [...SAMPLES['a compressed WIF']].toReversed().join('')
    const found = diagnose(`K${text.slice(1)}`)
    expect(found).toMatchObject({ format: 'wif', repairs: [], allPairs: false })
    const compressed = { length: 34, versions: [Uint8Array.of(0x80)], fixed: { at: 33, values: [1] } }
    expect(repairBase58(`K${text.slice(1)}`, { ...compressed, accepts: () => true }).allPairs).toBe(true)
    expect(found?.tried).toBeGreaterThan(10)
    expect(found?.chance).toBeLessThan(1e-3)
  })

  // the check is real: a verifier that ignores it would take any text for repaired
  it('is refused by the check alone', () => {
    const shape = { length: 33, versions: [Uint8Array.of(0x80)], accepts: () => true }
    const wrong = encodeBase58Check(new Uint8Array(33).fill(0x80)).replace(/.{6}$/, 'zzzzzz')
    expect(repairBase58(wrong, shape).repairs).toEqual([])
  })
})

describe('changes', () => {
  it('are made from the end, so that their places stay right', () => {
    const changes = [
      { kind: 'surplus', position: 1, to: '' },
      { kind: 'missing', position: 3, to: 'X' },
      { kind: 'wrong', position: 4, to: 'Y' },
      { kind: 'swapped', position: 5, to: 'fe' },
    ] as const
    expect(applied('abcdef', changes)).toBe('bXcYfe')
  })
})
