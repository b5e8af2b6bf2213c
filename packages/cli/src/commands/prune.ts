/** `cairn prune`: forgets snapshots that no rule keeps, and removes from every store what only they need. */
import { type CairnError, fail } from '@cairn/core/errors.js'
import { type Candidate, hasRule, type Kept, type Rules, type Why } from '@cairn/core/vault/retention.js'
import { parseTag } from '@cairn/core/vault/tags.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { type PruneReport, prune } from '@cairn/node/vault/prune.js'
import type { PrunedStore, PruneState } from '@cairn/node/vault/prune-store.js'
import type { Context } from '../context.js'
import type { FactorOptions } from '../factors.js'
import { openHere } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { bad, columns, count, good, moment, safe, size, warn } from '../output.js'
import { overtakenWarning } from '../past.js'
import { withProgress } from '../progress.js'
import { secretsOf } from '../unlock.js'

interface Options extends FactorOptions {
  readonly keepLast?: number
  readonly keepHourly?: number
  readonly keepDaily?: number
  readonly keepWeekly?: number
  readonly keepMonthly?: number
  readonly keepYearly?: number
  readonly keepWithin?: number
  readonly keepTag?: readonly string[]
  readonly rewriteBelow?: number
  readonly dryRun?: boolean
}

/** Some store still holds what was forgotten, and could have been rid of it. */
const ATTENTION = 8

export async function run(context: Context, options: Options): Promise<Outcome> {
  const rules = rulesOf(options)
  if (!hasRule(rules)) fail('usage', { reason: 'say what to keep: --keep-daily 7' })
  const { overtaken, ...secrets } = await secretsOf(context, await openHere(context), options)
  const machine = await openHere(context)
  const mode = options.dryRun ? 'plan' : 'prune'
  const below = options.rewriteBelow === undefined ? {} : { below: options.rewriteBelow / 100 }
  const report = await withProgress(context, 'Pruning', (progress) =>
    prune(machine, { rules, ...secrets, ...below, mode, progress }, ports),
  )
  const isDone = report.stores.every(({ state }) => state === 'pruned' || state === 'marked')
  return {
    json: toJson(report, mode),
    text: say(report, mode),
    next: [...overtakenWarning(overtaken ? { overtaken } : {}), ...advice(report, mode)],
    exit: isDone && report.rewritten.error === undefined ? 0 : ATTENTION,
  }
}

function rulesOf(options: Options): Rules {
  const all = {
    last: options.keepLast,
    hourly: options.keepHourly,
    daily: options.keepDaily,
    weekly: options.keepWeekly,
    monthly: options.keepMonthly,
    yearly: options.keepYearly,
    withinDays: options.keepWithin,
    tags: options.keepTag?.map(parseTag),
  }
  return Object.fromEntries(Object.entries(all).filter(([, count]) => count !== undefined))
}

function toJson({ keep, forget, packs, stores, rewritten }: PruneReport, mode: 'plan' | 'prune'): unknown {
  return {
    dry_run: mode === 'plan',
    kept: keep.map(({ snapshot, why }) => ({ ...snapshot, why: why.map((each) => NAMES[each]) })),
    forgotten: forget,
    packs,
    rewritten: withError(rewritten),
    stores: stores.map(withError),
  }
}

function withError<T extends { readonly error?: CairnError }>({ error, ...rest }: T) {
  return error ? { ...rest, error: { code: error.code, message: error.message, hint: error.hint } } : rest
}

const NAMES: Readonly<Record<Why, string>> = {
  newest: 'newest',
  proven: 'proven',
  clock: 'clock',
  'no-rule': 'no-rule',
  last: 'last',
  hourly: 'hourly',
  daily: 'daily',
  weekly: 'weekly',
  monthly: 'monthly',
  yearly: 'yearly',
  withinDays: 'within',
  tags: 'tag',
}

function say({ keep, forget, stores, rewritten }: PruneReport, mode: 'plan' | 'prune'): string {
  const going = mode === 'plan' ? 'would go' : 'forgotten'
  const rows = [...keep.map(keptRow), ...forget.map((snapshot) => [...cells(snapshot), bad(going)])]
  const table = columns(rows.sort((a, b) => Number(a[0]) - Number(b[0])))
  const summary = `${count(keep.length, 'snapshot')} kept, ${forget.length.toLocaleString('en-US')} ${going}`
  const places = columns(stores.map((store) => [safe(store.name), ...sayStore(store)]))
  return [table, summary, ...sayRewritten(rewritten, mode), ...(stores.length > 0 ? [places] : [])].join(
    '\n\n',
  )
}

function sayRewritten(
  { packs, bytes, error }: PruneReport['rewritten'],
  mode: 'plan' | 'prune',
): readonly string[] {
  if (error) return [warn(`packs were not rewritten: ${safe(error.message)} (${safe(error.hint)})`)]
  if (packs === 0) return []
  const what = `${count(packs, 'pack')} with little in ${packs === 1 ? 'it' : 'them'}`
  return [
    mode === 'plan'
      ? `${what} would be rewritten, which frees some ${size(bytes)} in each store`
      : `${what} rewritten, which freed ${size(bytes)} in each store`,
  ]
}

function cells({ seq, time, wallets, tags = [] }: Candidate): readonly string[] {
  return [`${seq}`, moment(new Date(time)), safe(wallets.join(', ')), safe(tags.join(', '))]
}

function keptRow({ snapshot, why }: Kept): readonly string[] {
  return [...cells(snapshot), good(why.map((each) => NAMES[each]).join(', '))]
}

const SAID: Readonly<Record<PruneState, string>> = {
  pruned: good('pruned'),
  marked: good('marked: it lets nothing be removed'),
  incomplete: warn('left as it is: something that is kept is missing there'),
  unreachable: warn('unreachable'),
  refused: bad('refused'),
}

function sayStore({ state, removed, bytes, error }: PrunedStore): readonly string[] {
  const what = removed > 0 ? `${count(removed, 'object')} removed, ${size(bytes)}` : ''
  return [SAID[state], what, error ? `${safe(error.message)} (${safe(error.hint)})` : '']
}

function advice({ keep, forget, stores }: PruneReport, mode: 'plan' | 'prune'): readonly string[] {
  const wrong = keep.filter(({ why }) => why.includes('clock'))
  return [
    ...(wrong.length > 0
      ? [`clock: ${count(wrong.length, 'snapshot')} with a time that does not fit between the others. Kept.`]
      : []),
    ...(mode === 'plan' && forget.length > 0
      ? ['Nothing was changed. The same without --dry-run does it.']
      : []),
    ...(stores.some(({ state }) => state === 'incomplete')
      ? ['Next: cairn check --repair, then the same again.']
      : []),
    ...(stores.some(({ state }) => state === 'unreachable')
      ? ['The next run removes it from stores that could not be asked.']
      : []),
  ]
}
