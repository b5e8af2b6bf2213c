/** Jobs for the tests of what systems run, and a system that has nothing and remembers what it was asked. */
import { realDisk } from '../../src/disk.js'
import type { Job } from '../../src/schedule/job.js'
import type { Ran, RunProgram, SchedulePorts } from '../../src/schedule/scheduler.js'

export const JOB: Job = {
  id: '2d866ef0',
  when: { kind: 'hourly', minute: 7 },
  command: ['/usr/bin/node', '/opt/cairn/bin/cairn.js', '--no-input', 'backup', '--due'],
  env: { CAIRN_HOME: '/home/anna/.local/state/cairn', PATH: '/usr/local/bin:/usr/bin:/bin' },
}

export const DAILY: Job = { ...JOB, when: { kind: 'daily', hour: 2, minute: 30 } }

/** Words that every quoting of every system must carry through unchanged. */
export const HOSTILE = [
  'a b',
  '100%',
  '$HOME $(x) $$ $1',
  ['$', '{x}'].join(''),
  'it\'s "here"',
  'back\\slash\\',
  '*?[]~',
  ';&|<>()`#!',
  'Ünïcødé 財布',
  '-flag=1',
  ' leading and trailing ',
]

export const hostile = (job: Job, words: readonly string[] = HOSTILE): Job => ({
  ...job,
  command: [...job.command, ...words],
  env: { ...job.env, CAIRN_HOME: `/home/${words.join('')}` },
})

export const ended = (code: Ran['code'], output = '', said = ''): Ran => ({ code, output, said })

/** Ports on which every program is what `answer` says it is. */
export function ports(
  home: string,
  answer: (command: readonly string[], input?: string) => Ran,
): SchedulePorts {
  const run: RunProgram = async (command, input) => answer(command, input)
  return { disk: realDisk, run, home, env: {}, platform: 'linux', uid: 1000 }
}
