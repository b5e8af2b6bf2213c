/** `cairn schedule advise`: how often to save each wallet, why, and what would be lost today. No secret is needed. */
import { type Advice, isDue } from '@cairn/core/plan/advise.js'
import type { AtRisk, Every } from '@cairn/core/plan/calendar.js'
import { openDevice } from '@cairn/node/machine/device.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { readAdvice } from '@cairn/node/vault/advice.js'
import type { Context } from '../../context.js'
import type { Outcome } from '../../outcome.js'
import { bad, bold, count, good, safe, warn } from '../../output.js'

export async function run(context: Context): Promise<Outcome> {
  const device = await openDevice({ home: context.home, vault: context.vault ?? undefined }, ports.disk)
  const wallets = await readAdvice(device, ports)
  return {
    json: { wallets },
    text: wallets.length === 0 ? 'No wallet was added yet.' : wallets.map(say).join('\n\n'),
    next: next(wallets),
  }
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

function next(wallets: readonly Advice[]): readonly string[] {
  if (wallets.length === 0) return ['Find your wallets: cairn wallet scan']
  const due = wallets.filter((advice) => isDue(advice, Date.now()))
  return [
    ...(due.length > 0 ? [`Next: cairn backup ${due.map(({ name }) => name).join(' ')}`] : []),
    'Before and after you encrypt, migrate or update a wallet: cairn backup NAME',
  ]
}
