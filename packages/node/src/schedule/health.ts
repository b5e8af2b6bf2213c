/**
 * `/healthz` and `/metrics` on a port of this computer. Only GET; nothing can be changed through it. A page in a browser
 * cannot read it by another name for this computer: the Host header must name a loopback address.
 */
import { createServer, type Server } from 'node:http'
import { CairnError } from '@cairn/core/errors.js'
import { errno } from '../disk.js'
import { type Measured, metricsOf } from './metrics.js'

export interface Health {
  readonly port: number
  close(): Promise<void>
}

export interface HealthOptions {
  /** 0 for any free one. */
  readonly port: number
  readonly status: () => Promise<Measured>
  readonly now: () => Date
}

/** @throws CairnError `port-taken` */
export async function serveHealth({ port, status, now }: HealthOptions): Promise<Health> {
  const server = createServer(async (request, response) => {
    const answer = (code: number, body: string) =>
      response.writeHead(code, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(body)
    if (request.method !== 'GET') return answer(405, 'GET only\n')
    if (!isLoopback(request.headers.host)) return answer(403, 'ask on this computer\n')
    if (request.url !== '/healthz' && request.url !== '/metrics')
      return answer(404, 'see /healthz, /metrics\n')
    try {
      const measured = await status()
      if (request.url === '/metrics') return answer(200, metricsOf(measured, now()))
      return measured.attention ? answer(503, 'attention: cairn status\n') : answer(200, 'ok\n')
    } catch {
      return answer(500, 'the state of this computer cannot be read: cairn status\n')
    }
  })
  server.requestTimeout = 10_000
  const at = await listen(server, port)
  return {
    port: at,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const taken = ['EADDRINUSE', 'EACCES'].includes(errno(error) ?? '')
      reject(taken ? new CairnError('port-taken', { port }) : error)
    })
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

function isLoopback(host: string | undefined): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/.test(host ?? '')
}
