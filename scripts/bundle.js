// @ts-check
// Puts the compiled command together into few files, in silence; `build` of steps.js says why.
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { root } from './steps.js'

const folder = join(root, 'packages/cli')
const bundle = await rolldown({
  input: join(folder, 'dist/main.js'),
  platform: 'node',
  logLevel: 'warn',
  // they look for files beside their own; loaded only for an SFTP store, or a secret in the keychain
  external: ['ssh2', '@napi-rs/keyring'],
})
await bundle.write({ dir: join(folder, 'bundle'), format: 'esm', cleanDir: true })
await bundle.close()

// The page that asks a browser for a passkey, which the command serves on localhost.
const page = await rolldown({ input: join(root, 'packages/web/src/passkey-page.ts'), logLevel: 'warn' })
await page.write({ file: join(folder, 'bundle/passkey-page.js'), format: 'esm', minify: true })
await page.close()
