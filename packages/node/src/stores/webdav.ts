/**
 * A folder on a WebDAV server (RFC 4918), `https://host/path`: Nextcloud, Apache, drives at home. The folder must exist:
 * it is never made here, so that a drive that is not mounted on the server is not mistaken for an empty store.
 *
 * Objects are put under a name of their own and moved, so that half an object never has a key; where a server cannot
 * move, the object is put under its key and read back.
 */
import { hex } from '@cairn/core/bytes.js'
import { fail, isCairnError } from '@cairn/core/errors.js'
import { random } from '@cairn/core/random.js'
import { OBJECT_LIMIT_BYTES } from '@cairn/core/vault/seal.js'
import { type Entry, PART } from '../disk.js'
import type { Credentials } from './credentials.js'
import type { Opening } from './opening.js'
import type { Store, StoredObject } from './store.js'
import { tooLarge } from './too-large.js'
import { walk } from './walk.js'
import type { Login } from './webdav/authorization.js'
import { parseMultistatus } from './webdav/multistatus.js'
import { type DavPlace, folderUrl, namesOf, objectUrl, parseDavUrl } from './webdav/place.js'
import { ANSWER_BYTES, type Answer, type Ask, davRequests, type Requests } from './webdav/requests.js'

/** @throws CairnError `usage`, `secret-argument`, `credentials-invalid`, `password-plain` */
export async function webdavStore({ name, url, credentials: load, ports }: Opening): Promise<Store> {
  const place = parseDavUrl(url)
  const credentials = await load()
  const login = loginOf(place, credentials)
  if (login && place.isPlain && credentials.plain_http !== 'allowed') fail('password-plain', { store: name })
  const requests = davRequests({ store: name, root: folderUrl(place, place.folders), login })
  return storeOver({ name, place, requests, now: ports.now, abandoned: new Set(), canMove: true }, url)
}

function loginOf({ user: named }: DavPlace, credentials: Credentials): Login | undefined {
  const user = credentials.user ?? named
  const { password } = credentials
  return user === undefined || password === undefined ? undefined : { user, password }
}

interface Server {
  readonly name: string
  readonly place: DavPlace
  readonly requests: Requests
  readonly now: () => Date
  /** Parts that `list` came across; the next `put` removes them, since reading must not change anything. */
  readonly abandoned: Set<string>
  canMove: boolean
}

function storeOver(server: Server, url: string): Store {
  return {
    name: server.name,
    place: url,
    get: (key) => get(server, key),
    put: (key, bytes) => put(server, key, bytes),
    list: (prefix) => list(server, prefix),
    remove: (key) => remove(server, key),
    tidy: (prefix) => tidy(server, prefix.replace(/\/$/, '')),
  }
}

async function get(server: Server, key: string): Promise<Uint8Array> {
  const asked = ask(server, key, { method: 'GET', limit: OBJECT_LIMIT_BYTES })
  const { status, body } = await asked.catch((error) =>
    isCairnError(error, 'store-lies') ? tooLarge(server.name, key) : Promise.reject(error),
  )
  if (status === 200) return body
  return status === 404 ? missing(server, key) : odd(server, status)
}

async function put(server: Server, key: string, bytes: Uint8Array): Promise<void> {
  for (const part of server.abandoned) await removeQuietly(server, part)
  server.abandoned.clear()
  if (server.canMove) await putAndMove(server, key, bytes)
  if (!server.canMove) await putAndReadBack(server, key, bytes)
}

/** RFC 4918 section 9.9. Clears `canMove` when the server can not. */
async function putAndMove(server: Server, key: string, bytes: Uint8Array): Promise<void> {
  const part = `${key}.${hex(random(6))}${PART}`
  try {
    await putWhole(server, part, bytes)
    const status = await move(server, part, key)
    if (status === 201 || status === 204) return
    // 502: a server behind another one does not know itself by the name that we call it
    if (![405, 501, 502].includes(status)) return odd(server, status)
    server.canMove = false
    await removeQuietly(server, part)
  } catch (error) {
    if (isCairnError(error, 'store-unreachable')) server.abandoned.add(part)
    else await removeQuietly(server, part)
    throw error
  }
}

/** Of writers that replace the same object at once, each may see the other take it away, which Apache does first. */
const MOVE_TRIES = 8

async function move(server: Server, from: string, to: string): Promise<number> {
  const headers = { destination: objectUrl(server.place, namesBelow(server, to)), overwrite: 'T' }
  for (let tries = 1; ; tries++) {
    const { status } = await ask(server, from, { method: 'MOVE', headers })
    if (status !== 404 || tries === MOVE_TRIES) return status
  }
}

async function putAndReadBack(server: Server, key: string, bytes: Uint8Array): Promise<void> {
  await putWhole(server, key, bytes)
  if (Buffer.compare(await get(server, key), bytes) === 0) return
  await removeQuietly(server, key)
  fail('store-lies', { store: server.name })
}

async function putWhole(server: Server, key: string, bytes: Uint8Array): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream' }
  const send = () => ask(server, key, { method: 'PUT', headers, body: bytes })
  let { status } = await send()
  // section 9.7.1: "A PUT that would result in the creation of a resource without an appropriately scoped parent
  // collection MUST fail with a 409 (Conflict)."
  if (status === 409 || status === 404) {
    await makeFolders(server, key.split('/').slice(0, -1))
    status = (await send()).status
  }
  if (![200, 201, 204].includes(status)) await odd(server, status)
}

/** Makes the folders below the root, which is never made. */
async function makeFolders(server: Server, names: readonly string[]): Promise<void> {
  for (let depth = 1; depth <= names.length; depth++)
    await makeFolder(server, names.slice(0, depth).join('/'))
}

async function makeFolder(server: Server, folder: string): Promise<void> {
  try {
    const { status } = await askFolder(server, folder, { method: 'MKCOL' })
    // section 9.3.1: 405 for what is there already
    if (status !== 201 && status !== 405) await odd(server, status)
  } catch (error) {
    // so Apache answers the second of two that make it at the same moment
    if (!isCairnError(error, 'store-denied') || (await propfind(server, folder, '0')) === undefined)
      throw error
  }
}

async function remove(server: Server, key: string): Promise<void> {
  const { status } = await ask(server, key, { method: 'DELETE' })
  if (status === 404) await requireRoot(server)
  else if (status !== 200 && status !== 204) await odd(server, status)
}

/** Section 9.6.1: what lies in a folder goes with it, so that it is looked into first. */
async function tidy(server: Server, folder: string): Promise<void> {
  const there = await propfind(server, folder, '1')
  if (there?.length === 1) await askFolder(server, folder, { method: 'DELETE' })
}

/** What stays is found by a later listing. */
async function removeQuietly(server: Server, key: string): Promise<void> {
  await ask(server, key, { method: 'DELETE' }).catch(() => {})
}

/** Folders that are asked for at once. */
const FOLDERS_AT_ONCE = 16

async function list(server: Server, prefix: string): Promise<StoredObject[]> {
  const { found, abandoned } = await walk(prefix, {
    store: server.name,
    width: FOLDERS_AT_ONCE,
    entriesOf: (folder) => entriesOf(server, folder),
  })
  for (const key of abandoned) server.abandoned.add(key)
  return found
}

/** Section 9.1. Of all properties only those that say what it is. */
const PROPERTIES =
  '<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop>' +
  '<resourcetype/><getcontentlength/><getlastmodified/></prop></propfind>'

async function entriesOf(server: Server, folder: string): Promise<Entry[]> {
  const found = await propfind(server, folder, '1')
  if (found === undefined) {
    if (folder !== '') await requireRoot(server)
    return folder === '' ? noRoot(server) : []
  }
  const above = namesBelow(server, folder)
  return found.flatMap(({ href, isFolder, size, modifiedMs }): Entry[] => {
    const names = namesIn(href)
    const name = names.at(-1) ?? ''
    // section 8.3: an href is a URL or a path; the folder itself is among the answers
    const isBelow = names.length === above.length + 1 && above.every((one, i) => one === names[i])
    if (!isBelow || /[/\0]/.test(name)) return []
    const ageMs = server.now().getTime() - (modifiedMs ?? Number.POSITIVE_INFINITY)
    return [{ name, kind: isFolder ? 'folder' : 'file', size, ageMs }]
  })
}

function namesIn(href: string): string[] {
  try {
    return namesOf(new URL(href, 'http://server').pathname)
  } catch {
    return [] // not one of ours
  }
}

/** The folder and, with depth 1, what is in it; undefined when it is not there. */
async function propfind(server: Server, folder: string, depth: '0' | '1') {
  const headers = { depth, 'content-type': 'application/xml; charset=utf-8' }
  const { status, body } = await askFolder(server, folder, { method: 'PROPFIND', headers, body: PROPERTIES })
  if (status === 404) return undefined
  if (status !== 207) return odd(server, status)
  return (
    parseMultistatus(Buffer.from(body).toString()) ??
    fail('store-unreachable', { store: server.name, reason: NO_DAV })
  )
}

const NO_DAV = 'no WebDAV server that can be understood answers there'

async function missing(server: Server, key: string): Promise<never> {
  await requireRoot(server)
  return fail('object-missing', { object: key })
}

async function requireRoot(server: Server): Promise<void> {
  if ((await propfind(server, '', '0')) === undefined) noRoot(server)
}

function noRoot({ name: store }: Server): never {
  return fail('store-unreachable', { store, reason: 'the folder is not there on the server' })
}

/** A status that none of our requests should have. */
async function odd(server: Server, status: number): Promise<never> {
  if (status === 404 || status === 409) await requireRoot(server)
  const reason =
    status === 413
      ? 'the server refuses objects of this size'
      : status === 423
        ? 'the server says that it is locked'
        : status === 400 || status === 405 || status < 300
          ? NO_DAV
          : `the server answers with status ${status}`
  return fail('store-unreachable', { store: server.name, reason })
}

type Request = Omit<Ask, 'url' | 'limit'> & { readonly limit?: number }

function ask(server: Server, key: string, request: Request): Promise<Answer> {
  const url = objectUrl(server.place, namesBelow(server, key))
  return server.requests.ask({ limit: ANSWER_BYTES, ...request, url })
}

function askFolder(server: Server, folder: string, request: Request): Promise<Answer> {
  const url = folderUrl(server.place, namesBelow(server, folder))
  return server.requests.ask({ limit: ANSWER_BYTES, ...request, url })
}

function namesBelow({ place }: Server, key: string): string[] {
  return [...place.folders, ...key.split('/').filter((name) => name !== '')]
}
