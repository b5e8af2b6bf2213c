/** The suite that every implementation of `Primitives` passes, whatever engine it runs on. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { concat, hex, unhex, utf8 } from '../../src/bytes.js'
import type { Primitives } from '../../src/types.js'

const SEED = 0x5ea1

interface AeadCase {
  readonly tcId: number
  readonly key: string
  readonly iv: string
  readonly aad: string
  readonly msg: string
  readonly ct: string
  readonly tag: string
  readonly result: 'valid' | 'invalid'
}

/** Transcribed from Wycheproof's chacha20_poly1305_test.json: cases without associated data. */
const FEW: readonly AeadCase[] = [
  {
    tcId: 2,
    key: '80ba3192c803ce965ea371d5ff073cf0f43b6a2ab576b208426e11409c09b9b0',
    iv: '4da5bf8dfd5852c1ea12379d',
    aad: '',
    msg: '',
    ct: '',
    tag: '76acb342cf3166a5b63c0c0ea1383c8d',
    result: 'valid',
  },
  {
    tcId: 66,
    key: 'e1731d5854e1b70cb3ffe8b786a2b3ebf0994370954757b9dc8c7bc5354634a3',
    iv: '72cfd90ef3026ca22b7e6e6a',
    aad: '',
    msg: 'b9c554cbc36ac18ae897df7beecac1dbeb4eafa156bb60ce2e5d48f05715e678',
    ct: 'ea29afa49d36e8760f5fe19723b9811ed5d519934a440f5081ac430b953b0e21',
    tag: '222541af46b86533c6b68d2ff108a7ea',
    result: 'valid',
  },
]

export function holdsPrimitives(name: string, primitives: Primitives): void {
  describe(`primitives: ${name}`, () => {
    holdsHash(primitives)
    holdsCipher(primitives)
    holdsGzip(primitives)
  })
  describe.runIf(corpus('wycheproof'))(`primitives: ${name}, all of Wycheproof`, () => {
    it('agrees with every ChaCha20-Poly1305 case without associated data', () => {
      const cases = wycheproof(`${corpus('wycheproof')}/chacha20_poly1305_test.json`)
      expect(cases.length).toBeGreaterThanOrEqual(35)
      for (const each of cases) holdsCase(primitives, each)
    })
  })
}

/** What a broken implementation is caught by: the same checks, callable on a twin. */
export function holdsCase(primitives: Primitives, each: AeadCase): void {
  const [key, nonce, plain] = [unhex(each.key), unhex(each.iv), unhex(each.msg)]
  const sealed = concat(unhex(each.ct), unhex(each.tag))
  const at = `case ${each.tcId}`
  if (nonce.length !== 12) {
    expect(() => primitives.encrypt(key, nonce, plain), at).toThrow()
    expect(() => primitives.decrypt(key, nonce, new Uint8Array(16)), at).toThrow()
  } else if (each.result === 'valid') {
    expect(hex(primitives.encrypt(key, nonce, plain)), at).toBe(hex(sealed))
    expect(hex(primitives.decrypt(key, nonce, sealed) ?? utf8('null')), at).toBe(each.msg)
  } else expect(primitives.decrypt(key, nonce, sealed), at).toBeNull()
}

function wycheproof(path: string): AeadCase[] {
  const file = JSON.parse(readFileSync(path, 'utf8')) as { testGroups: { tests: AeadCase[] }[] }
  return file.testGroups.flatMap((group) => group.tests).filter((each) => each.aad === '')
}

function holdsHash(primitives: Primitives): void {
  it('hashes with SHA-256 (FIPS 180-4: "abc" and the empty string)', () => {
    expect(hex(primitives.sha256(utf8('abc')))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
    expect(hex(primitives.sha256(new Uint8Array(0)))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
  })
}

function holdsCipher(primitives: Primitives): void {
  const key = new Uint8Array(32).fill(1)
  const nonce = new Uint8Array(12).fill(2)

  it.each(FEW)('agrees with Wycheproof case $tcId', (each) => holdsCase(primitives, each))

  it('refuses every flipped bit, every shorter and one longer message', () => {
    const sealed = primitives.encrypt(key, nonce, utf8('twenty bytes of text'))
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const flipped = sealed.slice()
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(primitives.decrypt(key, nonce, flipped)).toBeNull()
    }
    for (let n = 0; n < sealed.length; n++) {
      expect(primitives.decrypt(key, nonce, sealed.subarray(0, n))).toBeNull()
    }
    expect(primitives.decrypt(key, nonce, concat(sealed, new Uint8Array(1)))).toBeNull()
  })

  it('refuses a key or a nonce of another length', () => {
    for (const length of [0, 8, 11, 13, 16, 24]) {
      expect(() => primitives.encrypt(key, new Uint8Array(length), key)).toThrow()
      expect(() => primitives.decrypt(key, new Uint8Array(length), key)).toThrow()
    }
    for (const length of [0, 16, 31, 33]) {
      expect(() => primitives.encrypt(new Uint8Array(length), nonce, key)).toThrow()
      expect(() => primitives.decrypt(new Uint8Array(length), nonce, key)).toThrow()
    }
  })
}

function holdsGzip(primitives: Primitives): void {
  const plain = utf8('a wallet file, a wallet file, a wallet file\n'.repeat(500))

  it('gives back what it compressed', async () => {
    const bytes = fc.uint8Array({ maxLength: 5_000 })
    const property = fc.asyncProperty(bytes, async (input) => {
      const packed = await primitives.gzip(input)
      expect(await primitives.gunzip(packed, input.length)).toEqual(input)
    })
    await fc.assert(property, { seed: SEED, numRuns: 50 })
  })

  it('compresses, and tells neither the time nor the machine', async () => {
    const packed = await primitives.gzip(plain)
    expect(packed.length).toBeLessThan(plain.length / 20)
    expect(hex(packed.subarray(0, 8))).toBe('1f8b080000000000')
    expect(packed[9]).toBe(255)
    expect(await primitives.gzip(plain)).toEqual(packed)
  })

  it('gives nothing when one byte more than the limit would come out', async () => {
    const packed = await primitives.gzip(plain)
    expect(await primitives.gunzip(packed, plain.length)).toEqual(plain)
    expect(await primitives.gunzip(packed, plain.length - 1)).toBeNull()
    expect(await primitives.gunzip(packed, 0)).toBeNull()
    const empty = await primitives.gzip(new Uint8Array(0))
    expect(await primitives.gunzip(empty, 0)).toEqual(new Uint8Array(0))
  })

  it('stops a bomb at the limit: 64 MiB of zeros in 64 KiB', async () => {
    const bomb = await primitives.gzip(new Uint8Array(67_108_864))
    expect(bomb.length).toBeLessThan(300_000)
    expect(await primitives.gunzip(bomb, 65_536)).toBeNull()
  })

  it('gives nothing from a cut, altered or lengthened member, or from two', async () => {
    const packed = await primitives.gzip(plain)
    for (let n = 0; n < packed.length; n++) {
      expect(await primitives.gunzip(packed.subarray(0, n), 100_000)).toBeNull()
    }
    const altered = packed.slice()
    altered[20] = (altered[20] as number) ^ 1
    expect(await primitives.gunzip(altered, 100_000)).toBeNull()
    expect(await primitives.gunzip(concat(packed, utf8('more')), 100_000)).toBeNull()
    expect(await primitives.gunzip(concat(packed, packed), 100_000)).toBeNull()
  })
}
