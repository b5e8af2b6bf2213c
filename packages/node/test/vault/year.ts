/**
 * A year of daily snapshots of ten wallets on a real disk, pruned each week: what stays, how long the last pruning
 * takes, and whether everything that is kept restores. A wallet is a database of which a page changes every day, and a
 * small file that is written anew.
 */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Disk } from '../../src/disk.js'
import { realDisk } from '../../src/disk.js'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { listSnapshots } from '../../src/vault/snapshots.js'
import type { SimDisk } from '../sim/disk.js'
import { addFiles, makeWorld, restoreOpened, setFiles, storesOf, type World } from '../sim/world.js'
import type { Tally } from './faults.js'
import { DAY_MS, pruneWith } from './pruning.js'

const WALLETS = Array.from({ length: 10 }, (_, i) => `wallet${i}`)
const DATABASE_BYTES = 1024 * 1024
const PAGE_BYTES = 4096
const RULES = { daily: 7, weekly: 5, monthly: 12 }

export interface Year extends Tally {
  /** In the store at the end of the year, and what was ever sent there. */
  readonly mib: number
  readonly all: number
  readonly kept: number
  readonly seconds: { readonly prune: number; readonly check: number }
}

export async function prunedYear(days = 365): Promise<Year> {
  const root = mkdtempSync(join(tmpdir(), 'cairn-year-'))
  try {
    return await year(await makeWorld({ disk: within(root) }), { days, root })
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

async function year(world: World, { days, root }: { days: number; root: string }): Promise<Year> {
  const databases = new Map(WALLETS.map((name) => [name, randomBytes(DATABASE_BYTES)]))
  for (const name of WALLETS) await addFiles(world, name, {})
  const hashes = new Map<number, string>()
  let sent = 0
  for (let day = 1; day <= days; day++) {
    for (const [name, database] of databases) {
      database.set(randomBytes(PAGE_BYTES), ((day * 37) % (DATABASE_BYTES / PAGE_BYTES)) * PAGE_BYTES)
      setFiles(world, name, { database: Uint8Array.from(database), config: `day ${day} of ${name}` })
    }
    world.clock.ms += DAY_MS
    const { snapshot, bytes } = await backup(world.machine, { names: [] }, world.ports)
    sent += bytes.sent
    hashes.set(snapshot.seq, sha256(databases.get('wallet3') as Uint8Array))
    if (day % 7 === 0) await pruneWith(world, RULES)
  }
  const prune = await timed(() => pruneWith(world, RULES))
  const checked = await timed(() => check(world.machine, world.ports, { identity: world.identity }))
  const lost = checked.result.ok ? [] : ['the check at the end finds something missing']
  const rows = await listSnapshots(world.machine, world.ports)
  for (const { seq } of rows) {
    await restoreOpened(world, { names: ['wallet3'], at: `${seq}`, to: `/back${seq}` })
    const back = await realDisk.read(join(root, `back${seq}`, 'database'))
    if (sha256(back) !== hashes.get(seq)) lost.push(`snapshot ${seq} came back with other bytes`)
  }
  const listed = await storesOf(world.machine, world.ports)[0]?.list('objects/')
  const stored = (listed ?? []).reduce((sum, { size }) => sum + size, 0)
  return {
    tried: rows.length + 1,
    lost,
    mib: stored / 2 ** 20,
    all: sent / 2 ** 20,
    kept: rows.length,
    seconds: { prune: prune.seconds, check: checked.seconds },
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly seconds: number }> {
  const start = performance.now()
  const result = await work()
  return { result, seconds: (performance.now() - start) / 1000 }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** The real disk below a folder; it has no power cuts, and is not copied. */
function within(root: string): SimDisk {
  const at = (path: string) => join(root, path)
  const cannot = () => {
    throw new Error('a real disk cannot do that')
  }
  const disk: Disk = {
    create: (path) => realDisk.create(at(path)),
    read: (path) => realDisk.read(at(path)),
    pieces: (path) => realDisk.pieces(at(path)),
    rename: (from, to) => realDisk.rename(at(from), at(to)),
    makeFolder: (path) => realDisk.makeFolder(at(path)),
    syncFolder: (path) => realDisk.syncFolder(at(path)),
    list: (path) => realDisk.list(at(path)),
    remove: (path) => realDisk.remove(at(path)),
    removeFolder: (path) => realDisk.removeFolder(at(path)),
  }
  return { ...disk, fault: cannot, cut: cannot, files: cannot, copy: cannot, moment: cannot }
}
