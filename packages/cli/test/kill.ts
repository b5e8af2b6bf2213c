/**
 * The real `cairn backup` process, killed at random moments of its run time, over a store on a real disk while the
 * wallet changes. The short form is a test, the long form a figure: both call `kills`. A disk that breaks one rule
 * of writing (`broken/disk.js`) can take the place of the real one.
 *
 * SIGKILL takes the process, not what the system has in its page cache: power cuts are simulated in
 * packages/node/test/vault/faults.ts.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isCairnError } from '@cairn/core/errors.js'
import { ABANDONED_MS, PART } from '@cairn/node/disk.js'
import { seeded } from '../../node/test/sim/disk.js'
import { addHere, type Here, makeHere, restoreHere, runHere } from './here.js'
import { BIN, environment } from './run.js'

export type BrokenDisk = 'writesInPlace' | 'namesLater'

export interface Kills {
  readonly seeds: Iterable<number>
  /** A new folder for the machine, its vault and its store. */
  readonly cwd: string
  readonly twin?: BrokenDisk
  /** `first`: stops at the first loss. */
  readonly until?: 'first'
}

export interface KillTally {
  readonly tried: number
  /** Backups that the signal ended before they could say anything. */
  readonly killed: number
  /** Snapshots that were reported saved, by killed backups and by those between them. */
  readonly saved: number
  /** The most parts that one kill left behind in the store. */
  readonly parts: number
  /** What was not as promised, with the seed that shows it. */
  readonly lost: readonly string[]
}

const WALLET = 'savings'

export async function kills({ seeds, cwd, twin, until }: Kills): Promise<KillTally> {
  const rig = await makeRig(cwd, twin)
  const lost: string[] = []
  let [tried, killed, parts] = [0, 0, 0]
  for (const seed of seeds) {
    tried++
    const random = seeded(seed)
    await change(rig, `seed ${seed}`)
    const left = (await partsIn(rig.here.store)).length
    if ((await backup(rig, random() * rig.ms * 1.1)) === 'killed') killed++
    parts = Math.max(parts, (await partsIn(rig.here.store)).length - left)
    const wrong = await promisesKept(rig, random)
    if (wrong) lost.push(`seed ${seed}: ${wrong}`)
    if (wrong && (until === 'first' || (twin !== undefined && !(await works(rig))))) break
  }
  return { tried, killed, saved: rig.saved.size, parts, lost: [...lost, ...(twin ? [] : await tidies(rig))] }
}

interface Rig {
  readonly here: Here
  readonly twin: BrokenDisk | undefined
  /** How long a backup takes that nobody kills. */
  ms: number
  /** By snapshot that was reported saved: the hashes of its files. */
  readonly saved: Map<string, ReadonlyMap<string, string>>
  now: ReadonlyMap<string, string>
}

async function makeRig(cwd: string, twin: BrokenDisk | undefined): Promise<Rig> {
  const here = await makeHere(cwd)
  await mkdir(join(cwd, WALLET))
  const rig: Rig = { here, twin, ms: 0, saved: new Map(), now: new Map() }
  await change(rig, 'first')
  await addHere(here, WALLET, join(cwd, WALLET))
  for (let i = 0; i < 3; i++) {
    await change(rig, `measured ${i}`)
    const start = performance.now()
    if ((await backup(rig)) !== 'saved') throw new Error('a backup that nobody killed did not work')
    rig.ms = Math.max(i === 0 ? 0 : rig.ms, performance.now() - start)
  }
  return rig
}

/** Writes new contents: one large file, of which all is new, and a small one. */
async function change(rig: Rig, what: string): Promise<void> {
  const files = new Map<string, Buffer>([
    ['blocks', Buffer.concat(Array.from({ length: 20 }, (_, i) => noise(`${what} ${i}`)))],
    ['labels.json', Buffer.from(JSON.stringify({ what }))],
  ])
  for (const [path, bytes] of files) await writeFile(join(rig.here.cwd, WALLET, path), bytes)
  rig.now = new Map([...files].map(([path, bytes]) => [path, sha256(bytes)]))
}

/** 64 KiB that do not compress. */
function noise(seed: string): Buffer {
  const blocks = Array.from({ length: 2048 }, (_, i) => createHash('sha256').update(`${seed} ${i}`).digest())
  return Buffer.concat(blocks)
}

/** Runs a backup, killed after some milliseconds; what it reported counts as saved, even if it was killed then. */
async function backup(rig: Rig, killAfterMs?: number): Promise<'saved' | 'killed' | 'failed'> {
  const { out, signal } = await spawned(rig, killAfterMs)
  const report = parse(out)
  if (report === undefined) return signal === 'SIGKILL' ? 'killed' : 'failed'
  if (!isSaved(report)) return 'failed'
  rig.saved.set(report.snapshot, rig.now)
  return 'saved'
}

function spawned({ here, twin }: Rig, killAfterMs?: number) {
  const broken = pathToFileURL(fileURLToPath(new URL('./broken/disk.js', import.meta.url))).href
  const env = environment({ home: here.home, env: twin ? { CAIRN_BROKEN_DISK: twin } : {} })
  const args = [...(twin ? ['--import', broken] : []), BIN, 'backup', '--json']
  const child = spawn(process.execPath, args, { env, cwd: here.cwd, stdio: ['ignore', 'pipe', 'ignore'] })
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs)
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  return new Promise<{ readonly out: string; readonly signal: string | null }>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (_, signal) => {
      clearTimeout(timer)
      resolve({ out, signal })
    })
  })
}

function parse(out: string): unknown {
  try {
    return JSON.parse(out)
  } catch {
    return undefined
  }
}

function isSaved(report: unknown): report is { readonly snapshot: string } {
  const { snapshot, stores = [] } = report as { snapshot?: unknown; stores?: { state: string }[] }
  return typeof snapshot === 'string' && stores.every(({ state }) => state === 'saved')
}

/** What is not as promised after a kill, or undefined: saved snapshots, the history, the next backup. */
async function promisesKept(rig: Rig, random: () => number): Promise<string | undefined> {
  const ids = [...rig.saved.keys()]
  const older = ids[Math.floor(random() * ids.length)] as string
  for (const id of new Set([ids.at(-1) as string, older])) {
    const wrong = await comesBack(rig, id)
    if (wrong) return wrong
  }
  if (!(await works(rig))) return 'the next backup does not work'
  return comesBack(rig, [...rig.saved.keys()].at(-1) as string)
}

async function works(rig: Rig): Promise<boolean> {
  return (await backup(rig)) === 'saved'
}

async function comesBack({ here, saved }: Rig, at: string): Promise<string | undefined> {
  try {
    const { files, history } = await restoreHere(here, { name: WALLET, at })
    const whole = [...(saved.get(at) ?? [])].every(([path, hash]) => files.get(path) === hash)
    if (!whole) return `snapshot ${at.slice(0, 12)} came back with other bytes`
    return history.every((state) => state === 'intact') ? undefined : `the history is ${history.join()}`
  } catch (error) {
    if (isCairnError(error)) return `snapshot ${at.slice(0, 12)} cannot be restored: ${error.code}`
    throw error
  }
}

/** At the end: every snapshot once more, the command's own check, and nothing left behind when some time has passed. */
async function tidies(rig: Rig): Promise<readonly string[]> {
  const { here, saved } = rig
  const wrong: (string | undefined)[] = []
  for (const id of saved.keys()) wrong.push(await comesBack(rig, id))
  const check = await runHere(here, ['check'])
  if (check.exit !== 0) wrong.push(`check ends with ${check.exit}: ${check.out}${check.err}`)
  const old = new Date(Date.now() - 2 * ABANDONED_MS)
  for (const folder of [here.store, here.home])
    for (const part of await partsIn(folder)) await utimes(part, old, old)
  if (!(await works(rig))) wrong.push('the last backup does not work')
  for (const folder of [here.store, here.home])
    for (const part of await partsIn(folder)) wrong.push(`left behind: ${part}`)
  return wrong.filter((each) => each !== undefined)
}

async function partsIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true })
  return entries.filter((name) => name.endsWith(PART)).map((name) => join(folder, name))
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
