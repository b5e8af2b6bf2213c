/** The Task Scheduler runs on Windows only: the task is held to its syntax and read back, and schtasks is played. */
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { renderTask, windows } from '../../src/schedule/windows.js'
import { DAILY, ended, hostile, JOB, ports } from './jobs.js'
import { hasXmllint, valuesAt, wellFormed } from './xml.js'

/** What Windows allows in the names of files. */
const ODD = ['a b', "it's", '$HOME', 'Ünïcødé 財布', 'a&b', '^(1)', '-flag=1']

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'cairn-windows-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

/** A Windows that keeps one task as it was handed over. */
function pc() {
  const state: { xml: string | null; asked: string[][] } = { xml: null, asked: [] }
  const system = windows({
    ...ports(home, ([, ...args]) => {
      state.asked.push(args)
      if (args[0] === '/Create') state.xml = readFileSync(args[4] ?? '', 'utf16le').slice(1)
      if (args[0] === '/Delete') state.xml = null
      return args[0] === '/Query' && args[1] !== '/?' && state.xml === null
        ? ended(1)
        : ended(0, state.xml ?? '')
    }),
    platform: 'win32',
    env: { TEMP: home },
  })
  return { system, state }
}

describe('a task', () => {
  test('is handed over in UTF-16, and the file of it goes', async () => {
    const { system, state } = pc()
    await system.install(JOB)
    expect(state.xml).toBe(renderTask(JOB))
    expect(state.asked[0]?.slice(0, 4)).toEqual(['/Create', '/TN', '\\Cairn\\backup-2d866ef0', '/XML'])
    expect(await readdir(home)).toEqual([])
  })

  test('is read back with its command and its time', async () => {
    const { system } = pc()
    expect(await system.read(JOB.id)).toBeNull()
    for (const job of [{ ...JOB, command: [...JOB.command, ...ODD] }, DAILY]) {
      await system.install(job)
      expect(await system.read(job.id)).toMatchObject({ when: job.when, command: job.command, active: true })
    }
  })

  test('that was switched off is not active', async () => {
    const { system, state } = pc()
    await system.install(JOB)
    state.xml =
      state.xml?.replace('<Enabled>true</Enabled>\n    <Hidden>', '<Enabled>false</Enabled>\n    <Hidden>') ??
      ''
    expect(await system.read(JOB.id)).toMatchObject({ active: false })
  })

  test('is removed once', async () => {
    const { system } = pc()
    await system.install(JOB)
    expect([await system.remove(JOB.id), await system.remove(JOB.id)]).toEqual([true, false])
  })

  test('refuses what its shell would change', () => {
    for (const job of [hostile(JOB), { ...JOB, command: ['100%'] }]) {
      expect(() => renderTask(job)).toThrow(expect.objectContaining({ code: 'schedule-path' }))
    }
  })
})

describe.runIf(hasXmllint)('the XML', () => {
  const element = (...names: string[]) => names.map((name) => `/*[local-name()='${name}']`).join('')

  test('is well-formed, runs what was missed, and never twice at once', () => {
    const task = renderTask({ ...JOB, command: [...JOB.command, ...ODD] })
    expect(wellFormed(task)).toBe(true)
    const settings = (name: string) => valuesAt(task, element('Task', 'Settings', name))
    expect([
      settings('StartWhenAvailable'),
      settings('MultipleInstancesPolicy'),
      settings('Priority'),
    ]).toEqual([['true'], ['IgnoreNew'], ['9']])
    const trigger = (name: string) => valuesAt(task, element('Task', 'Triggers', 'CalendarTrigger', name))
    expect([trigger('StartBoundary'), trigger('RandomDelay'), trigger('Repetition')]).toEqual([
      ['2026-01-01T00:07:00'],
      ['PT10M'],
      ['PT1HP1D'],
    ])
  })

  test('of a twin that does not escape is not', () => {
    expect(wellFormed(renderTask(JOB).replace('cmd.exe', 'a & b <'))).toBe(false)
  })
})
