import { createServer, type RequestListener } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { freePort } from '../../../../test/peers/port.js'
import { openChannel } from '../../src/schedule/notify/open.js'

const message = { subject: 'Cairn: A backup is late', lines: ['A backup is late.', 'See: cairn status'] }
const stops: (() => void)[] = []
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
})

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => server.close())
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook`
}

const send = async (url: string) =>
  (await openChannel({ name: 'chat', url, credentials: async () => ({}) })).send(message)

describe('a webhook', () => {
  test('gets the message as JSON', async () => {
    const got: unknown[] = []
    const url = await serve(async (request, response) => {
      const pieces: Buffer[] = []
      for await (const piece of request) pieces.push(piece)
      got.push(request.method, request.headers['content-type'], JSON.parse(Buffer.concat(pieces).toString()))
      response.end('ok')
    })
    await send(url)
    expect(got).toEqual([
      'POST',
      'application/json',
      { text: 'Cairn: A backup is late\nA backup is late.\nSee: cairn status', ...message },
    ])
  })

  test.each([403, 500])('that answers %i did not take it', async (status) => {
    const url = await serve((_, response) => response.writeHead(status).end())
    await expect(send(url)).rejects.toMatchObject({
      code: 'message-unsent',
      details: { channel: 'chat', reason: `the address answered with ${status}` },
    })
  })

  test('is not followed elsewhere', async () => {
    const asked: string[] = []
    const elsewhere = await serve((request, response) => {
      asked.push(request.url ?? '')
      response.end()
    })
    const url = await serve((_, response) => response.writeHead(307, { location: elsewhere }).end())
    await expect(send(url)).rejects.toMatchObject({ code: 'message-unsent' })
    expect(asked).toEqual([])
  })

  test('that is not there is unreachable', async () => {
    await expect(send(`http://127.0.0.1:${await freePort()}/`)).rejects.toMatchObject({
      code: 'message-unsent',
      kind: 'unreachable',
    })
  })

  test.each(['http://chat.example.org/hook', 'https://me:secret@chat.example.org/hook'])(
    'at %s is refused',
    async (url) => {
      await expect(send(url)).rejects.toMatchObject({ code: 'channel-url' })
    },
  )
})
