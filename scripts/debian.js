// @ts-check
// Programs of others from Debian: installed by apt, or unpacked from another suite into a cache folder
// without touching the machine.
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'

const release = '/etc/os-release'

export const isDebian = existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'))
export const isRoot = process.getuid?.() === 0

/** Where unpacked peers lie, shared by all checkouts of a user. @param {string} name */
export const peerFolder = (name) =>
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cairn-peers', name)

/** @param {readonly string[]} packages */
export function installPackages(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const quiet = /** @type {const} */ (['ignore', 'ignore', 'inherit'])
  execFileSync('apt-get', ['update', '-qq'], { env, stdio: [...quiet] })
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
    env,
    stdio: [...quiet],
  })
}

/**
 * Unpacks packages of a suite, with `libraries` also every library they depend on, into the cache. All comes
 * from that one suite, so that nothing of the machine's own is mixed in; the folder appears whole or not at all.
 * @param {{ suite: string, packages: string[], libraries?: boolean, name: string }} wanted
 */
export function unpackFromSuite({ suite, packages, libraries = false, name }) {
  const scratch = mkdtempSync(join(tmpdir(), 'cairn-apt-'))
  try {
    const apt = privateApt(scratch, suite)
    apt('apt-get', ['update', '-qq'])
    const all = libraries ? [...packages, ...libraryClosure(apt, packages)] : packages
    apt('apt-get', ['download', '-qq', ...all])
    const root = join(scratch, 'root')
    for (const file of readdirSync(scratch).filter((entry) => entry.endsWith('.deb')))
      execFileSync('dpkg-deb', ['-x', join(scratch, file), root])
    publish(root, peerFolder(name))
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Where this machine has its packages from. */
function mirror() {
  for (const file of ['/etc/apt/sources.list.d/debian.sources', '/etc/apt/sources.list']) {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const found = /^(?:URIs:|deb(?: \[.*\])?)\s+(https?:\S+)/m.exec(text)
    if (found?.[1]) return found[1]
  }
  throw new Error('apt names no mirror')
}

/** An apt of its own: the machine's mirror and keys, another suite, own lists, no installed package. */
function privateApt(/** @type {string} */ scratch, /** @type {string} */ suite) {
  for (const folder of ['lists/partial', 'archives/partial'])
    mkdirSync(join(scratch, folder), { recursive: true })
  const key = '/usr/share/keyrings/debian-archive-keyring.gpg'
  writeFileSync(join(scratch, 'only.list'), `deb [signed-by=${key}] ${mirror()} ${suite} main\n`)
  writeFileSync(join(scratch, 'status'), '')
  const config = `
    Dir::Etc::sourcelist "${scratch}/only.list";
    Dir::Etc::sourceparts "/dev/null";
    Dir::State "${scratch}";
    Dir::State::status "${scratch}/status";
    Dir::Cache "${scratch}";
    APT::Sandbox::User "";
    Acquire::Languages "none";
  `
  writeFileSync(join(scratch, 'apt.conf'), config)
  const env = { ...process.env, APT_CONFIG: join(scratch, 'apt.conf'), LC_ALL: 'C' }
  return (/** @type {string} */ program, /** @type {string[]} */ args) =>
    execFileSync(program, args, { env, cwd: scratch, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

/**
 * The libraries that packages need, and those need in turn; their other dependencies (an init system, say) are
 * for running as a service.
 * @param {(program: string, args: string[]) => string} apt
 * @param {string[]} packages
 */
function libraryClosure(apt, packages) {
  const only = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'].map(
    (kind) => `--no-${kind}`,
  )
  const direct = apt('apt-cache', ['depends', ...only, ...packages]).matchAll(/^ *Depends: (lib\S+)/gm)
  const names = [...direct].map((match) => match[1] ?? '')
  const closure = apt('apt-cache', ['depends', '--recurse', ...only, ...names]).matchAll(/^(lib\S+)/gm)
  return [...new Set([...closure].map((match) => match[1] ?? ''))]
}

/** @param {string} from @param {string} to */
function publish(from, to) {
  mkdirSync(join(to, '..'), { recursive: true })
  const staged = `${to}.${process.pid}`
  execFileSync('cp', ['-a', from, staged]) // the temporary folder may be on another file system
  try {
    renameSync(staged, to)
  } catch (error) {
    rmSync(staged, { recursive: true })
    if (!existsSync(to)) throw error // else another run was first
  }
}
