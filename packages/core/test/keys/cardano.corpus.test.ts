/** Figures of CIP-3, SLIP-23 and bip_utils, read from beside the checkout. */
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { hex, unhex } from '../../src/bytes.js'
import { byronPathKey, byronPathOf, parseCardanoAddress } from '../../src/keys/cardano/address.js'
import { deriveCardano, neuterCardano, publicChild } from '../../src/keys/cardano/ed25519-bip32.js'
import {
  byronMaster,
  byronMasterOfSeed,
  icarusMaster,
  ledgerMaster,
  slip23Master,
} from '../../src/keys/cardano/master.js'
import { openBase, openByron, openRandom } from '../../src/keys/chains/cardano.js'
import { HARDENED, isHardened, parsePath } from '../../src/keys/path.js'
import type { OpenAccount } from '../../src/keys/row.js'
import { toEntropy, toSeed } from '../../src/words/bip39.js'
import { combine } from '../../src/words/slip39.js'
import { readCases } from './cases.js'

const folder = corpus('cardano')
const cases = <T>(file: string) => (folder ? readCases<T>(folder, `${file}.json`) : [])

interface MasterCase {
  readonly scheme: 'Byron' | 'Icarus' | 'Ledger_BitBox02'
  readonly mnemonic: string
  readonly passphrase: string
  readonly master_key: string
}

interface SeedCase {
  readonly mnemonic: string
  readonly seed_byron_old: string
  readonly seed_icarus: string
}

interface KeyFigures {
  readonly pub_key: string
  readonly priv_key: string
  readonly chain_code: string
}

interface TreeCase {
  readonly seed: string
  readonly master: KeyFigures
  readonly der_paths: readonly (KeyFigures & { readonly path: string })[]
}

describe.runIf(folder)('Cardano keys by other programs', () => {
  it.each(cases<MasterCase>('cip3-master-keys'))('$id', ({ scheme, mnemonic, passphrase, master_key }) => {
    const entropy = toEntropy(mnemonic)
    const { privateKey, chainCode } =
      scheme === 'Icarus'
        ? icarusMaster(entropy, passphrase)
        : scheme === 'Byron'
          ? byronMaster(entropy)
          : ledgerMaster(toSeed(mnemonic, passphrase))
    expect(hex(privateKey) + hex(chainCode)).toBe(master_key)
  })

  it.each(cases<SeedCase>('cardano-seeds'))('$id', ({ mnemonic, seed_byron_old, seed_icarus }) => {
    expect(hex(toEntropy(mnemonic))).toBe(seed_icarus)
    expect(byronMaster(toEntropy(mnemonic))).toEqual(byronMasterOfSeed(unhex(seed_byron_old)))
  })

  const trees = [
    ...cases<TreeCase>('icarus-bip32').map((it) => ({
      ...it,
      scheme: 'V2' as const,
      masterOf: icarusMaster,
    })),
    ...cases<TreeCase>('byron-legacy-bip32').map((it) => ({
      ...it,
      scheme: 'V1' as const,
      masterOf: byronMasterOfSeed,
    })),
  ]
  it.each(trees)('$id', ({ seed, master, der_paths, scheme, masterOf }) => {
    const root = masterOf(unhex(seed))
    const figures = (path: string) => {
      const key = deriveCardano(root, parsePath(path), scheme)
      const { publicKey, chainCode } = neuterCardano(key)
      return { pub_key: `00${hex(publicKey)}`, priv_key: hex(key.privateKey), chain_code: hex(chainCode) }
    }
    expect(master).toMatchObject(figures('m'))
    for (const { path, ...row } of der_paths) expect(row).toMatchObject(figures(path))
    const last = parsePath(der_paths.at(-1)?.path as string)
    const index = last.at(-1) as number
    if (scheme === 'V1' || isHardened(index)) return
    const parent = neuterCardano(deriveCardano(root, last.slice(0, -1)))
    expect(publicChild(parent, index)).toEqual(neuterCardano(deriveCardano(root, last)))
  })
})

interface AccountCase {
  readonly coin: string
  readonly is_testnet: boolean
  readonly seed: string
  readonly addresses: readonly string[]
}

interface RandomCase {
  readonly seed: string
  readonly hd_path_key: string
  readonly addresses: readonly { readonly address: string }[]
}

interface ShareCase {
  readonly slip39_shares: readonly string[]
  readonly slip39_passphrase: string
  readonly public: string
  readonly chain_code: string
  readonly addresses: readonly { readonly address: string }[]
}

const first = (account: OpenAccount, count: number) =>
  Array.from({ length: count }, (_, index) => account.at?.({ change: 0, index }).address)

describe.runIf(folder)('Cardano addresses by other programs', () => {
  it.each(cases<AccountCase>('cip1852'))('$id', ({ coin, is_testnet, seed, addresses }) => {
    const network = is_testnet ? 'testnet' : 'mainnet'
    const master = coin.includes('LEDGER') ? ledgerMaster(unhex(seed)) : icarusMaster(unhex(seed))
    expect(first(openBase(master, { account: 0, network }), addresses.length)).toEqual(addresses)
    for (const address of addresses) expect(parseCardanoAddress(address)).toEqual({ era: 'shelley', network })
  })

  it.each(cases<RandomCase>('byron-legacy'))('$id', ({ seed, hd_path_key, addresses }) => {
    const master = byronMasterOfSeed(unhex(seed))
    const all = addresses.map(({ address }) => address)
    expect(hex(byronPathKey(neuterCardano(master)))).toBe(hd_path_key)
    expect(first(openRandom(master, { account: 0, network: 'mainnet' }), all.length)).toEqual(all)
    expect(all.map((address) => byronPathOf(address, unhex(hd_path_key)))).toEqual(
      all.map((_, index) => [HARDENED, index + HARDENED]),
    )
  })

  it.each(cases<ShareCase>('slip23'))('$id', ({ slip39_shares, slip39_passphrase, addresses, ...it }) => {
    const master = slip23Master(combine(slip39_shares, slip39_passphrase))
    const { publicKey, chainCode } = neuterCardano(master)
    expect([hex(publicKey), hex(chainCode)]).toEqual([it.public, it.chain_code])
    const account = openByron(master, { account: 0, network: 'mainnet' })
    expect(first(account, addresses.length)).toEqual(addresses.map(({ address }) => address))
  })
})
