/** Debian's Chromium without a window: with an authenticator of its own that knows the PRF extension, and as a printer. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'
import type { Peer } from './peer.js'

const PROGRAM = '/usr/bin/chromium'

export const chromium: Peer = {
  name: 'Chromium',
  install: 'apt-get install chromium',
  available: async () => existsSync(PROGRAM),
}

/** Nothing of it calls home; a container has little shared memory. */
const QUIET = [
  '--disable-dev-shm-usage',
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

/** @param env besides that of this process */
export const startChromium = (env: Readonly<Record<string, string>> = {}): Promise<Browser> =>
  playwright.launch({ executablePath: PROGRAM, args: QUIET, env: { ...process.env, ...env }, timeout: 0 })

/** The environment of a browser that has these fonts and no other ones, on every machine. */
export function onlyFonts(fonts: string, folder: string): Readonly<Record<string, string>> {
  const [file, cache] = [join(folder, 'fonts.conf'), join(folder, 'fonts-cache')]
  mkdirSync(cache)
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${fonts}</dir><cachedir>${cache}</cachedir></fontconfig>
`,
  )
  return { FONTCONFIG_FILE: file }
}

export interface Printed {
  readonly pdf: Uint8Array
  /** What it asked the network for, wrote to the console, and could not do. */
  readonly said: readonly string[]
}

/**
 * Opens a file as a person does and prints it, without backgrounds, as a browser does unless told otherwise.
 * @param paper what lies in the printer, on which the browser fits pages; the one that the file asks for unless given
 */
export async function printFile(page: Page, path: string, paper?: 'Letter'): Promise<Printed> {
  const said: string[] = []
  const url = pathToFileURL(path).href
  page.on('request', (request) => {
    if (request.url() !== url) said.push(`asked for ${request.url()}`)
  })
  page.on('console', (message) => said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  // how long that may take is for the test to say
  await page.goto(url, { timeout: 0 })
  const pdf = await page.pdf(paper ? { format: paper } : { preferCSSPageSize: true })
  page.removeAllListeners()
  return { pdf, said }
}

export interface AuthenticatorOptions {
  readonly prf: 'has' | 'lacks'
  /** Its provider may copy passkeys (flags BE and BS). */
  readonly synced: 'yes' | 'no'
}

/** Plugs an authenticator into the page (Chrome DevTools Protocol, WebAuthn.addVirtualAuthenticator). */
export async function plugIn(page: Page, { prf, synced }: AuthenticatorOptions): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: prf === 'has',
      isUserVerified: true,
      automaticPresenceSimulation: true,
      defaultBackupEligibility: synced === 'yes',
      defaultBackupState: synced === 'yes',
    },
  })
}

/** Does what the page of a passkey asks for, as a person does, until it says that it is over. */
export async function clickThrough(page: Page, url: string): Promise<void> {
  await page.goto(url)
  for (;;) {
    const state = await page.waitForFunction(() => {
      const button = document.querySelector('button')
      return button === null ? 'over' : !button.disabled && 'ready'
    })
    if ((await state.jsonValue()) === 'over') return
    await page.click('button')
  }
}
