/**
 * Timelock recovery plans (BIP-128, https://github.com/bitcoin/bips/blob/master/bip-0128.mediawiki): two transactions that
 * the owner signed in advance, so that heirs get the coins without a key of his, and he has days to stop it. Electrum's
 * plugin of that name writes them. What is read is public, but not harmless: whoever sends both moves the coins, to where the
 * owner wanted them. Not here: a plan of one transaction with an absolute lock, and sending anything.
 */
import { fail } from '../errors.js'
import type { Paid, TimelockRecovery, Wallet, WalletFile, WalletReader } from '../types.js'
import { checksOf, relativeSeconds, type Signed } from './timelock-recovery/checks.js'
import { looksLikePlan, type PlanFile, parsePlanFile } from './timelock-recovery/format.js'
import { parseSigned } from './timelock-recovery/signed.js'

export const timelockRecovery: WalletReader = {
  kind: 'timelock-recovery',
  title: 'Timelock recovery plan',
  detect: (bytes) => looksLikePlan(bytes),
  read: async (file) => read(file),
}

/** The plan in a file. @throws CairnError `wallet-unreadable` */
export function readTimelockRecovery(bytes: Uint8Array): TimelockRecovery {
  const plan = parsePlanFile(bytes) ?? unreadable('a field is missing or out of its bounds')
  const alert = parseSigned(plan.alert_tx) ?? unreadable('its first transaction is cut off or altered')
  const recovery = parseSigned(plan.recovery_tx) ?? unreadable('its second transaction is cut off or altered')
  return toRecovery(plan, { alert, recovery })
}

function toRecovery(plan: PlanFile, { alert, recovery }: Signed): TimelockRecovery {
  const checks = checksOf(plan, { alert, recovery })
  const anchors = plan.anchor_addresses.map((address) => ({ address, amount: `${plan.anchor_amount_sats}` }))
  const kept = alert.outputs.reduce((most, { amount }) => (amount > most ? amount : most), 0n)
  return {
    id: plan.id,
    name: plan.name ?? '',
    created: plan.created_at,
    program: `${plan.wallet_name} ${plan.wallet_version}`.trim(),
    days: plan.timelock_days,
    alert: {
      txid: alert.txid,
      from: alert.from,
      inputs: alert.inputs.map(({ txid, index }) => `${txid}:${index}`),
      to: { address: plan.alert_address, amount: `${kept}` },
      anchors,
    },
    recovery: {
      txid: recovery.txid,
      from: recovery.from,
      seconds: relativeSeconds(recovery),
      to: plan.recovery_outputs.map(toPaid),
    },
    checks,
  }
}

function toPaid([address, sats, label]: PlanFile['recovery_outputs'][number]): Paid {
  return { address, amount: `${sats}`, ...(label ? { label } : {}) }
}

function read({ bytes }: WalletFile): Wallet {
  const recovery = readTimelockRecovery(bytes)
  return {
    kind: 'timelock-recovery',
    encrypted: false,
    opened: true,
    identity: { fingerprints: [], descriptors: [], chain: 'bitcoin', network: 'mainnet' },
    addresses: [{ address: recovery.alert.to.address, origin: 'watched' }],
    labels: [],
    transactions: [],
    importedKeys: 0,
    keys: { private: 0, failed: [] },
    beyondSeed: [{ what: 'transactions', count: 2 }],
    restore: 'anytime',
    recovery,
  }
}

function unreadable(reason: string): never {
  return fail('wallet-unreadable', { kind: 'timelock recovery plan', reason })
}
