import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { hex, unhex } from '../../src/bytes.js'
import { phraseAccounts } from '../../src/keys/accounts.js'
import { decodeBlocks, encodeBlocks } from '../../src/keys/monero/base58.js'
import {
  formatMoneroAddress,
  type MoneroNetwork,
  moneroAddress,
  moneroKeyPairs,
  moneroKeys,
  moneroPublicKey,
  myMoneroKeys,
  parseMoneroAddress,
} from '../../src/keys/monero.js'
import { fromEntropy } from '../../src/words/monero.js'
import { parsePhrase } from '../../src/words/phrase.js'
import { MONERO_WALLETS, MYMONERO_VECTORS } from '../fixtures/monero.js'
import { readCases } from './cases.js'
import { near, onlyThrows, SEED, thrown } from './fuzz.js'

const ORDER = 'edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010'
const ADDRESSES = MONERO_WALLETS.flatMap(({ primary, integrated, subaddresses: [first] }) => [
  primary,
  integrated.address,
  first?.address ?? '',
])

describe('Monero keys and addresses', () => {
  it.each(MONERO_WALLETS)('of the seed $seed', (wallet) => {
    const keys = moneroKeys(unhex(wallet.seed))
    expect(hex(keys.privateViewKey)).toBe(wallet.privateViewKey)
    expect(hex(keys.publicSpendKey)).toBe(wallet.publicSpendKey)
    expect(hex(keys.publicViewKey)).toBe(wallet.publicViewKey)
    expect(moneroAddress(keys, { account: 0, index: 0 }, wallet.network)).toBe(wallet.primary)
    for (const { address, ...place } of wallet.subaddresses)
      expect(moneroAddress(keys, place, wallet.network)).toBe(address)
  })

  it('need no more than the view key for a subaddress', () => {
    const { privateSpendKey, ...watching } = moneroKeys(unhex('07'.repeat(32)))
    expect(moneroAddress(watching, { account: 2, index: 3 })).toBe(
      moneroAddress(moneroKeyPairs(privateSpendKey, watching.privateViewKey), { account: 2, index: 3 }),
    )
  })

  it('refuse what is no private key, and numbers out of bounds', () => {
    expect(thrown(() => moneroPublicKey(unhex(ORDER)))).toBe('key-invalid')
    expect(thrown(() => moneroPublicKey(new Uint8Array(32)))).toBe('key-invalid')
    expect(thrown(() => moneroPublicKey(new Uint8Array(31)))).toBe('key-invalid')
    expect(thrown(() => moneroKeys(unhex(ORDER)))).toBe('key-invalid')
    expect(thrown(() => moneroKeys(new Uint8Array(16)))).toBe('entropy-length')
    expect(thrown(() => myMoneroKeys(new Uint8Array(32)))).toBe('entropy-length')
    const keys = moneroKeys(unhex('07'.repeat(32)))
    for (const account of [-1, 0.5, 2 ** 32])
      expect(thrown(() => moneroAddress(keys, { account, index: 1 }))).toBe('usage')
  })
})

describe('Monero addresses as text', () => {
  it('say their network, form and keys', () => {
    for (const { network, integrated, primary, publicSpendKey, subaddresses } of MONERO_WALLETS) {
      const { paymentId, ...rest } = parseMoneroAddress(integrated.address)
      expect(paymentId).toBe(integrated.paymentId)
      expect(rest).toEqual({ ...parseMoneroAddress(primary), form: 'integrated' })
      expect(parseMoneroAddress(primary)).toMatchObject({ network, form: 'primary' })
      expect(hex(parseMoneroAddress(primary).publicSpendKey)).toBe(publicSpendKey)
      for (const { address } of subaddresses)
        expect(parseMoneroAddress(address)).toMatchObject({ network, form: 'subaddress' })
    }
  })

  it('read and written again are the same, on each network', () => {
    const networks: readonly MoneroNetwork[] = ['mainnet', 'testnet', 'stagenet']
    const read = parseMoneroAddress(ADDRESSES[0] as string)
    for (const address of ADDRESSES) expect(formatMoneroAddress(parseMoneroAddress(address))).toBe(address)
    const first = networks.map((network) => formatMoneroAddress({ ...read, network }))
    expect(first.map((text) => parseMoneroAddress(text).network)).toEqual(networks)
  })

  it('with one character changed are refused', () => {
    const [address = ''] = ADDRESSES
    for (let i = 0; i < address.length; i++) {
      const other = address[i] === 'A' ? 'B' : 'A'
      const text = address.slice(0, i) + other + address.slice(i + 1)
      expect(thrown(() => parseMoneroAddress(text))).toBe('address-invalid')
    }
  })

  it('of keys that are no points of the curve are refused', () => {
    const read = parseMoneroAddress(ADDRESSES[0] as string)
    const off = formatMoneroAddress({ ...read, publicViewKey: unhex(`02${'00'.repeat(31)}`) })
    expect(thrown(() => parseMoneroAddress(off))).toBe('address-invalid')
  })

  it('answer any text with an address or one error', () => {
    onlyThrows(['address-invalid'], { inputs: near(ADDRESSES), parse: parseMoneroAddress, runs: 500 })
  })

  it('are in blocks of base58 that stand for one byte string each', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(decodeBlocks(encodeBlocks(bytes))).toEqual(bytes)
      }),
      { seed: SEED },
    )
    // "zz" would be 57 * 58 + 57 = 3363, more than a byte holds.
    for (const text of ['1', 'zz', '1111', '0O', 'zzzzzzzzzzz']) expect(decodeBlocks(text)).toBeNull()
  })
})

describe('the accounts of a Monero phrase', () => {
  it('are the subaddresses of an account, the primary address first', () => {
    const [wallet] = MONERO_WALLETS
    const phrase = parsePhrase(fromEntropy(unhex(wallet?.seed as string)))
    const found = phraseAccounts(phrase, '', { count: 2 })
    expect(found).toMatchObject({ kind: 'monero', fingerprint: null })
    expect(found.accounts).toEqual([
      {
        chain: 'monero',
        standard: 'monero',
        path: null,
        xpub: null,
        public: wallet?.publicSpendKey,
        addresses: [wallet?.primary, wallet?.subaddresses[0]?.address],
      },
    ])
    const other = phraseAccounts(phrase, '', { count: 1, account: 1 }).accounts[0]?.addresses
    expect(other).toEqual([wallet?.subaddresses[1]?.address])
    expect(thrown(() => phraseAccounts(phrase, 'TREZOR'))).toBe('usage')
  })

  it('of MyMonero are those of its own keys', () => {
    for (const { phrase, address } of MYMONERO_VECTORS)
      expect(phraseAccounts(parsePhrase(phrase), '', { count: 1 }).accounts[0]?.addresses).toEqual([address])
  })
})

interface WalletCase {
  readonly kind?: string
  readonly seed?: string
  readonly coin: string
  readonly priv_skey: string
  readonly priv_vkey: string
  readonly integrated_address: { readonly payment_id: string; readonly address: string }
  readonly subaddresses: readonly { major_idx: number; minor_idx: number; address: string }[]
}

const folder = corpus('monero')
describe.runIf(folder)('Monero wallets of bip_utils', () => {
  const all = folder ? readCases<WalletCase>(folder, 'monero-wallets.json') : []
  it.each(all.filter(({ seed }) => seed))('$id', (wallet) => {
    const seed = unhex(wallet.seed as string)
    const keys = seed.length === 16 ? myMoneroKeys(seed) : moneroKeys(seed)
    const network = wallet.coin === 'MONERO_MAINNET' ? 'mainnet' : 'testnet'
    expect([hex(keys.privateSpendKey), hex(keys.privateViewKey)]).toEqual([
      wallet.priv_skey,
      wallet.priv_vkey,
    ])
    for (const { address, major_idx: account, minor_idx: index } of wallet.subaddresses)
      expect(moneroAddress(keys, { account, index }, network)).toBe(address)
    const { payment_id, address } = wallet.integrated_address
    expect(parseMoneroAddress(address)).toMatchObject({ form: 'integrated', paymentId: payment_id })
  })
})
