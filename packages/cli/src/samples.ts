/** The sample wallets, which hold nothing. Beside `main.ts`, so that they are found from the bundle as from here. */
import { fileURLToPath } from 'node:url'

export const SAMPLES = new URL('../samples/', import.meta.url)

/** The wallet of Electrum. */
export function samplePath(): string {
  return fileURLToPath(new URL('electrum/default_wallet', SAMPLES))
}
