/**
 * Finds the wallets of this machine in the usual places of their programs (`places.ts`). It opens nothing with a
 * password, changes nothing, and follows links, since large data folders are often elsewhere.
 */
import { basename, join, resolve } from 'node:path'
import { isCairnError } from '@cairn/core/errors.js'
import type { Network, WalletKind } from '@cairn/core/types.js'
import { detectKind, readWallet } from '@cairn/core/wallets/read.js'
import { type Access, reach, readStart, realAccess } from './access.js'
import { fileSource } from './files.js'
import { namesFor, networkIn } from './names.js'
import { PLACES, type Place } from './places.js'
import { collect } from './source.js'

export interface Machine {
  readonly home: string
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface FoundWallet {
  readonly kind: WalletKind
  /** The program, as people know it. */
  readonly program: string
  readonly path: string
  /** Absent when nothing could be read out of it. */
  readonly encrypted?: boolean
  readonly network?: Network
  /** Fit for `wallet add`, and of no other wallet found here. */
  readonly suggestedName: string
}

export interface ScanReport {
  readonly found: readonly FoundWallet[]
  /** Places that are there but may not be read. */
  readonly denied: readonly string[]
}

/** Enough for any reader to recognise its wallet. */
const DETECT_BYTES = 1024 * 1024
/** Larger ones are recognised, but not read to say more about them. */
const READ_BYTES = 32 * 1024 * 1024
/** A folder of keystores is a folder of small files. */
const MAX_KEYSTORES = 2000
/** Names looked at in one folder. */
const MAX_NAMES = 10_000

/** In the order of the table, and of the paths within a program. A path is given once. */
export async function scan(machine: Machine, access: Access = realAccess): Promise<ScanReport> {
  const denied = new Set<string>()
  const found = new Map<string, Finding>()
  for (const place of PLACES) {
    for (const spot of await spotsOf(place, machine, { access, denied })) {
      const real = await access.resolve(spot.path).catch(() => spot.path)
      if (found.has(real)) continue
      const finding = await examine(spot, { access, denied })
      if (finding) found.set(real, finding)
    }
  }
  const findings = [...found.values()]
  const names = namesFor(findings)
  return {
    found: findings.map((finding, i) => ({ ...finding, suggestedName: names[i] as string })),
    denied: [...denied].sort(),
  }
}

type Finding = Omit<FoundWallet, 'suggestedName'>

interface Search {
  readonly access: Access
  /** Filled on the way. */
  readonly denied: Set<string>
}

/** A path to be looked at, and what it would be by its place alone. */
interface Spot {
  readonly place: Place
  readonly path: string
  readonly guess: Omit<Finding, 'encrypted'>
}

async function spotsOf(place: Place, machine: Machine, search: Search): Promise<readonly Spot[]> {
  const usual = rootsOf(place, machine)
  const more = (await place.more?.(usual, search.access)) ?? []
  const spots: Spot[] = []
  for (const root of new Set([...usual, ...more])) {
    for (const pattern of place.patterns) {
      const paths = await match(root, pattern.split('/'), search)
      spots.push(...paths.map((path) => toSpot(place, root, path)))
    }
  }
  return spots
}

function toSpot(place: Place, root: string, path: string): Spot {
  const network = networkIn(path.slice(root.length))
  return { place, path, guess: { kind: 'file', program: place.program, path, ...(network && { network }) } }
}

function rootsOf({ roots }: Place, { home, platform, env }: Machine): readonly string[] {
  const templates = platform === 'darwin' || platform === 'win32' ? roots[platform] : roots.linux
  const usual: Readonly<Record<string, string>> = {
    APPDATA: join(home, 'AppData', 'Roaming'),
    LOCALAPPDATA: join(home, 'AppData', 'Local'),
    XDG_CONFIG_HOME: join(home, '.config'),
  }
  return (templates ?? []).flatMap((template) => {
    const [first = '', ...rest] = template.split('/')
    const folder = first === '~' ? home : env[first.slice(1)] || usual[first.slice(1)]
    return folder ? [resolve(folder, ...rest)] : []
  })
}

/** Paths below a folder whose parts match; a part without `*` need not exist yet. */
async function match(folder: string, parts: readonly string[], search: Search): Promise<readonly string[]> {
  const [part, ...rest] = parts
  if (part === undefined) return [folder]
  if (!part.includes('*')) return match(join(folder, part), rest, search)
  const pattern = new RegExp(`^(?!\\.)${part.split('*').map(literally).join('.*')}$`)
  const paths: string[] = []
  for (const name of await namesIn(folder, search)) {
    if (pattern.test(name)) paths.push(...(await match(join(folder, name), rest, search)))
  }
  return paths
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

async function namesIn(folder: string, { access, denied }: Search): Promise<readonly string[]> {
  try {
    const names = await reach(folder, () => access.list(folder))
    return names.slice(0, MAX_NAMES).map(String).sort()
  } catch (error) {
    if (isCairnError(error, 'file-denied')) denied.add(folder)
    return []
  }
}

/** What lies at a path, or null when it is no wallet of this place. */
async function examine(spot: Spot, { access, denied }: Search): Promise<Finding | null> {
  const { holds } = spot.place
  try {
    const { kind, size } = await lookAt(spot.path, access)
    if (holds === 'wallet') return kind === 'file' && size > 0 ? await examineFile(spot, access) : null
    if (holds === 'keystores') return kind === 'folder' ? await examineKeystores(spot, access) : null
    return kind === holds && (kind === 'folder' || size > 0) ? spot.guess : null
  } catch (error) {
    if (!isCairnError(error)) throw error
    if (error.code === 'file-denied') denied.add(spot.path)
    return null
  }
}

async function examineFile({ place, path, guess }: Spot, access: Access): Promise<Finding | null> {
  const bytes = await readStart(await access.resolve(path), DETECT_BYTES, access)
  const kind = await detectKind({ path: basename(path), bytes })
  if (kind === 'file') return basename(path) === place.surely ? guess : null
  return { ...guess, kind, ...(await describe(path, kind, access)) }
}

async function examineKeystores({ path, guess }: Spot, access: Access): Promise<Finding | null> {
  const view = await fileSource(path, access).open()
  const files = view.groups.length <= MAX_KEYSTORES ? await collect(view, READ_BYTES) : null
  if (!files) return guess
  const kinds = await Promise.all(files.map(detectKind))
  if (!kinds.includes('ethereum-keystore')) return null
  try {
    const { kind, encrypted } = await readWallet(files)
    return { ...guess, kind, ...(kind !== 'file' && { encrypted }) }
  } catch (error) {
    if (!isCairnError(error)) throw error
    return { ...guess, kind: 'ethereum-keystore' }
  }
}

async function lookAt(path: string, access: Access) {
  const real = await reach(path, () => access.resolve(path))
  return reach(path, () => access.stat(real))
}

/** What a reader tells without a password; nothing when it cannot make sense of the file, or the file is large. */
async function describe(
  path: string,
  kind: WalletKind,
  access: Access,
): Promise<Pick<Finding, 'encrypted' | 'network'>> {
  try {
    const files = await collect(await fileSource(path, access).open(), READ_BYTES)
    if (!files) return {}
    const { encrypted, identity } = await readWallet(files, { kind })
    return { encrypted, ...(identity.network && { network: identity.network }) }
  } catch (error) {
    if (!isCairnError(error)) throw error
    return {}
  }
}
