/**
 * One writer a vault and machine. The lock is a file that names its owner: process id and, on Linux, the
 * start time of that process, so that an id used again after a crash is not taken for the owner.
 * Readers need no lock.
 */
import { readFileSync } from 'node:fs'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { fail } from '@cairn/core/errors.js'
import { errno } from '../disk.js'
import { localError } from './state.js'

interface Owner {
  readonly pid: number
  /** Clock ticks since boot at which the process started, proc(5) field 22; empty where there is no /proc. */
  readonly started: string
}

/**
 * Runs `work` while holding the lock.
 * @throws CairnError `vault-busy` when another living process holds it
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const own = `${path}.${process.pid}`
  await writeFile(own, JSON.stringify({ pid: process.pid, started: startOf(process.pid) }), {
    mode: 0o600,
  }).catch((error) => localError(error, path))
  try {
    await acquire(own, path)
  } finally {
    await rm(own, { force: true })
  }
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

/** link(2) fails when the name exists, so that of several takers exactly one gets it, contents included. */
async function acquire(own: string, path: string): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await link(own, path)
    } catch (error) {
      if (errno(error) !== 'EEXIST') return localError(error, path)
    }
    const owner = await readOwner(path)
    if (owner && isAlive(owner)) return fail('vault-busy', { pid: owner.pid })
    await removeStale(path)
  }
  return fail('vault-busy', { pid: 'unknown' })
}

/** Two takers may see the same stale lock: what was moved away is looked at again, and a living one put back. */
async function removeStale(path: string): Promise<void> {
  const moved = `${path}.stale.${process.pid}`
  await rename(path, moved).catch(() => {})
  const owner = await readOwner(moved)
  if (owner && isAlive(owner)) await link(moved, path).catch(() => {})
  await rm(moved, { force: true })
}

async function readOwner(path: string): Promise<Owner | undefined> {
  try {
    const owner = JSON.parse(await readFile(path, 'utf8')) as Partial<Owner>
    if (!Number.isInteger(owner.pid) || typeof owner.started !== 'string') return undefined
    return owner as Owner
  } catch {
    return undefined
  }
}

function isAlive({ pid, started }: Owner): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (errno(error) !== 'EPERM') return false
  }
  return startOf(pid) === started
}

function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // the second field is the name in parentheses and may hold spaces
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
