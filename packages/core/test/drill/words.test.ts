import { describe, expect, it } from 'vitest'
import { hex } from '../../src/bytes.js'
import { proveWords } from '../../src/drill/words.js'
import { deriveKey, fingerprint, formatExtendedKey, fromSeed, neuter } from '../../src/keys/bip32.js'
import { formatDescriptor, parseDescriptor } from '../../src/keys/descriptor.js'
import { oldMasterPublicKey } from '../../src/keys/electrum-old.js'
import { formatPath, parsePath } from '../../src/keys/path.js'
import type { Identity } from '../../src/types.js'
import * as bip39 from '../../src/words/bip39.js'
import * as electrum from '../../src/words/electrum.js'
import * as electrumOld from '../../src/words/electrum-old.js'
import { codeOf } from '../refusal.js'

// the first vector of BIP-39, and a phrase one valid word away from it
const PHRASE = `${'abandon '.repeat(11)}about`
const OTHER = `${'zoo '.repeat(11)}wrong`
// from Electrum's tests: a segwit seed and one of version 1
const SEGWIT = 'bitter grass shiver impose acquire brush forget axis eager alone wine silver'
const OLD = 'powerful random nobody notice nothing important anyway look away hidden message over'

interface Made {
  readonly path: string
  readonly origin: 'with-origin' | 'bare'
}

function walletOf(seed: Uint8Array, { path, origin }: Made): Identity {
  const root = fromSeed(seed)
  const key = formatExtendedKey(neuter(deriveKey(root, parsePath(path))))
  const from = origin === 'bare' ? '' : `[${fingerprint(root)}${formatPath(parsePath(path)).slice(1)}]`
  const descriptor = formatDescriptor(parseDescriptor(`wpkh(${from}${key}/<0;1>/*)`))
  const fingerprints = origin === 'bare' ? [] : [fingerprint(root)]
  return { fingerprints, descriptors: [descriptor], chain: 'bitcoin', network: 'mainnet' }
}

const bip84 = walletOf(bip39.toSeed(PHRASE), { path: 'm/84h/0h/0h', origin: 'with-origin' })

describe('the words of a wallet', () => {
  it('are right when they lead to its key, and its first addresses are told', () => {
    const proof = proveWords(bip84, { phrase: PHRASE, passphrase: '' })
    expect(proof).toEqual({
      verdict: 'right',
      kind: 'bip39',
      fingerprint: '73c5da0a',
      expected: ['73c5da0a'],
      // the first is from the test vectors of BIP-84
      addresses: [
        'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu',
        'bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g',
        'bc1qp59yckz4ae5c4efgw2s5wfyvrz0ala7rgvuz8z',
      ],
    })
  })

  it('are found by the usual paths when the wallet does not tell where its key comes from', () => {
    for (const path of ['m', 'm/0h', 'm/49h/0h/3h', 'm/84h/1h/0h', 'm/48h/0h/0h/2h']) {
      const wallet = walletOf(bip39.toSeed(PHRASE), { path, origin: 'bare' })
      expect(proveWords(wallet, { phrase: PHRASE, passphrase: '' }).verdict).toBe('right')
    }
  })

  it('lead elsewhere when they are other words', () => {
    const proof = proveWords(bip84, { phrase: OTHER, passphrase: '' })
    expect(proof).toMatchObject({ verdict: 'elsewhere', expected: ['73c5da0a'], addresses: [] })
    expect(proof.fingerprint).not.toBe('73c5da0a')
  })

  it('need no passphrase when the wallet has none', () => {
    expect(proveWords(bip84, { phrase: PHRASE, passphrase: 'TREZOR' }).verdict).toBe('no-passphrase')
  })

  it('lead elsewhere without the passphrase of the wallet, or with another one', () => {
    const hidden = walletOf(bip39.toSeed(PHRASE, 'TREZOR'), { path: 'm/84h/0h/0h', origin: 'with-origin' })
    expect(proveWords(hidden, { phrase: PHRASE, passphrase: 'TREZOR' }).verdict).toBe('right')
    expect(proveWords(hidden, { phrase: PHRASE, passphrase: '' }).verdict).toBe('elsewhere')
    expect(proveWords(hidden, { phrase: PHRASE, passphrase: 'trezor' }).verdict).toBe('elsewhere')
  })

  it('of Electrum are known, with and without passphrase', () => {
    const wallet = walletOf(electrum.toSeed(SEGWIT, 'extra'), { path: 'm/0h', origin: 'with-origin' })
    expect(proveWords(wallet, { phrase: SEGWIT, passphrase: 'extra' })).toMatchObject({
      verdict: 'right',
      kind: 'electrum',
    })
    expect(proveWords(wallet, { phrase: SEGWIT, passphrase: '' }).verdict).toBe('elsewhere')
  })

  it('of Electrum before 2.0 are known by the master public key', () => {
    const key = hex(oldMasterPublicKey(electrumOld.stretchOldSeed(electrumOld.toHexSeed(OLD))))
    const wallet: Identity = { ...bip84, fingerprints: [], descriptors: [], electrumOldMasterKey: key }
    expect(proveWords(wallet, { phrase: OLD, passphrase: '' })).toMatchObject({
      verdict: 'right',
      kind: 'electrum-old',
    })
  })

  it('that are no phrase are refused, and so is a wallet that has no words', () => {
    expect(codeOf(() => proveWords(bip84, { phrase: 'not a phrase', passphrase: '' }))).toBe(
      'phrase-unreadable',
    )
    expect(codeOf(() => proveWords({ ...bip84, descriptors: [] }, { phrase: PHRASE, passphrase: '' }))).toBe(
      'words-no-identity',
    )
  })
})
