/**
 * Makes the Electrum fixtures: each kind of wallet, plain, with a password, and encrypted as a whole; and
 * beside them what the real Electrum says of each. Seeds and keys are public and worthless.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as electrum from '../peers/electrum.js'

const folder = fileURLToPath(new URL('../../packages/core/test/fixtures/wallets/electrum', import.meta.url))
const password = 'Grüne Wiese 7'

const segwitSeed = 'emerge industry quick plate analyst cry sudden brother someone general behind prepare'
const standardSeed = 'evoke cushion hedgehog plate will congress fog risk unusual pass upset country'
const cosignerSeeds = [
  'ugly screen net fruit nothing explain mercy script lock man follow crime',
  'hunt outer mechanic offer gesture razor weapon pepper bleak unknown seed holiday',
]
/** Of the time before Electrum 2, from the same 128 bits that its own documentation uses for tests. */
const oldSeed = 'powerful random nobody notice nothing important anyway look away hidden message over'

interface Kind {
  readonly name: string
  readonly network: electrum.ElectrumNetwork
  readonly secrets: 'seed' | 'keys' | 'none'
  readonly labels: number
  write(wallet: electrum.ElectrumWallet): Promise<unknown>
}

type Protected = 'plain' | 'password' | 'encrypted'

const scratch = mkdtempSync(join(tmpdir(), 'cairn-fixtures-'))

let count = 0
const fresh = () => ({ path: join(scratch, `${++count}`) })

async function masterKey(seed: string): Promise<string> {
  const wallet = fresh()
  await electrum.restore(wallet, seed)
  return electrum.masterPublicKey(wallet)
}

async function cosignerKey(seed: string): Promise<string> {
  const wallet = fresh()
  await electrum.createMultisig({ ...wallet, required: 1, cosigners: [seed] })
  return (await electrum.item<{ xpub: string }>(wallet, 'x1/'))?.xpub ?? ''
}

/** Addresses and keys of each script type, taken from wallets that Electrum restored. */
async function singles(): Promise<{ addresses: string[]; keys: string[] }> {
  const addresses: string[] = []
  const keys: string[] = []
  for (const seed of [standardSeed, segwitSeed]) {
    const wallet = fresh()
    await electrum.restore(wallet, seed)
    for (const address of (await electrum.listAddresses(wallet)).slice(3, 5)) {
      addresses.push(address)
      keys.push(await electrum.privateKey(wallet, address))
    }
  }
  return { addresses, keys: [...keys, (keys[2] ?? '').replace('p2wpkh:', 'p2wpkh-p2sh:')] }
}

async function kinds(): Promise<Kind[]> {
  const { addresses, keys } = await singles()
  const regtest = { network: 'regtest', labels: 3 } as const
  const from = (text: string) => (wallet: electrum.ElectrumWallet) => electrum.restore(wallet, text)
  const xpub = await masterKey(segwitSeed)
  const cosigners = [segwitSeed, ...(await Promise.all(cosignerSeeds.map(cosignerKey)))]
  return [
    { name: 'seed-segwit', ...regtest, labels: 10, secrets: 'seed', write: from(segwitSeed) },
    { name: 'seed-standard', ...regtest, secrets: 'seed', write: from(standardSeed) },
    { name: 'seed-old', ...regtest, secrets: 'seed', write: from(oldSeed) },
    { name: 'seed-mainnet', ...regtest, network: 'mainnet', secrets: 'seed', write: from(segwitSeed) },
    { name: 'seed-extended', ...regtest, secrets: 'seed', write: (w) => extended(w) },
    { name: 'xpub', ...regtest, secrets: 'none', write: from(xpub) },
    { name: 'imported-keys', ...regtest, secrets: 'keys', write: from(keys.join(' ')) },
    { name: 'imported-addresses', ...regtest, secrets: 'none', write: from(addresses.join(' ')) },
    {
      name: 'multisig-2of3',
      ...regtest,
      secrets: 'seed',
      write: (w) => electrum.createMultisig({ ...w, required: 2, cosigners }),
    },
  ]
}

/** A seed extended with words of the owner's own. */
const extended = (wallet: electrum.ElectrumWallet) =>
  electrum.command(wallet, ['restore', '--passphrase', 'Über den Fluß', segwitSeed])

async function label(wallet: electrum.ElectrumWallet, count: number): Promise<void> {
  const addresses = await electrum.listAddresses(wallet)
  const names = [
    'Miete',
    'café "Zur Post"',
    '給料',
    'gift\nof two lines',
    'cold storage',
    'x',
    'a, b; c',
    'Ω',
    ' pad ',
  ]
  for (const [index, name] of names.slice(0, count - 1).entries())
    await electrum.setLabel(wallet, addresses[index] ?? '', name)
  await electrum.setLabel(wallet, 'c0ffee'.repeat(10).padEnd(64, '0'), 'a transaction not seen yet')
}

/** What the program says of the wallet; asked of the plain file, since protection changes none of it. */
async function facts(kind: Kind, wallet: electrum.ElectrumWallet): Promise<object> {
  const change = await electrum.listChange(wallet)
  const all = await electrum.listAddresses(wallet)
  const receiving = all.filter((address) => !change.includes(address))
  const type = await electrum.command(wallet, ['get', 'wallet_type'])
  const stores = type === 'standard' || type === 'imported' ? ['keystore'] : ['x1/', 'x2/', 'x3/']
  const keystores = await Promise.all(stores.map((key) => electrum.item<object>(wallet, key)))
  const secret =
    kind.secrets === 'seed'
      ? { seed: await electrum.getSeed(wallet) }
      : kind.secrets === 'keys'
        ? { privateKeys: await privateKeys(wallet, all) }
        : {}
  return {
    network: kind.network,
    type,
    receiving,
    change,
    labels: await electrum.labels(wallet),
    keystores,
    ...secret,
  }
}

async function privateKeys(wallet: electrum.ElectrumWallet, addresses: readonly string[]): Promise<object> {
  const keys: Record<string, string> = {}
  for (const address of addresses) keys[address] = await electrum.privateKey(wallet, address)
  return keys
}

async function makeKind(kind: Kind): Promise<object> {
  const plain = { path: join(scratch, `${kind.name}.plain`), network: kind.network }
  await kind.write(plain)
  await label(plain, kind.labels)
  const known = await facts(kind, plain)
  const files: Protected[] =
    kind.secrets === 'none' ? ['plain', 'encrypted'] : ['plain', 'password', 'encrypted']
  for (const as of files) {
    const wallet = { ...plain, path: join(scratch, `${kind.name}.${as}`) }
    if (as !== 'plain') {
      copyFileSync(plain.path, wallet.path)
      await electrum.setPassword(wallet, { password, encryptFile: as === 'encrypted' })
    }
    copyFileSync(wallet.path, join(folder, `${kind.name}.${as}`))
  }
  return { name: kind.name, files: files.map((as) => `${kind.name}.${as}`), ...known }
}

export async function make(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const wallets = []
  for (const kind of await kinds()) wallets.push(await makeKind(kind))
  writeFileSync(join(folder, 'expected.json'), `${JSON.stringify({ password, wallets }, null, 2)}\n`)
  rmSync(scratch, { recursive: true })
}
