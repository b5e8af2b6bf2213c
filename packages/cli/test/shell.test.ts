import { describe, expect, test } from 'vitest'
import { run, useFolders } from './run.js'
import { sit, useTerminal } from './terminal.js'

describe('the command line', () => {
  const folder = useFolders()
  useTerminal()

  test('prints its help on standard output', async () => {
    const { exit, out, err } = await run(['--help'])
    expect([exit, err]).toEqual([0, ''])
    expect(out).toContain('Usage: cairn [options] <command>')
  })

  test('without a command, prints help and a usage error on standard error', async () => {
    const { exit, out, err } = await run([])
    expect([exit, out]).toEqual([2, ''])
    expect(err).toMatch(/Usage: cairn[\s\S]*cairn: a command is missing\nhint: see: cairn --help\n$/)
  })

  test.each([
    ['share combin', 'no such command; did you mean combine?', 'cairn share'],
    ['share combine --revael', 'no such option; did you mean --reveal?', 'cairn share combine'],
    ['share combine --passphrase-file', 'the option --passphrase-file needs a value', 'cairn share combine'],
    [
      'share combine extra',
      'too many arguments; secrets are never arguments, they are asked for or read from standard input',
      'cairn share combine',
    ],
  ])('cairn %s: %s', async (line, message, command) => {
    const hint = `see: ${command} --help`
    const plain = await run(line.split(' '))
    expect(plain).toEqual({ exit: 2, out: '', err: `cairn: ${message}\nhint: ${hint}\n` })
    const { exit, out, err } = await run([...line.split(' '), '--json'])
    expect([exit, err]).toEqual([2, ''])
    expect(JSON.parse(out)).toEqual({ error: { code: 'usage-command', message, hint } })
  })

  test.each([
    ['a command', ['hunter2']],
    ['an option', ['share', 'combine', '--hunter2']],
    ['the value of an option', ['share', 'combine', '--passphrase=hunter2']],
    ['an argument', ['share', 'combine', 'hunter2']],
  ])('never repeats a secret that was typed as %s', async (_, args) => {
    for (const flags of [[], ['--json']]) {
      const { exit, out, err } = await run([...args, ...flags])
      expect(exit).toBe(2)
      expect(out + err).not.toContain('hunter2')
    }
  })

  test('refuses a phrase as an argument before anything else', async () => {
    const words = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
    const { exit, out, err } = await run(['no-such-command', ...words.split(' ')])
    expect([exit, out]).toEqual([2, ''])
    expect(err).toMatch(/^cairn: a recovery phrase was given as an argument/)
    expect(err).not.toMatch(/legal|winner/)
  })

  test('a reader that leaves early is no error', async () => {
    const { exit, screen } = await sit(['--help'], { home: await folder(), redirect: '| true' }).ends()
    expect([exit, screen]).toEqual([0, ''])
  })
})
