/** Ports of servers that tests start. */
import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** One that nobody listened at a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** Waits until somebody takes connections. */
export async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 5_000; tries++) {
    if (await takes(port)) return
    await sleep(20)
  }
  throw new Error(`nobody listens at port ${port} within 100 s`)
}

function takes(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (isThere: boolean) => {
      socket.destroy()
      resolve(isThere)
    }
    socket.on('connect', () => end(true)).on('error', () => end(false))
  })
}
