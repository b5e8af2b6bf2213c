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
  // it looks for files beside its own, and is loaded only by whoever has an SFTP store
  external: ['ssh2'],
})
await bundle.write({ dir: join(folder, 'bundle'), format: 'esm', cleanDir: true })
await bundle.close()
