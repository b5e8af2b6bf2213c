import { unhex, utf8 } from '@cairn/core/bytes.js'
import { CairnError } from '@cairn/core/errors.js'
import type { WalletFile } from '@cairn/core/types.js'
import { detectKind, readWallet, titleOf } from '@cairn/core/wallets/read.js'
import { privToLegacyKeystore } from 'micro-eth-signer/keystore.js'
import { describe, expect, it } from 'vitest'

const PASSWORD = 'correct horse'

async function keystore(path: string, first: number, password = PASSWORD): Promise<WalletFile> {
  const key = unhex(first.toString(16).padStart(64, '0'))
  const json = await privToLegacyKeystore(key, password, { n: 2, r: 1, p: 1 })
  return { path, bytes: utf8(JSON.stringify(json)) }
}

/** Addresses of the private keys 1, 2 and 3. */
const ADDRESSES = [
  '0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf',
  '0x2B5AD5c4795c026514f8317c7a215E218DcCD6cF',
  '0x6813Eb9362372EEF6200f3b1dbC3f819671cBA69',
]

const other = (path: string, content = 'something else'): WalletFile => ({ path, bytes: utf8(content) })
const code = (run: Promise<unknown>) =>
  run.then(
    () => 'nothing was refused',
    (error: unknown) => (error instanceof CairnError ? error.code : error),
  )

describe('what kind a wallet is', () => {
  it('is told by its contents, and anything else is a file', async () => {
    expect(await detectKind(await keystore('some/where', 1))).toBe('ethereum-keystore')
    expect(await detectKind(other('UTC--2016'))).toBe('file')
    expect(await detectKind({ path: 'empty', bytes: new Uint8Array() })).toBe('file')
    expect(await titleOf('ethereum-keystore')).toBe('Ethereum keystore')
    expect(await titleOf('file')).toBe('any file')
  })
})

describe('reading one file', () => {
  it('reads it with its reader, beside whatever its program leaves there', async () => {
    const beside = [
      '.DS_Store',
      'wallet.dat-journal',
      'wallet.dat-wal',
      'db.log',
      'database/log.0000000001',
      'old~',
    ]
    const files = [await keystore('wallet', 1), ...beside.map((path) => other(path))]
    expect((await readWallet(files, { password: PASSWORD })).addresses[0]?.address).toBe(ADDRESSES[0])
  })

  it('reads what no reader knows as a file, and a wallet too when told so', async () => {
    expect(await readWallet([other('a'), other('b')])).toMatchObject({
      kind: 'file',
      opened: true,
      addresses: [],
      beyondSeed: [{ what: 'file', count: 2 }],
    })
    expect((await readWallet([await keystore('a', 1)], { kind: 'file' })).kind).toBe('file')
    expect((await readWallet([])).kind).toBe('file')
  })

  it('lets the reader speak when the kind was given and the file is damaged or empty', async () => {
    const { path, bytes } = await keystore('a', 1)
    const cut = { path, bytes: bytes.subarray(0, bytes.length / 2) }
    const kind = 'ethereum-keystore'
    expect(await code(readWallet([cut]))).toBe('wallet-unreadable')
    expect(await code(readWallet([other('a')], { kind }))).toBe('wallet-unreadable')
    expect(await code(readWallet([{ path, bytes: new Uint8Array() }], { kind }))).toBe('wallet-unreadable')
  })

  it('refuses a wrong password', async () => {
    expect(await code(readWallet([await keystore('a', 1)], { password: 'x' }))).toBe('wallet-password')
  })
})

describe('reading a folder', () => {
  it('makes one wallet of a folder of keystores', async () => {
    const files = [
      await keystore('a', 1),
      await keystore('b', 2),
      await keystore('sub/c', 3),
      other('.hidden'),
    ]
    const wallet = await readWallet(files, { password: PASSWORD })
    expect(wallet).toMatchObject({
      kind: 'ethereum-keystore',
      encrypted: true,
      opened: true,
      importedKeys: 3,
      keys: { private: 3, failed: [] },
      beyondSeed: [{ what: 'imported-keys', count: 3 }],
    })
    expect(wallet.addresses.map(({ address }) => address)).toEqual(ADDRESSES)
    expect(await readWallet(files)).toMatchObject({ opened: false, keys: { private: 0 } })
  })

  it('opens what the password opens, and says that not all is open', async () => {
    const files = [await keystore('a', 1), await keystore('b', 2, 'another')]
    const wallet = await readWallet(files, { password: PASSWORD })
    expect(wallet).toMatchObject({ opened: false, importedKeys: 2, keys: { private: 1, failed: [] } })
    expect(wallet.addresses).toHaveLength(2)
    expect(await code(readWallet(files, { password: 'neither' }))).toBe('wallet-password')
  })

  it('tries a password on no more than 32 keystores', async () => {
    const files = await Promise.all(Array.from({ length: 40 }, (_, i) => keystore(`${i}`, i + 1)))
    const wallet = await readWallet(files, { password: PASSWORD })
    expect(wallet).toMatchObject({ opened: false, importedKeys: 40, keys: { private: 32 } })
  })

  it('is a file when something else is among the keystores, wherever', async () => {
    const stores = [await keystore('a', 1), await keystore('b', 2)]
    for (const files of [
      [...stores, other('z')],
      [other('0'), ...stores],
    ]) {
      expect((await readWallet(files)).kind).toBe('file')
    }
  })

  it('is a file when it has more than 2,000 files, without looking at each', async () => {
    const one = await keystore('a', 1)
    const files = Array.from({ length: 2001 }, (_, i) => ({ ...one, path: `${i}` }))
    expect((await readWallet(files)).kind).toBe('file')
    expect((await readWallet(files.slice(1))).kind).toBe('ethereum-keystore')
  })
})
