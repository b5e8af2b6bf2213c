import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { BIN, environment, useFolders } from './run.js'
import { type Made, makeVault } from './vault.js'

const BIG_BYTES = 24 * 1024 * 1024

/** Runs the command and sends it a signal as soon as the condition is true. */
async function stopped(
  made: Made,
  { args, when, signal }: { args: readonly string[]; when: () => boolean; signal: NodeJS.Signals },
): Promise<{ exit: number | NodeJS.Signals; out: string }> {
  const options = { cwd: made.cwd, env: environment({ home: `${made.cwd}/home` }) }
  const child = spawn(process.execPath, [BIN, ...args, '--json', '--no-input'], options)
  let out = ''
  child.stdout.on('data', (bytes) => {
    out += bytes
  })
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, name) => resolve(code ?? (name as NodeJS.Signals)))
  })
  while (child.exitCode === null && !when()) await wait(1)
  child.kill(signal)
  return { exit: await ended, out }
}

/** Parts of files and folders that were not finished, and locks, anywhere below. */
async function left(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => /\.part$|\.cairn-part$|\/lock/.test(name))
}

const has = (folder: string, ending: RegExp) => () =>
  readdirSync(folder, { recursive: true }).some((name) => ending.test(String(name)))

describe('Ctrl-C', () => {
  const folder = useFolders()
  const prepare = async () => {
    const made = await makeVault(await folder())
    await writeFile(`${made.cwd}/big`, randomBytes(BIG_BYTES))
    await made.cairn(['wallet', 'add', 'big', 'big', '--as', 'file'])
    return made
  }
  const restore = ['restore', 'big', '--to', 'back', '--sheet-file', 'sheet.txt']

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends a backup as if it had not begun (%s)', async (signal, exit) => {
    const made = await prepare()
    const when = has(`${made.cwd}/home`, /\/lock$/)
    expect(await stopped(made, { args: ['backup'], when, signal })).toEqual({ exit, out: '' })
    expect(await left(made.cwd)).toEqual([])
    expect((await made.cairn(['backup'])).exit).toBe(0)
    expect((await made.cairn(['check'])).exit).toBe(0)
  })

  test('ends a restore without a trace of the wallet; a kill leaves one', async () => {
    const made = await prepare()
    await made.cairn(['backup'])
    const when = has(made.cwd, /\.cairn-part$/)
    expect(await stopped(made, { args: restore, when, signal: 'SIGINT' })).toEqual({ exit: 130, out: '' })
    expect(await left(made.cwd)).toEqual([])
    // the twin that cannot tidy up: this test would see what it leaves
    expect((await stopped(made, { args: restore, when, signal: 'SIGKILL' })).exit).toBe('SIGKILL')
    expect(await left(made.cwd)).toHaveLength(1)
    expect((await made.cairn(restore)).exit).toBe(0)
  })
})
