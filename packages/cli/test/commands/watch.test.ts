/** `cairn watch` and `cairn serve` as processes: what they save, what they answer, and how they stop. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, copyFile, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { until } from '../../../node/test/until.js'
import { BIN, environment, run, runJson, useBuilt, useFolders } from '../run.js'

const WALLET = fileURLToPath(
  new URL('../../../core/test/fixtures/wallets/electrum/seed-segwit.plain', import.meta.url),
)

/** A time zone where it is noon: no midnight comes between two commands. */
const atNoon = (hours = 12 - new Date().getUTCHours()) => ({
  TZ: `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`,
})

/** How long a command that was stopped waits for its backup. */
const GRACE_MS = 10_000

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

function start(args: readonly string[], { cwd, home }: { cwd: string; home: string }) {
  const child = spawn(process.execPath, [BIN, ...args], { cwd, env: environment({ home }) })
  children.push(child)
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said += piece
  })
  const ended = once(child, 'close') // all that it said has come by then
  return {
    pid: child.pid,
    said: () => said,
    stop: async (signal: NodeJS.Signals) => {
      child.kill(signal)
      return (await ended)[0] as number | null
    },
  }
}

describe('what runs until it is stopped', () => {
  useBuilt()
  const folder = useFolders()

  async function vault() {
    const cwd = await folder()
    const home = join(cwd, 'home')
    await writeFile(join(cwd, 'pass'), 'seven grey stones above the river\n')
    await copyFile(WALLET, join(cwd, 'savings'))
    await run(['init', 'vault', '--no-input', '--passphrase-file', 'pass', '--sheet-out', 'sheet.txt'], {
      cwd,
      home,
    })
    const cairn = (...args: string[]) => runJson(args, { cwd, home })
    await cairn('wallet', 'add', 'savings', 'savings')
    const count = async () => ((await cairn('snapshots')).json as { snapshots: unknown[] }).snapshots.length
    return { cwd, home, cairn, count }
  }

  test('watch saves what changed before, and each change after it, and stops in order', async () => {
    const { cwd, home, cairn, count } = await vault()
    const watch = start(['watch'], { cwd, home })
    await until(() => watch.said().includes('snapshot 1 saved in main'))
    await appendFile(join(cwd, 'savings'), '\n')
    await until(() => watch.said().includes('snapshot 2 saved in main'))
    expect(await watch.stop('SIGTERM')).toBe(0)
    expect(await count()).toBe(2)

    const again = start(['watch', '--json'], { cwd, home })
    await until(() => again.said().includes('watching savings'))
    expect(await again.stop('SIGINT')).toBe(0)
    expect(await count()).toBe(2)
    expect((await cairn('status')).exit).toBe(0)

    const past = ['status', '--history', '--days', '2']
    expect(await runJson(past, { cwd, home, env: atNoon() })).toMatchObject({
      exit: 0,
      json: { wallets: [{ name: 'savings', days: ['before', 'saved'] }], stores: [{ name: 'main' }] },
    })
    expect(await cairn('status', '--history', '--out', 'past.html')).toMatchObject({ exit: 0 })
    expect(await cairn('status', '--history', '--out', 'past.html')).toMatchObject({ exit: 5 })
    expect(await cairn('status', '--history', '--out', 'past.gif')).toMatchObject({ exit: 2 })
    expect(await readFile(join(cwd, 'past.html'), 'utf8')).toContain('savings')
  })

  test('watch that is stopped during a backup lets it end, and is no failure', async () => {
    const { cwd, home, count } = await vault()
    const watch = start(['watch'], { cwd, home })
    await until(() => spawnSync('pgrep', ['-P', String(watch.pid)]).status === 0)
    const stopped = performance.now()
    const exit = await watch.stop('SIGTERM')
    const waited = performance.now() - stopped
    // on a busy machine the backup may take longer than it is waited for, and goes on alone
    if (waited < GRACE_MS) {
      expect(exit).toBe(0)
      expect(watch.said()).toContain('snapshot 1 saved in main')
    } else expect([0, 143]).toContain(exit)
    await until(async () => (await count()) === 1)
  })

  test('watch goes on with the wallets that it knows when their list is damaged', async () => {
    const { cwd, home, cairn, count } = await vault()
    await cairn('backup')
    const watch = start(['watch'], { cwd, home })
    await until(() => watch.said().includes('watching savings'))
    const [id] = await readdir(join(home, 'vaults'))
    const list = join(home, 'vaults', id as string, 'wallets.json')
    const whole = await readFile(list)
    let length = 0
    await until(async () => {
      await writeFile(list, `{${'x'.repeat(length++ % 1000)}`)
      return watch.said().includes('is damaged')
    })
    await writeFile(list, whole)
    await appendFile(join(cwd, 'savings'), '\n')
    await until(() => watch.said().includes('snapshot 2 saved in main'))
    expect(await watch.stop('SIGTERM')).toBe(0)
    expect(await count()).toBe(2)
  })

  test('watch says that nothing could be saved, and why', async () => {
    const { cwd, home } = await vault()
    await rename(join(cwd, 'vault/store'), join(cwd, 'unplugged'))
    const watch = start(['watch'], { cwd, home })
    await until(() => watch.said().includes('not saved (exit code 4)'))
    expect(await watch.stop('SIGTERM')).toBe(0)
  })

  test('serve backs up what is due, and answers on this computer only', async () => {
    const { cwd, home, cairn } = await vault()
    const serve = start(['serve', '--port', '0'], { cwd, home })
    await until(() => serve.said().includes('/healthz'))
    const base = /http:\/\/127\.0\.0\.1:\d+/.exec(serve.said())?.[0] ?? ''
    await until(async () => (await fetch(`${base}/healthz`)).status === 200)
    const metrics = await (await fetch(`${base}/metrics`)).text()
    expect(metrics).toContain('cairn_attention 0\n')
    expect(metrics).toMatch(/cairn_wallet_saved_age_seconds\{wallet="savings"\} \d+\n/)
    expect((await fetch(`${base}/`)).status).toBe(404)
    expect((await fetch(`${base}/healthz`, { method: 'POST' })).status).toBe(405)
    expect((await cairn('status')).exit).toBe(0)

    expect(await cairn('serve', '--port', new URL(base).port)).toMatchObject({
      exit: 5,
      json: { error: { code: 'port-taken' } },
    })
    expect(await serve.stop('SIGTERM')).toBe(0)
  })
})
