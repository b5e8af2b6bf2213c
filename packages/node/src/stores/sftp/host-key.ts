/**
 * The key by which an SSH server is known again (RFC 4253 section 8). The first one that a server shows is kept on
 * this machine, one file a server with one line as in OpenSSH's known_hosts (`ssh-keygen -lf FILE` reads it); from
 * then on no other is accepted. A fingerprint that a person got from the server's owner leaves no first time to trust.
 */
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { text, utf8 } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { type Disk, errno, writeWhole } from '../../disk.js'
import type { SftpPlace } from './place.js'

export interface HostKey {
  /** Such as `ssh-ed25519`. */
  readonly kind: string
  /** The key as it goes over the wire, in base64. */
  readonly blob: string
}

export interface HostKeys {
  /** The key that is expected; undefined at the first time. @throws CairnError `state-damaged` */
  readonly expected: () => Promise<HostKey | undefined>
  /** Accepts the key that a server shows, and keeps the first one. @throws CairnError `host-key-changed` */
  readonly check: (shown: Uint8Array) => Promise<void>
}

export interface HostKeysOptions {
  readonly store: string
  readonly place: SftpPlace
  /** Folder of the keys. */
  readonly folder: string
  readonly disk: Disk
  /** `SHA256:…` from the credentials file; the kept key is not asked then. */
  readonly fingerprint: string | undefined
}

export function hostKeys({ store, place, folder, disk, fingerprint }: HostKeysOptions): HostKeys {
  // no colon: file names on Windows have none
  const path = join(folder, `${encodeURIComponent(place.host)}_${place.port}`)
  const expected = () => readKey(disk, path)
  const refuse = (known: string, found: string, remedy: string) =>
    fail('host-key-changed', { store, known, found, remedy })
  return {
    expected,
    check: async (shown) => {
      const found = fingerprintOf(shown)
      if (fingerprint !== undefined) {
        if (found === fingerprint.replace(/=+$/, '')) return
        return refuse(fingerprint, found, 'correct host_key in the credentials file')
      }
      const known = await expected()
      if (known === undefined) return keepKey(disk, path, lineOf(place, shown))
      if (known.blob === base64(shown)) return
      return refuse(fingerprintOf(Buffer.from(known.blob, 'base64')), found, `remove the file ${path}`)
    },
  }
}

/** As `ssh-keygen -l` shows it. */
export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

async function readKey(disk: Disk, path: string): Promise<HostKey | undefined> {
  const bytes = await disk.read(path).catch((error) => {
    if (errno(error) === 'ENOENT') return undefined
    return fail('file-denied', { path })
  })
  if (bytes === undefined) return undefined
  const [, kind = '', blob = ''] = /^\S+ (\S+) (\S+)\n$/.exec(text(bytes.subarray(0, LINE_BYTES))) ?? []
  if (blob === '' || kindOf(Buffer.from(blob, 'base64')) !== kind) return fail('state-damaged', { path })
  return { kind, blob }
}

/** RSA keys of 16,384 bits, the longest that OpenSSH takes, need 2,800. */
const LINE_BYTES = 8192

async function keepKey(disk: Disk, path: string, line: string): Promise<void> {
  try {
    await disk.makeFolder(dirname(path))
    await writeWhole(disk, path, utf8(line))
  } catch {
    // a key that is not kept would be trusted anew each time
    return fail('file-denied', { path })
  }
}

function lineOf({ host, port }: SftpPlace, blob: Uint8Array): string {
  return `[${host}]:${port} ${kindOf(blob)} ${base64(blob)}\n`
}

/** RFC 4253 section 6.6: the key blob begins with a string, the identifier of its format. */
function kindOf(blob: Uint8Array): string {
  if (blob.length < 4) return ''
  const length = new DataView(blob.buffer, blob.byteOffset).getUint32(0)
  return Buffer.from(blob.subarray(4, 4 + Math.min(length, 64))).toString('latin1')
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
