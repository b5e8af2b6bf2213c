/** `cairn check`: every object in every store, held against its name, its signature and its history. */
import { EXIT_CODES } from '@cairn/core/errors.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { type CheckReport, check, type StoreCheck } from '@cairn/node/vault/check.js'
import type { Context } from '../context.js'
import { openHere } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { bad, columns, count, good, safe, warn } from '../output.js'
import { withProgress } from '../progress.js'

export async function run(context: Context): Promise<Outcome> {
  const machine = await openHere(context)
  const report = await withProgress(context, 'Checking', (progress) => check(machine, ports, progress))
  return { json: toJson(report), text: say(report), next: advice(report), exit: exitCode(report) }
}

/** The worst of what was found: wrong bytes, then a history that lies, then a store that could not be asked. */
export function exitCode({ ok, stores }: CheckReport): number {
  if (ok) return 0
  if (stores.some(({ damaged, missing }) => damaged.length + missing.length > 0)) return EXIT_CODES.damaged
  const lies = ({ history }: StoreCheck) => history !== 'intact' && history !== 'unknown'
  return stores.some(lies) ? EXIT_CODES.mismatch : EXIT_CODES.unreachable
}

function toJson({ ok, stores }: CheckReport): unknown {
  return {
    ok,
    stores: stores.map(({ error, ...store }) => ({
      ...store,
      ...(error ? { error: { code: error.code, message: error.message } } : {}),
    })),
  }
}

function say({ stores }: CheckReport): string {
  const rows = stores.map((store) => [safe(store.name), verdict(store), count(store.objects, 'object')])
  const details = stores.flatMap((store) => [
    ...store.damaged.map((key) => `${safe(store.name)}: ${bad('damaged')} ${safe(key)}`),
    ...store.missing.map((key) => `${safe(store.name)}: ${bad('missing')} ${safe(key)}`),
    ...(store.at ? [`${safe(store.name)}: the history is ${store.history}, see ${safe(store.at)}`] : []),
    ...(store.error ? [`${safe(store.name)}: ${safe(store.error.message)} (${safe(store.error.hint)})`] : []),
  ])
  return [columns(rows), ...details].join('\n')
}

function verdict({ damaged, missing, unreachable, history }: StoreCheck): string {
  if (unreachable) return warn('unreachable')
  const wrong = damaged.length + missing.length
  if (wrong > 0) return bad(`${count(wrong, 'object')} damaged or missing`)
  return history === 'intact' ? good('intact') : bad(`history ${history}`)
}

function advice({ ok, stores }: CheckReport): readonly string[] {
  if (ok) return ['Every byte is what it was when it was saved. cairn drill proves that it restores.']
  const whole = stores.some(({ damaged, missing, unreachable, history }) => {
    return damaged.length + missing.length === 0 && !unreachable && history === 'intact'
  })
  const broken = stores.some(({ damaged, missing }) => damaged.length + missing.length > 0)
  return [
    ...(broken
      ? ['Next: cairn backup. It stores again what is damaged, as far as wallets or other stores hold it.']
      : []),
    whole
      ? 'At least one store is intact: restore from it with --from, and replace the drive that is not.'
      : 'No store is intact. What older snapshots alone hold can be restored only as far as it is whole.',
  ]
}
