/**
 * The main job on wallets of the real Electrum: made, backed up, deleted, restored on a machine that never saw the
 * vault, and opened by Electrum again.
 */
import { copyFile, rm, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import * as electrum from '../../../../test/peers/electrum.js'
import { present } from '../../../../test/peers/peer.js'
import { useFolders } from '../run.js'
import { type Drilled, type RealVault, realVault, TWO_FACTORS } from './vault.js'

const PASSWORD = 'Grüne Wiese 7'
const LABELS = [
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

type Protection = 'plain' | 'password' | 'encrypted'

interface Kind {
  readonly secrets: 'seed' | 'keys' | 'none'
  write(wallet: electrum.ElectrumWallet): Promise<unknown>
}

/** Another wallet, made to take its keys. */
const other = (wallet: electrum.ElectrumWallet, name: string) => ({ path: `${wallet.path}.${name}` })

async function xpubOnly(wallet: electrum.ElectrumWallet): Promise<void> {
  const owner = other(wallet, 'owner')
  await electrum.create(owner)
  await electrum.restore(wallet, await electrum.masterPublicKey(owner))
}

/** Twenty keys that no seed brings back. */
async function importedKeys(wallet: electrum.ElectrumWallet): Promise<void> {
  const owner = other(wallet, 'owner')
  await electrum.create(owner)
  const addresses = (await electrum.listAddresses(owner)).slice(0, 20)
  await electrum.restore(wallet, (await electrum.privateKeys(owner, addresses)).join(' '))
}

async function multisig(wallet: electrum.ElectrumWallet): Promise<void> {
  const seeds = await Promise.all([1, 2, 3].map(() => electrum.makeSeed(wallet, 'segwit')))
  const keys = []
  for (const [i, seed] of seeds.slice(1).entries()) {
    const cosigner = other(wallet, `cosigner${i}`)
    await electrum.createMultisig({ ...cosigner, required: 1, cosigners: [seed] })
    keys.push((await electrum.item<{ xpub: string }>(cosigner, 'x1/'))?.xpub ?? '')
  }
  await electrum.createMultisig({ ...wallet, required: 2, cosigners: [seeds[0] ?? '', ...keys] })
}

const KINDS: Readonly<Record<string, Kind>> = {
  'a seed': { secrets: 'seed', write: electrum.create },
  'an xpub only': { secrets: 'none', write: xpubOnly },
  'imported keys': { secrets: 'keys', write: importedKeys },
  'a 2-of-3 multisig': { secrets: 'seed', write: multisig },
}

/** What the real Electrum says of a wallet. */
async function facts(wallet: electrum.ElectrumWallet, { secrets }: Kind): Promise<Facts> {
  const addresses = await electrum.listAddresses(wallet)
  const labels = await electrum.labels(wallet)
  if (secrets === 'seed') return { addresses, labels, secret: await electrum.getSeed(wallet) }
  if (secrets === 'keys') return { addresses, labels, secret: await electrum.privateKeys(wallet, addresses) }
  return { addresses, labels, secret: await electrum.masterPublicKey(wallet) }
}

interface Facts {
  readonly addresses: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly secret: unknown
}

/** Labels on nine addresses and on a transaction. */
async function label(wallet: electrum.ElectrumWallet): Promise<void> {
  const addresses = await electrum.listAddresses(wallet)
  const named = LABELS.map((text, i) => [addresses[2 * i] ?? '', text])
  await electrum.setLabels(wallet, { ...Object.fromEntries(named), [TXID]: 'a transaction not seen yet' })
}

const TXID = 'c0ffee'.repeat(11).slice(0, 64)

const walletAt = (path: string, as: Protection): electrum.ElectrumWallet =>
  as === 'plain' ? { path } : { path, password: PASSWORD }

/** The same wallet, plain and protected, each added under the name of its protection. */
async function addAll({ cwd, cairn }: RealVault, forms: readonly Protection[]): Promise<void> {
  await writeFile(`${cwd}/password`, `${PASSWORD}\n`)
  for (const as of forms) {
    const path = `${cwd}/wallet-${as}`
    if (as !== 'plain') {
      await copyFile(`${cwd}/wallet-plain`, path)
      const encryptFile = as === 'encrypted'
      await electrum.setPassword({ path }, { password: PASSWORD, ...(encryptFile ? { encryptFile } : {}) })
    }
    const given = as === 'plain' ? [] : ['--password-file', 'password']
    expect(await cairn(['wallet', 'add', as, path, ...given])).toMatchObject({
      name: as,
      kind: 'electrum',
      encrypted: as !== 'plain',
      opened: true,
    })
  }
}

describe.runIf(await present(electrum.electrum))('a wallet of the real Electrum', () => {
  const folder = useFolders()

  test.each(Object.entries(KINDS))('of %s comes back as it was, plain and encrypted', async (_, kind) => {
    const vault = await realVault(await folder())
    const { cwd, cairn, restoreElsewhere } = vault
    const original = { path: `${cwd}/wallet-plain` }
    await kind.write(original)
    await label(original)
    const before = await facts(original, kind)
    expect(before.addresses.length).toBeGreaterThanOrEqual(20)
    expect(Object.keys(before.labels)).toHaveLength(10)
    const forms: Protection[] =
      kind.secrets === 'none' ? ['plain', 'encrypted'] : ['plain', 'password', 'encrypted']
    await addAll(vault, forms)
    expect(await cairn(['backup'])).toMatchObject({
      wallets: forms.map((name) => ({ name, state: 'saved' })),
    })

    for (const as of forms) await rm(`${cwd}/wallet-${as}`)
    const restored = await restoreElsewhere([], 'back')
    expect(restored.verified).toBe(true)
    const after = forms.map((as) => facts(walletAt(`${cwd}/back/${as}/wallet-${as}`, as), kind))
    expect(await Promise.all(after)).toEqual(forms.map(() => before))

    const drilled = (await cairn(['drill', ...TWO_FACTORS, '--password-file', 'password'])) as Drilled
    expect(drilled.result).toBe('proven')
    const addresses = same('addresses', before.addresses.length)
    for (const { name, checks, not_covered } of drilled.wallets) {
      expect(checks).toContainEqual(addresses)
      // the backup could not look into a file that is encrypted as a whole, and says so
      if (name === 'encrypted')
        expect(not_covered).toContainEqual(expect.stringMatching(/^10 of the labels: /))
      else expect(checks).toContainEqual(same('labels', 10))
    }
  })

  test('that is encrypted is proven only with its password', async () => {
    const vault = await realVault(await folder())
    const { cwd, cairn } = vault
    await electrum.create({ path: `${cwd}/wallet-plain` })
    await addAll(vault, ['plain', 'password', 'encrypted'])
    await cairn(['backup'])
    const { result, wallets } = (await cairn(['drill', ...TWO_FACTORS], 8)) as Drilled
    expect(result).toBe('incomplete')
    expect(wallets.map((wallet) => [wallet.name, wallet.result])).toEqual([
      ['plain', 'proven'],
      ['password', 'incomplete'],
      ['encrypted', 'incomplete'],
    ])
    const missing = 'the private keys: the password of the wallet was not given'
    expect(wallets.map(({ not_covered }) => not_covered.includes(missing))).toEqual([false, true, true])
  })

  test('comes back as it was at either of two snapshots', async () => {
    const { cwd, cairn, restoreElsewhere } = await realVault(await folder())
    const wallet = { path: `${cwd}/mine` }
    await electrum.create(wallet)
    const [address = ''] = await electrum.listAddresses(wallet)
    await electrum.setLabel(wallet, address, 'rent')
    await cairn(['wallet', 'add', 'mine', 'mine'])
    await cairn(['backup'])
    await electrum.setLabel(wallet, address, 'rent, until May')
    const { snapshot } = (await cairn(['backup'])) as { snapshot: string }
    await rm(wallet.path)
    await restoreElsewhere(['mine', '--at', '1'], 'first')
    await restoreElsewhere(['mine', '--at', snapshot], 'second')
    await restoreElsewhere(['mine'], 'newest')
    const labels = ['first', 'second', 'newest'].map((at) => electrum.labels({ path: `${cwd}/${at}/mine` }))
    expect(await Promise.all(labels)).toEqual([
      { [address]: 'rent' },
      { [address]: 'rent, until May' },
      { [address]: 'rent, until May' },
    ])
  })
})

function same(what: string, count: number): Drilled['wallets'][number]['checks'][number] {
  return { what, expected: String(count), found: String(count), ok: true }
}
