/**
 * `cairn check`: every object in every store, held against its name, its signature and its history; with `--deep` every
 * snapshot opened as well, with `--repair` what is wrong put back from other stores.
 */
import { EXIT_CODES, fail } from '@cairn/core/errors.js'
import { parseAnchor } from '@cairn/core/vault/anchor.js'
import { objectIdOf } from '@cairn/core/vault/object.js'
import type { Machine } from '@cairn/node/machine/open.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { type CheckReport, check, type StoreCheck } from '@cairn/node/vault/check.js'
import { isLie } from '@cairn/node/vault/compare.js'
import type { Secrets } from '@cairn/node/vault/open-here.js'
import { canAsk } from '../ask.js'
import type { Context } from '../context.js'
import type { FactorOptions } from '../factors.js'
import { openHere } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { bad, columns, count, good, safe, warn } from '../output.js'
import { withProgress } from '../progress.js'

interface Options extends FactorOptions {
  readonly deep?: boolean
  readonly repair?: boolean
  readonly accept?: readonly string[]
  readonly anchor?: string
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  const { accept = [] } = options
  const mode = options.repair ? 'repair' : 'look'
  if (accept.length > 0 && mode === 'look') fail('usage', { reason: '--accept goes with --repair' })
  const anchor = options.anchor === undefined ? {} : { anchor: parseAnchor(options.anchor) }
  const secrets = options.deep ? await secretsIfAny(context, await openHere(context), options) : undefined
  const machine = await openHere(context)
  const plan = { mode, accept, ...anchor, ...secrets } as const
  const report = await withProgress(context, mode === 'repair' ? 'Healing' : 'Checking', (progress) =>
    check(machine, ports, { ...plan, progress }),
  )
  const unopened = options.deep && secrets === undefined ? [UNOPENED] : []
  return {
    json: { ...toJson(report), ...(options.deep ? { deep: report.deep ?? null } : {}) },
    text: say(report),
    next: [...unopened, ...advice(report, mode)],
    exit: exitCode(report),
  }
}

const UNOPENED =
  'No snapshot was opened, since no factor was given: every byte is checked, not what the snapshots hold. Give factors: --passphrase-file, --sheet-file, --identity-file, --pin-file, --passkey'

/** Undefined where no factor was given and nobody can be asked. What unlocks is loaded for this alone. */
async function secretsIfAny(
  context: Context,
  machine: Machine,
  options: Options,
): Promise<Secrets | undefined> {
  const { namesFactors } = await import('../factors.js')
  if (!namesFactors(options) && !canAsk(context)) return undefined
  const { secretsOf } = await import('../unlock.js')
  return secretsOf(context, machine, options)
}

/**
 * The worst of what was found: wrong bytes, then a history that lies, then what could not be asked or read, then what is
 * only of an older policy.
 */
export function exitCode({ ok, stores }: CheckReport): number {
  if (ok) return 0
  if (stores.some(isBroken)) return EXIT_CODES.damaged
  if (stores.some(isLying)) return EXIT_CODES.mismatch
  const wasAway = ({ unreachable, unreadable, instead }: StoreCheck) =>
    instead !== undefined || (!unreachable && unreadable.length === 0)
  return stores.every(wasAway) ? EXIT_CODES.attention : EXIT_CODES.unreachable
}

/** Bytes that are wrong, or gone from a store that had them: what it lacks since it was away is no damage. */
function isBroken({ damaged, missing, behind }: StoreCheck): boolean {
  return damaged.length > 0 || (missing.length > 0 && behind === 0)
}

function toJson({ ok, stores }: CheckReport): object {
  return {
    ok,
    stores: stores.map(({ error, setAside, ...store }) => ({
      ...store,
      ...(setAside ? { set_aside: setAside } : {}),
      ...(error ? { error: { code: error.code, message: error.message } } : {}),
    })),
  }
}

function say({ stores, deep }: CheckReport): string {
  const rows = stores.map((store) => [safe(store.name), verdict(store), count(store.objects, 'object')])
  const details = stores.flatMap((store) => [
    ...(store.repaired ?? []).map((key) => `${safe(store.name)}: ${good('put back')} ${safe(key)}`),
    ...(store.setAside ?? []).map((key) => `${safe(store.name)}: ${warn('set aside')} ${safe(key)}`),
    ...store.damaged.map((key) => `${safe(store.name)}: ${damagedKey(key)}`),
    ...(store.behind > 0 ? [] : store.missing).map(
      (key) => `${safe(store.name)}: ${bad('missing')} ${safe(key)}`,
    ),
    ...store.unreadable.map((key) => `${safe(store.name)}: ${bad('unreadable')} ${safe(key)}`),
    ...store.stale.map((key) => `${safe(store.name)}: ${warn('of an older policy')} ${safe(key)}`),
    ...(store.at ? [`${safe(store.name)}: the history is ${store.history}, see ${safe(store.at)}`] : []),
    ...(store.error && store.instead === undefined
      ? [`${safe(store.name)}: ${safe(store.error.message)} (${safe(store.error.hint)})`]
      : []),
  ])
  const opened = deep ? [`${deep.opened} of ${count(deep.snapshots, 'snapshot')} opened`] : []
  return [columns(rows), ...opened, ...details].join('\n')
}

/** What lies among the objects and has no name of one was never an object: nothing can be put back. */
function damagedKey(key: string): string {
  const isStrange = key.startsWith('objects/') && objectIdOf(key) === null
  return isStrange ? `${bad('no object')} ${safe(key)}: remove it by hand` : `${bad('damaged')} ${safe(key)}`
}

function verdict(store: StoreCheck): string {
  const { damaged, missing, unreadable, stale, behind, unreachable, instead, history, description } = store
  if (instead !== undefined) return `away, ${safe(instead)} is in its place`
  if (unreachable) return warn('unreachable')
  const wrong = damaged.length + missing.length
  if (isBroken(store)) return bad(`${count(wrong, 'object')} damaged or missing`)
  if (unreadable.length > 0) return bad(`${count(unreadable.length, 'object')} unreadable`)
  if (history !== 'intact') return isLying(store) ? bad(`history ${history}`) : warn(`history ${history}`)
  if (description === 'newer') return warn('vault.json is newer')
  if (behind > 0) return warn(`behind by ${count(behind, 'snapshot')}`)
  return stale.length > 0 ? warn('behind') : good('intact')
}

function advice({ ok, stores, deep }: CheckReport, mode: 'look' | 'repair'): readonly string[] {
  if (ok)
    return [
      `Every byte is what it was when it was saved${deep ? ', and every snapshot opens' : ''}. cairn drill proves that it restores.`,
    ]
  const isWrong = (store: StoreCheck) => isBroken(store) || store.unreadable.length > 0
  const isWhole = (store: StoreCheck) => !isWrong(store) && store.history !== 'unknown' && !isLying(store)
  const broken = stores.some(isWrong)
  const next =
    'Next: cairn check --repair puts back what another store holds. cairn backup stores again what the wallets hold.'
  const lost =
    'No store that could be asked has a good copy of that. Next: cairn backup stores again what the wallets hold.'
  return [
    ...(broken && mode === 'look' ? [next] : []),
    ...(stores.some(hasLost) && mode === 'repair' ? [lost] : []),
    ...stores.flatMap(lied),
    ...stores.flatMap(outdated),
    ...(broken || stores.some(isLying) ? [outlook(stores.some(isWhole))] : []),
  ]
}

/**
 * After a repair: what no other store has. A store that could not be written to says why itself, heads of one that lies are
 * left as they are, and what has no name of an object was never one.
 */
function hasLost(store: StoreCheck): boolean {
  const { damaged, missing, unreadable, behind, error } = store
  const wrong = [...damaged, ...(behind > 0 ? [] : missing), ...unreadable]
  const isLost = (key: string) => (key.startsWith('objects/') ? objectIdOf(key) !== null : !isLying(store))
  return error === undefined && wrong.some(isLost)
}

function outlook(hasWhole: boolean): string {
  return hasWhole
    ? 'At least one store is intact: restore from it with --from, and replace the drive that is not.'
    : 'No store is intact. What older snapshots alone hold can be restored only as far as it is whole.'
}

function outdated({ name, stale, behind }: StoreCheck): readonly string[] {
  const next = 'Next: cairn backup, which brings it up to date.'
  const missed = `${safe(name)} shows the policy of before the last change, which opens it still: it was away then, or was set back. ${next}`
  const lacks = `${safe(name)} was away for ${count(behind, 'snapshot')}. ${next}`
  return [...(stale.length > 0 ? [missed] : []), ...(behind > 0 ? [lacks] : [])]
}

/** What another device put there is no lie of the store. */
function isLying({ history }: StoreCheck): boolean {
  return isLie(history)
}

const OTHERS: Readonly<Partial<Record<StoreCheck['history'], string>>> = {
  frozen:
    'shows nothing newer of a device that was to save again by now: it was off, or the store hides it. Look there with cairn status, or take it out: cairn device remove',
  revoked:
    'holds snapshots that a removed device signed after its removal. They are believed by nobody; to set them aside: cairn check --repair --accept',
  unconfirmed:
    'holds snapshots of a device that this computer does not know. Unlock the vault: cairn device list --confirm',
}

/** What a device signed is never removed, so that no word makes a store with a fork whole again. */
function forkedAdvice(name: string): string {
  return `holds two pasts of one device and gets no new snapshot: its state was copied to another computer or brought back from a backup, or its key was stolen. A fork stays. Keep what lies there as it is, then: cairn store remove ${name}, and cairn store add of an empty place. A second computer needs a name of its own: cairn join`
}

const NEWER =
  'shows a newer vault.json than this computer knows: another computer changed the vault, or the store lies. Unlock it: cairn device list --confirm'

function lied(store: StoreCheck): readonly string[] {
  const { name, history, description } = store
  const others = OTHERS[history]
  if (others) return [`${safe(name)} ${others}${history === 'revoked' ? ` ${safe(name)}` : ''}`]
  if (!isLying(store) && description === 'newer') return [`${safe(name)} ${NEWER}`]
  if (history === 'forked') return [`${safe(name)} ${forkedAdvice(safe(name))}`]
  if (!isLying(store) || history === 'damaged') return []
  const word = `cairn check --repair --accept ${safe(name)}`
  return [`${safe(name)} gets no new snapshot. When you know why it shows another past: ${word}`]
}
