/** Passkeys in a real browser: the page, the locks, and age-encryption's own WebAuthn support as the judge. */
import { createServer, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { newIdentity } from '@cairn/core/vault/identity.js'
import { parsePasskey, unwrapByPasskey, wrapByPasskey } from '@cairn/core/vault/passkey.js'
import { type DoStep, passkeyAt } from '@cairn/core/vault/passkey-step.js'
import { openKey, sealKey } from '@cairn/core/vault/sealed-key.js'
import { openPasskeyPage, type PasskeyPage } from '@cairn/node/passkey/page.js'
import { makePasskeyFactor, openByPasskey, type PasskeyFactor } from '@cairn/node/vault/sealed-keys.js'
import type { Browser, Page } from 'playwright-core'
import { rolldown } from 'rolldown'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { chromium, clickThrough, plugIn, startChromium } from '../../../test/peers/chromium.js'
import { present } from '../../../test/peers/peer.js'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

async function bundle(input: string, format: 'esm' | 'iife'): Promise<string> {
  const made = await rolldown({ input, logLevel: 'warn' })
  const { output } = await made.generate({ format, ...(format === 'iife' ? { name: 'bundled' } : {}) })
  await made.close()
  return output[0].code
}

describe.runIf(await present(chromium))('a passkey in Chromium', () => {
  let browser: Browser
  let script: string
  let page: Page
  let served: PasskeyPage | undefined
  beforeAll(async () => {
    script = await bundle(at('../src/passkey-page.ts'), 'esm')
    browser = await startChromium()
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    page = await browser.newPage()
  })
  afterEach(async () => {
    served?.close()
    await page.close()
  })

  /** Does work at the page while a person clicks. */
  async function atPage<T>(work: (doStep: DoStep) => Promise<T>): Promise<T> {
    const opened = await openPasskeyPage({ script, wait: () => new Promise(() => {}) })
    const clicked = clickThrough(page, opened.url)
    try {
      return await work(opened.doStep)
    } finally {
      opened.close()
      await clicked
    }
  }

  const make = (name: string) =>
    atPage((doStep) => makePasskeyFactor(name, 'Cairn', doStep)) as Promise<PasskeyFactor>

  it('is made, and opens its own key and no other', async () => {
    await plugIn(page, { prf: 'has', synced: 'no' })
    const [mine, other] = [await make('mine'), await make('other')]
    expect(mine).toMatchObject({ kind: 'passkey', name: 'mine', synced: false })
    expect(parsePasskey(mine.passkey)).toMatchObject({ rp: 'localhost', transports: ['internal'] })
    const identity = await atPage((doStep) => openByPasskey(mine, doStep))
    expect(identity).toMatch(/^AGE-SECRET-KEY-1/)
    await expect(
      atPage((doStep) => openByPasskey({ ...mine, passkey: other.passkey }, doStep)),
    ).rejects.toMatchObject({ code: 'factor-key' })
  })

  it('tells when its provider may have it too', async () => {
    await plugIn(page, { prf: 'has', synced: 'yes' })
    expect(await make('phone')).toMatchObject({ synced: true })
  })

  it('is refused when it lacks the PRF extension', async () => {
    await plugIn(page, { prf: 'lacks', synced: 'no' })
    await expect(make('old')).rejects.toMatchObject({
      code: 'passkey-failed',
      message: expect.stringContaining('PRF'),
    })
  })

  it('is asked for again when the person stops the question of the browser', async () => {
    await plugIn(page, { prf: 'has', synced: 'no' })
    const mine = await make('mine')
    await page.addInitScript(() => {
      const { credentials } = navigator
      const get = credentials.get.bind(credentials)
      credentials.get = async () => {
        credentials.get = get
        throw new DOMException('', 'NotAllowedError')
      }
    })
    served = await openPasskeyPage({ script, wait: () => new Promise(() => {}) })
    const opening = openByPasskey(mine, served.doStep)
    await page.goto(served.url)
    await page.click('button:enabled')
    await page.getByText('That did not work (NotAllowedError)').waitFor()
    await page.click('button:enabled')
    expect(await opening).toMatch(/^AGE-SECRET-KEY-1/)
  })

  describe('and in age-encryption', () => {
    let server: Server
    let typage: string
    let url: string
    beforeAll(async () => {
      typage = await bundle(at('../../../node_modules/age-encryption/dist/index.js'), 'iife')
      server = createServer((_, response) => response.end('<!doctype html><title>.</title>'))
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      url = `http://localhost:${typeof address === 'object' && address ? address.port : 0}/`
    })
    afterAll(() => server.close())

    /** Runs JavaScript with the library as `bundled`, in a page on localhost. */
    async function inPage<T>(code: string, given: object): Promise<T> {
      await page.goto(url)
      return page.evaluate(`(async () => { ${typage}; const given = ${JSON.stringify(given)}; ${code} })()`)
    }

    it('opens the same files, both ways, and a passkey made by either works in the other', async () => {
      await plugIn(page, { prf: 'has', synced: 'no' })
      const theirs = await inPage<string>(
        `return bundled.webauthn.createCredential({ keyName: 'age', rpId: 'localhost' })`,
        {},
      )
      const { passkey: ours } = await make('ours')
      for (const passkey of [theirs, ours]) {
        const { identity, recipient } = newIdentity()
        const sealed = await atPage((doStep) => sealKey(identity, wrapByPasskey(passkeyAt(passkey, doStep))))
        const opened = await inPage<string>(
          `const decrypter = new bundled.Decrypter()
          decrypter.addIdentity(new bundled.webauthn.WebAuthnIdentity({ identity: given.passkey }))
          return decrypter.decrypt(bundled.armor.decode(given.sealed), 'text')`,
          { passkey, sealed },
        )
        expect(opened).toBe(`${identity}\n`)
        const key = await inPage<string>(
          `const encrypter = new bundled.Encrypter()
          encrypter.addRecipient(new bundled.webauthn.WebAuthnRecipient({ identity: given.passkey }))
          return bundled.armor.encode(await encrypter.encrypt(given.text))`,
          { passkey, text: `${identity}\n` },
        )
        const unwrap = (doStep: DoStep) => unwrapByPasskey(passkeyAt(passkey, doStep))
        expect(await atPage((doStep) => openKey({ key, recipient }, unwrap(doStep)))).toEqual({ identity })
      }
    })
  })
})
