/** Debian's Chromium without a window, with an authenticator of its own that knows the PRF extension. */
import { existsSync } from 'node:fs'
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

export const startChromium = (): Promise<Browser> =>
  playwright.launch({ executablePath: PROGRAM, args: QUIET })

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
