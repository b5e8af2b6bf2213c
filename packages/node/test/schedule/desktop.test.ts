import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Desktop, desktop, startDesktop } from '../../../../test/peers/desktop.js'
import { present } from '../../../../test/peers/peer.js'
import { openChannel } from '../../src/schedule/notify/open.js'

const message = { subject: 'Cairn: A backup is late', lines: ['--since <b>1 & 2</b>', 'See: cairn status'] }
const send = async () =>
  (await openChannel({ name: 'screen', url: 'desktop:', credentials: async () => ({}) })).send(message)

afterEach(() => {
  vi.unstubAllEnvs()
})

describe.runIf(await present(desktop))('a real desktop', () => {
  let running: Desktop
  beforeAll(async () => {
    running = await startDesktop()
  })
  afterAll(() => running.stop())

  test('shows an alarm, its text to the letter', async () => {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', running.bus)
    await send()
    expect(running.notices()).toEqual([
      {
        app: 'Cairn',
        title: message.subject,
        body: '--since &lt;b&gt;1 &amp; 2&lt;/b&gt;\nSee: cairn status',
      },
    ])
  })

  test('that is not there is named', async () => {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nonexistent')
    vi.stubEnv('DISPLAY', '')
    await expect(send()).rejects.toMatchObject({
      code: 'message-unsent',
      details: { reason: 'nobody is logged in at the desktop, or it shows no notices' },
    })
  })
})

test('a computer without the program says so', async () => {
  vi.stubEnv('PATH', '/nonexistent')
  await expect(send()).rejects.toMatchObject({ code: 'message-unsent' })
})
