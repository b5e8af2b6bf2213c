import { describe, expect, it } from 'vitest'
import { findWallet, fitWallet, fitWallets, type HeldPhrase } from '../../src/keys/wallet-fit.js'
import { WALLETS, type WalletPaths } from '../../src/keys/wallet-paths.js'

const HELD: HeldPhrase = { kind: 'bip39', words: 12, passphrase: false, places: null }

const BOTH: WalletPaths = {
  wallet: 'Both',
  takes: { bip39: [12, 24], slip39: [] },
  looks: { bitcoin: ['bip49', 'bip84'] },
  passphrase: false,
  sources: ['https://example.org'],
}

describe('what a wallet does with a phrase', () => {
  it('refuses a kind and a length that it does not take', () => {
    expect(fitWallet(BOTH, { ...HELD, kind: 'electrum' })).toMatchObject({
      verdict: 'refuses',
      because: ['it takes bip39, slip39, not electrum'],
    })
    expect(fitWallet(BOTH, { ...HELD, words: 15 })).toMatchObject({
      verdict: 'refuses',
      because: ['it takes 12, 24 words, not 15'],
    })
    expect(fitWallet(BOTH, { ...HELD, kind: 'slip39', words: 33 }).verdict).toBe('opens')
    expect(fitWallet({ ...BOTH, takes: {} }, HELD).verdict).toBe('refuses')
  })

  it('looks empty where it does not look, and where a passphrase cannot be given', () => {
    const at = (...standards: readonly string[]) =>
      fitWallet(BOTH, { ...HELD, places: standards.map((standard) => ({ chain: 'bitcoin', standard })) })
    expect(at('bip84').verdict).toBe('opens')
    expect(at('bip84', 'bip44')).toMatchObject({
      verdict: 'partly',
      because: ['it does not look at bitcoin bip44'],
    })
    expect(at('bip44').verdict).toBe('empty')
    expect(fitWallet(BOTH, { ...HELD, passphrase: true }).verdict).toBe('empty')
    expect(fitWallet({ ...BOTH, passphrase: null }, { ...HELD, passphrase: true })).toMatchObject({
      verdict: 'opens',
      because: ['no page says whether it takes a passphrase'],
    })
  })

  it('says which account to add', () => {
    const place = { chain: 'bitcoin', standard: 'bip84', account: 3 } as const
    expect(fitWallet(BOTH, { ...HELD, places: [place] }).because).toEqual(['add account 3 to it'])
  })

  it('says nothing of a wallet whose paths no page tells', () => {
    expect(fitWallet({ ...BOTH, looks: {} }, HELD).verdict).toBe('unknown')
  })
})

describe('the table of wallets', () => {
  it('has a wallet for every kind of phrase that wallets make', () => {
    for (const kind of [
      'bip39',
      'slip39',
      'electrum',
      'electrum-old',
      'aezeed',
      'monero',
      'algorand',
    ] as const) {
      const words = { bip39: 12, slip39: 20, aezeed: 24 }[kind as string] ?? 25
      const opening = fitWallets({ ...HELD, kind, words }).filter(({ verdict }) => verdict === 'opens')
      expect(opening.length, kind).toBeGreaterThan(0)
    }
  })

  it('finds a wallet by its name or the only beginning', () => {
    expect(findWallet(' electrum ')?.wallet).toBe('Electrum')
    expect(findWallet('brd')?.wallet).toBe('BRD (breadwallet)')
    for (const name of ['', 'Coin', 'Nobody']) expect(findWallet(name), name).toBeNull()
    for (const { wallet } of WALLETS) expect(findWallet(wallet)?.wallet).toBe(wallet)
  })
})
