/** The ports of production for jobs of the system. */
import { homedir } from 'node:os'
import { utf8 } from '@cairn/core/bytes.js'
import { errno, realDisk } from '../disk.js'
import { runToEnd } from '../stores/program.js'
import type { RunProgram, SchedulePorts } from './scheduler.js'

/** What systems say of a job fits many times. */
const LIMIT_BYTES = 4 * 1024 * 1024

const run: RunProgram = async ([program = '', ...args], input = '') => {
  try {
    const ended = await runToEnd({ command: [program], args, input: utf8(input), limitBytes: LIMIT_BYTES })
    return { code: ended.code, output: Buffer.from(ended.output).toString(), said: ended.said }
  } catch (error) {
    if (errno(error) === undefined) throw error
    return { code: 'absent', output: '', said: '' }
  }
}

export function realSchedulePorts(): SchedulePorts {
  const uid = process.getuid?.()
  const { env, platform } = process
  return { disk: realDisk, run, home: homedir(), env, platform, ...(uid === undefined ? {} : { uid }) }
}
