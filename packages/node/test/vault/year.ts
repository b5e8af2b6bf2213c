/**
 * A year of daily snapshots of ten wallets on a real disk, pruned each week: what stays, how long each command takes at the
 * end, and whether everything that is kept restores. A wallet is a database of which three pages change every day
 * wherever they lie, and a small file that is written anew. restic gets the same, when it is there.
 */
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import type { Disk } from '../../src/disk.js'
import { realDisk } from '../../src/disk.js'
import { backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { listSnapshots } from '../../src/vault/snapshots.js'
import { readStatus } from '../../src/vault/status.js'
import type { SimDisk } from '../sim/disk.js'
import { addFiles, makeWorld, restoreOpened, setFiles, storesOf, type World } from '../sim/world.js'
import type { Tally } from './faults.js'
import { DAY_MS, pruneWith } from './pruning.js'
import { type ResticYear, resticYear } from './restic-year.js'

const WALLETS = Array.from({ length: 10 }, (_, i) => `wallet${i}`)
const DATABASE_BYTES = 1024 * 1024
const PAGE_BYTES = 4096
const PAGES_A_DAY = 3
const RULES = { daily: 7, weekly: 5, monthly: 12 }

/** At the end of the year. */
export interface Costs {
  /** Snapshots, bytes in the store in MiB, and files there. */
  readonly snapshots: number
  readonly mib: number
  readonly files: number
  /** Seconds of each. */
  readonly backup: number
  readonly list: number
  readonly restoreOldest: number
  readonly restoreNewest: number
  readonly check: number
  readonly prune: number
}

export interface Year extends Tally {
  readonly cairn: Costs & { readonly status: number; readonly rewritten: number }
  /** Of whole processes; null when it is not installed. */
  readonly restic: Costs | null
}

export async function prunedYear(days = 365): Promise<Year> {
  const root = mkdtempSync(join(tmpdir(), 'cairn-year-'))
  try {
    const world = await makeWorld({ disk: within(join(root, 'cairn')) })
    return await year(world, { days, root: join(root, 'cairn'), restic: resticYear(join(root, 'restic')) })
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

interface Course {
  readonly days: number
  readonly root: string
  readonly restic: ResticYear | null
}

type Contents = ReadonlyMap<string, Buffer>

async function year(world: World, { days, root, restic }: Course): Promise<Year> {
  const databases: Contents = new Map(WALLETS.map((name) => [name, randomBytes(DATABASE_BYTES)]))
  for (const name of WALLETS) await addFiles(world, name, {})
  const hashes = new Map<number, string>()
  let [rewritten, lastBackup, lastPrune] = [0, 0, 0]
  for (let day = 1; day <= days; day++) {
    nextDay(world, databases, day)
    await restic?.backup(databases, { day, at: new Date(world.clock.ms) })
    const saved = await timed(() => backup(world.machine, { names: [] }, world.ports))
    lastBackup = saved.seconds
    hashes.set(saved.result.snapshot.seq, sha256(databases.get('wallet3') as Buffer))
    if (day % 7 !== 0 && day !== days) continue
    const pruned = await timed(() => pruneWith(world, RULES))
    lastPrune = pruned.seconds
    rewritten += pruned.result.rewritten.packs
    await restic?.prune(RULES)
  }
  const checked = await timed(() => check(world.machine, world.ports, { identity: world.identity }))
  const listed = await timed(() => listSnapshots(world.machine, world.ports))
  const status = await timed(() => readStatus(world.machine, world.ports))
  const back = await restoreAll(world, { root, hashes, seqs: listed.result.map(({ seq }) => seq) })
  const lost = [...(checked.result.ok ? [] : ['the check at the end finds something missing']), ...back.lost]
  const files = (await storesOf(world.machine, world.ports)[0]?.list('')) ?? []
  const cairn = {
    snapshots: listed.result.length,
    mib: files.reduce((sum, { size }) => sum + size, 0) / 2 ** 20,
    files: files.length,
    backup: lastBackup,
    list: listed.seconds,
    status: status.seconds,
    restoreOldest: back.seconds.at(-1) ?? 0,
    restoreNewest: back.seconds[0] ?? 0,
    check: checked.seconds,
    prune: lastPrune,
    rewritten,
  }
  return { tried: listed.result.length + 1, lost, cairn, restic: (await restic?.costs()) ?? null }
}

function nextDay(world: World, databases: Contents, day: number): void {
  for (const [name, database] of databases) {
    for (let i = 0; i < PAGES_A_DAY; i++)
      database.set(randomBytes(PAGE_BYTES), randomInt(DATABASE_BYTES / PAGE_BYTES) * PAGE_BYTES)
    setFiles(world, name, { database: Uint8Array.from(database), config: `day ${day} of ${name}` })
  }
  world.clock.ms += DAY_MS
}

interface Restoring {
  readonly root: string
  /** Of one database, by number of the snapshot. */
  readonly hashes: ReadonlyMap<number, string>
  readonly seqs: readonly number[]
}

/** Every snapshot that is there, all wallets of it. */
async function restoreAll(world: World, { root, hashes, seqs }: Restoring) {
  const [seconds, lost]: [number[], string[]] = [[], []]
  for (const seq of seqs) {
    const to = `/back${seq}`
    seconds.push((await timed(() => restoreOpened(world, { at: `${seq}`, to }))).seconds)
    const back = await realDisk.read(join(root, to, 'wallet3', 'database'))
    if (sha256(back) !== hashes.get(seq)) lost.push(`snapshot ${seq} came back with other bytes`)
    rmSync(join(root, to), { recursive: true })
  }
  return { seconds, lost }
}

/** Files of a day in a folder, for a program of others. */
export function writeDay(folder: string, databases: Contents, day: number): void {
  for (const [name, database] of databases) {
    mkdirSync(join(folder, name), { recursive: true })
    writeFileSync(join(folder, name, 'database'), database)
    writeFileSync(join(folder, name, 'config'), `day ${day} of ${name}`)
  }
}

export async function timed<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly seconds: number }> {
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
    realPath: async (path) => `/${relative(root, await realDisk.realPath(at(path)))}`,
    remove: (path) => realDisk.remove(at(path)),
    removeFolder: (path) => realDisk.removeFolder(at(path)),
  }
  return { ...disk, fault: cannot, cut: cannot, files: cannot, copy: cannot, moment: cannot }
}
