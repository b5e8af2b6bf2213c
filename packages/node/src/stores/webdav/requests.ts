/**
 * Requests to a WebDAV server, each with what proves who comes. How the server wants that is asked with a request
 * without a body, so that no object is sent in vain. Redirections are not followed: a password goes nowhere else.
 */
import { CairnError, fail } from '@cairn/core/errors.js'
import { networkReason } from '../network.js'
import {
  type Authorize,
  authorization,
  type Challenge,
  type Login,
  parseChallenges,
} from './authorization.js'

export interface Ask {
  readonly method: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
  /** Bytes that an answer may have. */
  readonly limit: number
}

export interface Answer {
  readonly status: number
  readonly body: Uint8Array
}

export interface Requests {
  /** @throws CairnError `store-unreachable`, `store-denied`, `store-full`, `store-credentials`, `credentials-missing`; `store-lies` for too long an answer */
  ask(ask: Ask): Promise<Answer>
}

export interface RequestsOptions {
  readonly store: string
  /** URL of the folder of the store. */
  readonly root: string
  readonly login: Login | undefined
}

export function davRequests({ store, root, login }: RequestsOptions): Requests {
  let learning: Promise<Authorize | undefined> | undefined
  const learn = async () => {
    const { response } = await send(store, {
      method: 'PROPFIND',
      url: root,
      headers: { depth: '0' },
      limit: ANSWER_BYTES,
    })
    return wayIn(response, login)
  }
  const known = () => {
    learning ??= learn().catch((error) => {
      learning = undefined
      throw error
    })
    return learning
  }
  return {
    ask: async (ask) => {
      const authorize = login && (await known())
      const sent = await send(store, ask, authorize)
      const another = wayIn(sent.response, login)
      // a password that was refused is not tried again, but the server may want a new nonce
      if (login === undefined && sent.response.status === 401)
        return fail('credentials-missing', { store, what: 'user and password' })
      if (another === undefined || (authorize !== undefined && !isStale(sent.response)))
        return answerOf(store, sent)
      learning = Promise.resolve(another)
      return answerOf(store, await send(store, ask, another))
    },
  }
}

function challengesOf(response: Response): Challenge[] {
  return response.status === 401 ? parseChallenges(response.headers.get('www-authenticate') ?? '') : []
}

function wayIn(response: Response, login: Login | undefined): Authorize | undefined {
  return login && authorization(challengesOf(response), login)
}

/** RFC 7616 section 3.3: the nonce was too old, and the password right. */
function isStale(response: Response): boolean {
  return challengesOf(response).some(({ parameters }) => parameters.stale?.toLowerCase() === 'true')
}

/** An answer that is no object: an error page, a listing. */
export const ANSWER_BYTES = 32 * 1024 * 1024

interface Sent {
  readonly response: Response
  readonly body: Uint8Array
}

async function send(store: string, ask: Ask, authorize?: Authorize): Promise<Sent> {
  const { method, url, body, limit } = ask
  const { pathname } = new URL(url)
  const headers = {
    ...ask.headers,
    // bytes are counted as they are
    'accept-encoding': 'identity',
    ...(authorize ? { authorization: authorize(method, pathname) } : {}),
  }
  try {
    const response = await fetch(url, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body: body as Uint8Array<ArrayBuffer> | string }),
    })
    return { response, body: await readBody(response, limit, store) }
  } catch (error) {
    if (error instanceof CairnError) throw error
    return fail('store-unreachable', { store, reason: networkReason(error) })
  }
}

async function readBody(response: Response, limit: number, store: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    size += piece.length
    if (size > limit) return fail('store-lies', { store })
    pieces.push(piece)
  }
  return pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces)
}

/** Statuses that mean the same whatever was asked for; the others are for whoever asked. */
function answerOf(store: string, { response: { status }, body }: Sent): Answer {
  if (status === 401) return fail('store-credentials', { store })
  if (status === 403) return fail('store-denied', { store })
  if (status === 507) return fail('store-full', { store })
  if (status >= 300 && status < 400)
    return fail('store-unreachable', { store, reason: 'the server says that it is at another URL' })
  if (status === 429 || (status >= 500 && status !== 501 && status !== 502))
    return fail('store-unreachable', { store, reason: `the server answers with status ${status}` })
  return { status, body }
}
