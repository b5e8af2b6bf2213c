// @ts-check
// `npm run figures`: the long runs behind the promises, into docs/figures.md. `npm run figures -- --short` takes
// minutes instead of hours and says so in the file; `npm run figures -- words` makes one section only. With `--minutes=N`
// a row begins no new seed after N minutes, and the section says so.
import { spawnSync } from 'node:child_process'
import { root, tool } from './steps.js'

const short = process.argv.includes('--short')
const [node = '', ...args] = tool('vitest/vitest.mjs', 'run', '--config', 'vitest.figures.config.ts')
const room = process.argv.slice(2).find((word) => !word.startsWith('-')) ?? ''
const minutes = /--minutes=(\d+)/.exec(process.argv.join(' '))?.[1] ?? ''
const env = {
  ...process.env,
  CAIRN_FIGURES: short ? 'short' : 'long',
  CAIRN_FIGURES_ROOM: room,
  CAIRN_FIGURES_MINUTES: minutes,
}
process.exit(spawnSync(node, args, { cwd: root, stdio: 'inherit', env }).status ?? 1)
