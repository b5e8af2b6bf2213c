// @ts-check
// What `npm start` and `npm test` share: nothing here needs more than Node itself.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Ends this process when the command fails. @param {string} what @param {string[]} command @param {object} [env] */
export function step(what, [program = '', ...args], env = {}) {
  console.log(`cairn: ${what}`)
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  })
  if (status === 0) return
  console.error(`cairn: ${what}: failed${error ? ` (${error.message})` : ''}`)
  process.exit(status || 1)
}

/** A command that a dependency brings, run by this very Node. @param {string} path @param {string[]} args */
export const tool = (path, ...args) => [process.execPath, join(root, 'node_modules', path), ...args]

/** Ends this process on a Node that is too old. */
export function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const needed = engines.node.replace('>=', '').split('.').map(Number)
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return
  console.error(
    `cairn: this is Node ${process.versions.node}; Cairn needs ${needed.join('.')} or newer (https://nodejs.org)`,
  )
  process.exit(1)
}

/** Installs the dependencies as locked, unless they are in place and as new as the lock file. */
export function install() {
  const lock = join(root, 'package-lock.json')
  const done = join(root, 'node_modules/.package-lock.json')
  if (existsSync(done) && statSync(done).mtimeMs >= statSync(lock).mtimeMs) return
  const npm = process.env.npm_execpath // set by npm itself; on Windows `npm` is a script that cannot be spawned
  step('installing dependencies', [...(npm ? [process.execPath, npm] : ['npm']), 'ci'])
}

/**
 * Compiles, and puts the command together into few files: of the 190 modules that it consists of, most of the
 * time to start went into finding them (`cairn status`: 270 ms, bundled 40 ms).
 * @param {string[]} projects all when empty
 */
export function build(...projects) {
  step('building', tool('typescript/bin/tsc', '-b', ...projects))
  step('making the fonts of the sheets', [process.execPath, join(root, 'scripts/fonts.js')])
  step('bundling the command', [process.execPath, join(root, 'scripts/bundle.js')])
}
