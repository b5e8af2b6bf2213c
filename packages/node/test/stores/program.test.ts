import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { outcome } from '../../../../test/peers/run.js'
import { runToEnd } from '../../src/stores/program.js'
import { until } from '../until.js'

const none = new Uint8Array(0)
const shell = (script: string, limitBytes = 1000) =>
  runToEnd({ command: ['sh', '-c'], args: [script], input: none, limitBytes })

it('gives the output, the exit code and the end of what was said', async () => {
  const { code, output, said } = await shell(
    'printf abc; yes no 2>&1 | head -c 50000 >&2; echo end >&2; exit 7',
  )
  expect([code, Buffer.from(output).toString()]).toEqual([7, 'abc'])
  expect(said).toMatch(/end\n$/)
  expect(said.length).toBe(16_384)
})

it('sends the input to its end, and does not mind a program that does not read it', async () => {
  const input = new Uint8Array(1_000_000).fill(7)
  const { output } = await runToEnd({ command: ['cat'], args: [], input, limitBytes: 1_000_000 })
  expect(Buffer.compare(output, input)).toBe(0)
  expect((await runToEnd({ command: ['true'], args: [], input, limitBytes: 0 })).code).toBe(0)
})

it('stops what writes without an end', async () => {
  expect((await shell('yes', 10_000)).code).toBe('too-much')
})

it('tells a program that was killed from one that ended', async () => {
  expect((await shell('kill -9 $$')).code).toBe('stopped')
})

it('rejects when there is no such program', async () => {
  const started = runToEnd({ command: ['no-such-program'], args: [], input: none, limitBytes: 0 })
  await expect(started).rejects.toMatchObject({ code: 'ENOENT' })
})

it('stops what is running when the process exits', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-program-'))
  const [started, stopped] = [join(folder, 'started'), join(folder, 'stopped')]
  const program = 'trap \'echo > "$1"; exit\' TERM; echo > "$0"; while :; do sleep 0.05; done'
  const built = new URL('../../dist/stores/program.js', import.meta.url).href
  const script = `
    import { runToEnd } from ${JSON.stringify(built)}
    import { existsSync } from 'node:fs'
    const args = ${JSON.stringify(['-c', program, started, stopped])}
    runToEnd({ command: ['sh'], args, input: new Uint8Array(0), limitBytes: 0 })
    // as the command line ends at Ctrl-C
    setInterval(() => existsSync(args[2]) && process.exit(130), 5)`
  const { code } = await outcome(process.execPath, ['--input-type=module', '-e', script])
  expect(code).toBe(130)
  await until(() => existsSync(stopped))
  rmSync(folder, { recursive: true })
})
