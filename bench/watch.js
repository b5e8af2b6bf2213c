// @ts-check
// `npm run bench -- watch`: what `cairn watch` takes while nothing changes, into its section of docs/speed.md. By the
// kernel's own account of the process in /proc, so on Linux only.
import { execFileSync, spawn } from 'node:child_process'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { commit, load, processors } from './machine.js'
import { plain } from './run.js'
import { table } from './table.js'
import { bin, cairn } from './tools.js'

/** One look at all wallets, every five minutes, lies within. */
const SECONDS = 330
const MOST_SHARE = 0.001
const MOST_MB = 80
const WALLET_BYTES = 1_000_000
const FILES = 10_000

/** @typedef {{ share: number, cpu: number, mb: number, peakMb: number }} Idle */

/** @returns {Promise<string>} the section */
export async function watchSection() {
  const base = mkdtempSync(join(tmpdir(), 'cairn-watch-'))
  try {
    const [one, many] = await Promise.all([
      idle(join(base, 'one'), (wallet) => writeFileSync(wallet, Buffer.alloc(WALLET_BYTES, 1)), ''),
      idle(join(base, 'many'), makeFolder, '0'),
    ])
    const rows = [row('a file of 1 MB', one), row(`a folder of ${FILES.toLocaleString('en-US')} files`, many)]
    return [
      '## Watch',
      '',
      `\`cairn watch\` over one wallet at rest, after it saved one change: ${SECONDS} s, one look at all wallets within them.`,
      '',
      `- ${commit()}`,
      `- ${processors()}`,
      `- ${load()}`,
      '',
      ...table(
        [
          'wallet',
          'processor, s',
          'of one processor',
          'memory, MB',
          'at most, MB',
          'under 0.1 %',
          'under 80 MB',
        ],
        rows,
      ),
      '',
    ].join('\n')
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

/** @param {string} wallet */
function makeFolder(wallet) {
  mkdirSync(wallet)
  for (let i = 0; i < FILES; i++) writeFileSync(join(wallet, `${i}`), `wallet ${i}`)
}

/** @param {string} name @param {Idle} idle */
function row(name, { share, cpu, mb, peakMb }) {
  const says = (/** @type {boolean} */ isReached) => (isReached ? 'yes' : '**no**')
  return [
    name,
    cpu.toFixed(2),
    `${(share * 100).toFixed(3)} %`,
    mb.toFixed(0),
    peakMb.toFixed(0),
    says(share < MOST_SHARE),
    says(peakMb < MOST_MB),
  ]
}

/**
 * @param {string} folder
 * @param {(wallet: string) => void} make
 * @param {string} changed below the wallet, or the wallet itself when empty
 * @returns {Promise<Idle>}
 */
async function idle(folder, make, changed) {
  mkdirSync(folder)
  const wallet = join(folder, 'wallet')
  make(wallet)
  const tool = cairn({ folder, data: { small: wallet, big: wallet } })
  await tool.init()
  await tool.backup()
  const env = plain({ CAIRN_HOME: join(folder, 'home'), CAIRN_VAULT: join(folder, 'vault') })
  const child = spawn(process.execPath, [bin, 'watch'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  try {
    const said = listen(child.stderr)
    await said('watching')
    appendFileSync(join(wallet, changed), 'x')
    await said('snapshot 2 saved')
    const before = processorSeconds(child.pid)
    await wait(SECONDS * 1000)
    const cpu = processorSeconds(child.pid) - before
    return {
      share: cpu / SECONDS,
      cpu,
      mb: megabytes(child.pid, 'VmRSS'),
      peakMb: megabytes(child.pid, 'VmHWM'),
    }
  } finally {
    child.kill('SIGTERM')
  }
}

/** @param {import('node:stream').Readable} stream */
function listen(stream) {
  let all = ''
  stream.setEncoding('utf8').on('data', (piece) => {
    all += piece
  })
  return async (/** @type {string} */ words) => {
    while (!all.includes(words)) await wait(50)
  }
}

/** User and system time of a process. @param {number | undefined} pid */
function processorSeconds(pid) {
  // the name of the program, in brackets, may hold spaces; utime and stime are fields 14 and 15 (proc(5))
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
  const ticks = Number(fields[11]) + Number(fields[12])
  return ticks / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
}

/** @param {number | undefined} pid @param {'VmRSS' | 'VmHWM'} name */
function megabytes(pid, name) {
  const kib = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return (Number(kib?.[1]) * 1024) / 1e6
}
