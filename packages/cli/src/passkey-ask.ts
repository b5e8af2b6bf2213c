/** A passkey is used in a browser: the command serves a page on localhost for it, and says where. */
import { readFile } from 'node:fs/promises'
import type { DoStep } from '@cairn/core/vault/passkey-step.js'
import { openPasskeyPage } from '@cairn/node/passkey/page.js'
import { realPorts } from '@cairn/node/real.js'

/** The page's program, made of @cairn/web by scripts/bundle.js; this file runs from `dist` or from `bundle` beside it. */
const SCRIPT = new URL('../bundle/passkey-page.js', import.meta.url)

/** Runs work that needs a passkey, with the page open as long. @throws CairnError `passkey-failed` */
export async function withPasskeyPage<T>(work: (doStep: DoStep) => Promise<T>): Promise<T> {
  const script = await readFile(SCRIPT, 'utf8')
  const page = await openPasskeyPage({ script, wait: realPorts.wait })
  process.stderr.write(
    `Open this page in a browser on this computer, for the passkey:\n\n    ${page.url}\n\n`,
  )
  try {
    return await work(page.doStep)
  } finally {
    page.close()
  }
}
