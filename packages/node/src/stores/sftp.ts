/**
 * A folder on a server that is reached by SSH, `sftp://user@host:port/path`. Any account with SFTP will do: nothing
 * else is run there. The folder must exist: it is never made here, so that a drive that is not mounted on the server
 * is not mistaken for an empty store.
 *
 * Objects are written under a name of their own, synced, and renamed, so that half an object never has a key.
 */
import { posix } from 'node:path'
import { hex } from '@cairn/core/bytes.js'
import { fail, isCairnError } from '@cairn/core/errors.js'
import { random } from '@cairn/core/random.js'
import { OBJECT_LIMIT_BYTES } from '@cairn/core/vault/seal.js'
import { type Entry, PART } from '../disk.js'
import type { Opening } from './opening.js'
import {
  entriesOf,
  freeBytes,
  isFolder,
  makeFolders,
  readFile,
  removeFile,
  removeFolder,
  rename,
  STATUS,
  syncFolder,
  writeNewFile,
} from './sftp/files.js'
import { hostKeys } from './sftp/host-key.js'
import { loginMethods } from './sftp/login.js'
import { parseSftpUrl } from './sftp/place.js'
import { type Session, sftpSession, statusOf } from './sftp/session.js'
import type { Store, StoredObject } from './store.js'
import { tooLarge } from './too-large.js'
import { endless, MOST_NAMES, walk } from './walk.js'

/** @throws CairnError `usage`, `secret-argument`, `credentials-invalid`, `credentials-missing` */
export async function sftpStore({ name, url, credentials: load, ports }: Opening): Promise<Store> {
  const place = parseSftpUrl(url)
  const credentials = await load()
  const user = place.user ?? credentials.user
  if (user === undefined) return fail('credentials-missing', { store: name, what: 'user' })
  const { disk, ssh } = ports
  const session = sftpSession({
    store: name,
    place,
    user,
    login: () => loginMethods({ store: name, user, credentials, disk, agent: ssh.agent }),
    hostKeys: hostKeys({ store: name, place, folder: ssh.hostKeys, disk, fingerprint: credentials.host_key }),
  })
  return storeOver({ name, root: place.root, session, now: ports.now, abandoned: new Set() }, url)
}

interface Server {
  readonly name: string
  readonly root: string
  readonly session: Session
  readonly now: () => Date
  /** Parts that `list` came across; the next `put` removes them, since reading must not change anything. */
  readonly abandoned: Set<string>
}

function storeOver(server: Server, url: string): Store {
  const asked = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      return storeError(error, server, key)
    }
  }
  return {
    name: server.name,
    place: url,
    get: (key) => asked(key, () => get(server, key)),
    put: (key, bytes) => asked(key, () => put(server, key, bytes)),
    list: (prefix) => asked(prefix, () => list(server, prefix)),
    remove: (key) => asked(key, () => remove(server, key)),
    // a server removes no folder in which something lies
    tidy: (prefix) =>
      removeFolder(server.session, posix.join(server.root, prefix.replace(/\/$/, ''))).catch(() => {}),
  }
}

async function get({ session, root, name }: Server, key: string): Promise<Uint8Array> {
  const bytes = await readFile(session, posix.join(root, key), OBJECT_LIMIT_BYTES)
  return bytes ?? tooLarge(name, key)
}

async function put(server: Server, key: string, bytes: Uint8Array): Promise<void> {
  const { session, root } = server
  await removeAbandoned(server)
  const path = posix.join(root, key)
  const part = `${path}.${hex(random(6))}${PART}`
  try {
    await writePart(server, { key, part, bytes })
    await rename(session, part, path)
  } catch (error) {
    if (statusOf(error) === undefined && !isCairnError(error, 'store-full')) server.abandoned.add(part)
    else await removeFile(session, part).catch(() => {})
    throw error
  }
  await syncFolder(session, posix.dirname(path))
}

interface Part {
  readonly key: string
  readonly part: string
  readonly bytes: Uint8Array
}

async function writePart({ session, root, name }: Server, { key, part, bytes }: Part): Promise<void> {
  try {
    await writeNewFile(session, part, bytes)
  } catch (error) {
    const status = statusOf(error)
    if (status === STATUS.noSuchFile) {
      await makeFolders(session, root, posix.dirname(key))
      return writeNewFile(session, part, bytes)
    }
    // version 3 has no word for a full disk
    const free = status === STATUS.failure ? await freeBytes(session, root) : undefined
    if (free !== undefined && free < bytes.length) fail('store-full', { store: name })
    throw error
  }
}

async function removeAbandoned({ session, abandoned }: Server): Promise<void> {
  for (const path of abandoned) await removeFile(session, path).catch(() => {})
  abandoned.clear()
}

async function remove({ session, root }: Server, key: string): Promise<void> {
  try {
    await removeFile(session, posix.join(root, key))
  } catch (error) {
    // gone is gone, but a drive that is not mounted is not a drive without the file
    if (statusOf(error) !== STATUS.noSuchFile || !(await isFolder(session, root))) throw error
  }
}

/** Folders that are asked for at once: a vault has 256 of them, and each takes four requests after one another. */
const FOLDERS_AT_ONCE = 32

async function list(server: Server, prefix: string): Promise<StoredObject[]> {
  let names = 0
  const came = (count: number) => {
    names += count
    if (names > MOST_NAMES) endless(server.name)
  }
  const { found, abandoned } = await walk(prefix, {
    store: server.name,
    width: FOLDERS_AT_ONCE,
    entriesOf: (folder) => entriesIfThere(server, folder, came),
  })
  for (const key of abandoned) server.abandoned.add(posix.join(server.root, key))
  return found
}

async function entriesIfThere(
  { session, root, now }: Server,
  folder: string,
  came: (count: number) => void,
): Promise<Entry[]> {
  try {
    const entries = await entriesOf(session, posix.join(root, folder), came)
    return entries.map(({ filename, attrs }) => ({
      name: filename,
      kind: attrs.isDirectory() ? 'folder' : attrs.isFile() ? 'file' : 'other',
      size: attrs.size,
      ageMs: now().getTime() - 1000 * attrs.mtime,
    }))
  } catch (error) {
    if (statusOf(error) === STATUS.noSuchFile && (await isFolder(session, root))) return []
    throw error
  }
}

async function storeError(
  error: unknown,
  { name: store, session, root }: Server,
  key: string,
): Promise<never> {
  const status = statusOf(error)
  if (status === undefined || isCairnError(error)) throw error
  if (status === STATUS.denied || status === STATUS.writeProtected) return fail('store-denied', { store })
  if (status === STATUS.noSpace || status === STATUS.quota) return fail('store-full', { store })
  if (status !== STATUS.noSuchFile)
    return fail('store-unreachable', {
      store,
      reason: 'the server reports a failure; its drive or a quota may be full',
    })
  if (await isFolder(session, root).catch(() => false)) return fail('object-missing', { object: key })
  return fail('store-unreachable', { store, reason: 'the folder is not there on the server' })
}
