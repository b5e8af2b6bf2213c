/** `cairn schedule advise`: how often to save each wallet, why, and what would be lost today. No secret is needed. */
import { type Advice, isDue } from '@cairn/core/plan/advise.js'
import type { AtRisk, Every } from '@cairn/core/plan/calendar.js'
import type { Material, Rehearsal } from '@cairn/core/plan/rehearse.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { readAdvice } from '@cairn/node/vault/advice.js'
import { planRehearsals } from '@cairn/node/vault/rehearsals.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { bad, bold, columns, count, good, safe, warn } from '../../output.js'

export async function run(context: Context): Promise<Outcome> {
  const machine = await openHere(context)
  const wallets = await readAdvice(machine, ports)
  const rehearsals = await planRehearsals(machine, ports)
  const told = [...wallets.map(say), ...(rehearsals.length === 0 ? [] : [sayAll(rehearsals)])]
  return {
    json: { wallets, rehearsals: rehearsals.map((each) => ({ ...each, command: commandOf(each) })) },
    text: wallets.length === 0 ? 'No wallet was added yet.' : told.join('\n\n'),
    next: next(wallets, rehearsals),
  }
}

const WHAT: Readonly<Record<Material, string>> = {
  restore: 'restoring',
  words: 'the words on paper of',
  sheet: 'the sheet',
  holder: 'whether they still hold theirs:',
  passphrase: 'from memory, the',
  place: 'whether it is where it should be:',
  heir: 'the way in without you, with',
}

function sayAll(rehearsals: readonly Rehearsal[]): string {
  const rows = rehearsals.map((each) => [`  ${WHAT[each.what]} ${safe(each.name)}`, sayBy(each)])
  return `${bold('To rehearse')}\n${columns(rows)}`
}

const WHY: Readonly<Record<Rehearsal['because'], string>> = {
  'never-rehearsed': 'now: never rehearsed',
  changed: 'now: it changed',
  failed: 'now: it went wrong',
  interval: 'now',
}

function sayBy({ by, due, overdue, because }: Rehearsal): string {
  if (!due) return `by ${by.slice(0, 10)}`
  return overdue ? bad(WHY[because]) : warn(WHY[because])
}

function commandOf({ what, name }: Rehearsal): string {
  if (what === 'restore') return `cairn drill ${name}`
  if (what === 'words') return `cairn drill ${name} --words`
  if (what === 'place') return `cairn place checked '${name}'`
  if (what === 'heir') return `cairn drill --heir '${name}'`
  return `cairn policy rehearse ${name}${what === 'holder' ? ' --answered' : ''}`
}

const EVERY: Readonly<Record<Every, string>> = {
  now: 'now',
  day: 'every day',
  week: 'every week',
  month: 'every month',
  quarter: 'every quarter',
}

function say({ name, every, interval, because, at_risk, seen }: Advice): string {
  const when = every === 'now' ? `${bad('now')}, then ${EVERY[interval]}` : EVERY[every]
  return [
    `${bold(safe(name))}  ${when}`,
    ...because.map((sentence) => `  ${safe(sentence)}`),
    ...(seen
      ? []
      : [`  ${warn('It could not be looked at now: is its disk there, and its program running?')}`]),
    `  Lost today: ${sayRisk(at_risk)}`,
  ].join('\n')
}

function sayRisk({ transactions, labels, addresses, keys, unread }: AtRisk): string {
  const parts = [
    [keys, count(keys, 'key')],
    [addresses, count(addresses, 'address', 'addresses')],
    [labels, count(labels, 'label')],
    [transactions, count(transactions, 'record of a transaction', 'records of transactions')],
  ] as const
  const lost = parts.filter(([n]) => n > 0).map(([, said]) => said)
  if (unread) return warn([...lost, 'what is new in its file, which does not show it'].join(', '))
  return lost.length === 0
    ? good('nothing that its words and its backups do not bring back')
    : bad(lost.join(', '))
}

function next(wallets: readonly Advice[], rehearsals: readonly Rehearsal[]): readonly string[] {
  if (wallets.length === 0) return ['Find your wallets: cairn wallet scan']
  const due = wallets.filter((advice) => isDue(advice, Date.now()))
  return [
    ...(due.length > 0 ? [`Next: cairn backup ${due.map(({ name }) => name).join(' ')}`] : []),
    ...rehearsals
      .filter((each) => each.due)
      .slice(0, 1)
      .map((each) => `To rehearse: ${commandOf(each)}`),
    'Before and after you encrypt, migrate or update a wallet: cairn backup NAME',
  ]
}
