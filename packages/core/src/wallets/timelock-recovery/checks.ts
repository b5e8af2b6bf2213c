/**
 * Whether the transactions of a plan are what the plan says (BIP-128: whoever takes a plan is "expected to validate that the
 * information is consistent with the raw transactions"). Each check is a sentence as it should be.
 */
import { equal, hex } from '../../bytes.js'
import { addressToScript } from '../../keys/address.js'
import type { PlanCheck } from '../../types.js'
import { type PlanFile, planChecksum } from './format.js'
import { isSignedFor, type Paying, type SignedTransaction } from './signed.js'

export interface Signed {
  readonly alert: SignedTransaction
  readonly recovery: SignedTransaction
}

/** BIP-68: bit 22 for units of 512 seconds, bit 31 for no lock at all, 16 bits for how many. */
const SECONDS_FLAG = 1 << 22
const DISABLE_FLAG = 0x8000_0000
const SEQUENCE_MASK = 0xffff
const UNIT_SECONDS = 512
const DAY_SECONDS = 86_400

/** Seconds that must pass after what it spends is in a block; 0 without such a lock, or with one of blocks. */
export function relativeSeconds({ version, inputs: [input] }: SignedTransaction): number {
  const sequence = input?.sequence ?? DISABLE_FLAG
  if (version < 2 || sequence >= DISABLE_FLAG || (sequence & SECONDS_FLAG) === 0) return 0
  return (sequence & SEQUENCE_MASK) * UNIT_SECONDS
}

/** All checks that the file alone allows, the others as not known. */
export function checksOf(plan: PlanFile, signed: Signed): readonly PlanCheck[] {
  const { alert, recovery } = signed
  const spent = waiting(plan, alert)
  return [
    { what: 'the file is as its program wrote it', ok: planChecksum(plan).startsWith(plan.checksum) },
    {
      what: 'the transactions are the ones that it names',
      ok: alert.txid === plan.alert_txid && recovery.txid === plan.recovery_txid,
    },
    { what: 'the first one spends what it says', ok: spendsAll(plan, alert) },
    { what: 'the first one keeps the coins in the wallet, but for the anchors', ok: keepsCoins(plan, alert) },
    {
      what: 'nobody else can give the first one another id',
      ok: alert.inputs.every(({ isFixed }) => isFixed),
    },
    { what: 'the second one spends those coins and nothing else', ok: spendsWaiting(signed, spent) },
    { what: 'the second one pays what it says, to whom it says', ok: paysAsSaid(plan, recovery) },
    {
      what: `the second one is held back for ${plan.timelock_days} days`,
      ok: relativeSeconds(recovery) === unitsOf(plan.timelock_days) * UNIT_SECONDS,
    },
    { what: 'fees and weights are as it says', ok: hasFees(plan, signed, spent) },
    { what: 'the second one is signed', ok: spent === null ? false : isSignedFor(recovery, spent) },
    { what: 'both could be in a block on the day when the plan was made', ok: isUnlocked(plan, signed) },
    { what: 'the first one is signed, and the coins are still where it takes them from', ok: null },
  ]
}

/** BIP-128, "nSequence calculation". */
function unitsOf(days: number): number {
  return Math.round((days * DAY_SECONDS) / UNIT_SECONDS)
}

/** What the first transaction pays to the address where the coins wait. */
function waiting({ alert_address }: PlanFile, { outputs }: SignedTransaction): Paying | null {
  const script = scriptOf(alert_address)
  return (script && outputs.find((output) => equal(output.script, script))) ?? null
}

/** "The Bitcoin address (mainnet)". */
function scriptOf(address: string): Uint8Array | null {
  try {
    return addressToScript(address)
  } catch {
    return null
  }
}

function spendsAll({ alert_inputs }: PlanFile, { inputs }: SignedTransaction): boolean {
  const said = alert_inputs.map((input) => input.replace(/:0+(?=\d)/, ':')).sort()
  const found = inputs.map(({ txid, index }) => `${txid}:${index}`).sort()
  return said.join('\n') === found.join('\n')
}

function keepsCoins(plan: PlanFile, { outputs }: SignedTransaction): boolean {
  const spent = waiting(plan, { outputs } as SignedTransaction)
  const anchors = plan.anchor_addresses.map((address) => [address, plan.anchor_amount_sats] as const)
  const rest = outputs.filter((output) => output !== spent)
  return spent !== null && isPaid(anchors, rest) && rest.every(({ amount }) => amount < spent.amount)
}

function spendsWaiting({ alert, recovery }: Signed, spent: Paying | null): boolean {
  const [input, ...more] = recovery.inputs
  if (spent === null || input === undefined || more.length > 0) return false
  return input.txid === alert.txid && alert.outputs[input.index] === spent
}

function paysAsSaid({ recovery_outputs }: PlanFile, { outputs }: SignedTransaction): boolean {
  return isPaid(
    recovery_outputs.map(([address, amount]) => [address, amount] as const),
    outputs,
  )
}

/** The same payments, in any order. */
function isPaid(
  said: readonly (readonly [address: string, sats: number])[],
  outputs: readonly Paying[],
): boolean {
  const wanted = said
    .map(([address, sats]) => `${hex(scriptOf(address) ?? new Uint8Array(0))} ${sats}`)
    .sort()
  const found = outputs.map(({ script, amount }) => `${hex(script)} ${amount}`).sort()
  return wanted.join('\n') === found.join('\n')
}

function hasFees(plan: PlanFile, { alert, recovery }: Signed, spent: Paying | null): boolean {
  const paid = recovery.outputs.reduce((sum, { amount }) => sum + amount, 0n)
  return (
    alert.weight === plan.alert_weight &&
    recovery.weight === plan.recovery_weight &&
    (spent?.amount ?? 0n) - paid === BigInt(plan.recovery_fee)
  )
}

/** "The nLocktime of both transactions should not be higher than the current block height": a block comes in 10 minutes. */
function isUnlocked({ created_at }: PlanFile, { alert, recovery }: Signed): boolean {
  const seconds = Date.parse(created_at) / 1000
  const most = heightBy(seconds)
  return [alert.from, recovery.from].every(
    (lock) => lock === null || ('time' in lock ? lock.time <= seconds : lock.height <= most),
  )
}

/**
 * More blocks than there are by then: block 900,000 was found on 2025-06-06, and on the whole they come a little faster than
 * one in ten minutes. A height is refused only where it lies a year ahead.
 */
function heightBy(seconds: number): number {
  const KNOWN = { height: 900_000, time: 1_749_211_200 }
  const YEAR_BLOCKS = 52_560
  return KNOWN.height + (seconds - KNOWN.time) / 600 + YEAR_BLOCKS
}
