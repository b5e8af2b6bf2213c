/**
 * `cairn watch` beside the real wallet programs: they change their files again and again, and every state that they
 * left settled must be in a snapshot, whole. A state counts as settled once the watch has said a snapshot that it began
 * after it; what was saved is then restored and asked for its newest label.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp } from 'node:fs/promises'
import { basename, join } from 'node:path'
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
    for (const [i, snapshot] of snapshots.entries())
      if (!(await holds(vault, running, { snapshot, i }))) lost.push(`${program}, change ${i}`)
    return { tried: changes, lost }
  } finally {
    await running.stop()
  }
}

const labelOf = (i: number) => `label number ${i}`

/** The snapshot that was saved after each change. */
async function change(
  vault: RealVault,
  program: Program,
  { changes, by }: { changes: number; by: Watching },
): Promise<readonly number[]> {
  const watch = by === 'watch' ? await startWatch(vault.cwd) : null
  const snapshots: number[] = []
  try {
    for (let i = 0; i < changes; i++) {
      const before = watch?.newest() ?? 1
      await program.label(labelOf(i))
      const snapshot = watch ? await watch.after(before) : 2
      // of two changes at once the first snapshot may have begun before the label was written; the next one did not
      const isOld = watch && !(await holds(vault, program, { snapshot, i }))
      snapshots.push(isOld ? await watch.after(snapshot) : snapshot)
    }
  } finally {
    watch?.child.kill('SIGTERM')
  }
  if (!watch) await vault.cairn(['backup'])
  return snapshots
}

interface Watch {
  readonly child: ChildProcess
  /** The number of the last snapshot that it said. */
  newest(): number
  /** The one that it says next. */
  after(snapshot: number): Promise<number>
}

async function startWatch(cwd: string): Promise<Watch> {
  const child = spawn(process.execPath, [BIN, 'watch'], { cwd, env: environment({ home: `${cwd}/home` }) })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said += piece
  })
  await until(() => said.includes('watching wallet'))
  const saved = () => [...said.matchAll(/snapshot (\d+) saved/g)].map(([, seq]) => Number(seq))
  const after = async (snapshot: number) => {
    await until(() => saved().some((seq) => seq > snapshot))
    return saved().find((seq) => seq > snapshot) as number
  }
  return { child, newest: () => saved().at(-1) ?? 1, after }
}

/** The file of this snapshot is read without a fault and has the label of a change. */
async function holds(
  { cwd, cairn }: RealVault,
  program: Program,
  { snapshot, i }: { readonly snapshot: number; readonly i: number },
): Promise<boolean> {
  const to = await mkdtemp(join(cwd, 'back-'))
  await cairn(['restore', 'wallet', '--at', String(snapshot), '--to', to, ...TWO_FACTORS])
  const read = ['wallet', 'inspect', join(to, basename(program.file))]
  const { labels } = (await cairn(read)) as { labels: { label: string }[] }
  return labels.some(({ label }) => label === labelOf(i))
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
