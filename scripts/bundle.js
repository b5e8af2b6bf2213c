// @ts-check
// Puts the compiled command together into few files, in silence; `build` of steps.js says why.
import { copyFileSync, cpSync, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
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

// What is WebAssembly lies beside the bundle, so that it is found wherever the package is installed.
const { WASM } = await import('../packages/node/dist/sheets/wasm.js')
const { resolve } = createRequire(join(root, 'packages/node/package.json'))
for (const file of Object.values(WASM)) copyFileSync(resolve(file), join(folder, 'bundle', basename(file)))

// Read when a sheet is drawn.
const fonts = join(root, 'packages/core/dist/fonts')
if (existsSync(fonts)) cpSync(fonts, join(folder, 'bundle/fonts'), { recursive: true })

// The page that asks a browser for a passkey, which the command serves on localhost.
const page = await rolldown({ input: join(root, 'packages/web/src/passkey-page.ts'), logLevel: 'warn' })
await page.write({ file: join(folder, 'bundle/passkey-page.js'), format: 'esm', minify: true })
await page.close()
