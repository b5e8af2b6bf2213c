/** Ports of servers that tests start. */
import { connect, createServer, type Server } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Below the ports that systems give to whoever asks for any (from 32768 on Linux, 49152 elsewhere), so that nobody is
 * given one before the server takes it, nor does who waits for the server come from it and meet himself; and above those
 * that `fetch` refuses.
 */
const FIRST = 12_000
const PAIRS = 10_000
/** Whoever listens at a port there has it here. On a system without this address two runs at once may meet. */
const RESERVED_AT = '127.0.0.2'
const HERE = '127.0.0.1'

let asked = process.pid * 7919

/** One that nobody listens at, nor at the next one; no test is given either until this process ends. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PAIRS; tries++) {
    const port = FIRST + 2 * (asked++ % PAIRS)
    const reserved = await listen(port, RESERVED_AT)
    if (reserved !== 'taken' && (await isFree(port)) && (await isFree(port + 1))) return port
    if (typeof reserved === 'object') await closed(reserved)
  }
  throw new Error('no port is free')
}

/** Waits until nobody listens any more at the port of a server that was killed. */
export async function freed(port: number): Promise<void> {
  await within100s(`somebody listens at port ${port}`, () => isFree(port))
}

/** Waits until somebody takes connections. */
export async function listening(port: number): Promise<void> {
  await within100s(`nobody listens at port ${port}`, () => takes(port))
}

async function within100s(otherwise: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 5_000; tries++) {
    if (await holds()) return
    await sleep(20)
  }
  throw new Error(`${otherwise} after 100 s`)
}

async function isFree(port: number): Promise<boolean> {
  const server = await listen(port, HERE)
  if (typeof server === 'object') await closed(server)
  return server !== 'taken'
}

/** It does not keep the process from its end. */
function listen(port: number, host: string): Promise<Server | 'taken' | 'no such address'> {
  return new Promise((resolve) => {
    const server = createServer()
    server.on('error', ({ code }: NodeJS.ErrnoException) =>
      resolve(code === 'EADDRNOTAVAIL' ? 'no such address' : 'taken'),
    )
    server.listen(port, host, () => resolve(server.unref()))
  })
}

function closed(server: Server): Promise<unknown> {
  return new Promise((resolve) => server.close(resolve))
}

function takes(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, HERE)
    const end = (isThere: boolean) => {
      socket.destroy()
      resolve(isThere)
    }
    socket.on('connect', () => end(true)).on('error', () => end(false))
  })
}
