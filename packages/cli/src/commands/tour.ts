/** `cairn tour`: tells the round of `tour.ts` step by step, while it happens. */
import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Wallet } from '@cairn/core/types.js'
import { titleOf } from '@cairn/core/wallets/read.js'
import type { BackupReport } from '@cairn/node/vault/backup.js'
import type { DrillReport } from '@cairn/node/vault/drill.js'
import type { Context } from '../context.js'
import { type Outcome, say } from '../outcome.js'
import { bad, bold, columns, count, dim, good, size } from '../output.js'
import * as tour from '../tour.js'

const ATTENTION = 8

export async function run(context: Context): Promise<Outcome> {
  const started = performance.now()
  const folder = await mkdtemp(join(tmpdir(), 'cairn-tour-'))
  const clean = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', clean)
  try {
    const told = await tell(context, folder)
    const seconds = Math.round((performance.now() - started) / 100) / 10
    return outcome(told, seconds)
  } finally {
    clean()
    process.off('exit', clean)
  }
}

interface Told {
  readonly comparison: readonly Compared[]
  readonly drilled: DrillReport
}

async function tell(context: Context, folder: string): Promise<Told> {
  const line = (...lines: readonly string[]) => say(context, lines.join('\n'))
  line(
    'A wallet is backed up, changed, lost, restored and proven. Two sample wallets play it, made by',
    `Electrum and by a Bitcoin node on a test chain. All of it happens in ${folder},`,
    'which is deleted at the end. No network is used.',
  )
  const begun = await tour.begin(folder)
  line(...step('1', 'A vault, which any two of three things open', 'cairn init'), columns(FACTORS))
  const before = await tour.addAll(begun)
  line(...step('2', 'The wallets to care for', 'cairn wallet add NAME PATH'), await sayWallets(before))
  line(...step('3', 'The first backup', 'cairn backup'), saySaved(await tour.save(begun)))
  await tour.changeLabel(begun)
  const second = await tour.save(begun)
  const { before: old, after } = tour.CHANGED
  line(
    ...step('4', 'A label changes, and the second backup', 'cairn backup'),
    `  "${old}" becomes "${after}"`,
    saySaved(second),
  )
  const lost = await portrait((name) => tour.pathOf(begun, name))
  await tour.lose(begun)
  line(...step('5', 'The loss'), `  ${bad('deleted')}: both wallet files`)
  const restored = await tour.restoreAll(begun)
  const back = await portrait((name) => tour.restoredPath(restored, name))
  const comparison = compare(lost, back)
  const how = 'The restore, with passphrase and sheet alone, as on a new computer'
  line(...step('6', how, 'cairn restore'), sayComparison(comparison))
  const drilled = await tour.prove(begun)
  line(...step('7', 'The drill: a rehearsal whose result is signed', 'cairn drill'), sayDrill(drilled))
  return { comparison, drilled }
}

const FACTORS = [
  ['  passphrase', 'seven random words, made by Cairn'],
  ['  computer', 'a key file of this computer'],
  ['  sheet', '33 words on paper'],
]

function step(number: string, title: string, command?: string): readonly string[] {
  return ['', `${bold(`${number}  ${title}`)}${command ? `   ${dim(`$ ${command}`)}` : ''}`]
}

async function sayWallets(seen: readonly tour.Seen[]): Promise<string> {
  const row = async ({ name, wallet }: tour.Seen) => {
    const { addresses, labels, transactions } = wallet
    return [
      `  ${name}`,
      await titleOf(wallet.kind),
      count(addresses.length, 'address', 'addresses'),
      count(labels.length, 'label'),
      count(transactions.length, 'transaction'),
    ]
  }
  return columns(await Promise.all(seen.map(row)))
}

function saySaved({ snapshot, bytes, ms }: BackupReport): string {
  const time = `${(ms / 1000).toFixed(1)} s`
  return `  ${good('saved')}: snapshot ${snapshot.seq}, ${size(bytes.read)} read, ${size(bytes.new)} new, each byte read back (${time})`
}

interface Portrait {
  readonly name: tour.Name
  readonly sha256: string
  readonly wallet: Wallet
}

async function portrait(where: (name: tour.Name) => string): Promise<readonly Portrait[]> {
  const seen = await tour.lookAtAll(where)
  return Promise.all(
    seen.map(async ({ name, wallet }) => {
      const sha256 = createHash('sha256')
        .update(await readFile(where(name)))
        .digest('hex')
      return { name, sha256, wallet }
    }),
  )
}

interface Compared {
  readonly wallet: tour.Name
  readonly what: string
  readonly lost: string
  readonly back: string
  readonly same: boolean
}

function compare(lost: readonly Portrait[], back: readonly Portrait[]): readonly Compared[] {
  return lost.flatMap((before, i) => {
    const after = back[i]
    return traits(before).map(([what, value], j) => {
      const [, found = ''] = (after && traits(after)[j]) ?? []
      return { wallet: before.name, what, lost: value, back: found, same: value === found }
    })
  })
}

function traits({ name, sha256, wallet }: Portrait): readonly (readonly [string, string])[] {
  const { addresses, labels, transactions } = wallet
  const changed = labels.find(
    ({ label }) => label === tour.CHANGED.before || label === tour.CHANGED.after,
  )?.label
  return [
    ['file (SHA-256)', `${sha256.slice(0, 16)}…`],
    ['addresses', `${addresses.length}, first ${addresses[0]?.address.slice(0, 16)}…`],
    ['labels', String(labels.length)],
    ...(name === 'savings' ? [['the changed label', changed ?? ''] as const] : []),
    ['transactions', String(transactions.length)],
  ]
}

function sayComparison(rows: readonly Compared[]): string {
  const head = ['', '', 'lost', 'came back', ''].map((title) => dim(title))
  const body = rows.map(({ wallet, what, lost, back, same }) => {
    return [`  ${wallet}`, what, lost, back, same ? good('same') : bad('DIFFERENT')]
  })
  return columns([head, ...body])
}

function sayDrill({ certificate }: DrillReport): string {
  const rows = certificate.wallets.map(({ name, result, checks }) => {
    const same = checks.filter(({ ok }) => ok).length
    return [
      `  ${name}`,
      result === 'proven' ? good('PROVEN') : bad(result.toUpperCase()),
      `${same} of ${checks.length} comparisons the same`,
    ]
  })
  return columns(rows)
}

function outcome({ comparison, drilled }: Told, seconds: number): Outcome {
  const { result } = drilled.certificate
  const isRight = result === 'proven' && comparison.every(({ same }) => same)
  return {
    json: { result, comparison, seconds },
    text: `\n${isRight ? good('Everything came back') : bad('Something did not come back')}, in ${seconds} seconds.\n\n${own()}`,
    exit: isRight ? 0 : ATTENTION,
  }
}

function own(): string {
  const cairn = tour.isCheckout() ? 'npx cairn' : 'cairn'
  const rows = [
    [`  ${cairn} init`, 'make a vault; it asks what it needs to know'],
    [`  ${cairn} wallet scan`, 'find your wallets'],
    [`  ${cairn} wallet add NAME PATH`, 'choose one'],
    [`  ${cairn} backup`, 'save it'],
    [`  ${cairn} drill`, 'prove that it restores'],
    [`  ${cairn} status`, 'see what is saved, what is proven, what is due'],
  ]
  return `Now your own wallet:\n${columns(rows)}`
}
