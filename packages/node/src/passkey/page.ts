/**
 * A page on localhost at which a person uses a passkey, for as long as one command needs it. Passkeys belong to a site,
 * and `http://localhost` is one in every browser (W3C Secure Contexts, section 3.1); this page and the web app share it.
 *
 * Another page or program of this computer must not take its place: it listens on both addresses of localhost, its path
 * holds 128 random bits, and what does not come from itself is refused.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hex } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { random } from '@cairn/core/random.js'
import type { DoStep, PasskeyStep } from '@cairn/core/vault/passkey-step.js'
import { errno } from '../disk.js'
import type { Wait } from '../ports.js'

export const PASSKEY_SITE = 'localhost'
/** For a person to find the browser, the device and the PIN. */
export const PAGE_LIMIT_MS = 600_000
const ANSWER_LIMIT_BYTES = 65_536

export interface PasskeyPage {
  /** Only for the person at this computer: whoever has it can answer in their place. */
  readonly url: string
  /** Has a step done at the page. @throws CairnError `passkey-failed` when nobody does it in time */
  readonly doStep: DoStep
  /** Tells the page that it is over. */
  readonly close: () => void
}

export interface PageOptions {
  /** The program of the page, `passkey-page.ts` of @cairn/web. */
  readonly script: string
  readonly wait: Wait
}

/** Opens the page; close it in every case. @throws CairnError `passkey-failed` when localhost cannot be listened on */
export async function openPasskeyPage({ script, wait }: PageOptions): Promise<PasskeyPage> {
  const path = `/${hex(random(16))}/`
  const { servers, port } = await listenOnLocalhost()
  const origin = `http://${PASSKEY_SITE}:${port}`
  const turns = makeTurns()
  const serving: Serving = { origin, path, page: pageWith(script), turns }
  for (const server of servers)
    server.on('request', (request, response) => {
      serve(request, response, serving).catch(() => response.destroy())
    })
  return {
    url: `${origin}${path}`,
    doStep: (step) => inTime(turns.doStep(step), wait),
    close: () => {
      turns.end()
      for (const server of servers) server.close()
    },
  }
}

async function inTime<T>(answering: Promise<T>, wait: Wait): Promise<T> {
  const answered = new AbortController()
  const late = wait(PAGE_LIMIT_MS, answered.signal).then(() => 'late' as const)
  try {
    const first = await Promise.race([answering.then((answer) => ({ answer })), late])
    return first === 'late' ? fail('passkey-failed', { reason: 'nobody used it in time' }) : first.answer
  } finally {
    answered.abort()
  }
}

/** Steps on one side, a page on the other that brings the answer of one and waits for the next. */
interface Turns {
  readonly doStep: DoStep
  /** `answer`: of the step before; absent from a page that was just opened. Null at the end. */
  readonly next: (answer?: unknown) => Promise<PasskeyStep | null>
  readonly end: () => void
}

function makeTurns(): Turns {
  let open: { readonly step: PasskeyStep; readonly done: (answer: unknown) => void } | null = null
  let waiting: ((step: PasskeyStep | null) => void) | null = null
  let hasEnded = false
  const tell = (step: PasskeyStep | null) => {
    waiting?.(step)
    waiting = null
  }
  return {
    doStep: (step) =>
      new Promise((resolve) => {
        open = { step, done: resolve }
        tell(step)
      }),
    next: (answer) => {
      if (answer !== undefined) {
        open?.done(answer)
        open = null
      }
      tell(null) // a page that waits already is an older one
      if (open !== null || hasEnded) return Promise.resolve(open?.step ?? null)
      return new Promise((resolve) => {
        waiting = resolve
      })
    },
    end: () => {
      hasEnded = true
      tell(null)
    },
  }
}

interface Serving {
  readonly origin: string
  readonly path: string
  readonly page: Page
  readonly turns: Turns
}

async function serve(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  const { origin, path, page, turns } = serving
  const { method, url, headers } = request
  response.setHeader('connection', 'close')
  response.setHeader('cache-control', 'no-store')
  // A name of another site that was made to point here (DNS rebinding) shows in the Host.
  if (headers.host !== new URL(origin).host) return refuse(response, 403)
  if (method === 'GET' && url === path) return send(response, page.headers, page.html)
  if (method !== 'POST' || url !== `${path}step`) return refuse(response, 404)
  if (headers.origin !== origin) return refuse(response, 403)
  const body = await bodyOf(request)
  if (body === null) return refuse(response, 400)
  const step = await turns.next(...(body === '' ? [] : [parseJson(body)]))
  return send(response, { 'content-type': 'application/json' }, JSON.stringify(step))
}

function send(response: ServerResponse, headers: Readonly<Record<string, string>>, body: string): void {
  response.writeHead(200, headers).end(body)
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status).end()
}

/** null when it is too long or no text. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > ANSWER_LIMIT_BYTES) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
}

/** What is no JSON is an answer that nobody can read. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

interface Page {
  readonly html: string
  readonly headers: Readonly<Record<string, string>>
}

function pageWith(script: string): Page {
  const nonce = hex(random(16))
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
    },
    html: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Cairn: a passkey</title>
<style nonce="${nonce}">
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 4rem auto; padding: 0 1rem; color-scheme: light dark }
button { font: inherit; padding: 0.5rem 1rem }
</style>
<h1>A passkey for your vault</h1>
<p role="status">This page waits for cairn in the terminal.</p>
<button disabled>Wait</button>
<script type="module" nonce="${nonce}">${script.replaceAll('</script', '<\\/script')}</script>
`,
  }
}

const TRIES = 10

/** On 127.0.0.1 and, where there is one, on ::1 with the same port: browsers take either for localhost. */
async function listenOnLocalhost(): Promise<{ readonly servers: readonly Server[]; readonly port: number }> {
  for (let i = 0; i < TRIES; i++) {
    const four = await listen('127.0.0.1', 0)
    if (typeof four === 'string') break
    const { port } = four.address() as AddressInfo
    const six = await listen('::1', port)
    if (six === 'absent') return { servers: [four], port }
    if (six !== 'taken') return { servers: [four, six], port }
    four.close()
  }
  return fail('passkey-failed', { reason: 'no page can be shown on localhost' })
}

function listen(host: string, port: number): Promise<Server | 'taken' | 'absent'> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(errno(error) === 'EADDRINUSE' ? 'taken' : 'absent'))
    server.listen(port, host, () => resolve(server))
  })
}
