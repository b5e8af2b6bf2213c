// @ts-check
// `npm test`: from a fresh clone to every test, against the real programs where this machine can have them.
// Arguments go to vitest: `npm test -- packages/core/test/words`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { preparePeers } from './peers.js'
import { build, checkNode, install, root, step, tool } from './steps.js'

checkNode()
install()
build()
step('building the web app', tool('vite/bin/vite.js', 'build', 'packages/web', '--logLevel', 'warn'))
step('checking the style', tool('@biomejs/biome/bin/biome', 'check', '.'))
preparePeers()

const folder = mkdtempSync(join(tmpdir(), 'cairn-test-'))
const file = join(folder, 'results.json')
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
const [node = '', ...args] = tool('vitest/vitest.mjs', 'run', ...reporters, ...process.argv.slice(2))
const { status } = spawnSync(node, args, { cwd: root, stdio: 'inherit' })
console.log(summary())
rmSync(folder, { recursive: true })
process.exit(status ?? 1)

/**
 * A file that could not even be loaded counts as one failure.
 * @typedef {{ status: string, assertionResults: { status: string }[] }} FileResult
 */
function summary() {
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(file, 'utf8'))
  const failed = testResults.filter((/** @type {FileResult} */ { status }) => status === 'failed')
  const broken = failed.filter((/** @type {FileResult} */ result) =>
    result.assertionResults.every(({ status }) => status !== 'failed'),
  )
  return `${numPassedTests} passed, ${numFailedTests + broken.length} failed`
}
