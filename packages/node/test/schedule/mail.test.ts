import { createServer } from 'node:net'
import type { Message } from '@cairn/core/plan/alarms.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Exim, exim, startExim } from '../../../../test/peers/exim.js'
import { present } from '../../../../test/peers/peer.js'
import { freePort } from '../../../../test/peers/port.js'
import { openChannel, shownUrl } from '../../src/schedule/notify/open.js'
import type { Credentials } from '../../src/stores/credentials.js'
import { until } from '../until.js'

const message: Message = {
  subject: 'Cairn: A backup is late',
  lines: ['A backup is late.', 'See: cairn status'],
}

const send = async (url: string, credentials: Credentials = {}) =>
  (await openChannel({ name: 'mail', url, credentials: async () => credentials })).send(message)

describe.runIf(await present(exim))('a real mail server', () => {
  let server: Exim
  beforeAll(async () => {
    server = await startExim()
  })
  afterAll(() => server.stop())
  const url = (to = server.address) => `smtp://127.0.0.1:${server.port}?to=${to}&from=computer@example.org`

  test('delivers an alarm', async () => {
    await send(url(), { user: server.user, password: server.password })
    await until(() => server.mail().includes('A backup is late.'))
    expect(server.mail()).toContain('Subject: Cairn: A backup is late')
    expect(server.mail()).toContain('To: keeper@example.org')
  })

  test.each<[string, () => [string, Credentials], string]>([
    [
      'with a wrong password',
      () => [url(), { user: server.user, password: 'wrong' }],
      'the mail server does not accept the name and password',
    ],
    ['without one', () => [url(), {}], 'the mail server does not take mail for this address'],
    [
      'to somebody else',
      () => [url('other@example.org'), { user: server.user, password: server.password }],
      'the mail server does not take mail for this address',
    ],
  ])('refuses an alarm %s, and it is said why', async (_, given, reason) => {
    const [to, credentials] = given()
    await expect(send(to, credentials)).rejects.toMatchObject({
      code: 'message-unsent',
      details: { channel: 'mail', reason },
    })
  })
})

test('a mail server that is not there is unreachable', async () => {
  const url = `smtp://127.0.0.1:${await freePort()}?to=a@example.org`
  await expect(send(url)).rejects.toMatchObject({ code: 'message-unsent', kind: 'unreachable' })
})

test('a server that talks no SMTP gets neither name nor password', async () => {
  const heard: string[] = []
  const server = createServer((socket) => {
    socket.on('data', (data) => heard.push(data.toString())).on('error', () => {}) // it may be cut off
    socket.end('220 hello\r\n500 what?\r\n')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  await expect(
    send(`smtp://localhost:${port}?to=a@example.org`, { user: 'me', password: 'canary' }),
  ).rejects.toMatchObject({ code: 'message-unsent' })
  server.close()
  expect(heard.join('')).not.toContain('canary')
})

test.each([
  ['smtp://mail.example.org', 'it does not say to whom: ?to=me@example.org'],
  ['smtp://mail.example.org?to=nobody', 'it holds no mail address'],
  ['smtp://mail.example.org?to=a@b.c%0d%0aBcc:%20x@y.z', 'it holds no mail address'],
  ['smtp://me:pw@mail.example.org?to=a@b.c', 'a name and password belong in --credentials-file'],
  [
    'smtp://mail.example.org?to=a@b.c&password=pw',
    'behind the ? are to and from only; a password belongs in --credentials-file',
  ],
  ['ftp://example.org', 'it begins with desktop:, smtp://, smtps:// or https://'],
  ['nonsense', 'it begins with desktop:, smtp://, smtps:// or https://'],
])('%s is refused', async (url, reason) => {
  await expect(send(url)).rejects.toMatchObject({ code: 'channel-url', details: { reason } })
})

test('the rest of a webhook is not shown', () => {
  expect(shownUrl('https://chat.example.org/hooks/SECRET')).toBe('https://chat.example.org/…')
})
