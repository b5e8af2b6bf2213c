import { describe, expect, it } from 'vitest'
import { phraseAccounts } from '../../src/keys/accounts.js'
import { findAddress } from '../../src/keys/find-address.js'
import { parsePhrase } from '../../src/words/phrase.js'
import { thrown } from './fuzz.js'

const phrase = parsePhrase(`${'abandon '.repeat(11)}about`)
const plain = { phrase, passphrase: '' }

function nth(options: Parameters<typeof phraseAccounts>[2]): string {
  const { accounts } = phraseAccounts(phrase, '', { ...options, count: 1 })
  return accounts[0]?.addresses[0] ?? ''
}

describe('finding an address', () => {
  it('names standard, path, account, branch and index', () => {
    // BIP-84 "Test vectors": the first change address.
    expect(findAddress(plain, 'bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el').found).toEqual({
      chain: 'bitcoin',
      standard: 'bip84',
      form: 'p2wpkh',
      crossed: false,
      path: "m/84'/0'/0'/1/0",
      account: 0,
      change: 1,
      index: 0,
    })
    expect(findAddress(plain, 'BC1Q8C6FSHW2DLWUN7EKN9QWF37CU2RN755UPCP6EL').found?.index).toBe(0)
  })

  it.each([
    [
      { chain: 'bitcoin', standard: 'bip84', account: 3, from: 29 },
      { account: 3, index: 29 },
    ],
    [
      { chain: 'bitcoin', standard: 'samourai-postmix', from: 4 },
      { account: 0, index: 4 },
    ],
    [
      { chain: 'bitcoin', standard: 'core-legacy', change: 1, from: 7 },
      { change: 1, index: 7 },
    ],
    [
      { chain: 'ethereum', standard: 'ledger-live', account: 6 },
      { account: 6, index: 0 },
    ],
    [{ chain: 'ethereum', standard: 'mew-legacy', from: 2 }, { index: 2 }],
    [{ chain: 'solana', standard: 'bip44', account: 9 }, { account: 9 }],
    [{ chain: 'solana', standard: 'raw-seed' }, { path: null }],
    [{ chain: 'bitcoin-cash', standard: 'bip44-before-split', from: 1 }, { index: 1 }],
  ] as const)('finds %o', (options, place) => {
    expect(findAddress(plain, nth(options), { accounts: 4 }).found).toMatchObject({
      chain: options.chain,
      standard: options.standard,
      ...place,
    })
  })

  it('finds a cash address without its prefix, and an Ethereum address without checksum', () => {
    const cash = nth({ chain: 'bitcoin-cash', standard: 'bip44' }).replace('bitcoincash:', '')
    expect(findAddress(plain, cash).found).toMatchObject({ chain: 'bitcoin-cash', standard: 'bip44' })
    const lower = nth({ chain: 'ethereum', standard: 'bip44' }).toLowerCase()
    expect(findAddress(plain, ` ${lower}\n`).found).toMatchObject({ chain: 'ethereum', standard: 'bip44' })
  })

  it('finds a spelling under the path of another standard', () => {
    const { accounts } = phraseAccounts(phrase, '', { path: "m/49'/0'/0'/0/2", count: 1 })
    const segwit = accounts.find(({ standard }) => standard === 'p2wpkh')?.addresses[0] ?? ''
    expect(findAddress(plain, segwit).found).toMatchObject({
      standard: 'bip49',
      form: 'p2wpkh',
      crossed: true,
      index: 2,
    })
  })

  it('finds nothing with another passphrase or beyond its bounds, and says how far it went', () => {
    const address = nth({ standard: 'bip84', chain: 'bitcoin', from: 3 })
    const bounds = { accounts: 1, indexes: 3 }
    const none = findAddress(plain, address, bounds)
    expect(none.found).toBeNull()
    expect(none.tried).toBeGreaterThan(6)
    expect(findAddress({ phrase, passphrase: 'TREZOR' }, address, bounds).found).toBeNull()
    expect(findAddress(plain, address, { accounts: 1, indexes: 4 }).found?.index).toBe(3)
  })

  it('refuses what is no address, and a chain that the phrase has no account on', () => {
    for (const text of ['', 'hello', 'bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6em']) {
      expect(thrown(() => findAddress(plain, text))).toBe('address-invalid')
    }
    const electrum = parsePhrase(
      'bitter grass shiver impose acquire brush forget axis eager alone wine silver',
      'electrum',
    )
    const solana = 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk'
    expect(thrown(() => findAddress({ phrase: electrum, passphrase: '' }, solana))).toBe('phrase-unsupported')
  })
})
