/**
 * Any of the providers of rclone as a store, `rclone:REMOTE:PATH`, through the program and the configuration that the
 * person has (https://rclone.org/docs/, 1.60 and later). What opens a remote stays with rclone: nothing secret passes
 * through here, and a remote that is written out in place of its name, where it could hold a key, is refused.
 *
 * One process a call. A long-lived `rclone rcd` answers sooner (on one loaded machine a get from a local remote took
 * 19 ms, with a process 389), but in 1.60 it listens on a port that every user of the computer can reach, and it stays behind with all the
 * person's clouds in hand when this process is killed. A snapshot is a few large objects: the processes are not what
 * it waits for.
 *
 * Not for a drive of this computer: rclone makes the folder that is not there, so that a drive that is not plugged in
 * looks like an empty store.
 */
import { hex, text, utf8 } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { random } from '@cairn/core/random.js'
import { OBJECT_LIMIT_BYTES } from '@cairn/core/vault/seal.js'
import * as z from 'zod'
import { errno, isAbandoned, PART } from '../disk.js'
import { inTurns } from './in-turns.js'
import { isLitter } from './litter.js'
import type { Opening } from './opening.js'
import { type Command, type Ended, runToEnd } from './program.js'
import { failAs, troubleOf } from './rclone/trouble.js'
import type { Store, StoredObject } from './store.js'
import { tooLarge } from './too-large.js'

export interface RcloneOptions {
  readonly name: string
  readonly url: string
  readonly now: () => Date
  readonly command?: Command
}

/** @throws CairnError `usage` for a URL that names no remote, and for credentials, which rclone has itself */
export async function openRclone({ name, url, credentials, ports }: Opening): Promise<Store> {
  if (Object.keys(await credentials()).length > 0)
    return fail('usage', {
      reason: 'a store of rclone takes no credentials; they are in the configuration of rclone',
    })
  return rcloneStore({ name, url, now: ports.now })
}

/** @throws CairnError `usage` for a URL that names no remote */
export function rcloneStore({ name, url, now, command = ['rclone'] }: RcloneOptions): Store {
  const turn = inTurns(WIDTH)
  const remote: Remote = {
    name,
    root: parseRemote(url),
    run: (run) => turn(() => start({ name, command, ...run })),
  }
  /** Parts that `list` came across; the next `put` removes them, since reading must not change anything. */
  const abandoned = new Set<string>()
  let seen: Promise<void> | undefined
  const requireOnce = () => {
    // its failure is not kept: a drive may be plugged in while it runs
    seen ??= requireRoot(remote).catch((error) => {
      seen = undefined
      throw error
    })
    return seen
  }
  return {
    name,
    place: url,
    get: (key) => get(remote, key),
    put: async (key, bytes) => {
      await requireOnce()
      for (const part of abandoned) await remove(remote, part).catch(() => {})
      abandoned.clear()
      await put(remote, key, bytes)
    },
    list: async (prefix) => {
      const entries = await list(remote, prefix, now())
      for (const { key, isLeft } of entries) if (isLeft) abandoned.add(key)
      return entries
        .filter(({ key }) => !key.endsWith(PART) && !key.split('/').some(isLitter))
        .map(({ key, size }) => ({ key, size }))
    },
    remove: (key) => remove(remote, key),
    // it removes no folder in which something lies
    tidy: async (prefix) =>
      void (await remote.run({ args: ['rmdir', under(remote, prefix.replace(/\/$/, ''))] })),
  }
}

interface Remote {
  readonly name: string
  readonly root: string
  readonly run: (run: Told) => Promise<Ended>
}

interface Told {
  readonly args: readonly string[]
  readonly input?: Uint8Array
  readonly limitBytes?: number
}

/** Processes of one store at a time; each holds the object that it sends. */
const WIDTH = 4
/** A million objects and more. */
const LISTING_LIMIT_BYTES = 268_435_456
/** Times that a call is made again because another device changed the same object in the middle of it. */
const ATTEMPTS = 5

/** A password of its configuration is never asked for; retrying is a wrapper's; nothing but errors is said. */
const ALWAYS = [
  '--ask-password=false',
  ...['--retries', '1', '--low-level-retries', '3', '--contimeout', '15s', '--timeout', '60s'],
  ...['--log-level', 'ERROR', '--stats', '0'],
]

/**
 * From `rclone:REMOTE:PATH` to what rclone takes. A connection string (`:s3,secret_access_key=…:bucket`) would put a
 * secret into the configuration and into arguments, which every user of the computer sees.
 */
function parseRemote(url: string): string {
  const parts = /^rclone:([\p{L}\p{N}_.+@ -]+):(.*)$/iu.exec(url)
  const [, remote = '', path = ''] = parts ?? []
  if (!/^[^\s-]/.test(remote))
    return fail('usage', {
      reason: 'a store of rclone is rclone:REMOTE:PATH, with a remote of rclone listremotes',
    })
  return `${remote}:${path === '/' ? path : path.replace(/\/+$/, '')}`
}

function under({ root }: Remote, key: string): string {
  return key === '' || /[:/]$/.test(root) ? root + key : `${root}/${key}`
}

async function start({ name, command, args, input, limitBytes }: Told & { name: string; command: Command }) {
  try {
    return await runToEnd({
      command,
      args: [...ALWAYS, ...args],
      input: input ?? new Uint8Array(0),
      limitBytes: limitBytes ?? LISTING_LIMIT_BYTES,
    })
  } catch (error) {
    if (errno(error) === 'ENOENT') return fail('rclone-absent', { store: name })
    return fail('store-unreachable', { store: name, reason: 'rclone cannot be started' })
  }
}

/** @throws CairnError `store-unreachable`, `store-denied`, `store-full` unless the program ended well */
function asEndedWell(remote: Remote, key: string, ended: Ended): Uint8Array {
  if (ended.code === 0) return ended.output
  const said = [key, remote.root].reduce(
    (all, name) => (name === '' ? all : all.replaceAll(name, '')),
    ended.said,
  )
  return failAs(remote.name, troubleOf(ended.code, said))
}

/**
 * Of the whole remote this one object, its name on standard input. Told as a path, rclone takes what is no object for
 * a folder, and gives the contents of all that is in it, or nothing.
 */
const ONLY = ['--files-from-raw', '-', '--no-traverse']

async function get(remote: Remote, key: string): Promise<Uint8Array> {
  for (let i = 0; i < ATTEMPTS; i++) {
    const args = ['cat', remote.root, ...ONLY]
    const ended = await remote.run({ args, input: utf8(`${key}\n`), limitBytes: OBJECT_LIMIT_BYTES })
    if (ended.code === 'too-much') return tooLarge(remote.name, key)
    const bytes = asEndedWell(remote, key, ended)
    if (bytes.length > 0) return bytes
    // nothing is also what rclone gives of an object that is not there
    const found = await find(remote, key)
    if (found === undefined) await requireRoot(remote)
    if (found === undefined) return fail('object-missing', { object: key })
    if (found.Size === 0) return bytes
  }
  return fail('store-unreachable', { store: remote.name, reason: 'the object keeps changing' })
}

async function find(remote: Remote, key: string): Promise<Listed | undefined> {
  const args = ['lsjson', '-R', ...LISTING, remote.root, ...ONLY]
  const [found] = listed(remote, key, await remote.run({ args, input: utf8(`${key}\n`) }))
  return found
}

/**
 * Under another name, then moved: with many providers an upload that is cut off leaves its half behind. The object
 * is sent with its size, not as a stream without an end, so that rclone compares it with what arrived. Moved even
 * when one of the same size and time is there: those say nothing about the bytes.
 */
async function put(remote: Remote, key: string, bytes: Uint8Array): Promise<void> {
  for (let i = 0; i < ATTEMPTS; i++) {
    const part = `${key}.${hex(random(6))}${PART}`
    try {
      const args = ['rcat', '--streaming-upload-cutoff', `${OBJECT_LIMIT_BYTES + 1}B`, under(remote, part)]
      asEndedWell(remote, key, await remote.run({ args, input: bytes }))
      const moved = await move(remote, part, key)
      if (moved !== 'gone') return void asEndedWell(remote, key, moved)
    } catch (error) {
      await remote.run({ args: ['deletefile', under(remote, part)] }).catch(() => {})
      throw error
    }
  }
  return fail('store-unreachable', { store: remote.name, reason: 'the object keeps changing' })
}

/**
 * Another device may move to the same key at the same time. rclone then fails to remove what is no longer there, or
 * has moved the object and no longer finds it: it is gone.
 */
async function move(remote: Remote, part: string, key: string): Promise<Ended | 'gone'> {
  const args = ['moveto', '--ignore-times', under(remote, part), under(remote, key)]
  for (let i = 1; ; i++) {
    const ended = await remote.run({ args })
    if (ended.code === 0 || i === ATTEMPTS) return ended
    if ((await find(remote, part)) === undefined) return 'gone'
  }
}

async function remove(remote: Remote, key: string): Promise<void> {
  const ended = await remote.run({ args: ['deletefile', under(remote, key)] })
  // what is gone is an error to rclone, in words of its own
  if (ended.code === 0) return
  if ((await find(remote, key)) !== undefined) asEndedWell(remote, key, ended)
  await requireRoot(remote)
}

/** The time of the server, since a time that rclone keeps beside an object costs a request an object. */
const LISTING = ['--files-only', '--no-mimetype', '--use-server-modtime']

const listingSchema = z.array(
  z.object({ Path: z.string().min(1), Size: z.number().int(), ModTime: z.iso.datetime({ offset: true }) }),
)
type Listed = z.infer<typeof listingSchema>[number]

interface Found extends StoredObject {
  /** A part that nobody writes any more. */
  readonly isLeft: boolean
}

/** Exit code of rclone: "Directory not found". */
const NO_FOLDER = 3

async function list(remote: Remote, prefix: string, now: Date): Promise<Found[]> {
  const folder = under(remote, prefix.replace(/\/$/, ''))
  const ended = await remote.run({ args: ['lsjson', '-R', ...LISTING, folder] })
  if (ended.code === NO_FOLDER) {
    // so it says too of a folder that it cannot look into
    await requireRoot(remote)
    return []
  }
  return listed(remote, prefix, ended).map(({ Path, Size, ModTime }) => ({
    key: prefix + Path,
    size: Size,
    isLeft: isAbandoned({ name: Path, kind: 'file', size: Size, ageMs: now.getTime() - Date.parse(ModTime) }),
  }))
}

/**
 * A provider with real folders has that of the store, or what should be there is away: a drive that is not plugged in, a
 * share that is not mounted. rclone would make it. Where folders are only parts of names, nothing was put yet.
 * @throws CairnError `store-unreachable`
 */
async function requireRoot(remote: Remote): Promise<void> {
  const ended = await remote.run({ args: ['lsjson', ...LISTING, remote.root] })
  if (ended.code !== NO_FOLDER) return void asEndedWell(remote, '', ended)
  if (await hasFolders(remote))
    fail('store-unreachable', {
      store: remote.name,
      reason: 'the folder is not there; for a new one: rclone mkdir REMOTE:PATH',
    })
}

const featuresSchema = z.object({ Features: z.object({ CanHaveEmptyDirectories: z.boolean() }) })

async function hasFolders(remote: Remote): Promise<boolean> {
  const { code, output } = await remote.run({ args: ['backend', 'features', remote.root] })
  if (code !== 0) return false
  try {
    return featuresSchema.parse(JSON.parse(text(output))).Features.CanHaveEmptyDirectories
  } catch {
    return false
  }
}

function listed(remote: Remote, key: string, ended: Ended): Listed[] {
  const output = asEndedWell(remote, key, ended)
  try {
    return listingSchema.parse(JSON.parse(text(output)))
  } catch {
    return fail('store-unreachable', { store: remote.name, reason: 'what rclone lists cannot be read' })
  }
}
