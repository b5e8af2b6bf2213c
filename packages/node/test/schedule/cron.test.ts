import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cron, renderLine } from '../../src/schedule/cron.js'
import { DAILY, ended, HOSTILE, hostile, JOB, ports } from './jobs.js'

const OTHERS = ['# my own', 'MAILTO=anna', '0 4 * * * /usr/local/bin/other # cairn-like', '']

/** A crontab program with a table, or the words that it says when it has none. */
function withTable(lines: readonly string[] | string) {
  const state = { table: typeof lines === 'string' ? null : lines.map((line) => `${line}\n`).join('') }
  const said = typeof lines === 'string' ? lines : ''
  const system = cron(
    ports('/home/anna', ([program, flag], input) => {
      if (program !== 'crontab') return ended(program === 'pgrep' ? 1 : 'absent')
      if (flag === '-') state.table = input ?? ''
      else if (state.table === null) return ended(1, '', said)
      return ended(0, flag === '-' ? '' : (state.table ?? ''))
    }),
  )
  return { system, state }
}

describe('a line of the crontab', () => {
  test('comes behind those of others, once, and goes alone', async () => {
    const { system, state } = withTable(OTHERS)
    await system.install(JOB)
    await system.install(DAILY)
    expect(state.table?.split('\n')).toEqual([...OTHERS, renderLine(DAILY), ''])
    expect(await system.remove('ffffffff')).toBe(false)
    expect(await system.remove(JOB.id)).toBe(true)
    expect(state.table).toBe(OTHERS.map((line) => `${line}\n`).join(''))
  })

  test('is the first of a person who had no table', async () => {
    const { system, state } = withTable('no crontab for anna')
    expect(await system.read(JOB.id)).toBeNull()
    await system.install(JOB)
    expect(state.table).toBe(`${renderLine(JOB)}\n`)
  })

  test('never takes the place of a table that could not be read', async () => {
    const { system, state } = withTable('You (anna) are not allowed to use this program (crontab)')
    await expect(system.install(JOB)).rejects.toMatchObject({ code: 'schedule-refused' })
    expect(state.table).toBeNull()
  })

  test('is read back with its command, and whether cron runs at all', async () => {
    const { system } = withTable(OTHERS)
    await system.install(hostile(DAILY))
    expect(await system.read(JOB.id)).toEqual({
      where: 'crontab',
      when: DAILY.when,
      command: [...JOB.command, ...HOSTILE],
      active: false,
      next: null,
      last: null,
    })
  })

  test('that somebody wrote anew is told as what it is', async () => {
    const { system } = withTable([`@daily backup # cairn-${JOB.id}`])
    expect(await system.read(JOB.id)).toMatchObject({ when: null, command: null })
  })

  test.each(['a\nb', 'x'.repeat(1000)])('is refused for what cron cannot take', (word) => {
    expect(() => renderLine({ ...JOB, command: [...JOB.command, word] })).toThrow(
      expect.objectContaining({ code: 'schedule-path' }),
    )
  })

  test('reaches the program word by word through the shell, and back', async () => {
    const words = fc.array(fc.stringMatching(/^[^\0\n\r]{0,20}$/), { maxLength: 5 })
    const property = fc.asyncProperty(words, async (words) => {
      expect(throughShell(words)).toEqual(words)
      const { system } = withTable([])
      await system.install({ ...JOB, command: ['sh', ...words] })
      expect((await system.read(JOB.id))?.command).toEqual(['sh', ...words])
    })
    await fc.assert(property, { seed: 2026, numRuns: 100 })
    expect(throughShell(HOSTILE)).toEqual(HOSTILE)
  })
})

/** What a program is called with, after cron (crontab(5): `\%` is `%`) and its shell. */
function throughShell(words: readonly string[]): readonly string[] {
  const print = 'for word; do printf "%s\\0" "$word" >&2; done'
  const line = renderLine({ ...JOB, command: ['/bin/sh', '-c', print, 'sh', ...words] })
  const command = line.split(' ').slice(5).join(' ').replaceAll('\\%', '%')
  const { stderr } = spawnSync('/bin/sh', ['-c', command], { encoding: 'utf8' })
  return stderr.split('\0').slice(0, -1)
}
