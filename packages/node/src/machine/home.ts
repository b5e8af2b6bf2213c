/**
 * What this machine keeps for itself, outside every store: which vault is the usual one, and for each vault
 * its signing key, the key of the computer factor, the wallets to save, the heads seen, the index of stored
 * chunks, and the certificates of drills. Another `CAIRN_HOME` is another machine.
 * Losing this folder loses no snapshot: a quorum of factors restores from a store alone.
 */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Disk, errno } from '../disk.js'
import { localError } from './state.js'

export interface Environment {
  readonly [name: string]: string | undefined
}

/**
 * The state folder: `CAIRN_HOME`, or the platform's usual place. XDG Base Directory 0.8: "If an implementation
 * encounters a relative path […] it should consider the path invalid and ignore it."
 */
export function homeFolder(env: Environment, platform: NodeJS.Platform = process.platform): string {
  if (env.CAIRN_HOME) return resolve(env.CAIRN_HOME)
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Cairn')
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Cairn')
  const xdg = env.XDG_STATE_HOME
  return join(xdg?.startsWith('/') ? xdg : join(homedir(), '.local', 'state'), 'cairn')
}

/** The vaults of which something is kept here. @throws CairnError `file-denied` */
export async function knownVaults(home: string, disk: Disk): Promise<readonly string[]> {
  const folder = join(home, 'vaults')
  try {
    return (await disk.list(folder)).filter(({ kind }) => kind === 'folder').map(({ name }) => name)
  } catch (error) {
    return errno(error) === 'ENOENT' ? [] : localError(error, folder)
  }
}

/** Files of one vault in the state folder. */
export interface VaultHome {
  readonly folder: string
  readonly device: string
  readonly computerKey: string
  /** How many guesses the passphrases take. */
  readonly strengths: string
  readonly wallets: string
  readonly description: string
  readonly seen: string
  /** What backups saw of each wallet. */
  readonly facts: string
  /** When what was rehearsed. */
  readonly rehearsals: string
  /** Who holds what where; no secret. */
  readonly places: string
  readonly index: string
  /** Objects that `check` found damaged, by store. */
  readonly doubts: string
  /** Tags of the snapshots of this machine. */
  readonly tags: string
  /** When each store was reached, probed, reviewed, and read again. */
  readonly trail: string
  /** What ran and how it went: a file a month. */
  readonly journal: string
  readonly drills: string
  /** What opens the stores: a file a store, mode 0600. */
  readonly credentials: string
  readonly lock: string
}

export function vaultHome(home: string, vault: string): VaultHome {
  const folder = join(home, 'vaults', vault)
  return {
    folder,
    device: join(folder, 'device.json'),
    computerKey: join(folder, 'computer.key'),
    strengths: join(folder, 'strengths.json'),
    wallets: join(folder, 'wallets.json'),
    description: join(folder, 'vault.json'),
    seen: join(folder, 'seen.json'),
    facts: join(folder, 'facts.json'),
    rehearsals: join(folder, 'rehearsals.json'),
    places: join(folder, 'places.json'),
    index: join(folder, 'index'),
    doubts: join(folder, 'doubts.json'),
    tags: join(folder, 'tags.json'),
    trail: join(folder, 'trail.json'),
    journal: join(folder, 'journal'),
    drills: join(folder, 'drills'),
    credentials: join(folder, 'credentials'),
    lock: join(folder, 'lock'),
  }
}
