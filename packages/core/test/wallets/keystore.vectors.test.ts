/**
 * The two test vectors of the Web3 Secret Storage Definition, and keystores that geth, ethers, web3 and others wrote.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unhex, utf8 } from '@cairn/core/bytes.js'
import { ethereumAddress, parseEthereumAddress } from '@cairn/core/keys/ethereum.js'
import { openPresale, parsePresale } from '@cairn/core/keys/presale.js'
import { ethereumKeystore } from '@cairn/core/wallets/keystore.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'

const file = (json: object) => ({ path: 'UTC--x', bytes: utf8(JSON.stringify(json)) })

const ADDRESS = '0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b'

const definition = [
  {
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
      ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
      kdf: 'pbkdf2',
      kdfparams: {
        c: 262144,
        dklen: 32,
        prf: 'hmac-sha256',
        salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
      },
      mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
    },
    id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
    version: 3,
  },
  {
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: '83dbcc02d8ccb40e466191a123791e0e' },
      ciphertext: 'd172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c',
      kdf: 'scrypt',
      kdfparams: {
        dklen: 32,
        n: 262144,
        p: 8,
        r: 1,
        salt: 'ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19',
      },
      mac: '2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097',
    },
    id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
    version: 3,
  },
]

describe('the Web3 Secret Storage Definition', () => {
  it.each(definition.map((json) => [json.crypto.kdf, json] as const))(
    'opens its example with %s',
    async (_, json) => {
      const wallet = await ethereumKeystore.read(file(json), { password: 'testpassword' })
      expect(wallet.addresses).toEqual([{ address: ADDRESS, origin: 'imported' }])
      expect(wallet).toMatchObject({ opened: true, keys: { private: 1, failed: [] } })
    },
  )
})

interface Case {
  readonly id: string
  readonly keystore: {
    readonly address?: string
    readonly crypto?: { readonly mac: string }
    readonly Crypto?: { readonly mac: string }
  }
  readonly wallet: { readonly ethaddr: string }
  readonly password: string
  readonly private_key?: string | null
  readonly address: string | null
  readonly valid: boolean
}

function expectedAddress({ address, private_key }: Case): string {
  if (!private_key) return parseEthereumAddress((address ?? '').toLowerCase())
  return ethereumAddress(secp256k1.getPublicKey(unhex(private_key.padStart(64, '0'))))
}

const folder = corpus('ethereum-keystores')
const cases = (name: string): readonly Case[] =>
  folder ? (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { cases: readonly Case[] }).cases : []

describe.runIf(folder)('keystores of other programs', () => {
  const v3 = cases('v3-keystores.json')
  // each costs seconds, and several projects carry the examples of the definition
  const seen = new Set(definition.map(({ crypto }) => crypto.mac))
  const fresh = ({ keystore }: Case) => {
    const mac = (keystore.crypto ?? keystore.Crypto)?.mac ?? ''
    return !seen.has(mac) && seen.add(mac)
  }

  it.each(v3.filter(({ valid }) => valid).filter(fresh))('opens $id', async (one) => {
    const { keystore, password } = one
    expect(ethereumKeystore.detect(file(keystore).bytes, '')).toBe(true)
    const wallet = await ethereumKeystore.read(file(keystore), { password })
    expect(wallet).toMatchObject({ opened: true, keys: { private: 1, failed: [] } })
    expect(wallet.addresses).toEqual([{ address: expectedAddress(one), origin: 'imported' }])
    const locked = await ethereumKeystore.read(file(keystore))
    expect(locked.addresses).toEqual(keystore.address ? wallet.addresses : [])
  })

  it.each(v3.filter(({ valid }) => !valid))('refuses $id', async ({ keystore, password }) => {
    const codes = ['wallet-password', 'wallet-unreadable', 'wallet-unsupported']
    const error = await ethereumKeystore.read(file(keystore), { password }).catch((error: unknown) => error)
    expect(codes).toContain((error as { code: string }).code)
  })

  it.each(cases('presale-wallets.json'))('opens $id', async ({ wallet, password, address }) => {
    expect(ethereumKeystore.detect(file(wallet).bytes, '')).toBe(true)
    const read = await ethereumKeystore.read(file(wallet), { password })
    expect(read.addresses).toEqual([{ address: parseEthereumAddress(address ?? ''), origin: 'imported' }])
    const presale = parsePresale(file(wallet).bytes)
    await expect(openPresale(presale, `${password}.`)).rejects.toMatchObject({ code: 'wallet-password' })
  })

  it.each(cases('eip2335-bls-keystores.json').filter(({ valid }) => valid))(
    'takes $id, of a validator, for no wallet, and says why when told to read it',
    async ({ keystore }) => {
      expect(ethereumKeystore.detect(file(keystore).bytes, '')).toBe(false)
      await expect(ethereumKeystore.read(file(keystore))).rejects.toMatchObject({
        code: 'wallet-unsupported',
      })
    },
  )

  it("opens geth's test accounts, of version 1 too, and notices an address that is not the key's", async () => {
    const accounts = join(folder ?? '', 'geth-files')
    const opened: Record<string, unknown> = {}
    for (const path of readdirSync(accounts)) {
      const bytes = new Uint8Array(readFileSync(join(accounts, path)))
      if (!ethereumKeystore.detect(bytes, path) || path.startsWith('.')) continue
      const password = PASSWORDS[path] ?? 'foobar'
      const { addresses, keys } = await ethereumKeystore.read({ path, bytes }, { password })
      opened[path] = [addresses[0]?.address, keys.failed.length]
    }
    expect(opened).toEqual({
      'UTC--2016-03-22T12-57-55.920751759Z--7ef5a6135f1fd6a02593eedc869c6d41d934aef8': [
        '0x7EF5A6135f1FD6a02593eEdC869c6D41D934aef8',
        0,
      ],
      aaa: ['0xf466859eAD1932D743d622CB74FC058882E8648A', 0],
      'no-address': ['0xf466859eAD1932D743d622CB74FC058882E8648A', 0],
      'v1-cb61d5a9.json': ['0xCB61d5A9C4896Fb9658090B597Ef0e7Be6F7B67e', 0],
      'very-light-scrypt.json': ['0x45DeA0FB0bBA44f4fcF290bbA71Fd57d7117Cbb8', 0],
      zero: ['0x0000000000000000000000000000000000000000', 1],
    })
  })
})

const PASSWORDS: Readonly<Record<string, string>> = { 'v1-cb61d5a9.json': 'g', 'very-light-scrypt.json': '' }
