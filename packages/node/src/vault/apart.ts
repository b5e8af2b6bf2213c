/**
 * Folders that are places of their own. One place under two names counts as two copies and is one, and of two stores of
 * which one lies inside the other, both are lost at once. Paths are compared without links, as the disk spells them; a
 * drive that is mounted at another place is known by its number (`stores/drive.ts`), what a server calls by two names
 * is not.
 */
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import { type Disk, errno } from '../disk.js'
import { counted } from '../drives-at-work.js'
import type { Ports, StorePlace } from '../ports.js'
import { folderOf, isFolder } from '../stores/open.js'
import { ANSWER_MS } from '../stores/wrap/deadline.js'

type Place = Pick<StorePlace, 'name' | 'url'>

/**
 * @param others stores with the same URL are passed over: drives take turns there
 * @throws CairnError `store-known`, `store-nested`
 */
export async function requireApart(
  place: Place,
  others: readonly Place[],
  ports: Pick<Ports, 'disk' | 'wait'>,
): Promise<void> {
  const folders = isFolder(place) ? others.filter((other) => isFolder(other) && other.url !== place.url) : []
  if (folders.length === 0) return
  const here = await realPathOf(place, ports)
  for (const other of folders) {
    const there = await realPathOf(other, ports)
    if (here === there) fail('store-known', { name: other.name })
    if (isInside(here, there) || isInside(there, here)) fail('store-nested', { name: other.name })
  }
}

/** @throws CairnError `store-known`, `store-nested` */
export async function requireAllApart(
  places: readonly Place[],
  ports: Pick<Ports, 'disk' | 'wait'>,
): Promise<void> {
  for (const [i, place] of places.entries()) await requireApart(place, places.slice(0, i), ports)
}

function isInside(inner: string, outer: string): boolean {
  const way = relative(outer, inner)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

/** As it is written, when the drive does not answer in time. */
async function realPathOf(place: Place, { disk, wait }: Pick<Ports, 'disk' | 'wait'>): Promise<string> {
  const path = folderOf(place)
  const over = new AbortController()
  const real = counted(() => nearest(disk, path))
  try {
    return await Promise.race([real, wait(ANSWER_MS, over.signal).then(() => path)])
  } finally {
    over.abort('answered')
    real.catch(() => {})
  }
}

/** Of what is not there, or may not be looked at, that of the folder above it. */
async function nearest(disk: Disk, path: string): Promise<string> {
  try {
    return await disk.realPath(path)
  } catch (error) {
    if (errno(error) === undefined) throw error
    const above = dirname(path)
    return above === path ? path : join(await nearest(disk, above), basename(path))
  }
}
