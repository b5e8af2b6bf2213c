import { describe, expect, it } from 'vitest'
import { hex, unhex } from '../../src/bytes.js'
import { accountOf, phraseAccounts } from '../../src/keys/accounts.js'
import { formatTonAddress, parseTonAddress, tonWallet } from '../../src/keys/ton.js'
import { parsePhrase } from '../../src/words/phrase.js'
import { TON_FORMS, TON_VECTORS } from '../fixtures/ton.js'
import { near, onlyThrows, thrown } from './fuzz.js'
import { rowOf, seedAccount } from './source.js'

describe('TON wallets', () => {
  it.each(TON_VECTORS)('of the key $publicKey', ({ phrase, passphrase, publicKey, ...expected }) => {
    const key = unhex(publicKey)
    for (const version of ['v3r2', 'v4r2', 'v5r1'] as const) {
      const address = formatTonAddress(tonWallet(key, version), {
        kind: 'non-bounceable',
        network: 'mainnet',
      })
      expect(address).toBe(expected[version])
    }
    const test = formatTonAddress(tonWallet(key, 'v5r1', 'testnet'), {
      kind: 'non-bounceable',
      network: 'testnet',
    })
    expect(test).toBe(expected.testnet)
    const { accounts } = phraseAccounts(parsePhrase(phrase, 'ton'), passphrase)
    expect(accounts.map((account) => [account.standard, account.addresses])).toEqual([
      ['v5r1', [expected.v5r1]],
      ['v4r2', [expected.v4r2]],
      ['v3r2', [expected.v3r2]],
    ])
  })

  it('of BIP-39 phrases have a key of SLIP-10', () => {
    const seed = new Uint8Array(64).fill(1)
    const standards = ['bip44-v4r2', 'ledger-v4r2', 'bip44-v5r1']
    const found = standards.map((standard) => seedAccount(seed, { chain: 'ton', standard, count: 1 }))
    expect(new Set(found.flatMap(({ addresses }) => addresses)).size).toBe(3)
    for (const { addresses } of found) expect(addresses[0]).toMatch(/^UQ/)
    expect(
      accountOf(rowOf({ chain: 'ton', standard: 'ledger-v4r2' }), {
        phrase: { kind: 'bip39', text: '', languages: [] },
        passphrase: '',
        seed,
      }).path,
    ).toBe("m/44'/607'/0'/0'/*'/0'")
  })
})

describe('TON addresses', () => {
  const { hash } = parseTonAddress(TON_FORMS.raw)

  it('are one account in three forms', () => {
    expect(hex(hash)).toBe(TON_FORMS.raw.slice(2))
    expect(tonWallet(unhex('07'.repeat(32)), 'v5r1').hash).toEqual(hash)
    for (const kind of ['bounceable', 'non-bounceable'] as const) {
      const form = { kind, network: 'mainnet' } as const
      expect(parseTonAddress(TON_FORMS[kind])).toEqual({ workchain: 0, hash, ...form })
      expect(formatTonAddress({ workchain: 0, hash }, form)).toBe(TON_FORMS[kind])
      const plain = TON_FORMS[kind].replaceAll('-', '+').replaceAll('_', '/')
      expect(parseTonAddress(plain)).toEqual(parseTonAddress(TON_FORMS[kind]))
    }
    const { canonical } = rowOf({ chain: 'ton', standard: 'v5r1' }).address
    expect(Object.values(TON_FORMS).map((text) => canonical(text, 'mainnet'))).toEqual(
      Array(3).fill(TON_FORMS['non-bounceable']),
    )
    expect(canonical(TON_FORMS.bounceable, 'testnet')).toBeNull()
  })

  it('of the masterchain and of test networks read and written again are the same', () => {
    for (const workchain of [0, -1])
      for (const network of ['mainnet', 'testnet'] as const) {
        const address = { workchain, hash, kind: 'bounceable' as const, network }
        expect(parseTonAddress(formatTonAddress(address, address))).toEqual(address)
      }
    expect(parseTonAddress(`-1:${'00'.repeat(32)}`).workchain).toBe(-1)
  })

  it('with one character changed are refused', () => {
    const address = TON_FORMS['non-bounceable']
    for (let i = 0; i < address.length; i++) {
      const text = address.slice(0, i) + (address[i] === 'q' ? 'p' : 'q') + address.slice(i + 1)
      expect(thrown(() => parseTonAddress(text))).toBe('address-invalid')
    }
    for (const raw of [`1:${'00'.repeat(32)}`, `0:${'00'.repeat(31)}`])
      expect(thrown(() => parseTonAddress(raw))).toBe('address-invalid')
  })

  it('answer any text with an address or one error', () => {
    onlyThrows(['address-invalid'], { inputs: near(Object.values(TON_FORMS)), parse: parseTonAddress })
  })
})
