/**
 * Which children of which phrases are in use (BIP-85): their paths, what they are for and since when. No secret; but
 * without it nobody knows which number to ask for, so it belongs in a backup: `cairn wallet add children FILE`.
 */
import { join } from 'node:path'
import { instant } from '@cairn/core/vault/head.js'
import * as z from 'zod'
import type { Disk } from '../disk.js'
import { localError, readState, writeState } from './state.js'

const childSchema = z.strictObject({
  /** BIP-32 fingerprint of the parent's master key. */
  parent: z.string().regex(/^[0-9a-f]{8}$/),
  application: z.string(),
  path: z.string(),
  note: z.string().max(200),
  time: instant,
})
const childrenSchema = z.strictObject({ children: z.array(childSchema).max(100_000) })

export type Child = z.infer<typeof childSchema>

export function childrenFile(home: string): string {
  return join(home, 'children.json')
}

/** In the order in which they were made. @throws CairnError `state-damaged` */
export async function readChildren(disk: Disk, home: string): Promise<readonly Child[]> {
  return (await readState(disk, childrenFile(home), childrenSchema))?.children ?? []
}

/** The same child again replaces its note. @throws CairnError `state-damaged`, `disk-full`, `file-denied` */
export async function addChild(disk: Disk, home: string, child: Child): Promise<void> {
  const isSame = ({ parent, path }: Child) => parent === child.parent && path === child.path
  const others = (await readChildren(disk, home)).filter((known) => !isSame(known))
  await disk.makeFolder(home).catch((error) => localError(error, home))
  await writeState(disk, childrenFile(home), { children: [...others, child] })
}

/** The first index of a row of paths that no child has: paths that differ in their last step only. */
export function firstFree(
  children: readonly Child[],
  parent: string,
  pathAt: (index: number) => string,
): number {
  const used = new Set(children.filter((child) => child.parent === parent).map(({ path }) => path))
  let index = 0
  while (used.has(pathAt(index))) index++
  return index
}
