/** The URL of a WebDAV store: `https://host/path`, or `http://…`, the folder that holds the store. */
import { fail } from '@cairn/core/errors.js'

export interface DavPlace {
  readonly origin: string
  /** Names from the root of the server down to the folder. */
  readonly folders: readonly string[]
  /** Undefined when the URL names none. */
  readonly user: string | undefined
  /** What is sent can be read on the way. */
  readonly isPlain: boolean
}

/** @throws CairnError `usage`, `secret-argument` */
export function parseDavUrl(url: string): DavPlace {
  const { protocol, origin, hostname, username, password, pathname, search, hash } = parse(url)
  if (password !== '') fail('secret-argument', { what: 'the password of the store' })
  if (!/^https?:$/.test(protocol) || search !== '' || hash !== '') return refuse()
  return {
    origin,
    folders: namesOf(pathname),
    user: username === '' ? undefined : decodeName(username),
    isPlain: protocol === 'http:' && !isLoopback(hostname),
  }
}

/** The URL of the object with these names below the root of the server. */
export function objectUrl({ origin }: DavPlace, names: readonly string[]): string {
  return `${origin}/${names.map(encodeURIComponent).join('/')}`
}

/** RFC 4918 section 5.2: clients SHOULD use the form of a collection's URL that ends in a slash. */
export function folderUrl(place: DavPlace, names: readonly string[]): string {
  return names.length === 0 ? `${place.origin}/` : `${objectUrl(place, names)}/`
}

/** The names in a path, percent-decoded; empty ones are left out. @throws CairnError `usage` */
export function namesOf(path: string): string[] {
  return path
    .split('/')
    .filter((name) => name !== '')
    .map(decodeName)
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return refuse()
  }
}

function parse(url: string): URL {
  try {
    return new URL(url)
  } catch {
    return refuse()
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

function refuse(): never {
  return fail('usage', { reason: 'the URL of a WebDAV store is https://host/path' })
}
