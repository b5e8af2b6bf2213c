/**
 * One request over HTTP by node:http. `fetch` would copy every body, twice on its way in: of a restore of 50 MB over a local
 * line that took as much processor time as unsealing it. Nothing is followed, unpacked or tried again here.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

export interface HttpRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** Milliseconds until it is given up, the answer's body included. */
  readonly ms: number
}

export interface HttpAnswer {
  readonly status: number
  /** By its name in lower case; null when it is not there. */
  readonly header: (name: string) => string | null
  /** To be read, or the connection is not used again. */
  readonly body: AsyncIterable<Uint8Array>
}

const PLAIN = { request: httpRequest, agent: new HttpAgent({ keepAlive: true }) }
const SECURE = { request: httpsRequest, agent: new HttpsAgent({ keepAlive: true }) }

/** @throws errors of Node, with a `code` or a TimeoutError as their cause */
export async function askHttp(url: URL, asked: HttpRequest): Promise<HttpAnswer> {
  const signal = AbortSignal.timeout(Math.ceil(asked.ms))
  const answer = await once(url, asked, signal)
  return {
    status: answer.statusCode ?? 0,
    header: (name) => {
      const value = answer.headers[name]
      return value === undefined ? null : String(value)
    },
    body: answer,
  }
}

function once(url: URL, asked: HttpRequest, signal: AbortSignal): Promise<IncomingMessage> {
  const { request, agent } = url.protocol === 'https:' ? SECURE : PLAIN
  const { method, body } = asked
  const headers = { ...asked.headers, ...(body === undefined ? {} : { 'content-length': `${body.length}` }) }
  return new Promise((resolve, reject) => {
    const asking = request(url, { method, headers, agent, signal }, resolve)
    asking.on('error', (error) => {
      // a connection that was kept may have been closed by the server at this moment; the request never reached it
      const isStale = asking.reusedSocket && 'code' in error && error.code === 'ECONNRESET'
      if (isStale) once(url, asked, signal).then(resolve, reject)
      else reject(error)
    })
    asking.end(body)
  })
}
