import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { hex, unhex } from '../../src/bytes.js'
import { keyAddress } from '../../src/keys/address.js'
import {
  oldMasterPublicKey,
  oldPrivateKey,
  oldPublicKey,
  parseOldMasterPublicKey,
} from '../../src/keys/electrum-old.js'
import { encodeWif, publicKeyOf } from '../../src/keys/wif.js'
import { stretchOldSeed } from '../../src/words/electrum-old.js'
import { readCases } from './cases.js'
import { near, onlyThrows, thrown } from './fuzz.js'
import { seedAccount } from './source.js'

// Electrum's tests/test_wallet_vertical.py, `test_electrum_seed_old`: "powerful random nobody notice …".
const MASTER =
  'e9d4b7866dd1e91c862aebf62a49548c7dbf7bcc6e4b7b8c9da820c7737968df9c09d5a3e271dc814a29981f81b3faaf2737b551ef5dcc6189cf0f8252c442b3'

describe('old Electrum keys', () => {
  it('gives the addresses that Electrum gives', () => {
    const master = parseOldMasterPublicKey(MASTER)
    const address = (branch: 0 | 1) => keyAddress(oldPublicKey(master, { branch, index: 0 }), 'p2pkh')
    expect(address(0)).toBe('1FJEEB8ihPMbzs2SkLmr37dHyRFzakqUmo')
    expect(address(1)).toBe('1KRW8pH6HFHZh889VDq6fEKvmrsmApwNfe')
  })

  it('derives private keys that lead to the same public keys', () => {
    const privateKey = unhex('01'.padStart(64, '0'))
    const place = { branch: 1, index: 12 } as const
    const child = publicKeyOf({ privateKey: oldPrivateKey(privateKey, place), compressed: false })
    expect(child).toEqual(oldPublicKey(oldMasterPublicKey(privateKey), place))
  })

  it('refuses master keys that are none', () => {
    expect(thrown(() => parseOldMasterPublicKey('00'.repeat(64)))).toBe('key-invalid')
    expect(thrown(() => parseOldMasterPublicKey(MASTER.slice(2)))).toBe('key-invalid')
    expect(thrown(() => oldMasterPublicKey(new Uint8Array(32)))).toBe('key-invalid')
  })

  it('answers any text with a key or one error', () => {
    onlyThrows(['key-invalid'], { inputs: near([MASTER]), parse: parseOldMasterPublicKey })
  })
})

interface OldCase {
  readonly kind: 'mnemonic' | 'wallet'
  readonly version: number
  readonly entropy: string
  readonly seed: string
  readonly address: string
  readonly master_pub_key: string
  readonly addresses: readonly { readonly address: string; readonly priv_key: string }[]
}

const folder = corpus('electrum-seeds')
describe.runIf(folder)('old Electrum keys of bip_utils', () => {
  const old = (folder ? readCases<OldCase>(folder, 'bip-utils-electrum.json') : []).filter(
    (c) => c.version === 1,
  )

  it('stretches seeds to the master key and first address', () => {
    const cases = old.filter(({ kind, valid }) => kind === 'mnemonic' && valid)
    expect(cases.length).toBeGreaterThan(2)
    for (const { entropy, seed, address } of cases) {
      const key = stretchOldSeed(entropy)
      expect(hex(key)).toBe(seed)
      expect(seedAccount(key, { standard: 'electrum-old', count: 1 }).addresses).toEqual([address])
    }
  })

  it('derives master public keys, addresses and private keys', () => {
    const cases = old.filter(({ kind }) => kind === 'wallet')
    expect(cases.length).toBeGreaterThan(1)
    for (const { seed, master_pub_key, addresses } of cases) {
      const master = oldMasterPublicKey(unhex(seed))
      expect(`04${hex(master)}`).toBe(master_pub_key)
      expect(seedAccount(unhex(seed), { standard: 'electrum-old' }).addresses).toEqual(
        addresses.map(({ address }) => address),
      )
      const keys = addresses.map((_, index) => oldPrivateKey(unhex(seed), { branch: 0, index }))
      const wifs = keys.map((privateKey) => encodeWif({ privateKey, compressed: false, network: 'mainnet' }))
      expect(wifs).toEqual(addresses.map(({ priv_key }) => priv_key))
    }
  })
})
