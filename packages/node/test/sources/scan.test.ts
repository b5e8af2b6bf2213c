import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { walletName } from '@cairn/core/vault/manifest.js'
import { type Access, realAccess } from '@cairn/node/sources/access.js'
import { configured } from '@cairn/node/sources/bitcoin-folders.js'
import { namesFor } from '@cairn/node/sources/names.js'
import { PLACES } from '@cairn/node/sources/places.js'
import { type Machine, scan } from '@cairn/node/sources/scan.js'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cairn-regtest-home-'))
})
afterEach(() => {
  rmSync(home, { recursive: true, force: true })
})

function put(path: string, content = 'contents'): void {
  const full = join(home, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, content)
}

const KEYSTORE = JSON.stringify({
  version: 3,
  address: '7e5f4552091a69125d5dfcb7b8c2659029395bdf',
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '00'.repeat(16) },
    ciphertext: '00'.repeat(32),
    kdf: 'scrypt',
    kdfparams: { dklen: 32, n: 2, r: 1, p: 1, salt: '' },
    mac: '00'.repeat(32),
  },
})

const machine = (platform: Machine['platform'], env: Machine['env'] = {}): Machine => ({
  home,
  platform,
  env,
})

/** What was found, by its path below the home folder. */
async function found(
  platform: Machine['platform'],
  env: Machine['env'] = {},
): Promise<Record<string, string>> {
  const { found } = await scan(machine(platform, env))
  return Object.fromEntries(found.map(({ path, program }) => [path.slice(home.length + 1), program]))
}

describe('the usual places', () => {
  it('finds nothing on a machine without wallets', async () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(await scan(machine(platform))).toEqual({ found: [], denied: [] })
    }
  })

  it('finds what Linux programs keep in the home folder', async () => {
    put('.bitcoin/wallets/savings/wallet.dat')
    put('.bitcoin/regtest/wallets/wallet.dat')
    put('.ethereum/keystore/UTC--2016--a', KEYSTORE)
    put('.sparrow/wallets/family.mv.db')
    put('.walletwasabi/client/Wallets/Main.json')
    put('.config/Exodus/exodus.wallet/seed.seco')
    put('.config/Ledger Live/app.json')
    put('.config/google-chrome/Profile 2/Local Extension Settings/nkbihfbeogaeaoehlefnkodbefgpgknn/CURRENT')
    put('.lnd/data/chain/bitcoin/mainnet/channel.backup')
    put('.lnd/data/graph/mainnet/channel.db')
    expect(await found('linux')).toEqual({
      '.bitcoin/wallets/savings/wallet.dat': 'Bitcoin Core',
      '.bitcoin/regtest/wallets/wallet.dat': 'Bitcoin Core',
      '.ethereum/keystore': 'Ethereum (geth)',
      '.sparrow/wallets/family.mv.db': 'Sparrow',
      '.walletwasabi/client/Wallets/Main.json': 'Wasabi',
      '.config/Exodus/exodus.wallet': 'Exodus',
      '.config/Ledger Live/app.json': 'Ledger Live',
      '.config/google-chrome/Profile 2/Local Extension Settings/nkbihfbeogaeaoehlefnkodbefgpgknn': 'MetaMask',
      '.lnd/data/chain/bitcoin/mainnet/channel.backup': 'LND',
    })
  })

  it('finds what programs keep in Application Support on a Mac', async () => {
    put('Library/Application Support/Bitcoin/wallets/wallet.dat')
    put('Library/Ethereum/keystore/key', KEYSTORE)
    put('Library/Application Support/MultiBitHD/mbhd-1/mbhd.wallet.aes')
    put('.bitcoin/wallets/wallet.dat')
    expect(await found('darwin')).toEqual({
      'Library/Application Support/Bitcoin/wallets/wallet.dat': 'Bitcoin Core',
      'Library/Ethereum/keystore': 'Ethereum (geth)',
      'Library/Application Support/MultiBitHD/mbhd-1/mbhd.wallet.aes': 'MultiBit HD',
    })
  })

  it('finds what programs keep in AppData on Windows, wherever that is', async () => {
    put('AppData/Local/Bitcoin/wallets/wallet.dat')
    put('AppData/Roaming/Bitcoin/wallet.dat')
    put('AppData/Roaming/Sparrow/wallets/a.mv.db')
    put('moved/Sparrow/wallets/b.mv.db')
    expect(await found('win32')).toEqual({
      'AppData/Local/Bitcoin/wallets/wallet.dat': 'Bitcoin Core',
      'AppData/Roaming/Bitcoin/wallet.dat': 'Bitcoin Core',
      'AppData/Roaming/Sparrow/wallets/a.mv.db': 'Sparrow',
    })
    expect(Object.keys(await found('win32', { APPDATA: join(home, 'moved') }))).toEqual([
      'AppData/Local/Bitcoin/wallets/wallet.dat',
      'moved/Sparrow/wallets/b.mv.db',
    ])
  })

  it('follows a data folder that was moved and linked to, and gives each wallet once', async () => {
    put('disk/btc/wallets/wallet.dat')
    symlinkSync(join(home, 'disk/btc'), join(home, '.bitcoin'))
    put('disk/btc/bitcoin.conf', `datadir=${join(home, 'disk/btc')}\n`)
    expect(await found('linux')).toEqual({ '.bitcoin/wallets/wallet.dat': 'Bitcoin Core' })
  })

  it('reads where bitcoin.conf puts data and wallets', async () => {
    put('.bitcoin/bitcoin.conf', `server=1\n[regtest]\n walletdir = ${join(home, 'elsewhere')} # mine\n`)
    put('elsewhere/spending/wallet.dat')
    expect(await found('linux')).toEqual({ 'elsewhere/spending/wallet.dat': 'Bitcoin Core' })
    expect(
      configured('datadir=/a b\r\n#datadir=/c\nregtest.walletdir=d\nrpcpassword=datadir=/e\ndatadir=', '/r'),
    ).toEqual(['/a b', '/r/d'])
  })

  it('describes a wallet as far as it can without a password', async () => {
    put('.ethereum/sepolia/keystore/a', KEYSTORE)
    put('.bitcoin/signet/wallets/wallet.dat')
    const { found } = await scan(machine('linux'))
    expect(found).toEqual([
      {
        kind: 'file',
        program: 'Bitcoin Core',
        path: join(home, '.bitcoin/signet/wallets/wallet.dat'),
        network: 'signet',
        suggestedName: 'bitcoin-core-signet',
      },
      {
        kind: 'ethereum-keystore',
        program: 'Ethereum (geth)',
        path: join(home, '.ethereum/sepolia/keystore'),
        encrypted: true,
        network: 'testnet',
        suggestedName: 'ethereum-geth-testnet',
      },
    ])
  })
})

describe('what is no wallet', () => {
  it('is not found for its place alone where a reader can tell', async () => {
    put('.electrum/wallets/notes.txt')
    put('.bitcoin/peers.dat')
    put('.bitcoin/wallets/wallet.dat', '')
    put('.ethereum/keystore/README')
    mkdirSync(join(home, '.foundry/keystores'), { recursive: true })
    mkdirSync(join(home, '.sparrow/wallets/folder.mv.db'), { recursive: true })
    put('.config/Exodus/exodus.wallet')
    expect(await found('linux')).toEqual({})
  })

  it('is still found when a folder of keystores has something else in it, as files', async () => {
    put('.ethereum/keystore/a', KEYSTORE)
    put('.ethereum/keystore/notes.txt')
    const { found } = await scan(machine('linux'))
    expect(found).toMatchObject([{ kind: 'file', program: 'Ethereum (geth)' }])
    put('.ethereum/keystore/notes.txt', KEYSTORE.slice(0, 300))
    expect((await scan(machine('linux'))).found).toMatchObject([{ kind: 'ethereum-keystore' }])
  })

  it('does not stop the search: places that may not be read are named', async () => {
    put('.sparrow/wallets/a.mv.db')
    put('.ethereum/keystore/a', KEYSTORE)
    put('.bitcoin/wallets/a/wallet.dat')
    const secret = join(home, '.bitcoin/wallets')
    const access: Access = {
      ...realAccess,
      list: (path) => (path === secret ? refuse('EACCES') : realAccess.list(path)),
      open: (path) => (path.includes('keystore') ? refuse('EPERM') : realAccess.open(path)),
    }
    const report = await scan(machine('linux'), access)
    expect(report.found.map(({ program }) => program)).toEqual(['Sparrow'])
    expect(report.denied).toEqual([secret, join(home, '.ethereum/keystore')])
  })

  it('is passed over when the disk fails', async () => {
    put('.sparrow/wallets/a.mv.db')
    const access: Access = { ...realAccess, stat: () => refuse('EIO') }
    expect((await scan(machine('linux'), access)).found).toEqual([])
  })
})

describe('the table', () => {
  it('names every source, and only roots that can be found', () => {
    const roots = PLACES.flatMap((place) => Object.values(place.roots).flat())
    for (const root of roots)
      expect(root).toMatch(/^(?:~|\$(?:APPDATA|LOCALAPPDATA|XDG_CONFIG_HOME|ELECTRUMDIR))(?:\/|$)/)
    for (const { source, patterns } of PLACES) {
      expect(source).toMatch(/^https:\/\//)
      expect(patterns.length).toBeGreaterThan(0)
    }
    expect(new Set(PLACES.map(({ program }) => program)).size).toBe(PLACES.length)
  })

  it('never offers the channel database of a Lightning node: an old copy loses money', () => {
    const patterns = PLACES.flatMap((place) => place.patterns)
    expect(patterns.filter((pattern) => /channel\.db|sqlite3/.test(pattern))).toEqual([])
  })
})

describe('suggested names', () => {
  it('say the program, the test network and the name of the wallet', () => {
    const names = namesFor([
      { program: 'Electrum', path: '/h/.electrum/wallets/default_wallet', network: 'mainnet' },
      { program: 'Electrum', path: '/h/.electrum/testnet/wallets/default_wallet', network: 'testnet' },
      { program: 'Electrum', path: '/h/.electrum/wallets/Älteres Konto!' },
      { program: 'Bitcoin Core', path: '/h/.bitcoin/wallets/savings/wallet.dat' },
      { program: 'Bitcoin Core', path: '/h/.bitcoin/wallet.dat' },
      { program: 'Bitcoin Core', path: '/h/.bitcoin/wallets/wallet.dat' },
      { program: 'Wasabi', path: '/h/Wallets/資産.json' },
    ])
    expect(names).toEqual([
      'electrum',
      'electrum-testnet',
      'electrum-alteres-konto',
      'bitcoin-core-savings',
      'bitcoin-core',
      'bitcoin-core-2',
      'wasabi',
    ])
  })

  it('are always fit for `wallet add`, and never the same', () => {
    const path = fc
      .array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1 })
      .map((parts) => `/${parts.join('/')}`)
    const wallets = fc.array(
      fc.record({ program: fc.constantFrom(...PLACES.map(({ program }) => program)), path }),
    )
    const property = fc.property(wallets, (all) => {
      const names = namesFor(all)
      expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(all.length)
      for (const name of names) expect(walletName.safeParse(name).success).toBe(true)
    })
    fc.assert(property, { seed: 20_263_31 })
  })
})

function refuse(code: string): Promise<never> {
  return Promise.reject(Object.assign(new Error('a message of the system'), { code }))
}
