import { HDKey } from '@scure/bip32'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { unhex } from '../../src/bytes.js'
import { CairnError } from '../../src/errors.js'
import {
  deriveKey,
  fingerprint,
  formatExtendedKey,
  fromSeed,
  type KeyForm,
  neuter,
  parseExtendedKey,
  publicChildren,
} from '../../src/keys/bip32.js'
import { HARDENED, parsePath } from '../../src/keys/path.js'
import { readCases } from './cases.js'
import { near, onlyThrows, SEED, thrown } from './fuzz.js'

const seed = unhex('000102030405060708090a0b0c0d0e0f')
const root = fromSeed(seed)
const account = deriveKey(root, parsePath('m/84h/0h/0h'))

describe('extended keys', () => {
  it('has the fingerprint that its children name as their parent', () => {
    expect(fingerprint(root)).toBe('3442193e')
    expect(deriveKey(root, [HARDENED]).parent).toBe('3442193e')
    expect(fingerprint(neuter(root))).toBe('3442193e')
  })

  it('derives the same public key with and without the private key', () => {
    const path = parsePath('1/2/2147483647')
    expect(deriveKey(neuter(account), path)).toEqual(neuter(deriveKey(account, path)))
  })

  it('derives what @scure/bip32 derives, hardened steps and others mixed', () => {
    const step = fc.tuple(fc.nat(HARDENED - 1), fc.boolean()).map(([n, hard]) => (hard ? n + HARDENED : n))
    const property = fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 64 }),
      fc.array(step, { minLength: 1, maxLength: 6 }),
      (bytes, path) => {
        const peer = path.reduce((node, step) => node.deriveChild(step), HDKey.fromMasterSeed(bytes))
        expect(formatExtendedKey(deriveKey(fromSeed(bytes), path))).toBe(peer.privateExtendedKey)
      },
    )
    fc.assert(property, { seed: SEED, numRuns: 60 })
  })

  it('refuses a hardened step below a public key', () => {
    expect(thrown(() => deriveKey(neuter(account), [HARDENED]))).toBe('key-hardened')
    expect(thrown(() => publicChildren(account)(HARDENED))).toBe('key-hardened')
  })

  it('refuses to go deeper than 255 levels', () => {
    const deepest = deriveKey(root, new Array<number>(255).fill(0))
    expect(deepest.depth).toBe(255)
    expect(thrown(() => deriveKey(deepest, [0]))).toBe('path-invalid')
  })

  it('refuses a seed shorter than 16 or longer than 64 bytes', () => {
    expect(thrown(() => fromSeed(new Uint8Array(15)))).toBe('entropy-length')
    expect(thrown(() => fromSeed(new Uint8Array(65)))).toBe('entropy-length')
  })

  it('writes and reads every form of SLIP-132 on both kinds of network', () => {
    const prefixes: Record<KeyForm, readonly string[]> = {
      plain: ['xprv', 'xpub', 'tprv', 'tpub'],
      'p2sh-p2wpkh': ['yprv', 'ypub', 'uprv', 'upub'],
      p2wpkh: ['zprv', 'zpub', 'vprv', 'vpub'],
      'p2sh-p2wsh': ['Yprv', 'Ypub', 'Uprv', 'Upub'],
      p2wsh: ['Zprv', 'Zpub', 'Vprv', 'Vpub'],
    }
    for (const form of Object.keys(prefixes) as KeyForm[]) {
      for (const network of ['mainnet', 'testnet'] as const) {
        const key = { ...account, network, form }
        const texts = [formatExtendedKey(key, { form }), formatExtendedKey(neuter(key), { form })]
        const expected = prefixes[form].slice(network === 'mainnet' ? 0 : 2, network === 'mainnet' ? 2 : 4)
        expect(texts.map((text) => text.slice(0, 4))).toEqual(expected)
        expect(texts.map(parseExtendedKey)).toEqual([key, neuter(key)])
      }
    }
  })

  it('turns a zpub into the xpub of the same key', () => {
    const zpub = formatExtendedKey(neuter(account), { form: 'p2wpkh' })
    expect(formatExtendedKey(parseExtendedKey(zpub))).toBe(formatExtendedKey(neuter(account)))
  })

  it('finds every change of one symbol', () => {
    const xprv = formatExtendedKey(account)
    for (let i = 0; i < xprv.length; i++) {
      const changed = xprv.slice(0, i) + (xprv[i] === 'x' ? 'y' : 'x') + xprv.slice(i + 1)
      expect(
        thrown(() => parseExtendedKey(changed)),
        changed,
      ).toBe('key-invalid')
    }
  })

  it('never names the key in an error', () => {
    const xprv = `${formatExtendedKey(account).slice(0, -1)}1`
    try {
      parseExtendedKey(xprv)
      expect.unreachable()
    } catch (error) {
      expect(JSON.stringify([error, String(error)])).not.toContain(xprv.slice(4, 12))
    }
  })

  it('derives many public children as the library derives each', () => {
    const property = fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 64 }),
      fc.nat(HARDENED - 1),
      (seed, index) => {
        const theirs = HDKey.fromMasterSeed(seed).deriveChild(index).publicKey
        expect(publicChildren(fromSeed(seed))(index)).toEqual(theirs)
        expect(deriveKey(fromSeed(seed), [index]).publicKey).toEqual(theirs)
      },
    )
    fc.assert(property, { seed: SEED })
  })

  it('answers any text with a key or one error', () => {
    const samples = [formatExtendedKey(account), formatExtendedKey(neuter(account), { form: 'p2wpkh' })]
    onlyThrows(['key-invalid'], { inputs: near(samples), parse: parseExtendedKey })
    expect(() => parseExtendedKey('x'.repeat(1_000_000))).toThrow(CairnError)
  })
})

interface SlipCase {
  readonly ex_pub?: string
  readonly value?: string
}

const folder = corpus('bip32')
describe.runIf(folder)('extended keys of SLIP-32', () => {
  it('are another format and refused', () => {
    const cases = folder ? readCases<SlipCase>(folder, 'slip32-extended-keys.json') : []
    const texts = cases.flatMap(({ ex_pub, value }) => ex_pub ?? value ?? [])
    expect(texts.length).toBe(cases.length)
    for (const text of texts) expect(thrown(() => parseExtendedKey(text))).toBe('key-invalid')
  })
})
