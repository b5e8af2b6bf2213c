import { request } from 'node:http'
import type { PasskeyStep } from '@cairn/core/vault/passkey-step.js'
import { afterEach, describe, expect, it } from 'vitest'
import { openPasskeyPage, PAGE_LIMIT_MS, type PasskeyPage } from '../../src/passkey/page.js'

const STEP: PasskeyStep = { step: 'create', rp: 'localhost', user: 'x', userId: '00', challenge: '00' }
const forever = () => new Promise<void>(() => {})

const opened: PasskeyPage[] = []
async function open(wait: (ms: number) => Promise<void> = forever): Promise<PasskeyPage> {
  const page = await openPasskeyPage({ script: 'const end = "</script>"', wait })
  opened.push(page)
  return page
}
afterEach(() => {
  for (const page of opened.splice(0)) page.close()
})

interface Sent {
  readonly method?: string
  readonly path?: string
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** As its page sends it, but for what a test says. */
function send({ url }: PasskeyPage, { method = 'POST', path = 'step', body = '', headers = {} }: Sent = {}) {
  const { port, pathname, origin, host } = new URL(url)
  return new Promise<{ status: number; text: string; headers: object }>((resolve, reject) => {
    const sent = request(
      {
        ...{ host: '127.0.0.1', port, method, path: path.startsWith('/') ? path : pathname + path },
        headers: { host, origin, ...headers },
      },
      (response) => {
        let text = ''
        response.on('data', (piece) => (text += piece))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

describe('the page of a passkey', () => {
  it('takes a step, brings its answer, and hears when it is over', async () => {
    const page = await open()
    const answer = page.doStep(STEP)
    expect(JSON.parse((await send(page)).text)).toEqual(STEP)
    expect(JSON.parse((await send(page)).text)).toEqual(STEP) // loaded anew
    const next = send(page, { body: '{"a":1}' })
    expect(await answer).toEqual({ a: 1 })
    page.close()
    expect((await next).text).toBe('null')
  })

  it('may come before there is a step', async () => {
    const page = await open()
    const early = send(page)
    const answer = page.doStep(STEP)
    expect((await early).text).toBe(JSON.stringify(STEP))
    void send(page, { body: '{}' })
    expect(await answer).toEqual({})
  })

  it('is served under its secret path only, with nothing allowed but itself', async () => {
    const page = await open()
    const { status, text, headers } = await send(page, { method: 'GET', path: '' })
    expect(status).toBe(200)
    expect(text).toContain('const end = "<\\/script>"')
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'cache-control': 'no-store',
    })
    expect((await send(page, { method: 'GET', path: '/' })).status).toBe(404)
    expect((await send(page, { method: 'GET' })).status).toBe(404)
    expect((await send(page, { path: '/step' })).status).toBe(404)
  })

  it('is no page of another site, nor one that another site sends to', async () => {
    const page = await open()
    const refused: readonly Sent[] = [
      { headers: { origin: 'https://example.com' } },
      { headers: { origin: 'http://localhost' } },
      { headers: { origin: '' } },
      { headers: { host: 'example.com' } },
      { method: 'GET', path: '', headers: { host: '127.0.0.1' } },
    ]
    for (const sent of refused) expect((await send(page, sent)).status).toBe(403)
  })

  it('refuses too long an answer, and passes on what is no JSON as nothing', async () => {
    const page = await open()
    const answer = page.doStep(STEP)
    expect((await send(page, { body: 'x'.repeat(70_000) })).status).toBe(400)
    void send(page, { body: '{' })
    expect(await answer).toBeNull()
  })

  it('is given up when nobody comes', async () => {
    const waits: number[] = []
    const page = await open(async (ms) => void waits.push(ms))
    await expect(page.doStep(STEP)).rejects.toMatchObject({ code: 'passkey-failed' })
    expect(waits).toEqual([PAGE_LIMIT_MS])
  })
})
