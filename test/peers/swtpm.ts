/** A TPM 2.0 in software (Debian's swtpm 0.7), each with a seed of its own, reached by tpm2-tools over loopback. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Peer } from './peer.js'
import { freePort, listening } from './port.js'
import { which } from './run.js'

export const swtpm: Peer = {
  name: 'swtpm',
  install: 'apt-get install swtpm tpm2-tools',
  available: async () => which('swtpm') !== null && which('tpm2_unseal') !== null,
}

export interface Swtpm {
  /** For TPM2TOOLS_TCTI. */
  readonly tcti: string
  /** Off and on again, as a computer is. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export async function startSwtpm(): Promise<Swtpm> {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-swtpm-'))
  const port = await freePort()
  let running = await start(folder, port)
  const killAtExit = () => running.kill('SIGKILL')
  process.on('exit', killAtExit)
  return {
    tcti: `swtpm:host=127.0.0.1,port=${port}`,
    restart: async () => {
      await ended(running)
      running = await start(folder, port)
    },
    stop: async () => {
      process.off('exit', killAtExit)
      await ended(running)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** tpm2-tools reach the control channel at the next port. */
async function start(folder: string, port: number): Promise<ChildProcess> {
  const at = (channel: number) => `type=tcp,port=${channel},bindaddr=127.0.0.1`
  const args = ['--server', `${at(port)}`, '--ctrl', at(port + 1), '--flags', 'not-need-init,startup-clear']
  const options = ['socket', '--tpm2', '--tpmstate', `dir=${folder}`, ...args]
  const child = spawn('swtpm', options, { stdio: 'ignore' })
  await listening(port + 1)
  return child
}

function ended(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGKILL')
  })
}
