/**
 * Bitcoin Core's JSON-RPC (doc/JSON-RPC-interface.md): one call, one connection, with a limit of time and of bytes.
 * What the node says in words is not passed on: it may hold labels, paths and addresses.
 */
import { request } from 'node:http'
import { CairnError, fail } from '@cairn/core/errors.js'

export interface Endpoint {
  readonly host: string
  readonly port: number
  readonly wallet: string | null
  /** `user:password`. */
  readonly credentials: string
}

export interface CallLimits {
  readonly timeoutMs?: number
  readonly bytes?: number
}

/** Calls a method, on the wallet when one is named. Rejects with `node-unreachable` or `node-refused`. */
export type Call = (method: string, params?: readonly unknown[], limits?: CallLimits) => Promise<unknown>

const TIMEOUT_MS = 30_000
const LIMIT_BYTES = 1024 * 1024

/** What the node's own codes mean to its user (rpc/protocol.h). */
const REASONS: Readonly<Record<number, string>> = {
  [-4]: 'it could not write its copy of the wallet: add folder= with a folder that it may write to',
  [-18]: 'no wallet of this name is loaded',
  [-19]: 'it has several wallets: name one with /wallet/NAME',
  [-32601]: 'it runs without wallets',
}
const STARTING = -28

/** The reason when an answer has more bytes than were asked for. */
export const TOO_LONG = 'its answer is too long'

export function rpcClient(endpoint: Endpoint): Call {
  return async (method, params = [], { timeoutMs = TIMEOUT_MS, bytes = LIMIT_BYTES } = {}) => {
    const body = JSON.stringify({ jsonrpc: '1.0', id: 'cairn', method, params })
    const { status, content } = await post(endpoint, body, { timeoutMs, bytes })
    if (status === 401) return refused('the user or the password is wrong')
    if (status === 403) return refused('it does not allow this address (rpcallowip)')
    return resultOf(content, endpoint)
  }
}

interface Answer {
  readonly status: number
  readonly content: string
}

function post(endpoint: Endpoint, body: string, limits: Required<CallLimits>): Promise<Answer> {
  const { host, port, wallet, credentials } = endpoint
  const headers = {
    authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  const path = wallet === null ? '/' : `/wallet/${encodeURIComponent(wallet)}`
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(limits.timeoutMs)
    const call = request({ host, port, path, method: 'POST', headers, signal, agent: false }, (response) => {
      const pieces: Buffer[] = []
      let size = 0
      response.on('data', (piece: Buffer) => {
        pieces.push(piece)
        size += piece.length
        if (size > limits.bytes) call.destroy(new CairnError('node-refused', { reason: TOO_LONG }))
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, content: Buffer.concat(pieces).toString('utf8') }),
      )
      response.on('error', (error) => reject(failureOf(error, endpoint)))
    })
    call.on('error', (error) => reject(failureOf(error, endpoint)))
    call.end(body)
  })
}

function failureOf(error: Error, endpoint: Endpoint): CairnError {
  return error instanceof CairnError ? error : new CairnError('node-unreachable', { url: urlOf(endpoint) })
}

export function urlOf({ host, port }: Pick<Endpoint, 'host' | 'port'>): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function resultOf(content: string, endpoint: Endpoint): unknown {
  const answer = parse(content)
  if (typeof answer !== 'object' || answer === null || !('result' in answer)) {
    return fail('node-unreachable', { url: urlOf(endpoint) }) // something else listens there, or it is overloaded
  }
  const { error = null, result } = answer as { error?: { code?: unknown } | null; result: unknown }
  if (error === null) return result
  const code = Number(error.code)
  if (code === STARTING) return fail('node-unreachable', { url: urlOf(endpoint) })
  return refused(
    REASONS[code] ?? `it answered with its error ${Number.isInteger(code) ? code : 'without a number'}`,
  )
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

function refused(reason: string): never {
  return fail('node-refused', { reason })
}
