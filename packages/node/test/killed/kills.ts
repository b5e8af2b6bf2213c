/**
 * A process of production code, killed with SIGKILL during a backup, a pruning or a repair over two folders, at an
 * operation of its disk or at any moment: counted. What it reported is held against what is there, and the next command
 * must work. SIGKILL takes the process, not what the system has in its page cache: power cuts are simulated (`cuts.ts`).
 */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { text } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { anyOf } from '@cairn/core/vault/policy.js'
import { rolldown } from 'rolldown'
import { realDisk } from '../../src/disk.js'
import { type Machine, openMachine } from '../../src/machine/open.js'
import { addWallet } from '../../src/machine/wallets.js'
import { init } from '../../src/vault/init.js'
import { readPast } from '../../src/vault/open.js'
import { openHere } from '../../src/vault/open-here.js'
import { openStores } from '../../src/vault/open-stores.js'
import { restore } from '../../src/vault/restore.js'
import { seeded } from '../sim/disk.js'
import { flipped } from '../sim/liars.js'
import { nothingKnown } from '../sim/world.js'
import { type Deed, doing, KEEP, portsOn, type Told } from './deeds.js'
import type { Counts, Death, Twin } from './disks.js'
import type { Line, Order } from './victim.js'

export interface Kills {
  readonly seeds: Iterable<number>
  readonly deeds?: readonly Deed[]
  readonly twin?: Twin
}

export interface KillTally {
  readonly tried: number
  /** Processes that the signal ended. */
  readonly killed: number
  /** What was not as promised, with the seed that shows it. */
  readonly lost: readonly string[]
}

const DEEDS: readonly Deed[] = ['backup', 'prune', 'repair']
/** A chain gets two heads a kill, and every one is verified again: a new vault now and then. */
const KILLS_OF_A_VAULT = 40
/** Later than any operation. */
const NEVER = 1e9

export async function kills({ seeds, deeds = DEEDS, twin = 'none' }: Kills): Promise<KillTally> {
  const root = await mkdtemp(join(tmpdir(), 'cairn-kills-'))
  const tally = { tried: 0, killed: 0, lost: [] as string[] }
  try {
    const victim = await bundled(root)
    let rig: Rig | undefined
    for (const seed of seeds) {
      if (rig === undefined || rig.kills >= KILLS_OF_A_VAULT)
        rig = await makeRig(join(root, `${seed}`), victim)
      rig.kills++
      tally.tried++
      const { isKilled, wrong } = await kill(rig, { random: seeded(seed), deeds, twin })
      if (isKilled) tally.killed++
      if (wrong) tally.lost.push(`seed ${seed}: ${wrong}`)
      // what comes after would only show the same
      if (wrong) rig = undefined
    }
  } finally {
    await rm(root, { recursive: true, force: true })
  }
  return tally
}

/** From the source, so that what is killed is what is tested. */
async function bundled(root: string): Promise<string> {
  const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))
  const bundle = await rolldown({
    input: source('victim.ts'),
    platform: 'node',
    logLevel: 'silent',
    // native code, and what is loaded only by whoever uses it
    external: ['ssh2', '@napi-rs/keyring'],
    resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
    plugins: [
      {
        name: 'sources',
        resolveId: (id) => {
          const [, path] = /^@cairn\/core\/(.*)\.js$/.exec(id) ?? []
          return path === undefined ? null : source(`../../../core/src/${path}.ts`)
        },
      },
    ],
  })
  await bundle.write({ dir: join(root, 'victim'), format: 'esm', entryFileNames: 'victim.mjs' })
  await bundle.close()
  return join(root, 'victim/victim.mjs')
}

interface Rig {
  readonly victim: string
  readonly home: string
  readonly vault: string
  readonly machine: Machine
  readonly identity: string
  /** What the wallet held in each snapshot that was reported, by its number. */
  readonly saved: Map<number, number>
  /** Of the disk, in each deed. */
  readonly counts: Map<Deed, Counts>
  version: number
  kills: number
}

async function makeRig(folder: string, victim: string): Promise<Rig> {
  const [home, vault] = [join(folder, 'home'), join(folder, 'vault')]
  await mkdir(home, { recursive: true })
  const stores = ['a', 'b'].map((name) => ({ name, url: `file://${vault}/${name}` }))
  let sheet = ''
  const policy = anyOf(2, [
    { kind: 'computer', name: 'computer' },
    { kind: 'sheet', name: 'sheet' },
  ])
  const deliver = async (sheets: readonly { readonly words: string }[]) => {
    sheet = sheets[0]?.words ?? ''
  }
  const ports = portsOn(realDisk, 0)
  await init({ home, folder: vault, stores, policy, deliver, logN: 1 }, ports)
  const machine = await openMachine({ home, vault }, realDisk)
  const { reading } = await openHere(machine, { sheets: [sheet] }, ports)
  const added = new Date().toISOString()
  await addWallet(realDisk, machine.home, {
    name: 'savings',
    kind: 'file',
    source: 'savings',
    added,
    known: nothingKnown,
  })
  const identity = reading.identity
  const rig: Rig = {
    victim,
    home,
    vault,
    machine,
    identity,
    saved: new Map(),
    counts: new Map(),
    version: 0,
    kills: 0,
  }
  for (let i = 0; i < KEEP + 2; i++) await here(rig, 'backup')
  return rig
}

interface Killing {
  readonly random: () => number
  readonly deeds: readonly Deed[]
  readonly twin: Twin
}

interface Killed {
  readonly isKilled: boolean
  readonly wrong: string | undefined
}

async function kill(rig: Rig, { random, deeds, twin }: Killing): Promise<Killed> {
  const deed = deeds[Math.floor(random() * deeds.length)] as Deed
  const { operations, writes } = rig.counts.get(deed) ?? (await measure(rig, deed))
  if (deed === 'repair') await damage(rig, random)
  if (deed === 'prune') await here(rig, 'backup')
  rig.version++
  const when = (['before', 'during', 'after'] as const)[Math.floor(random() * 3)] as Death['when']
  const death: Death = { at: Math.floor(random() * (when === 'during' ? writes : operations + 2)), when }
  // one in four by another process, at a moment that nobody chose
  const afterMs = random() < 0.25 ? random() * operations : undefined
  const { isKilled, told, error } = await run(rig, {
    deed,
    twin,
    death: afterMs === undefined ? death : { at: NEVER, when },
    ...(afterMs === undefined ? {} : { afterMs }),
  })
  const wrong = error ?? (await judge(rig, told))
  const how = afterMs === undefined ? `${when} operation ${death.at}` : `after ${afterMs.toFixed(1)} ms`
  return { isKilled, wrong: wrong && `${deed} killed ${how}: ${wrong}` }
}

/** Runs a deed to its end, and notes how many operations it took. */
async function measure(rig: Rig, deed: Deed): Promise<Counts> {
  if (deed === 'repair') await damage(rig, seeded(1))
  rig.version++
  const { told, counts, error } = await run(rig, { deed, twin: 'none' })
  if (told === undefined || counts === undefined)
    throw new Error(`a ${deed} that nobody killed did not work: ${error}`)
  note(rig, told)
  rig.counts.set(deed, counts)
  return counts
}

/** One object of the second store goes, another one loses its bytes. */
async function damage({ vault }: Rig, random: () => number): Promise<void> {
  const folder = join(vault, 'b/objects')
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.age'))
  const [gone, wrong] = [0, 0].map(() =>
    join(folder, names[Math.floor(random() * names.length)] as string),
  ) as [string, string]
  await writeFile(wrong, flipped(await readFile(wrong)))
  await rm(gone)
}

interface Running extends Pick<Order, 'deed'> {
  readonly twin: Twin
  readonly death?: Death
  readonly afterMs?: number
}

interface Ran {
  readonly isKilled: boolean
  readonly told: Told | undefined
  readonly counts: Counts | undefined
  /** What it said when it ended by itself and not well. */
  readonly error: string | undefined
}

/** Runs the victim; what it said counts, even if it was killed then. */
function run(
  { victim, home, vault, identity, version, saved }: Rig,
  { deed, twin, death, afterMs }: Running,
): Promise<Ran> {
  const order: Order = {
    deed,
    home,
    vault,
    identity,
    version,
    next: nextOf(saved),
    twin,
    ...(death ? { death } : {}),
  }
  const child = spawn(process.execPath, [victim], { stdio: ['pipe', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  child.stdin.on('error', () => {}) // it may end before it has read everything
  child.stdin.end(JSON.stringify(order))
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  child.stdout.on('data', (chunk: Buffer) => {
    if (out === '' && afterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), afterMs)
    out += chunk.toString()
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const lines = out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Line)
      const told = lines.flatMap((line) => ('told' in line ? [line.told] : [])).at(-1)
      const counts = lines.flatMap((line) => ('counts' in line ? [line.counts] : []))[0]
      const error = signal === null && code !== 0 ? `ended with ${code}: ${err.slice(-500)}` : undefined
      resolve({ isKilled: signal === 'SIGKILL', told, counts, error })
    })
  })
}

function nextOf(saved: ReadonlyMap<number, number>): number {
  return Math.max(0, ...saved.keys()) + 1
}

function note({ saved }: Rig, { deed, seq, version }: Told): void {
  if (deed === 'backup') saved.set(seq, version)
}

/** A deed of this process, to its end. */
async function here(rig: Rig, deed: Deed): Promise<void> {
  rig.version++
  const { machine, identity, version, saved } = rig
  note(rig, await doing(deed, { machine, disk: realDisk, identity, version, next: nextOf(saved) }))
}

/** What is not as promised, or undefined: what was reported, what was there before, and the next commands. */
async function judge(rig: Rig, told: Told | undefined): Promise<string | undefined> {
  if (told) note(rig, told)
  try {
    const before = await allComeBack(rig)
    if (before) return before
    if (told?.deed !== 'repair') await here(rig, 'repair')
    await here(rig, 'backup')
    await here(rig, 'repair')
    return await allComeBack(rig)
  } catch (error) {
    return `the next command does not work: ${isCairnError(error) ? error.code : String(error)}`
  }
}

/** Snapshots that no pruning takes: each from the store that was not damaged, and the newest from both. */
async function allComeBack(rig: Rig): Promise<string | undefined> {
  const kept = [...rig.saved.keys()].sort((a, b) => a - b).slice(-KEEP)
  for (const seq of [kept[0], kept.at(-1)] as number[]) {
    const found = await versionOf(rig, seq)
    if (found !== rig.saved.get(seq))
      return `snapshot ${seq} held version ${rig.saved.get(seq)} and comes back as ${found}`
  }
  return undefined
}

async function versionOf({ machine, vault, identity }: Rig, seq: number): Promise<number | string> {
  const ports = portsOn(realDisk, 0)
  const stores = openStores(machine, ports).filter(({ name }) => name === 'a')
  const to = join(vault, '..', 'back')
  try {
    const { heads, stores: past } = await readPast(stores, machine.description)
    const broken = past.find(({ history }) => history !== 'intact')
    if (broken) return `a history that is ${broken.history}`
    const reading = { stores, identity, primitives: ports.primitives }
    const plan = {
      reading,
      heads,
      names: ['savings'],
      at: `${seq}`,
      to,
      inTheWay: 'refuse',
      risky: 'refuse',
    } as const
    await restore(plan, ports)
    return Number(
      text(await readFile(join(to, 'wallet')))
        .split('\n')[0]
        ?.replace('version ', ''),
    )
  } catch (error) {
    return isCairnError(error) ? error.code : String(error)
  } finally {
    await rm(to, { recursive: true, force: true })
  }
}
