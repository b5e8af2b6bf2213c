import { phraseAccounts } from '@cairn/core/keys/accounts.js'
import { openTwoFactor } from '@cairn/core/keys/electrum-2fa.js'
import { parsePhrase } from '@cairn/core/words/phrase.js'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../refusal.js'

// Electrum 4.5, tests/test_wallet_vertical.py: test_electrum_seed_2fa_*.
const WALLETS = [
  {
    name: 'of before 2.7, 25 words',
    seed: 'bind clever room kidney crucial sausage spy edit canvas soul liquid ribbon slam open alpha suffer gate relax voice carpet law hill woman tonight abstract',
    type: '2fa',
    xpub: 'xpub661MyMwAqRbcEwwgkoFakyXCTDazT9WiS6CJx3VhNrRetv7vKJVARtyihwCVatSsUtVsEYcvdxhvDtkSk8qKV3VVtcL3csz6sQTbGzmEckd',
    receiving: '3Bw5jczNModhFAbvfwvUHbdGrC2Lh2qRQp',
    change: '3Ke6pKrmtSyyQaMob1ES4pk8siAAkRmst9',
  },
  {
    name: 'of today, legacy',
    seed: 'kiss live scene rude gate step hip quarter bunker oxygen motor glove',
    type: '2fa',
    xpub: 'xpub68qvwUg8sewQvcUgwxuTYr9rrgu5nfn6BwajQpYT9p8fXWxdCRHpN86UWruWJAD1ede8Sv8ERrTa22Gyc4SBfm7zFpcyoVWVBKCVwnw6s1J',
    receiving: '35L8XmCDoEBKeaWRjvmZvoZvhp8BXMMMPV',
    change: '3PeZEcumRqHSPNN43hd4yskGEBdzXgY8Cy',
  },
  {
    name: 'of today, segwit',
    seed: 'universe topic remind silver february ranch shine worth innocent cattle enhance wise',
    type: '2fa_segwit',
    xpub: 'Zpub6yzmSw6Fh7zdkoe7x9wEZQkLgpzVpsdB36vV68b5L3Zx7vkrJuKYyPReXMSjBegmtUjFBxP2uZEdL87cYvtTtGaVuwtRRCTSFUsoAdKZMge',
    receiving: 'bc1qpmufh0zjp5prfsrk2yskcy82sa26srqkd97j0457andc6m0gh5asw7kqd2',
    change: 'bc1qd4q50nft7kxm9yglfnpup9ed2ukj3tkxp793y0zya8dc9m39jcwq308dxz',
  },
] as const

describe.each(WALLETS)('the two-factor wallet $name', ({ seed, type, xpub, receiving, change }) => {
  test('has the keys and addresses that Electrum shows', () => {
    const { accounts } = phraseAccounts(parsePhrase(seed), '', { count: 1 })
    expect(accounts).toMatchObject([
      { chain: 'bitcoin', standard: 'electrum-2fa', xpub, addresses: [receiving] },
    ])
    const account = openTwoFactor({ text: seed, seedType: type, passphrase: '' }, { network: 'mainnet' })
    expect(account.at?.({ change: 1, index: 0 }).address).toBe(change)
  })

  test('is another one on test networks', () => {
    const { accounts } = phraseAccounts(parsePhrase(seed), '', { count: 1, network: 'testnet' })
    expect(accounts[0]?.addresses[0]).toMatch(type === '2fa_segwit' ? /^tb1q/ : /^2/)
  })
})

test('a passphrase belongs to the seeds of today only', () => {
  const [old, legacy] = WALLETS
  expect(codeOf(() => phraseAccounts(parsePhrase(old.seed), 'x'))).toBe('usage')
  const { accounts } = phraseAccounts(parsePhrase(legacy.seed), 'x', { count: 1 })
  expect(accounts[0]?.addresses[0]).not.toBe(legacy.receiving)
})
