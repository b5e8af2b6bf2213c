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
  const { port, child } = await startOnPorts(folder)
  let running = child
  const killAtExit = () => running.kill('SIGKILL')
  process.on('exit', killAtExit)
  return {
    tcti: `swtpm:host=127.0.0.1,port=${port}`,
    restart: async () => {
      await ended(running)
      running = start(folder, port)
      await listening(port + 1)
    },
    stop: async () => {
      process.off('exit', killAtExit)
      await ended(running)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** tpm2-tools reach the control channel at the next port, which somebody may have. */
async function startOnPorts(folder: string): Promise<{ port: number; child: ChildProcess }> {
  for (let tries = 0; tries < 20; tries++) {
    const port = await freePort()
    const child = start(folder, port)
    const isUp = await Promise.race([
      listening(port + 1).then(() => true),
      new Promise<boolean>((resolve) => child.once('exit', () => resolve(false))),
    ])
    if (isUp && child.exitCode === null) return { port, child }
  }
  throw new Error('no two ports in a row are free')
}

function start(folder: string, port: number): ChildProcess {
  const at = (channel: number) => `type=tcp,port=${channel},bindaddr=127.0.0.1`
  const args = ['--server', `${at(port)}`, '--ctrl', at(port + 1), '--flags', 'not-need-init,startup-clear']
  return spawn('swtpm', ['socket', '--tpm2', '--tpmstate', `dir=${folder}`, ...args], { stdio: 'ignore' })
}

function ended(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGKILL')
  })
}
