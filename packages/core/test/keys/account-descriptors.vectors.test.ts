import {
  ACCOUNT_STANDARDS,
  type AccountStandard,
  accountDescriptor,
  accountKey,
} from '@cairn/core/keys/account-descriptors.js'
import { deriveAddress, parseDescriptor } from '@cairn/core/keys/descriptor.js'
import { toSeed } from '@cairn/core/words/bip39.js'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../refusal.js'

// The phrase of the test vectors of BIP-49, 84 and 86, and what they say of it.
const SEED = toSeed(`${'abandon '.repeat(11)}about`)
const first = (standard: AccountStandard, network: 'mainnet' | 'testnet' = 'mainnet') =>
  deriveAddress(parseDescriptor(accountDescriptor(SEED, standard, { network })), { network })

describe('the descriptor of an account', () => {
  test('leads to the addresses of the BIPs', () => {
    expect(first('bip84')).toBe('bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu')
    expect(first('bip86')).toBe('bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr')
    expect(first('bip49', 'testnet')).toBe('2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2')
  })

  test('has the key of BIP-86 with its origin and both branches', () => {
    const key =
      '[73c5da0a/86h/0h/0h]xpub6BgBgsespWvERF3LHQu6CnqdvfEvtMcQjYrcRzx53QJjSxarj2afYWcLteoGVky7D3UKDP9QyrLprQ3VCECoY49yfdDEHGCtMMj92pReUsQ'
    expect(accountKey(SEED, 'bip86')).toBe(key)
    expect(accountDescriptor(SEED, 'bip86')).toBe(`tr(${key}/<0;1>/*)`)
  })

  test('is of another key for another account, and never private', () => {
    const texts = ACCOUNT_STANDARDS.flatMap((standard) =>
      [0, 1].map((account) => accountDescriptor(SEED, standard, { account })),
    )
    expect(new Set(texts).size).toBe(8)
    for (const text of texts) expect(parseDescriptor(text).isPrivate).toBe(false)
    expect(codeOf(() => accountKey(SEED, 'bip84', { account: 2 ** 31 }))).toBe('usage')
  })
})
