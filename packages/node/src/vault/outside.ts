/**
 * A store as somebody sees it who has no secret of the vault: when each device last saved, and when the next snapshot
 * was expected. So another computer notices that the one that makes backups stopped. What it cannot do is to open
 * anything, or to tell a forged vault.json from a genuine one: it believes the devices that the store names.
 */
import { CairnError, fail, isCairnError } from '@cairn/core/errors.js'
import { isLate } from '@cairn/core/plan/due.js'
import { deviceKeys, parseDescription, vaultFingerprint } from '@cairn/core/vault/description.js'
import { readHead, type SignedHead } from '@cairn/core/vault/head.js'
import { headKey, headPlaceOf, VAULT_FILE } from '@cairn/core/vault/object.js'
import { nativeEd25519 } from '../ed25519.js'
import type { Store } from '../stores/store.js'

export interface SeenDevice {
  readonly device: string
  readonly seq: number
  /** Instants, as the device signed them. */
  readonly time: string
  readonly next_expected_by: string
  /** The next one is late, or this one is dated so far ahead that a clock was wrong. */
  readonly late: boolean
}

export interface Outside {
  /** Fingerprint of the vault. */
  readonly vault: string
  /** Those that ever saved, the newest first. */
  readonly devices: readonly SeenDevice[]
  /** Devices whose newest snapshot is older than one that was seen before: the store was rolled back. */
  readonly rolledBack: readonly string[]
}

/** By device: the highest number that was seen. */
export type SeenBefore = ReadonlyMap<string, number>

/**
 * @throws CairnError `store-unreachable`, `store-absent`, `vault-damaged`, `head-forged`, `head-damaged`
 */
export async function lookFromOutside(
  store: Store,
  now: Date,
  before: SeenBefore = new Map(),
): Promise<Outside> {
  const { description } = parseDescription(await getVaultFile(store))
  const keys = deviceKeys(description)
  const newest = newestOf((await store.list('heads/')).map(({ key }) => key))
  const heads: SignedHead[] = []
  for (const [device, seq] of newest) {
    const key = headKey(device, seq)
    const signed = readHead(await store.get(key), keys, { name: key, ed25519: nativeEd25519 })
    const { head } = signed
    if (head.device !== device || head.seq !== seq || head.vault !== description.id)
      fail('head-forged', { head: key })
    heads.push(signed)
  }
  return {
    vault: vaultFingerprint(description),
    devices: heads.map(({ head }) => seenDevice(head, now)).sort((a, b) => (a.time < b.time ? 1 : -1)),
    rolledBack: [...before]
      .filter(([device, seq]) => (newest.get(device) ?? 0) < seq)
      .map(([device]) => device),
  }
}

/** What to remember of it for the next look. */
export function seenOf({ devices }: Outside, before: SeenBefore = new Map()): SeenBefore {
  const seen = new Map(before)
  for (const { device, seq } of devices) seen.set(device, Math.max(seq, seen.get(device) ?? 0))
  return seen
}

async function getVaultFile(store: Store): Promise<Uint8Array> {
  try {
    return await store.get(VAULT_FILE)
  } catch (error) {
    if (isCairnError(error, 'object-missing')) throw new CairnError('store-absent', { store: store.place })
    throw error
  }
}

function newestOf(keys: readonly string[]): ReadonlyMap<string, number> {
  const newest = new Map<string, number>()
  for (const key of keys) {
    const place = headPlaceOf(key)
    if (place) newest.set(place.device, Math.max(place.seq, newest.get(place.device) ?? 0))
  }
  return newest
}

function seenDevice({ device, seq, time, next_expected_by }: SignedHead['head'], now: Date): SeenDevice {
  return { device, seq, time, next_expected_by, late: isLate({ time, next_expected_by }, now) }
}
