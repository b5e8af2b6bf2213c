/** What can be wrong on a machine that has a vault, done to its real files: for `bad-input.test.ts`. */
import { spawnSync } from 'node:child_process'
import { chmod, cp, mkdir, readdir, readFile, rename, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { objectKey } from '@cairn/core/vault/object.js'
import { readPast } from '@cairn/node/vault/open.js'
import type { Here } from './here.js'

/** Cuts a file in half. */
export async function cutInHalf(path: string): Promise<void> {
  await truncate(path, Math.floor((await stat(path)).size / 2))
}

/** Flips the lowest bit in the middle of a file. */
export async function flipBit(path: string): Promise<void> {
  const bytes = await readFile(path)
  const middle = Math.floor(bytes.length / 2)
  bytes[middle] = (bytes[middle] ?? 0) ^ 1
  await writeFile(path, bytes)
}

/** Writes another number after `"version":`, as a Cairn of the future would. */
export async function raiseVersion(path: string): Promise<void> {
  const before = await readFile(path, 'utf8')
  const after = before.replace(/("version": ?)1\b/, '$199')
  if (after === before) throw new Error(`no version in ${path}`)
  await writeFile(path, after)
}

/** Files in the store that the newest snapshot brought: its manifest and its pack. */
export async function newestObjects({ store, opened }: Here): Promise<{ manifest: string; pack: string }> {
  const { heads } = await readPast(opened.reading.stores, opened.description)
  const newest = heads.reduce((best, head) => (head.head.seq > best.head.seq ? head : best))
  const manifest = join(store, objectKey(newest.head.manifest))
  const all = (await readdir(join(store, 'objects'), { recursive: true }))
    .filter((name) => name.endsWith('.age'))
    .map((name) => join(store, 'objects', name))
  const times = await Promise.all(all.map(async (path) => ({ path, at: (await stat(path)).mtimeMs })))
  const packs = times.filter(({ path }) => path !== manifest).sort((a, b) => b.at - a.at)
  return { manifest, pack: packs[0]?.path ?? '' }
}

export async function headFile({ store }: Here, seq: number): Promise<string> {
  const heads = await readdir(join(store, 'heads'), { recursive: true })
  return join(store, 'heads', heads.find((name) => new RegExp(`/0*${seq}\\.json$`).test(name)) ?? '')
}

/** Whether this process may mount: on Debian as root it may. */
export function mayMount(folder: string): boolean {
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder])
  if (status === 0) spawnSync('umount', [folder])
  return status === 0
}

const mounted: string[] = []

/** Puts a folder on a disk of its own with so much room, contents included. */
export async function onSmallDisk(folder: string, megabytes: number): Promise<void> {
  await rename(folder, `${folder}.kept`)
  await mkdir(folder)
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  if (status !== 0) throw new Error('mount failed')
  mounted.push(folder)
  await cp(`${folder}.kept`, folder, { recursive: true })
}

export function unmountAll(): void {
  for (const folder of mounted.splice(0)) spawnSync('umount', ['--lazy', folder])
}

/** Fills the disk that a folder is on, to the last block. */
export function fill(folder: string): void {
  spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filler')}`, 'bs=4k'])
}

/** Takes all permissions; root has them nevertheless. */
export async function lockUp(path: string): Promise<void> {
  await chmod(path, 0)
}

/** The user and group `nobody`. */
export const NOBODY = 65_534

/** Gives everything below a folder to `nobody`, and says whether commands can be run as that user. */
export function giveToNobody(folder: string, probe: readonly [string, ...string[]]): boolean {
  if (process.getuid?.() !== 0) return false
  spawnSync('chown', ['-R', `${NOBODY}:${NOBODY}`, folder])
  const [program, ...args] = probe
  return spawnSync(program, args, { uid: NOBODY, gid: NOBODY }).status === 0
}
