/**
 * One SSH connection with its SFTP channel, opened at the first request, used by all of them at once, and opened anew
 * after it was lost. It holds the process only while something is asked; nobody needs to close it.
 */
import { connect as connectSocket, type Socket } from 'node:net'
import { CairnError, isCairnError } from '@cairn/core/errors.js'
import type { AnyAuthMethod, Client, SFTPWrapper } from 'ssh2'
import { networkReason } from '../network.js'
import type { HostKeys } from './host-key.js'
import type { SftpPlace } from './place.js'

export type Done<T> = (error: Error | null | undefined, result?: T) => void

export interface Session {
  /**
   * One request. Rejects with what the server answers (`statusOf`).
   * @throws CairnError `store-unreachable`, `store-credentials`, `host-key-changed`
   */
  ask<T>(request: (sftp: SFTPWrapper, done: Done<T>) => void): Promise<T>
}

export interface SessionOptions {
  readonly store: string
  readonly place: SftpPlace
  readonly user: string
  /** Ways to prove who comes, made anew for each connection. */
  readonly login: () => Promise<AnyAuthMethod[]>
  readonly hostKeys: HostKeys
}

/** Until the server has let us in. */
const GREETING_MS = 30_000
/** Without a byte from the server: while something is asked the line is dead, else nobody needs it. */
const SILENCE_MS = 60_000

interface Line {
  readonly sftp: SFTPWrapper
  readonly socket: Socket
  /** What to tell each request that is under way when the line is lost. */
  readonly waiting: Set<(error: CairnError) => void>
  isLost: boolean
}

export function sftpSession(options: SessionOptions): Session {
  let current: Promise<Line> | undefined
  const open = (): Promise<Line> => {
    const opening = openLine(options)
    opening.catch(() => {
      if (current === opening) current = undefined
    })
    return opening
  }
  const line = async (): Promise<Line> => {
    const last = current
    if (last !== undefined && !(await last).isLost) return last
    // of all that find it lost, the first one opens the next
    if (current === last || current === undefined) current = open()
    return current
  }
  return { ask: async (request) => askOver(await line(), options.store, request) }
}

/** The status of SFTP that a server answered with, or undefined for an error that is none. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || isCairnError(error))
    return undefined
  return typeof error.code === 'number' ? error.code : undefined
}

function askOver<T>(
  line: Line,
  store: string,
  request: (sftp: SFTPWrapper, done: Done<T>) => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (line.isLost || line.socket.destroyed) return reject(lost(store))
    line.waiting.add(reject)
    line.socket.ref()
    const finish = () => {
      line.waiting.delete(reject)
      if (line.waiting.size === 0 && !line.socket.destroyed) line.socket.unref()
    }
    try {
      request(line.sftp, (error, result) => {
        finish()
        if (error) reject(statusOf(error) === undefined ? lost(store) : error)
        else resolve(result as T)
      })
    } catch (error) {
      finish()
      reject(error)
    }
  })
}

async function openLine(options: SessionOptions): Promise<Line> {
  const { default: ssh2 } = await import('ssh2')
  const known = await options.hostKeys.expected()
  const methods = await options.login()
  const client = new ssh2.Client()
  const { place, store, user, hostKeys } = options
  const socket = connectSocket({ host: place.host, port: place.port, noDelay: true })
  try {
    await ready({ client, store, hostKeys }, (hostVerifier) =>
      client.connect({
        sock: socket,
        username: user,
        authHandler: methods,
        hostVerifier,
        readyTimeout: GREETING_MS,
        // of several keys a server shows the one that is known here
        algorithms: {
          serverHostKey: { prepend: known ? signatures(known.kind) : [], append: [], remove: [] },
        },
      }),
    )
    return await keepLine({ store, socket, client, sftp: await openSftp(client, store) })
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** RFC 8332: an `ssh-rsa` key signs with one of these. */
function signatures(kind: string): ('rsa-sha2-512' | 'rsa-sha2-256')[] {
  return kind === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256'] : [kind as 'rsa-sha2-512']
}

type HostVerifier = (key: Buffer, verify: (isValid: boolean) => void) => void

interface Greeting extends Pick<SessionOptions, 'store' | 'hostKeys'> {
  readonly client: Client
}

/** Resolves when the server has let us in. */
function ready(
  { client, store, hostKeys }: Greeting,
  connect: (verifier: HostVerifier) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    client.on('ready', resolve)
    client.on('error', (error) => {
      // an agent that does not answer is followed by the refusal that matters
      if (levelOf(error) !== 'agent') reject(greetingError(error, store))
    })
    client.on('close', () => reject(lost(store)))
    connect((key, verify) => {
      hostKeys.check(key).then(
        () => verify(true),
        (error) => {
          reject(error)
          verify(false)
        },
      )
    })
  })
}

function openSftp(client: Client, store: string): Promise<SFTPWrapper> {
  return new Promise((resolve, reject) => {
    client.on('close', () => reject(lost(store)))
    client.sftp((error, sftp) => {
      if (error) reject(new CairnError('store-unreachable', { store, reason: 'the server offers no SFTP' }))
      else resolve(sftp)
    })
  })
}

interface Opened {
  readonly store: string
  readonly socket: Socket
  readonly client: Client
  readonly sftp: SFTPWrapper
}

function keepLine({ store, socket, client, sftp }: Opened): Line {
  const line: Line = { sftp, socket, waiting: new Set(), isLost: false }
  const lose = () => {
    line.isLost = true
    socket.destroy()
    for (const reject of line.waiting) reject(lost(store))
    line.waiting.clear()
  }
  client.on('close', lose)
  sftp.on('close', lose)
  sftp.on('error', lose)
  socket.setTimeout(SILENCE_MS, lose)
  socket.unref()
  return line
}

function lost(store: string): CairnError {
  return new CairnError('store-unreachable', { store, reason: 'the connection was lost' })
}

function levelOf(error: Error): unknown {
  return 'level' in error ? error.level : undefined
}

function greetingError(error: Error, store: string): CairnError {
  const level = levelOf(error)
  if (level === 'client-authentication') return new CairnError('store-credentials', { store })
  if (level === 'client-socket') return unreachable(store, networkReason(error))
  if (level === 'client-timeout') return unreachable(store, 'the server does not answer')
  return unreachable(store, 'no SSH server that can be understood answers there')
}

function unreachable(store: string, reason: string): CairnError {
  return new CairnError('store-unreachable', { store, reason })
}
