import { phraseAccounts } from '@cairn/core/keys/accounts.js'
import { recognise } from '@cairn/core/keys/known.js'
import type { Source } from '@cairn/core/keys/row.js'
import { parsePhrase, phraseSeed } from '@cairn/core/words/phrase.js'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../refusal.js'

const sourceOf = (text: string, passphrase = ''): Source => {
  const phrase = parsePhrase(text)
  return { phrase, passphrase, seed: phraseSeed(phrase, passphrase) }
}
const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const SEGWIT = 'bitter grass shiver impose acquire brush forget axis eager alone wine silver'
const right = sourceOf(LEGAL)
const wrong = sourceOf(LEGAL, 'a passphrase')
const { fingerprint, accounts } = phraseAccounts(right.phrase, '', {})

describe('a wallet is recognised', () => {
  test('by its fingerprint, in either case', () => {
    const known = recognise({ fingerprint: String(fingerprint).toUpperCase() })
    expect([known(right), known(wrong)]).toEqual([true, false])
  })

  test.each(accounts)('by the key and an address of $chain $standard', ({ xpub, addresses }) => {
    const conditions = [{ address: addresses[4] as string }, ...(xpub?.match(/^[xyz]pub/) ? [{ xpub }] : [])]
    for (const condition of conditions.slice(0, 2)) {
      if ('xpub' in condition && accounts[4]?.xpub === xpub) continue // Ethereum's key is of another coin
      const known = recognise(condition)
      expect([known(right), known(wrong)]).toEqual([true, false])
    }
  })

  test('by what Electrum shows', () => {
    const seed = sourceOf(SEGWIT)
    const [account] = phraseAccounts(seed.phrase, '', {}).accounts
    for (const known of [{ address: account?.addresses[0] as string }, { xpub: account?.xpub as string }])
      expect([recognise(known)(seed), recognise(known)(right)]).toEqual([true, false])
  })

  test('on a test network', () => {
    const [account] = phraseAccounts(right.phrase, '', { network: 'testnet' }).accounts
    const known = recognise({ address: account?.addresses[0] as string, network: 'testnet' })
    expect([known(right), known(wrong)]).toEqual([true, false])
  })

  test('only where all that is known of it fits', () => {
    const address = accounts[2]?.addresses[0] as string
    expect(recognise({ address, fingerprint: String(fingerprint) })(right)).toBe(true)
    expect(recognise({ address, fingerprint: '00000000' })(right)).toBe(false)
  })

  test('only within the addresses that are compared', () => {
    const address = accounts[2]?.addresses[4] as string
    expect(recognise({ address, count: 4 })(right)).toBe(false)
  })

  test('and what is none is refused', () => {
    expect(codeOf(() => recognise({}))).toBe('usage')
    expect(codeOf(() => recognise({ address: 'bc1qnothing' }))).toBe('address-invalid')
    expect(codeOf(() => recognise({ xpub: 'xpub' }))).toBe('key-invalid')
    expect(codeOf(() => recognise({ fingerprint: '0x123456' }))).toBe('usage')
  })
})
