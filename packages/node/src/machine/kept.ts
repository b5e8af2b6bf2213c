/**
 * Secrets that this machine keeps for itself, the key of the computer factor and what opens stores: each in a file of
 * mode 0600, or in the keychain of the operating system. Beside the place of the file then lies a pointer, FILE.keychain,
 * which says under which name. Never in both without being told so: a move that was cut short, or away from a keychain
 * that could not be asked, leaves the file, which then counts, and the pointer; the next write ends it.
 */
import { basename, dirname } from 'node:path'
import { equal, hex } from '@cairn/core/bytes.js'
import { type CairnError, fail, isCairnError } from '@cairn/core/errors.js'
import { random } from '@cairn/core/random.js'
import * as z from 'zod'
import type { Disk } from '../disk.js'
import type { Keychain } from './keychain.js'
import { readIfThere, readState, writeLocal, writeState } from './state.js'

export interface KeepPorts {
  readonly disk: Disk
  readonly keychain: Keychain
}

/** The keychain is why something that it keeps cannot be had. */
export function isKeychainError(error: unknown): error is CairnError {
  return isCairnError(error) && error.code.startsWith('keychain-')
}

export type Keep = 'file' | 'keychain'

/** `both`: a move was cut short. */
export type Kept = Keep | 'both'

const pointerSchema = z.strictObject({ keychain: z.string().min(1).max(512) })

/** Where it is, without asking the keychain; null when it is nowhere. */
export async function whereKept(disk: Disk, path: string): Promise<Kept | null> {
  const inKeychain = (await readIfThere(disk, pointerOf(path))) !== undefined
  const inFile = (await readIfThere(disk, path)) !== undefined
  if (inKeychain) return inFile ? 'both' : 'keychain'
  return inFile ? 'file' : null
}

/**
 * Undefined when it is kept nowhere.
 * @throws CairnError `keychain-absent`, `keychain-locked`, `keychain-lost` when the keychain has it no longer
 */
export async function readKept({ disk, keychain }: KeepPorts, path: string): Promise<Uint8Array | undefined> {
  const file = await readIfThere(disk, path)
  const account = file === undefined ? await accountOf(disk, path) : undefined
  if (account === undefined) return file
  return (await keychain.get(account)) ?? fail('keychain-lost', { what: basename(path) })
}

export interface Keeping {
  readonly bytes: Uint8Array
  /** Where it is already, or in a file, when absent. */
  readonly keep?: Keep | undefined
}

/**
 * Keeps it in one place; the other one forgets it once this one has it for sure.
 * @throws CairnError `disk-full`, `file-denied`; for the keychain `keychain-absent`, `keychain-locked`
 */
export async function writeKept(ports: KeepPorts, path: string, { bytes, keep }: Keeping): Promise<void> {
  const account = await accountOf(ports.disk, path)
  if ((keep ?? (account === undefined ? 'file' : 'keychain')) === 'file')
    return toFile(ports, path, { bytes, account })
  return toKeychain(ports, path, { bytes, account })
}

interface Moving {
  readonly bytes: Uint8Array
  /** Under which the keychain has it so far. */
  readonly account: string | undefined
}

async function toFile(
  { disk, keychain }: KeepPorts,
  path: string,
  { bytes, account }: Moving,
): Promise<void> {
  await writeLocal(disk, path, bytes)
  if (account === undefined) return
  try {
    await keychain.remove(account)
  } catch (error) {
    if (isKeychainError(error)) return // the pointer stays, and tells that it is in both
    throw error
  }
  await removeIfThere(disk, pointerOf(path))
}

async function toKeychain(
  { disk, keychain }: KeepPorts,
  path: string,
  { bytes, account }: Moving,
): Promise<void> {
  const name = account ?? newAccount(path)
  await keychain.set(name, bytes)
  const back = await keychain.get(name)
  if (back === null || !equal(back, bytes))
    fail('keychain-absent', { reason: 'it does not give back what it was given' })
  // in both places the file counts
  if ((await readIfThere(disk, path)) !== undefined) await writeLocal(disk, path, bytes)
  if (account === undefined) await writeState(disk, pointerOf(path), { keychain: name })
  await removeIfThere(disk, path)
}

/** Forgets it everywhere; a keychain that cannot be asked keeps it. */
export async function forgetKept({ disk, keychain }: KeepPorts, path: string): Promise<void> {
  const account = await accountOf(disk, path)
  if (account !== undefined) await keychain.remove(account).catch(() => {})
  for (const each of [path, pointerOf(path)]) await disk.remove(each).catch(() => {})
}

function pointerOf(path: string): string {
  return `${path}.keychain`
}

async function accountOf(disk: Disk, path: string): Promise<string | undefined> {
  return (await readState(disk, pointerOf(path), pointerSchema))?.keychain
}

/** For people who look into their keychain, and unlike that of another state folder. */
function newAccount(path: string): string {
  return `${basename(dirname(path))}/${basename(path)} ${hex(random(6))}`
}

async function removeIfThere(disk: Disk, path: string): Promise<void> {
  if ((await readIfThere(disk, path)) !== undefined) await disk.remove(path)
}
