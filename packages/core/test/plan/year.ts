/**
 * A year of one wallet and one machine that comes by when it is awake, and does what the advice says: how long anything
 * stayed unsaved, and how often it was saved. Takes the advice, so that a broken twin can take its place.
 */
import { type Advice, intervalOf, isDue } from '../../src/plan/advise.js'
import type { WalletPast } from '../../src/plan/calendar.js'
import { DAY_MS } from '../../src/plan/due.js'
import { type Sighting, sight } from '../../src/plan/facts.js'
import { useOf } from '../../src/plan/use.js'
import type { TransactionRecord, Wallet } from '../../src/types.js'
import { observed, QUIET } from './wallets.js'

export type Advise = (wallet: WalletPast, now: number) => Advice

const HOUR_MS = 3_600_000
const START_MS = Date.parse('2026-01-01T00:00:00.000Z')
/** A check comes by this often while the machine is awake. */
const CHECK_HOURS = 3

export interface Year {
  readonly saves: number
  /** What was promised and did not hold. */
  readonly broken: readonly string[]
}

interface Saved {
  readonly at: number
  readonly sighting: Sighting
  readonly imported: number
}

export function liveYear(random: () => number, advise: Advise): Year {
  const broken = new Set<string>()
  const history: ReturnType<typeof observed>[] = []
  let [wallet, last, saves, asleepUntil]: [Wallet, Saved | null, number, number] = [QUIET, null, 0, 0]
  const perDay = random() < 0.3 ? 0 : 4 * random() ** 3
  let awakeSince = START_MS
  for (let now = START_MS; now < START_MS + 365 * DAY_MS; now += CHECK_HOURS * HOUR_MS) {
    wallet = lived(wallet, { random, now, perDay })
    if (now >= asleepUntil && random() < 0.02) {
      asleepUntil = now + random() ** 4 * 60 * DAY_MS
      awakeSince = asleepUntil
    }
    if (now < asleepUntil) continue
    const advice = advise(pastOf(wallet, last, history), now)
    if (isDue(advice, now)) {
      if (last && now - last.at < 21 * HOUR_MS && advice.every !== 'now') broken.add('saved too often')
      last = { at: now, sighting: sightOnce(wallet), imported: wallet.importedKeys }
      history.push(observed(new Date(now).toISOString(), wallet, String(now)))
      saves++
    }
    if (last === null || wallet.importedKeys > last.imported) broken.add('a key is not saved after a check')
    const limit = truth(wallet, now) * DAY_MS + CHECK_HOURS * HOUR_MS
    if (last && now - last.at > limit && now - awakeSince >= CHECK_HOURS * HOUR_MS)
      broken.add('saved too rarely')
    if (last && now - last.at > intervalOf('quarter').days * DAY_MS) broken.add('rarer than a quarter')
  }
  return { saves, broken: [...broken] }
}

/** What happens in three hours: payments, a label, now and then a key from elsewhere. */
function lived(
  wallet: Wallet,
  { random, now, perDay }: { readonly random: () => number; readonly now: number; readonly perDay: number },
): Wallet {
  const paid = random() < (perDay * CHECK_HOURS) / 24
  const fresh: TransactionRecord = {
    txid: `${now}`.padStart(64, '0'),
    time: now / 1000,
    height: now % 1e6,
    delta: '1000',
  }
  const found = random() < 0.001
  if (!paid && !found) return wallet
  return {
    ...wallet,
    transactions: paid ? [...wallet.transactions, fresh] : wallet.transactions,
    importedKeys: wallet.importedKeys + (found ? 1 : 0),
  }
}

/** A wallet that stays as it is is read once. */
function readOnce<T>(read: (wallet: Wallet) => T): (wallet: Wallet) => T {
  const known = new WeakMap<Wallet, T>()
  return (wallet) => {
    const before = known.get(wallet)
    if (before !== undefined) return before
    const now = read(wallet)
    known.set(wallet, now)
    return now
  }
}

const sightOnce = readOnce(sight)
const useOnce = readOnce(useOf)

function pastOf(wallet: Wallet, last: Saved | null, history: WalletPast['observed']): WalletPast {
  return {
    name: 'savings',
    saved: last && new Date(last.at).toISOString(),
    observed: history.slice(-100),
    before: last?.sighting ?? null,
    now: sightOnce(wallet),
    changed: true,
    use: useOnce(wallet),
    keys: wallet.importedKeys,
  }
}

/** Days that the table allows between two backups, counted apart from the code that reads the table. */
function truth({ transactions, importedKeys }: Wallet, now: number): number {
  const within = (days: number) =>
    transactions.filter(({ time = 0 }) => time * 1000 > now - days * DAY_MS).length
  if (within(28) >= 28) return 1
  if (within(28) >= 4) return 7
  return within(91) > 0 || importedKeys > 0 ? 30 : 91
}
