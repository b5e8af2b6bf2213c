import { createServer, type Server } from 'node:net'
import { describe, expect, test } from 'vitest'
import { freed, freePort, listening } from './port.js'

/** Listens there, unless somebody does already. */
function listen(port: number, host: string): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer().listen(port, host)
    for (const event of ['listening', 'error']) server.once(event, () => resolve(server))
  })
}

describe('a port for a server', () => {
  test('is given once, as is the next one', async () => {
    const ports = await Promise.all(Array.from({ length: 30 }, freePort))
    expect(new Set(ports.flatMap((port) => [port, port + 1])).size).toBe(60)
    for (const port of ports) expect(port).toBeLessThan(32_768)
  })

  test.runIf(process.platform === 'linux')('is none that another process was given', async () => {
    const port = await freePort()
    const other = await listen(port + 2, '127.0.0.2')
    expect(await freePort()).not.toBe(port + 2)
    other.close()
  })

  test.each([2, 3])('is none that somebody listens at, nor the one before (%i)', async (next) => {
    const port = await freePort()
    const other = await listen(port + next, '127.0.0.1')
    expect(await freePort()).not.toBe(port + 2)
    other.close()
  })

  test('is waited for until it is taken, and until it is free again', async () => {
    const port = await freePort()
    const taken = listening(port)
    const server = await listen(port, '127.0.0.1')
    await taken
    const free = freed(port)
    server.close()
    await free
  })
})
