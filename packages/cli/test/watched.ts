/**
 * `cairn watch` beside the real wallet programs: they change their files again and again, and every state that they
 * left settled must be in a snapshot, whole. A state counts as settled once the watch has said that it saved something
 * after it; what was saved is then restored and asked for its newest label.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { basename, dirname, join } from 'node:path'
import { startNode } from '../../../test/peers/bitcoin-node.js'
import * as electrum from '../../../test/peers/electrum.js'
import { until } from '../../node/test/until.js'
import { type RealVault, realVault, TWO_FACTORS } from './real/vault.js'
import { BIN, environment } from './run.js'

export interface Tally {
  readonly tried: number
  readonly lost: readonly string[]
}

/** A wallet program: the file it writes, and how it is made to write another label into it. */
interface Program {
  readonly file: string
  label(text: string): Promise<void>
  stop(): Promise<void>
}

export type ProgramName = 'Electrum' | 'the Bitcoin node'

/** `none`: nobody watches, and one backup is made at the end. */
export type Watching = 'watch' | 'none'

export async function watched(
  cwd: string,
  { program, changes, by = 'watch' }: { program: ProgramName; changes: number; by?: Watching },
): Promise<Tally> {
  const vault = await realVault(cwd)
  const running = await { Electrum: startElectrum, 'the Bitcoin node': startCore }[program](cwd)
  try {
    await vault.cairn(['wallet', 'add', 'wallet', running.file])
    await vault.cairn(['backup'])
    const snapshots = await change(vault, running, { changes, by })
    const lost: string[] = []
    for (const [i, snapshot] of snapshots.entries()) {
      const file = join(`back${i}`, basename(running.file))
      if (!(await holds(vault, { snapshot, label: labelOf(i), file }))) lost.push(`${program}, change ${i}`)
    }
    return { tried: changes, lost }
  } finally {
    await running.stop()
  }
}

const labelOf = (i: number) => `label number ${i}`

/** The snapshot that was saved after each change. */
async function change(
  { cwd, cairn }: RealVault,
  program: Program,
  { changes, by }: { changes: number; by: Watching },
): Promise<readonly number[]> {
  const watch = by === 'watch' ? await startWatch(cwd) : null
  const snapshots: number[] = []
  try {
    for (let i = 0; i < changes; i++) {
      const before = watch?.newest() ?? 1
      await program.label(labelOf(i))
      if (watch) await until(() => watch.newest() > before)
      snapshots.push(watch?.newest() ?? 2)
    }
  } finally {
    watch?.child.kill('SIGTERM')
  }
  if (!watch) await cairn(['backup'])
  return snapshots
}

async function startWatch(cwd: string): Promise<{ child: ChildProcess; newest(): number }> {
  const child = spawn(process.execPath, [BIN, 'watch'], { cwd, env: environment({ home: `${cwd}/home` }) })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said += piece
  })
  await until(() => said.includes('watching wallet'))
  const newest = () => Number([...said.matchAll(/snapshot (\d+) saved/g)].at(-1)?.[1] ?? 1)
  return { child, newest }
}

interface Wanted {
  readonly snapshot: number
  readonly label: string
  /** Where it is restored to. */
  readonly file: string
}

/** The file of this snapshot is read without a fault and has this label. */
async function holds({ cairn }: RealVault, { snapshot, label, file }: Wanted): Promise<boolean> {
  await cairn(['restore', 'wallet', '--at', String(snapshot), '--to', dirname(file), ...TWO_FACTORS])
  const { labels } = (await cairn(['wallet', 'inspect', file])) as { labels: { label: string }[] }
  return labels.some((row) => row.label === label)
}

async function startElectrum(cwd: string): Promise<Program> {
  const wallet = { path: join(cwd, 'electrum-wallet') }
  await electrum.create(wallet)
  const [address = ''] = await electrum.listAddresses(wallet)
  return {
    file: wallet.path,
    label: async (text) => {
      await electrum.setLabel(wallet, address, text)
    },
    stop: async () => {},
  }
}

async function startCore(): Promise<Program> {
  const node = await startNode()
  await node.rpc('createwallet', ['watched'])
  const address = await node.rpc<string>('getnewaddress', [], 'watched')
  return {
    file: join(node.dir, 'regtest/wallets/watched/wallet.dat'),
    label: async (text) => {
      await node.rpc('setlabel', [address, text], 'watched')
    },
    stop: () => node.stop(),
  }
}
