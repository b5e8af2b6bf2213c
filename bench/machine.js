// @ts-check
// Of what commit a measurement is, and on what machine it was made.
import { execFileSync } from 'node:child_process'
import { cpus, loadavg, release, totalmem, type } from 'node:os'

/** Day and commit. */
export function commit() {
  const git = (/** @type {string[]} */ ...args) => execFileSync('git', args, { encoding: 'utf8' }).trim()
  const changed =
    git('status', '--porcelain', '--untracked-files=no', '--', 'packages') === '' ? '' : ' with changes'
  return `${new Date().toISOString().slice(0, 10)}, commit ${git('rev-parse', '--short', 'HEAD')}${changed}`
}

export function processors() {
  const [one] = cpus()
  return `${cpus().length} processors (${one?.model}), ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${type()} ${release()}, Node ${process.version}`
}

export function load() {
  return `load at the end ${loadavg()[0]?.toFixed(1)}`
}
