/**
 * The URL of an SFTP store: `sftp://user@host:port/path`, the path from the root of the server, or from the user's
 * home folder when it begins with `/~/` (as curl has it). Not a URL that opens anything: it holds no password.
 */
import { fail } from '@cairn/core/errors.js'

export interface SftpPlace {
  readonly host: string
  readonly port: number
  /** Undefined when the URL names none. */
  readonly user: string | undefined
  /** Folder of the store on the server, without a slash at its end. */
  readonly root: string
}

const SSH_PORT = 22

/** @throws CairnError `usage`, `secret-argument` */
export function parseSftpUrl(url: string): SftpPlace {
  const { protocol, hostname, port, username, password, pathname, search, hash } = parse(url)
  if (password !== '') fail('secret-argument', { what: 'the password of the store' })
  if (protocol !== 'sftp:' || hostname === '' || search !== '' || hash !== '') return refuse()
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? SSH_PORT : Number(port),
    user: username === '' ? undefined : decode(username),
    root: rootOf(decode(pathname)),
  }
}

function parse(url: string): URL {
  try {
    return new URL(url)
  } catch {
    return refuse()
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return refuse()
  }
}

function rootOf(path: string): string {
  // the vault itself must lie in a folder of its own
  if (!/^\/[^\0]*[^\0/]\/*$/.test(path)) return refuse()
  const root = path.replace(/\/+$/, '')
  if (root === '/~') return '.'
  return root.startsWith('/~/') ? root.slice(3) : root
}

function refuse(): never {
  return fail('usage', { reason: 'the URL of an SFTP store is sftp://user@host:port/path' })
}
