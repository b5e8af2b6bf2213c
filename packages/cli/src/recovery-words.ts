/** A timelock recovery plan (BIP-128) in the words of the one who will need it. */
import type { Paid, TimeLock, TimelockRecovery } from '@cairn/core/types.js'
import { bad, bold, columns, count, good, safe, warn } from './output.js'

const SATS = 100_000_000n

/** Satoshi as bitcoin, all eight places. */
export function bitcoins(sats: string): string {
  const amount = BigInt(sats)
  return `${amount / SATS}.${(amount % SATS).toString().padStart(8, '0')} BTC`
}

/** What the two transactions do, when, and what was checked. */
export function sayRecovery(plan: TimelockRecovery): readonly string[] {
  const { alert, recovery, checks } = plan
  return [
    `${bold('Timelock recovery plan')}${plan.name === '' ? '' : `: ${safe(plan.name)}`}`,
    `made on ${plan.created.slice(0, 10)} with ${safe(plan.program)}`,
    '',
    bold('1. The alert'),
    `  ${safe(alert.txid)}`,
    `  valid ${sayFrom(alert.from)}; spends ${count(alert.inputs.length, 'coin')} of the wallet and pays them back into it:`,
    ...sayPaid([alert.to]),
    ...(alert.anchors.length === 0 ? [] : ['  and so much beside it, for who wants to hurry it on:']),
    ...sayPaid(alert.anchors),
    '',
    bold('2. The recovery'),
    `  ${safe(recovery.txid)}`,
    `  valid ${sayDays(recovery.seconds)} after the alert is in a block${recovery.from ? `, and ${sayFrom(recovery.from)}` : ''}; it pays`,
    ...sayPaid(recovery.to),
    '',
    bold('Checked'),
    columns(
      checks.map(({ what, ok }) => [
        `  ${ok === null ? warn('not known') : ok ? good('yes') : bad('NO')}`,
        what,
      ]),
    ),
    '',
    `Until then, about ${plan.days} days, whoever has the keys of the wallet can stop it by spending what the alert paid.`,
  ]
}

function sayPaid(paid: readonly Paid[]): readonly string[] {
  return paid.map(
    ({ address, amount, label }) =>
      `    ${bitcoins(amount)} to ${safe(address)}${label ? ` (${safe(label)})` : ''}`,
  )
}

function sayFrom(lock: TimeLock | null): string {
  if (lock === null) return 'at once'
  return 'time' in lock
    ? `from ${new Date(lock.time * 1000).toISOString().slice(0, 10)}`
    : `from block ${lock.height} on`
}

function sayDays(seconds: number): string {
  return seconds === 0 ? bad('at once') : `${(seconds / 86_400).toFixed(1)} days`
}
