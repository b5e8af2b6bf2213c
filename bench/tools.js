// @ts-check
// The three programs, each on a repository of its own in `folder` or on a server, over the same data.
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure } from './run.js'

/** @typedef {import('./run.js').Measured} Measured */

/**
 * @typedef {object} Tool
 * @property {string} name
 * @property {() => Promise<unknown>} init
 * @property {() => Promise<Measured>} backup
 * @property {(to: string) => Promise<Measured>} restore
 * @property {() => Promise<Measured>} check
 * @property {string} repository
 *
 * @typedef {import('./servers.js').Site} Site
 * @typedef {{ folder: string, data: { small: string, big: string }, site?: Site }} Place
 */

export const bin = fileURLToPath(new URL('../packages/cli/bin/cairn.js', import.meta.url))
const PASSPHRASE = 'a passphrase for the benchmark only'

/** Whether a program is there. @param {string} program */
export function has(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** @param {Place} place @returns {Tool & { init: (more?: readonly Site[]) => Promise<unknown>, status: () => Promise<Measured> }} */
export function cairn({ folder, data, site }) {
  const vault = join(folder, 'vault')
  const env = { CAIRN_HOME: join(folder, 'home'), CAIRN_VAULT: vault }
  const run = (/** @type {string[]} */ ...args) =>
    measure([process.execPath, bin, ...args, '--no-input', '--json'], { env })
  const passphrase = join(folder, 'passphrase')
  const sheet = join(folder, 'sheet.txt')
  const factors = ['passphrase', 'computer', 'sheet'].flatMap((factor) => ['--factor', factor])
  return {
    name: 'cairn',
    init: async (/** @type {readonly Site[]} */ more = []) => {
      writeFileSync(passphrase, PASSPHRASE)
      const files = ['--passphrase-file', passphrase, '--sheet-out', sheet]
      await run(
        'init',
        vault,
        ...factors,
        '--need',
        '2',
        ...files,
        ...(site ? storeOptions(folder, site, 0) : []),
      )
      await run('wallet', 'add', 'small', data.small, '--as', 'file')
      if (data.big !== data.small) await run('wallet', 'add', 'big', data.big, '--as', 'file')
      for (const [i, each] of more.entries()) {
        const [, url = '', ...credentials] = storeOptions(folder, each, i + 1)
        await run('store', 'add', `store${i + 1}`, url, ...credentials)
      }
    },
    backup: () => run('backup'),
    restore: (to) => run('restore', '--to', to, '--sheet-file', sheet),
    check: () => run('check'),
    status: () => run('status'),
    repository: join(vault, 'store'),
  }
}

/** @param {string} folder @param {Site} site @param {number} number */
function storeOptions(folder, { url, credentials }, number) {
  const file = join(folder, `credentials-${number}.toml`)
  writeFileSync(file, credentials, { mode: 0o600 })
  return ['--store', url, '--credentials-file', file]
}

/** @param {Place} place @returns {Tool} */
export function restic({ folder, data, site }) {
  const repository = site?.repository ?? join(folder, 'restic')
  const env = {
    RESTIC_PASSWORD: PASSPHRASE,
    RESTIC_REPOSITORY: repository,
    RESTIC_CACHE_DIR: join(folder, 'cache'),
    ...site?.env,
  }
  const run = (/** @type {string[]} */ ...args) =>
    measure(['restic', '--quiet', ...(site?.options ?? []), ...args], { env })
  return {
    name: 'restic',
    init: () => run('init', '--repository-version', '2'),
    backup: () => run('backup', data.small, data.big),
    restore: (to) => run('restore', 'latest', '--target', to),
    check: () => run('check', '--read-data'),
    repository,
  }
}

/** @param {Place} place @returns {Tool} */
export function borg({ folder, data }) {
  const repository = join(folder, 'borg')
  const env = { BORG_PASSPHRASE: PASSPHRASE, BORG_REPO: repository, BORG_BASE_DIR: join(folder, 'base') }
  let count = 0
  return {
    name: 'borg',
    init: () => measure(['borg', 'init', '--encryption', 'repokey-blake2'], { env }),
    backup: () => measure(['borg', 'create', `::${++count}`, data.small, data.big], { env }),
    restore: (to) => {
      mkdirSync(to)
      return measure(['borg', 'extract', `::${count}`], { env, cwd: to })
    },
    check: () => measure(['borg', 'check'], { env }),
    repository,
  }
}
