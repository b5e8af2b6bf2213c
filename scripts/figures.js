// @ts-check
// `npm run figures`: the long runs behind the promises, into docs/figures.md. `npm run figures -- --short` takes
// minutes instead of hours and says so in the file.
import { spawnSync } from 'node:child_process'
import { root, tool } from './steps.js'

const short = process.argv.includes('--short')
const [node = '', ...args] = tool('vitest/vitest.mjs', 'run', '--config', 'vitest.figures.config.ts')
const env = { ...process.env, CAIRN_FIGURES: short ? 'short' : 'long' }
process.exit(spawnSync(node, args, { cwd: root, stdio: 'inherit', env }).status ?? 1)
