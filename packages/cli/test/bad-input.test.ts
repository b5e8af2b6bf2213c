/**
 * Everything that can be wrong, met by the real command: a catalogued error, its exit code and a hint; nothing is
 * lost, and the snapshot from before still restores.
 */
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { vaultHome } from '@cairn/node/machine/home.js'
import { withLock } from '@cairn/node/machine/lock.js'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { leaveOut } from '../../../test/left-out.js'
import {
  cutInHalf,
  fill,
  flipBit,
  giveToNobody,
  headFile,
  lockUp,
  mayMount,
  NOBODY,
  newestObjects,
  onSmallDisk,
  raiseVersion,
  unmountAll,
} from './bad-input.js'
import { addHere, type Here, makeHere, restoreHere, runHere } from './here.js'
import { BIN, type RunOptions } from './run.js'

const fixtures = fileURLToPath(new URL('../../core/test/fixtures/wallets', import.meta.url))
const PASSPHRASE = 'seven words that nobody else would ever choose'

interface Row {
  readonly what: string
  readonly spoil?: (here: Here) => Promise<unknown>
  readonly args: readonly string[]
  readonly exit: number
  readonly code: string
  readonly options?: RunOptions
  /** Makes the store reachable again, where it was taken away. */
  readonly repair?: (here: Here) => Promise<unknown>
}

const RESTORE = ['restore', 'savings', '--to', 'there', '--sheet-file', 'sheet.txt']
const FROM = [...RESTORE, '--from', 'vault/store']
const aside = ({ store }: Here) => rename(store, `${store}.away`)
const back = async ({ store }: Here) => {
  await rm(store, { recursive: true, force: true })
  await rename(`${store}.away`, store)
}

const rows: readonly Row[] = [
  {
    what: 'a wrong passphrase',
    spoil: ({ cwd }) => writeFile(join(cwd, 'wrong'), `${PASSPHRASE}!\n`),
    args: ['restore', 'savings', '--to', 'there', '--passphrase-file', 'wrong'],
    exit: 7,
    code: 'factor-passphrase',
  },
  {
    what: 'too few factors',
    args: ['restore', 'savings', '--to', 'there'],
    exit: 5,
    code: 'factors-missing',
  },
  {
    what: 'the sheet of another vault',
    args: ['restore', 'savings', '--to', 'there', '--sheet-file', 'other/sheet.txt'],
    exit: 7,
    code: 'factor-sheet',
  },
  {
    what: 'words that are no sheet',
    spoil: ({ cwd }) => writeFile(join(cwd, 'sheet.txt'), 'once upon a time\n'),
    args: RESTORE,
    exit: 3,
    code: 'share-length',
  },
  {
    what: 'a truncated pack',
    spoil: async (here) => cutInHalf((await newestObjects(here)).pack),
    args: RESTORE,
    exit: 3,
    code: 'object-damaged',
  },
  {
    what: 'a pack with one bit flipped',
    spoil: async (here) => flipBit((await newestObjects(here)).pack),
    args: RESTORE,
    exit: 3,
    code: 'object-damaged',
  },
  {
    what: 'a manifest with one bit flipped',
    spoil: async (here) => flipBit((await newestObjects(here)).manifest),
    args: [...RESTORE, '--at', '2'],
    exit: 3,
    code: 'object-damaged',
  },
  {
    what: 'a missing pack',
    spoil: async (here) => rm((await newestObjects(here)).pack),
    args: RESTORE,
    exit: 6,
    code: 'object-missing',
  },
  {
    what: 'a vault of a newer version, when restoring',
    spoil: ({ store }) => raiseVersion(join(store, 'vault.json')),
    args: FROM,
    exit: 5,
    code: 'vault-newer',
  },
  {
    what: 'a vault of a newer version, when saving',
    spoil: ({ store }) => raiseVersion(join(store, 'vault.json')),
    args: ['backup'],
    exit: 5,
    code: 'vault-newer',
  },
  {
    what: 'a head of a newer version',
    spoil: async (here) => raiseVersion(await headFile(here, 2)),
    args: ['backup'],
    exit: 5,
    code: 'vault-newer',
  },
  {
    what: 'an Electrum wallet cut in half',
    spoil: ({ cwd }) => cutInHalf(join(cwd, 'electrum')),
    args: ['backup', 'electrum'],
    exit: 3,
    code: 'wallet-unreadable',
  },
  {
    what: 'a wallet.dat cut in half',
    spoil: ({ cwd }) => cutInHalf(join(cwd, 'wallet.dat')),
    args: ['backup', 'node'],
    exit: 3,
    code: 'wallet-unreadable',
  },
  {
    what: 'a keystore that asks for 2^30 rounds of scrypt',
    spoil: ({ cwd }) => writeFile(join(cwd, 'keystore'), JSON.stringify(hostileKeystore)),
    args: ['wallet', 'add', 'ether', 'keystore', '--password-file', 'pass'],
    exit: 5,
    code: 'wallet-cost',
  },
  {
    what: 'a wallet that is gone',
    spoil: ({ cwd }) => rm(join(cwd, 'savings'), { recursive: true }),
    args: ['backup', 'savings'],
    exit: 6,
    code: 'file-absent',
  },
  {
    what: 'a store that vanished, when saving',
    spoil: aside,
    args: ['backup'],
    exit: 4,
    code: 'store-unreachable',
    repair: back,
  },
  {
    what: 'a store that vanished, when restoring',
    spoil: aside,
    args: RESTORE,
    exit: 4,
    code: 'store-unreachable',
    repair: back,
  },
  {
    what: "an empty folder in the store's place",
    spoil: async (here) => {
      await aside(here)
      await mkdir(here.store)
    },
    args: ['backup'],
    exit: 6,
    code: 'store-absent',
    repair: back,
  },
  {
    what: "a file in the store's place",
    spoil: async (here) => {
      await aside(here)
      await writeFile(here.store, '')
    },
    args: ['backup'],
    exit: 4,
    code: 'store-unreachable',
    repair: back,
  },
  {
    what: "another vault, on a drive without a mark, in the store's place",
    spoil: async (here) => {
      await aside(here)
      await cp(join(here.cwd, 'other/vault/store'), here.store, { recursive: true })
      await rm(join(here.store, 'drive.json'))
    },
    args: ['backup'],
    exit: 7,
    code: 'store-foreign',
    repair: back,
  },
  {
    what: "another vault in the store's place",
    spoil: async (here) => {
      await aside(here)
      await cp(join(here.cwd, 'other/vault/store'), here.store, { recursive: true })
    },
    args: ['backup'],
    exit: 4,
    code: 'store-away',
    repair: back,
  },
  {
    what: 'stores of two vaults to restore from',
    args: [...RESTORE, '--from', 'vault/store', '--from', 'other/vault/store'],
    exit: 7,
    code: 'stores-differ',
  },
  { what: 'a wallet to save that nobody added', args: ['backup', 'nobody'], exit: 6, code: 'wallet-absent' },
  {
    what: 'a wallet to restore that no snapshot holds',
    args: ['restore', 'nobody', '--to', 'there', '--sheet-file', 'sheet.txt'],
    exit: 6,
    code: 'wallet-absent',
  },
  {
    what: 'a wallet to remove that nobody added',
    args: ['wallet', 'remove', 'nobody'],
    exit: 6,
    code: 'wallet-absent',
  },
  { what: 'a snapshot that is none', args: [...RESTORE, '--at', '99'], exit: 6, code: 'snapshot-absent' },
  {
    what: 'a snapshot that is not even a name',
    args: [...RESTORE, '--at', '../../etc'],
    exit: 6,
    code: 'snapshot-absent',
  },
  {
    what: 'a folder to restore to that is not empty',
    args: ['restore', 'savings', '--to', 'savings', '--sheet-file', 'sheet.txt'],
    exit: 5,
    code: 'destination-exists',
  },
  {
    what: 'a store to restore from that is none',
    args: [...RESTORE, '--from', 'savings'],
    exit: 6,
    code: 'store-absent',
  },
  {
    what: "a damaged file of this computer's own",
    spoil: async ({ home, opened }) => cutInHalf(vaultHome(home, opened.description.id).device),
    args: ['backup'],
    exit: 3,
    code: 'state-damaged',
  },
  {
    what: 'a damaged list of its wallets',
    spoil: async ({ home, opened }) => cutInHalf(vaultHome(home, opened.description.id).wallets),
    args: ['backup'],
    exit: 3,
    code: 'wallets-damaged',
  },
  {
    what: 'a damaged memory of its snapshots',
    spoil: async ({ home, opened }) => cutInHalf(vaultHome(home, opened.description.id).seen),
    args: ['check'],
    exit: 3,
    code: 'memory-damaged',
  },
]

const hostileKeystore = {
  version: 3,
  id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
  address: '008aeeda4d805471df9b2a5b0f38a0c3bcba786b',
  crypto: {
    cipher: 'aes-128-ctr',
    ciphertext: 'd172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c',
    cipherparams: { iv: '83dbcc02d8ccb40e466191a123791e0e' },
    kdf: 'scrypt',
    kdfparams: {
      dklen: 32,
      n: 2 ** 30,
      p: 1,
      r: 8,
      salt: 'ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19',
    },
    mac: '2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097',
  },
}

/** Another vault, whose sheets have another number: there are 32,768, by which a sheet is told to be of another vault. */
async function makeUnlike(here: Here, cwd: string): Promise<void> {
  await mkdir(cwd)
  const { opened } = await makeHere(cwd)
  if (opened.description.policy.set !== here.opened.description.policy.set) return
  await rm(cwd, { recursive: true })
  await makeUnlike(here, cwd)
}

describe('the command', () => {
  let root = ''
  let here: Here
  let before: ReadonlyMap<string, string>

  // one vault for all: every test starts from a copy of it at the same place
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'cairn-bad-'))
    const cwd = join(root, 'here')
    await mkdir(join(cwd, 'savings'), { recursive: true })
    await writeFile(join(cwd, 'pass'), `${PASSPHRASE}\n`)
    await writeFile(join(cwd, 'savings/labels'), 'first')
    await copyFile(join(fixtures, 'electrum/seed-segwit.plain'), join(cwd, 'electrum'))
    await copyFile(join(fixtures, 'bitcoin-core/plain.dat'), join(cwd, 'wallet.dat'))
    here = await makeHere(cwd, ['--factor', 'passphrase', '--passphrase-file', 'pass', '--need', '2'])
    await makeUnlike(here, join(cwd, 'other'))
    await addHere(here, 'savings', 'savings')
    await addHere(here, 'electrum', 'electrum')
    await addHere(here, 'node', 'wallet.dat')
    expect((await runHere(here, ['backup'])).exit).toBe(0)
    before = (await restoreHere(here, { name: 'savings', at: '1' })).files
    await writeFile(join(cwd, 'savings/labels'), 'second')
    expect((await runHere(here, ['backup'])).exit).toBe(0)
    await rename(cwd, `${cwd}.pristine`)
  })
  beforeEach(() => cp(`${here.cwd}.pristine`, here.cwd, { recursive: true, preserveTimestamps: true }))
  afterEach(async () => {
    unmountAll()
    await rm(here.cwd, { recursive: true, force: true })
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  /** Runs it and expects the error; what was saved before still restores, and nothing was restored halfway. */
  async function refuses({ args, exit, code, options, repair }: Omit<Row, 'what' | 'spoil'>): Promise<void> {
    const ran = await runHere(here, [...args, '--json'], options)
    expect(JSON.parse(ran.out)).toMatchObject({
      error: { code, message: expect.stringMatching(/./), hint: expect.stringMatching(/./) },
    })
    expect(ran.exit).toBe(exit)
    expect(ran.err).toBe('')
    expect((await readdir(here.cwd)).filter((name) => /^there|cairn-part/.test(name))).toEqual([])
    await repair?.(here)
    expect((await restoreHere(here, { name: 'savings', at: '1' })).files).toEqual(before)
  }

  it.each(rows)('refuses $what: $code', async ({ spoil, ...row }) => {
    await spoil?.(here)
    await refuses(row)
  })

  it('says it in two lines for people', async () => {
    await aside(here)
    const { exit, out, err } = await runHere(here, ['backup'])
    expect([exit, out]).toEqual([4, ''])
    expect(err).toMatch(/^cairn: the store main cannot be reached: .+\nhint: .+\n$/)
  })

  it('saves what it can of a wallet cut in half, and the whole one stays in the snapshot before', async () => {
    const whole = await readFile(join(here.cwd, 'electrum'))
    await cutInHalf(join(here.cwd, 'electrum'))
    await runHere(here, ['backup', 'electrum'])
    await runHere(here, ['restore', 'electrum', '--at', '2', '--to', 'there', '--sheet-file', 'sheet.txt'])
    expect(await readFile(join(here.cwd, 'there/electrum'))).toEqual(whole)
    await runHere(here, ['restore', 'electrum', '--at', '3', '--to', 'half', '--sheet-file', 'sheet.txt'])
    expect(await readFile(join(here.cwd, 'half/electrum'))).toEqual(whole.subarray(0, whole.length / 2))
  })

  it('changes nothing in a folder that it may not restore to', async () => {
    await runHere(here, ['restore', 'savings', '--to', 'savings', '--sheet-file', 'sheet.txt'])
    expect(await readdir(join(here.cwd, 'savings'))).toEqual(['labels'])
    expect(await readFile(join(here.cwd, 'savings/labels'), 'utf8')).toBe('second')
  })

  it('writes nothing into a folder that is not the store', async () => {
    await aside(here)
    await mkdir(here.store)
    await runHere(here, ['backup'])
    expect(await readdir(here.store)).toEqual([])
  })

  it('finds damage with check, and names the file', async () => {
    const { pack } = await newestObjects(here)
    await flipBit(pack)
    const { exit, out } = await runHere(here, ['check', '--json'])
    expect(exit).toBe(3)
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      stores: [{ damaged: [pack.slice(here.store.length + 1)], missing: [] }],
    })
  })

  describe('at the same time as another one', () => {
    it('refuses: vault-busy', async () => {
      const { lock } = vaultHome(here.home, here.opened.description.id)
      await withLock(lock, () => refuses({ args: ['backup'], exit: 5, code: 'vault-busy' }))
    })

    it('either saves or is refused, and both snapshots are in one chain', async () => {
      const ran = await Promise.all([1, 2, 3].map(() => runHere(here, ['backup', '--json'])))
      const saved = ran.filter(({ exit }) => exit === 0)
      expect(saved.length).toBeGreaterThan(0)
      const seqs = saved.map(({ out }) => JSON.parse(out).seq).sort()
      expect(seqs).toEqual(saved.map((_, i) => 3 + i))
      for (const { exit, out } of ran.filter((each) => each.exit !== 0))
        expect([exit, JSON.parse(out).error.code]).toEqual([5, 'vault-busy'])
      expect((await restoreHere(here, { name: 'savings' })).history).toEqual(['intact'])
    })
  })

  describe('without permission', () => {
    const asNobody = async (row: Omit<Row, 'what' | 'options'>) => {
      const probe = [process.execPath, BIN, '--version'] as const
      if (!giveToNobody(root, probe)) {
        return leaveOut('the command without permission for a folder', {
          because: 'it takes root, and a checkout that others may read',
          evenInCi: true,
        })
      }
      await row.spoil?.(here)
      await refuses({ ...row, options: { uid: NOBODY } })
    }

    it('refuses a wallet folder: file-denied', async () => {
      const spoil = ({ cwd }: Here) => lockUp(join(cwd, 'savings'))
      await asNobody({ spoil, args: ['backup', 'savings'], exit: 4, code: 'file-denied' })
    })

    it('refuses a store: store-denied', async () => {
      await asNobody({ spoil: ({ store }) => lockUp(store), args: ['backup'], exit: 4, code: 'store-denied' })
    })
  })

  describe('on a full disk', () => {
    const onDisk = async (row: Omit<Row, 'what'>) => {
      if (!mayMount(here.cwd)) {
        return leaveOut('the command on a full disk', {
          because: 'it takes the right to mount',
          evenInCi: true,
        })
      }
      await row.spoil?.(here)
      await refuses(row)
    }

    it('refuses a store: store-full', async () => {
      const spoil = async ({ store }: Here) => {
        await onSmallDisk(store, 2)
        fill(store)
      }
      await onDisk({ spoil, args: ['backup'], exit: 4, code: 'store-full' })
    })

    it("refuses when this computer's own folder is on it: disk-full", async () => {
      const spoil = async ({ home }: Here) => {
        await onSmallDisk(home, 2)
        fill(home)
      }
      await onDisk({ spoil, args: ['backup'], exit: 4, code: 'disk-full' })
    })
  })
})
