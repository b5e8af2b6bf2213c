// @ts-check
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/**
 * One run of a program, whole process: wall and processor time (user and system, all threads) in seconds, and the
 * peak of its resident memory in MiB.
 * @typedef {{ wall: number, cpu: number, mib: number }} Measured
 */

/**
 * Runs a program to its end under GNU time, which takes the kernel's own account of the finished process.
 * @param {readonly string[]} command
 * @param {{ env?: Record<string, string>, cwd?: string }} [options]
 * @returns {Promise<Measured>}
 */
export async function measure(command, { env = {}, cwd } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-time-'))
  const account = join(folder, 'account')
  try {
    const wall = await runTimed(['-f', '%U %S %M', '-o', account, ...command], { env: plain(env), cwd })
    const [user = 0, system = 0, kib = 0] = readFileSync(account, 'utf8').trim().split(' ').map(Number)
    return { wall, cpu: user + system, mib: kib / 1024 }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Runs a program that measures itself and prints what it found as JSON.
 * @param {readonly string[]} command
 * @returns {Promise<Measured & { stored: number }>}
 */
export async function measureJson([program = '', ...args]) {
  const { stdout } = await promisify(execFile)(program, args, { env: plain({}) })
  return { mib: 0, ...JSON.parse(stdout) }
}

/**
 * Without what slows every start of Node and belongs to the machine: it reads the 140 certificates of
 * NODE_EXTRA_CA_CERTS in 40 ms before any program begins.
 * @param {Record<string, string>} env
 */
export function plain(env) {
  const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...rest } = process.env
  return { ...rest, ...env }
}

/**
 * @param {readonly string[]} args
 * @param {{ env: NodeJS.ProcessEnv, cwd: string | undefined }} options
 * @returns {Promise<number>} seconds
 */
function runTimed(args, { env, cwd }) {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn('/usr/bin/time', args, { env, cwd, stdio: ['ignore', 'ignore', 'pipe'] })
    let stderr = ''
    child.stderr.on('data', (data) => {
      stderr += data
    })
    child.on('error', () => reject(new Error('GNU time is needed (Debian: apt install time)')))
    child.on('close', (code) => {
      const wall = (performance.now() - start) / 1000
      if (code === 0) resolve(wall)
      else reject(new Error(`${args.slice(4).join(' ')} ended with ${code}: ${stderr.slice(-500)}`))
    })
  })
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return middle.reduce((sum, value = Number.NaN) => (sum ?? 0) + value / 2, 0) ?? Number.NaN
}
