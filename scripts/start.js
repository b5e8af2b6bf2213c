// @ts-check
// `npm start`: from a fresh clone to the guided round on sample wallets.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { build, checkNode, install, root } from './steps.js'

checkNode()
install()
build('packages/cli')
const tour = [join(root, 'packages/cli/bin/cairn.js'), 'tour', ...process.argv.slice(2)]
process.exit(spawnSync(process.execPath, tour, { stdio: 'inherit' }).status ?? 1)
