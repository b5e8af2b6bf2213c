/** The account keys and addresses that BIP-49, BIP-84 and BIP-86 print for the words "abandon … about". */
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { unhex } from '../../src/bytes.js'
import { type Account, phraseAccounts } from '../../src/keys/accounts.js'
import {
  deriveKey,
  type ExtendedKey,
  formatExtendedKey,
  neuter,
  parseExtendedKey,
} from '../../src/keys/bip32.js'
import type { AccountChain } from '../../src/keys/row.js'
import type { Network } from '../../src/types.js'
import { parsePhrase } from '../../src/words/phrase.js'
import { readCases } from './cases.js'
import { thrown } from './fuzz.js'
import { seedAccount } from './source.js'

const WORDS = 'abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about'
const phrase = parsePhrase(WORDS)

// BIP-39 seed of the words with an empty passphrase, as in the vectors of BIP-39.
const SEED = unhex(
  '5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc19a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4',
)

function usual({ standard, chain = 'bitcoin' }: { standard: string; chain?: string }): Account | undefined {
  const { accounts } = phraseAccounts(phrase, '', { count: 2 })
  return accounts.find((account) => account.standard === standard && account.chain === chain)
}

describe('accounts of "abandon … about"', () => {
  it('has the fingerprint that wallets show', () => {
    expect(phraseAccounts(phrase, '', { count: 0 })).toMatchObject({ kind: 'bip39', fingerprint: '73c5da0a' })
  })

  it('are those of BIP-84 and BIP-86', () => {
    expect(usual({ standard: 'bip84' })).toEqual({
      chain: 'bitcoin',
      standard: 'bip84',
      path: "m/84'/0'/0'",
      xpub: 'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs',
      addresses: ['bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu', 'bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g'],
    })
    expect(usual({ standard: 'bip86' })).toEqual({
      chain: 'bitcoin',
      standard: 'bip86',
      path: "m/86'/0'/0'",
      xpub: 'xpub6BgBgsespWvERF3LHQu6CnqdvfEvtMcQjYrcRzx53QJjSxarj2afYWcLteoGVky7D3UKDP9QyrLprQ3VCECoY49yfdDEHGCtMMj92pReUsQ',
      addresses: [
        'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
        'bc1p4qhjn9zdvkux4e44uhx8tc55attvtyu358kutcqkudyccelu0was9fqzwh',
      ],
    })
  })

  it('are those of BIP-49 on testnet', () => {
    const found = seedAccount(SEED, { standard: 'bip49', network: 'testnet', count: 1 })
    expect(found).toMatchObject({ path: "m/49'/1'/0'", addresses: ['2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2'] })
    expect(formatExtendedKey(parseExtendedKey(found.xpub ?? ''))).toBe(
      'tpubDD7tXK8KeQ3YY83yWq755fHY2JW8Ha8Q765tknUM5rSvjPcGWfUppDFMpQ1ScziKfW3ZNtZvAD7M3u7bSs7HofjTD3KP3YxPK7X6hwV8Rk2',
    )
  })

  it('are known for Ethereum', () => {
    expect(usual({ standard: 'bip44', chain: 'ethereum' })).toMatchObject({
      path: "m/44'/60'/0'",
      addresses: ['0x9858EfFD232B4033E47d90003D41EC34EcaEda94', expect.any(String)],
    })
  })

  it('spell the addresses of each network', () => {
    const prefix = (network: Network) =>
      seedAccount(SEED, { standard: 'bip84', network, count: 1 }).addresses[0]?.slice(0, 4)
    expect((['mainnet', 'testnet', 'signet', 'regtest'] as const).map(prefix)).toEqual([
      'bc1q',
      'tb1q',
      'tb1q',
      'bcrt',
    ])
  })

  it('need a count within bounds', () => {
    for (const count of [-1, 0.5, 10_001]) {
      expect(thrown(() => phraseAccounts(phrase, '', { count }))).toBe('usage')
    }
  })

  it('are chosen by chain and standard, and a choice that holds nothing is refused', () => {
    const { accounts } = phraseAccounts(phrase, '', { chain: 'bitcoin', standard: 'bip84', count: 1 })
    expect(accounts.map(({ standard }) => standard)).toEqual(['bip84'])
    expect(thrown(() => phraseAccounts(phrase, '', { standard: 'electrum-segwit' }))).toBe('usage')
  })
})

interface AccountCase {
  readonly coin: string
  readonly seed: string
  readonly ex_master: string
  readonly account: { readonly ex_pub: string; readonly ex_priv: string }
  readonly chain_ext: { readonly ex_pub: string; readonly ex_priv: string }
  readonly addresses: readonly string[]
}

const COINS: Readonly<Record<string, { chain: AccountChain; network: Network }>> = {
  BITCOIN: { chain: 'bitcoin', network: 'mainnet' },
  BITCOIN_TESTNET: { chain: 'bitcoin', network: 'testnet' },
  BITCOIN_REGTEST: { chain: 'bitcoin', network: 'regtest' },
  ETHEREUM: { chain: 'ethereum', network: 'mainnet' },
}

const folder = corpus('bip44-addresses')
describe.runIf(folder).each(['bip44', 'bip49', 'bip84', 'bip86'])('%s of bip_utils', (standard) => {
  const cases = folder ? readCases<AccountCase>(folder, `${standard}.json`) : []

  it('has the same accounts and addresses', () => {
    const known = cases.filter(({ coin }) => coin in COINS)
    expect(known.length).toBeGreaterThan(0)
    for (const { id, coin, seed, account: expected, addresses } of known) {
      const { chain, network } = COINS[coin] as { chain: AccountChain; network: Network }
      const found = seedAccount(unhex(seed), { chain, standard, network })
      expect(found, id).toMatchObject({ xpub: expected.ex_pub, addresses })
    }
  })

  it('has the same keys for every coin that writes them as Bitcoin does', () => {
    for (const { id, account, chain_ext } of cases) {
      const key = secp256k1Key(account)
      if (!key) continue
      const child = deriveKey(key, [0])
      expect(formatExtendedKey(child, child), id).toBe(chain_ext.ex_priv)
      expect(formatExtendedKey(neuter(child), child), id).toBe(chain_ext.ex_pub)
    }
    expect(cases.filter(({ account }) => secp256k1Key(account)).length).toBeGreaterThan(0)
  })
})

/** Null for a coin with version bytes of its own (Litecoin, Dogecoin) or on another curve. */
function secp256k1Key({ ex_pub, ex_priv }: AccountCase['account']): ExtendedKey | null {
  if (thrown(() => parseExtendedKey(ex_priv)) !== null) return null
  const key = parseExtendedKey(ex_priv)
  return formatExtendedKey(neuter(key), key) === ex_pub ? key : null
}

interface SeedCase {
  readonly class?: string
  readonly seed: string
  readonly version: number
  readonly addresses: readonly { readonly address: string }[]
}

const seeds = corpus('electrum-seeds')
describe.runIf(seeds)('Electrum seeds of bip_utils', () => {
  it('have the same addresses', () => {
    const cases = (seeds ? readCases<SeedCase>(seeds, 'bip-utils-electrum.json') : []).filter((c) => c.class)
    expect(cases.length).toBeGreaterThan(2)
    for (const { class: kind, seed, addresses } of cases) {
      const type = kind === 'ElectrumV2Segwit' ? 'segwit' : 'standard'
      const found = seedAccount(unhex(seed), { standard: `electrum-${type}`, count: addresses.length })
      expect(found.addresses).toEqual(addresses.map(({ address }) => address))
    }
  })
})

describe('an Electrum segwit seed', () => {
  it('uses the hardened child 0 and shows it as zpub', () => {
    const found = seedAccount(SEED, { standard: 'electrum-segwit', count: 1 })
    expect(found).toMatchObject({ standard: 'electrum-segwit', path: "m/0'" })
    expect(found.xpub?.slice(0, 4)).toBe('zpub')
    expect(seedAccount(SEED, { standard: 'electrum-standard', count: 1 }).path).toBe('m')
  })
})
