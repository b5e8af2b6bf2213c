/** The vectors that SLIP-10 prints for nist256p1, ed25519 and curve25519, with its derivation and seed retries. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { hex, unhex } from '../../src/bytes.js'
import { deriveKey, fromSeed } from '../../src/keys/bip32.js'
import { parsePath } from '../../src/keys/path.js'
import { deriveSlip10, type Slip10Curve, slip10Master, slip10PublicKey } from '../../src/keys/slip10.js'
import { readCases } from './cases.js'
import { thrown } from './fuzz.js'

interface Slip10Case {
  readonly title: string
  readonly curve: Slip10Curve | 'secp256k1'
  readonly seed: string
  readonly path: string
  readonly fingerprint: string
  readonly chain_code: string
  readonly private: string
  readonly public: string
}

const file = new URL('../fixtures/slip10.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Slip10Case[] }

function agrees({ curve, seed, path, ...expected }: Slip10Case): void {
  const key = curve === 'secp256k1' ? bip32(seed, path) : slip10({ curve, seed, path })
  expect(key).toEqual({
    fingerprint: expected.fingerprint,
    chain_code: expected.chain_code,
    private: expected.private,
    public: expected.public,
  })
}

function slip10({ curve, seed, path }: { curve: Slip10Curve; seed: string; path: string }) {
  const key = deriveSlip10(slip10Master(unhex(seed), curve), parsePath(path))
  const publicKey = hex(slip10PublicKey(key))
  return {
    fingerprint: key.parent,
    chain_code: hex(key.chainCode),
    private: hex(key.privateKey),
    public: publicKey.padStart(66, '0'), // "ser_P(P)"
  }
}

/** On secp256k1 SLIP-10 is BIP-32. */
function bip32(seed: string, path: string) {
  const key = deriveKey(fromSeed(unhex(seed)), parsePath(path))
  return {
    fingerprint: key.parent,
    chain_code: hex(key.chainCode),
    private: hex(key.privateKey as Uint8Array),
    public: hex(key.publicKey),
  }
}

describe('SLIP-10', () => {
  it.each(cases)('$title, $path', agrees)

  it('derives unhardened children on nist256p1 only', () => {
    const seed = new Uint8Array(16)
    for (const curve of ['ed25519', 'curve25519'] as const) {
      expect(thrown(() => deriveSlip10(slip10Master(seed, curve), [0]))).toBe('usage')
    }
    expect(thrown(() => deriveSlip10(slip10Master(seed, 'nist256p1'), [0]))).toBeNull()
  })

  it('refuses seeds that are too short or too long, and paths that are too deep', () => {
    for (const bytes of [15, 65]) {
      expect(thrown(() => slip10Master(new Uint8Array(bytes), 'ed25519'))).toBe('entropy-length')
    }
    const deep = new Array<number>(256).fill(0x8000_0000)
    expect(thrown(() => deriveSlip10(slip10Master(new Uint8Array(16), 'ed25519'), deep))).toBe('path-invalid')
  })
})

const folder = corpus('slip10')
describe.runIf(folder)('SLIP-10, every vector', () => {
  const all = folder ? readCases<Slip10Case>(folder, 'slip10-vectors.json') : []
  it.each(all)('$id', agrees)
})
