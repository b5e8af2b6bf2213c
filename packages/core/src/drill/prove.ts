/**
 * The proof: what a snapshot recorded of a wallet, held against what the restored files give when the same
 * readers read them again, and the addresses derived anew from the restored keys. Each comparison is stated;
 * what could not be compared is stated too.
 */
import { isCairnError } from '../errors.js'
import { keyAddress } from '../keys/address.js'
import { type DerivedAddress, deriveAddresses, parseDescriptor } from '../keys/descriptor.js'
import { oldPublicKey, parseOldMasterPublicKey } from '../keys/electrum-old.js'
import { type Comparison, compareWallets, type Subject } from '../records/compare.js'
import { isDark, type Recorded } from '../records/records.js'
import { TOLD_FIELDS } from '../records/told.js'
import type { AddressRecord, Network, Wallet } from '../types.js'
import { type DrillCheck, type DrillResult, WORDS_CHECK } from './certificate.js'
import type { WordsProof } from './words.js'

/** The files of one wallet as they came back. */
export interface RestoredFiles {
  /** Artefacts of the snapshot, records included. */
  readonly expected: number
  /** Those that came back with the hash that was recorded. */
  readonly intact: number
}

export interface Evidence {
  readonly recorded: Recorded
  /** What the reader makes of the restored files; absent when it could not read them. */
  readonly found?: Wallet
  readonly files: RestoredFiles
  /** What the words on paper led to; absent when nobody asked for them. */
  readonly words?: WordsProof
}

export interface Proof {
  readonly result: DrillResult
  readonly checks: readonly DrillCheck[]
  readonly not_covered: readonly string[]
}

/** Compares, and says plainly what the comparison is worth. Decides nothing else. */
export function prove({ recorded, found, files, words }: Evidence): Proof {
  const checks: DrillCheck[] = [
    counted('files with the recorded hash', { expected: files.expected, found: files.intact }),
    { what: 'wallet readable', expected: 'yes', found: found ? 'yes' : 'no', ok: found !== undefined },
  ]
  const paper = words ? [asPaperCheck(words)] : []
  if (!found) return { result: 'differs', checks: [...checks, ...paper], not_covered: [] }
  // of a file that is dark without its password, nothing recorded is missing: it is only not seen
  const held = isDark(found) ? { ...recorded, opened: true } : recorded
  const comparisons = compareWallets(held, found, { mayLack: TOLD_FIELDS })
  const compared = comparisons.filter(isWorthSaying)
  checks.push(
    ...compared.map((one) => (one.what === 'kind' ? asKindCheck(recorded, found, one) : asCheck(one))),
    ...derived(recorded, found),
    ...paper,
  )
  const open = comparisons.filter(isOfTheWallet).reduce((sum, { uncovered }) => sum + uncovered, 0)
  const locked = found.encrypted && !found.opened
  const not_covered = [...notCovered(found, comparisons), ...(words ? [] : [WORDS_NOT_COVERED])]
  return { result: resultOf({ checks, open, locked }), checks, not_covered }
}

function resultOf({
  checks,
  open,
  locked,
}: {
  checks: readonly DrillCheck[]
  open: number
  locked: boolean
}): DrillResult {
  if (checks.some(({ ok }) => !ok)) return 'differs'
  return locked || open > 0 ? 'incomplete' : 'proven'
}

/** How high the chain was is a fact of a moment: a restored wallet has nothing to give back there. */
function isOfTheWallet({ what }: Comparison): boolean {
  return what !== 'tip'
}

const NAMES: Readonly<Record<Subject, string>> = {
  kind: 'kind of wallet',
  identity: 'identity (fingerprints and descriptors)',
  addresses: 'addresses',
  labels: 'labels',
  transactions: 'transactions',
  'imported-keys': 'imported keys',
  'beyond-seed': 'what the words alone would not bring back',
  balance: 'balance',
  tip: 'height of the chain',
  keys: 'private keys that lead to their addresses',
}

/** What was not recorded, or not seen again, has nothing to be held against: it is told as not covered. */
function isWorthSaying({ expected, uncovered, ok }: Comparison): boolean {
  return expected > uncovered || !ok
}

/** There is one of it, so that its name says more than how many. */
function asKindCheck(recorded: Recorded, found: Wallet, { ok }: Comparison): DrillCheck {
  return { what: NAMES.kind, expected: recorded.kind, found: found.kind, ok }
}

function asCheck(comparison: Comparison): DrillCheck {
  const { what, expected, found, changed, uncovered, ok, first } = comparison
  const detail = ok ? '' : `: ${first.map(({ why, item }) => `${why} ${item.slice(0, 100)}`).join('; ')}`
  const good = what === 'keys' ? found - changed : found
  return { what: NAMES[what], expected: String(expected - uncovered), found: `${good}${detail}`, ok }
}

const WORDS_NOT_COVERED = 'the words on paper: add --words to check them'

/** Only what the wallet itself says of itself: where wrong words lead is nobody's business later. */
function asPaperCheck({ verdict, expected, addresses }: WordsProof): DrillCheck {
  const print = expected[0] === undefined ? '' : `, fingerprint ${expected[0]}`
  const address = addresses[0] === undefined ? '' : `, first address ${addresses[0]}`
  const led = {
    right: `lead to this wallet${print}${address}`,
    'no-passphrase': 'lead to this wallet without a passphrase, not with the one that was given',
    elsewhere: 'lead to another wallet: other words, or another passphrase',
  }[verdict]
  return { what: WORDS_CHECK, expected: 'lead to this wallet', found: led, ok: verdict === 'right' }
}

function counted(what: string, { expected, found }: { expected: number; found: number }): DrillCheck {
  return { what, expected: String(expected), found: String(found), ok: expected === found }
}

/** Derives every recorded address again from the descriptors of the restored wallet. */
function derived(recorded: Recorded, found: Wallet): DrillCheck[] {
  const wanted = recorded.addresses.filter(({ from }) => from !== undefined)
  const { descriptors, electrumOldMasterKey } = found.identity
  if (wanted.length === 0 || (descriptors.length === 0 && electrumOldMasterKey === undefined)) return []
  const matching = countMatching(wanted, found.identity)
  return [
    counted('addresses derived again from the restored keys', { expected: wanted.length, found: matching }),
  ]
}

function countMatching(wanted: readonly AddressRecord[], identity: Wallet['identity']): number {
  const runs = new Map<string, AddressRecord[]>()
  for (const record of wanted) {
    const key = `${record.from?.descriptor}/${record.from?.branch}`
    runs.set(key, [...(runs.get(key) ?? []), record])
  }
  return [...runs.values()].reduce((sum, run) => sum + matchesInRun(run, identity), 0)
}

/** One descriptor and branch: derived in one go, since the parent key is shared. */
function matchesInRun(run: readonly AddressRecord[], identity: Wallet['identity']): number {
  const { descriptor = 0, branch = 0 } = run[0]?.from ?? {}
  const indexes = run.map(({ from }) => from?.index ?? 0)
  const start = Math.min(...indexes)
  const count = Math.min(Math.max(...indexes) - start + 1, MAX_RUN)
  const addresses = deriveRun(identity, { descriptor, branch, start, count })
  return run.filter(({ address, from }) => addresses.has(`${from?.index} ${address}`)).length
}

interface Run {
  readonly descriptor: number
  readonly branch: number
  readonly start: number
  readonly count: number
}

/** Far more than any wallet hands out; a recorded index beyond it is not derived and counts as missing. */
const MAX_RUN = 100_000

/** Index and address: `combo()` has several addresses at one index. */
function deriveRun(identity: Wallet['identity'], { descriptor, ...span }: Run): ReadonlySet<string> {
  const text = identity.descriptors[descriptor]
  const { network, electrumOldMasterKey } = identity
  try {
    if (text === undefined)
      return electrumOldMasterKey ? deriveOldRun(electrumOldMasterKey, { ...span, network }) : new Set()
    const options = { ...span, ...(network ? { network } : {}) }
    return namesOf(deriveAddresses(parseDescriptor(text), options))
  } catch (error) {
    if (isCairnError(error)) return new Set()
    throw error
  }
}

/** Electrum before 2.0: the branch is 0 or 1, and all is P2PKH. */
function deriveOldRun(
  masterKey: string,
  { branch, start, count, network }: Omit<Run, 'descriptor'> & { readonly network: Network | null },
): ReadonlySet<string> {
  const key = parseOldMasterPublicKey(masterKey)
  const indexes = Array.from({ length: count }, (_, i) => start + i)
  return namesOf(
    indexes.map((index) => {
      const publicKey = oldPublicKey(key, { branch: branch === 0 ? 0 : 1, index })
      return { index, address: keyAddress(publicKey, 'p2pkh', network ?? 'mainnet') }
    }),
  )
}

function namesOf(derived: readonly DerivedAddress[]): ReadonlySet<string> {
  return new Set(derived.map(({ index, address }) => `${index} ${address}`))
}

/** More than was recorded and yet no difference: the password opened what was closed when it was saved. */
function isUnrecorded({ what, expected, found, ok }: Comparison): boolean {
  return ok && found > expected && what !== 'beyond-seed'
}

function notCovered(found: Wallet, comparisons: readonly Comparison[]): string[] {
  const uncovered = comparisons.filter((comparison) => comparison.uncovered > 0)
  return [
    ...(found.kind === 'file'
      ? ['what the files mean: they came back byte for byte, but Cairn does not read their kind']
      : []),
    ...(found.encrypted && !found.opened
      ? ['the private keys: the password of the wallet was not given']
      : []),
    ...uncovered.map(
      ({ what, uncovered: count }) =>
        `${count} of the recorded ${NAMES[what]}: the restored file alone does not show them`,
    ),
    ...comparisons
      .filter(isUnrecorded)
      .map(
        ({ what, expected, found: count }) =>
          `${count - expected} of the ${NAMES[what]}: the backup ran without the password and could not record them; only the hash of their file was compared`,
      ),
    'the chain: nobody was asked whether the coins are still there',
  ]
}
