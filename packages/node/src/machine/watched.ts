/**
 * The newest snapshots that this computer saw in a store from outside, without a vault: so that a store which shows
 * fewer later is told also after a restart. A file a place, not a vault: one whose vault was exchanged lacks the
 * devices that were seen there. What cannot be read counts as nothing seen, and the next look writes it anew.
 */
import { dirname, join } from 'node:path'
import { hex, utf8 } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import type { Primitives } from '@cairn/core/types.js'
import { deviceId } from '@cairn/core/vault/head.js'
import * as z from 'zod'
import type { Ports } from '../ports.js'
import { localError, readState, writeState } from './state.js'

const schema = z.strictObject({ devices: z.record(deviceId, z.int().min(1)) })

/** In the state folder of this machine; a URL may be long, and is nobody's business. */
export function watchedFile(home: string, url: string, { sha256 }: Pick<Primitives, 'sha256'>): string {
  return join(home, 'watched', `${hex(sha256(utf8(url))).slice(0, 32)}.json`)
}

/** By device: the highest number that was seen. */
export async function readWatched(
  { disk }: Pick<Ports, 'disk'>,
  file: string,
): Promise<ReadonlyMap<string, number>> {
  try {
    return new Map(Object.entries((await readState(disk, file, schema))?.devices ?? {}))
  } catch (error) {
    if (isCairnError(error)) return new Map()
    throw error
  }
}

/** @throws CairnError `disk-full`, `file-denied` */
export async function writeWatched(
  { disk }: Pick<Ports, 'disk'>,
  file: string,
  seen: ReadonlyMap<string, number>,
): Promise<void> {
  const folder = dirname(file)
  await disk.makeFolder(folder).catch((error) => localError(error, folder))
  await writeState(disk, file, { devices: Object.fromEntries(seen) })
}
