/**
 * Addresses that others published: of the one private key 46…46 on every chain (figures from wallet-core's
 * tests/common/CoinAddressDerivationTests.cpp), and of phrases that standards and wallets print as examples.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { describe, expect, it } from 'vitest'
import { phraseAccounts } from '../../src/keys/accounts.js'
import type { AccountChain, PathRow } from '../../src/keys/row.js'
import { parsePhrase } from '../../src/words/phrase.js'
import { rowOf } from './source.js'

const PRIVATE = new Uint8Array(32).fill(0x46)

const OF_ONE_KEY: readonly (readonly [AccountChain, string, string])[] = [
  ['akash', 'bip44', 'akash1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z05qjy4m'],
  ['aptos', 'bip44', '0xce2fd04ac9efa74f17595e5785e847a2399d7e637f5e8179244f76191f653276'],
  ['axelar', 'bip44', 'axelar1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z0a4ft8q'],
  ['band', 'bip44', 'band1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z0q5lp5f'],
  ['binance-chain', 'bip44', 'bnb1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z0mlq0d0'],
  ['bitcoin', 'bip84', 'bc1qhkfq3zahaqkkzx5mjnamwjsfpq2jk7z00ppggv'],
  ['bitcoin-cash', 'bip44', 'bitcoincash:qz7eyzytkl5z6cg6nw20hd62pyyp22mcfuardfd2vn'],
  ['bitcoin-gold', 'bip84', 'btg1qhkfq3zahaqkkzx5mjnamwjsfpq2jk7z0eg8day'],
  ['callisto', 'bip44', '0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F'],
  ['celestia', 'bip44', 'celestia1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z0g3wnkv'],
  ['cosmos', 'bip44', 'cosmos1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z0emlrvp'],
  ['cronos-pos', 'bip44', 'cro1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z0pqh6ss'],
  ['dash', 'bip44', 'XsyCV5yojxF4y3bYeEiVYqarvRgsWFELZL'],
  ['digibyte', 'bip84', 'dgb1qhkfq3zahaqkkzx5mjnamwjsfpq2jk7z0c69ssz'],
  ['dogecoin', 'bip44', 'DNRTC6GZ5evmM7BZWwPqF54fyDqUqULMyu'],
  ['ecash', 'bip44', 'ecash:qz7eyzytkl5z6cg6nw20hd62pyyp22mcfuywezks2y'],
  ['ethereum', 'bip44', '0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F'],
  ['evmos', 'bip44', 'evmos1nk9x9ajk4rgkzhqjjn7hr6w0k0jg2kj07me7uu'],
  ['fetch', 'bip44', 'fetch1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z02xk8wk'],
  ['horizen', 'bip44', 'zniNGeFxXRpY6RDGVdfdmbcvcFb1rrLdnFz'],
  ['injective', 'bip44', 'inj1nk9x9ajk4rgkzhqjjn7hr6w0k0jg2kj0knl55v'],
  ['juno', 'bip44', 'juno1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z00fucta'],
  ['kava', 'bip44', 'kava1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z09wt76x'],
  ['komodo', 'bip44', 'RSZYjMDCP4q3t7NAFXPPnqEGrMZn971pdB'],
  ['litecoin', 'bip84', 'ltc1qhkfq3zahaqkkzx5mjnamwjsfpq2jk7z0tamvsu'],
  ['near', 'bip44', 'ee93a4f66f8d16b819bb9beb9ffccdfcdc1412e87fee6a324c2a99a1e0e67148'],
  ['neo', 'bip44', 'AeicEjZyiXKgUeSBbYQHxsU1X3V5Buori5'],
  ['neutron', 'bip44', 'neutron1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z0aykpkx'],
  ['noble', 'bip44', 'noble1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z03c2t50'],
  ['ontology', 'bip44', 'AeicEjZyiXKgUeSBbYQHxsU1X3V5Buori5'],
  ['osmosis', 'bip44', 'osmo1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z03qvn6n'],
  ['ravencoin', 'bip44', 'RSZYjMDCP4q3t7NAFXPPnqEGrMZn971pdB'],
  ['secret', 'bip44', 'secret1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z0m7t23a'],
  ['sei', 'bip44', 'sei1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z05hw42q'],
  ['solana', 'bip44', 'H4JcMPicKkHcxxDjkyyrLoQj7Kcibd9t815ak4UvTr9M'],
  ['stargaze', 'bip44', 'stars1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z0d8g78s'],
  ['stellar', 'sep5', 'GDXJHJHWN6GRNOAZXON6XH74ZX6NYFAS5B7642RSJQVJTIPA4ZYUQLEB'],
  ['sui', 'bip44', '0x870deb25d5c0a4d7250d52d5cd58dacca2d51eb2a120a979b13384cd52e21e1b'],
  ['terra', 'bip44', 'terra1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z0ll9rwp'],
  ['tezos', 'bip44', 'tz1gcEWswVU6dxfNQWbhTgaZrUrNUFwrsT4z'],
  ['thorchain', 'bip44', 'thor1hkfq3zahaqkkzx5mjnamwjsfpq2jk7z0luxce7'],
  ['tron', 'bip44', 'TQLCsShbQNXMTVCjprY64qZmEA4rBarpQp'],
  ['verge', 'bip44', 'DNRTC6GZ5evmM7BZWwPqF54fyDqUqULMyu'],
  ['xrp', 'bip44', 'rJHMeqKu8Ep7Fazx8MQG6JunaafBXz93YQ'],
  ['zcash', 'bip44', 't1b9xfAk3kZp5Qk3rinDPq7zzLkJGHTChDS'],
]

function publicKey({ curve }: PathRow): Uint8Array {
  if (curve === 'secp256k1') return secp256k1.getPublicKey(PRIVATE, true)
  return curve === 'nist256p1' ? p256.getPublicKey(PRIVATE, true) : ed25519.getPublicKey(PRIVATE)
}

describe('the address of one private key', () => {
  it.each(OF_ONE_KEY)('on %s, %s, is %s', (chain, standard, address) => {
    const row = rowOf({ chain, standard }) as PathRow
    expect(row.address.of(publicKey(row), 'mainnet')).toBe(address)
    expect(row.address.canonical(address, 'mainnet')).toBe(address)
  })

  it.each(OF_ONE_KEY)(
    'on %s, %s, is not read with a symbol changed or cut off',
    (chain, standard, address) => {
      const { canonical } = (rowOf({ chain, standard }) as PathRow).address
      const last = address.at(-1) === 'p' ? 'q' : 'p'
      const unchecked = ['near', 'aptos', 'sui', 'solana'].includes(chain) // their addresses have no check
      if (!unchecked) expect(canonical(`${address.slice(0, -1)}${last}`, 'mainnet')).toBeNull()
      for (const wrong of ['', address.slice(1), `${address}1`, address.repeat(300), '\u0000']) {
        expect(canonical(wrong, 'mainnet')).toBeNull()
      }
    },
  )
})

const ABANDON = `${'abandon '.repeat(11)}about`
const JUNK = `${'test '.repeat(11)}junk`
const SEP5 = 'illness spike retreat truth genius clock brain pass fit cave bargain toe'
const PILL = 'pill tomorrow foster begin walnut borrow virtual kick shift mutual shoe scatter'
const OWNER = 'owner erupt swamp room swift final allow unaware hint identify figure cotton'

interface Example {
  readonly from: string
  readonly words: string
  readonly chain: AccountChain
  readonly standard: string
  readonly first: readonly string[]
}

const EXAMPLES: readonly Example[] = [
  {
    from: 'SEP-5, test 1',
    words: SEP5,
    chain: 'stellar',
    standard: 'sep5',
    first: [
      'GDRXE2BQUC3AZNPVFSCEZ76NJ3WWL25FYFK6RGZGIEKWE4SOOHSUJUJ6',
      'GBAW5XGWORWVFE2XTJYDTLDHXTY2Q2MO73HYCGB3XMFMQ562Q2W2GJQX',
    ],
  },
  {
    from: "Hardhat's accounts",
    words: JUNK,
    chain: 'ethereum',
    standard: 'bip44',
    first: ['0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266', '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'],
  },
  {
    from: 'the Solana cookbook, no path',
    words: PILL,
    chain: 'solana',
    standard: 'raw-seed',
    first: ['5ZWj7a1f8tWkjBESHKgrLmXshuXxqeY9SYcfbshpAqPG'],
  },
  {
    from: 'Phantom',
    words: ABANDON,
    chain: 'solana',
    standard: 'bip44-change',
    first: ['HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk'],
  },
  {
    from: 'wallet-core, NearKey',
    words: OWNER,
    chain: 'near',
    standard: 'bip44',
    first: ['b8d5df25047841365008f30fb6b30dd820e9a84d869f05623d114e96831f2fbf'],
  },
  {
    from: 'ledger and Xaman',
    words: ABANDON,
    chain: 'xrp',
    standard: 'bip44',
    first: ['rHsMGQEkVNJmpGWs8XUBoTBiAAbwxZN5v3'],
  },
]

describe('example phrases', () => {
  it.each(EXAMPLES)('of $from have the address that is printed', ({ words, chain, standard, first }) => {
    const { accounts } = phraseAccounts(parsePhrase(words), '', { chain, standard, count: first.length })
    expect(accounts.map(({ addresses }) => addresses)).toEqual([first])
  })
})
