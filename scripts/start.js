// @ts-check
// `npm start`: from a fresh clone to the guided round on sample wallets.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { checkNode, install, root, step, tool } from './steps.js'

checkNode()
install()
step('building', tool('typescript/bin/tsc', '-b', 'packages/cli'))
const tour = [join(root, 'packages/cli/bin/cairn.js'), 'tour', ...process.argv.slice(2)]
process.exit(spawnSync(process.execPath, tour, { stdio: 'inherit' }).status ?? 1)
