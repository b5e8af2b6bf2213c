/** `cairn policy show`: who can open the vault, what can be lost, how long guessing takes. No secret is needed. */
import { vaultFingerprint } from '@cairn/core/vault/description.js'
import { opensWithOneComputer, type Strengths } from '@cairn/core/vault/exposure.js'
import { ATTACKERS, guessingWords, mebibytesOf, secondsToGuess } from '@cairn/core/vault/guessing.js'
import { MADE_BITS } from '@cairn/core/vault/passphrase.js'
import type { Factor, Policy } from '@cairn/core/vault/policy.js'
import { fewest, losses, policySentences } from '@cairn/core/vault/quorum.js'
import { type KeptHere, keptHere } from '@cairn/node/machine/credentials.js'
import type { Machine } from '@cairn/node/machine/open.js'
import { readStrengths } from '@cairn/node/machine/strengths.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { type PolicyPlace, type PolicyState, policyPlaces } from '@cairn/node/vault/policy-places.js'
import type { Context } from '../../context.js'
import { kindOf } from '../../factor-kinds.js'
import { sayKept } from '../../kept-words.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { columns, safe } from '../../output.js'

export async function run(context: Context): Promise<Outcome> {
  const machine = await openHere(context)
  const places = await policyPlaces(machine, ports)
  const strengths = await readStrengths(ports.disk, machine.home)
  const kept = await keptHere(machine, ports.disk)
  return {
    json: toJson(machine, { places, strengths, kept }),
    text: say(machine, { strengths, kept }),
    next: [...oneComputer(machine.description.policy), ...places.flatMap(warningOf)],
  }
}

interface Known {
  readonly places: readonly PolicyPlace[]
  readonly strengths: Strengths
  readonly kept: KeptHere
}

function toJson({ description }: Machine, { places: stores, strengths, kept }: Known): unknown {
  const { id: vault, revision, policy } = description
  return {
    vault,
    fingerprint: vaultFingerprint(description),
    revision,
    need: policy.need,
    groups: policy.groups.map(({ name, need, factors }) => ({
      name,
      need,
      factors: factors.map((factor) => factorJson(factor, strengths)),
    })),
    opens_with_at_least: fewest(policy),
    survives_losses: losses(policy),
    sentences: policySentences(policy),
    kept: kept.key,
    stores,
  }
}

function factorJson(factor: Factor, strengths: Strengths): unknown {
  const { kind, name } = factor
  if (factor.kind === 'sheet') return { kind, name }
  if (factor.kind !== 'passphrase') {
    return Object.fromEntries(Object.entries(factor).filter(([field]) => !LOCKED.includes(field)))
  }
  const { logN } = factor
  const bits = strengths[name]
  const guessing = bits === undefined ? null : breakJson(bits, logN)
  return { kind, name, log_n: logN, mib: mebibytesOf(logN), guessing }
}

/** Fields that are of use to whoever opens them only. */
const LOCKED = ['lock', 'key', 'public', 'private', 'spki', 'sealed']

function breakJson(bits: number, logN: number): unknown {
  return {
    bits,
    seconds: ATTACKERS.map(({ cards }) => ({ cards, seconds: secondsToGuess({ bits, logN, cards }) })),
  }
}

function say({ description }: Machine, { strengths, kept }: Omit<Known, 'places'>): string {
  const { policy } = description
  return [
    ...policySentences(policy),
    '',
    factorRows(policy),
    ...guessingLines(policy, strengths),
    '',
    ...sayKept({ key: kept.key, credentials: {} }),
    `Fingerprint ${vaultFingerprint(description)}, as on the recovery sheets.`,
  ].join('\n')
}

function factorRows(policy: Policy): string {
  const isOneGroup = policy.groups.length === 1
  return columns(
    policy.groups.flatMap(({ name, need, factors }) => [
      ...(isOneGroup ? [] : [[`${safe(name)}: ${need} of ${factors.length}`]]),
      ...factors.map(factorRow),
    ]),
  )
}

function factorRow(factor: Factor): readonly string[] {
  const row = kindOf(factor.kind)
  return [`  ${safe(factor.name)}`, row?.what ?? '', row?.detail(factor) ?? '']
}

function guessingLines(policy: Policy, strengths: Strengths): readonly string[] {
  const locks = policy.groups
    .flatMap(({ factors }) => factors)
    .flatMap((factor) => (factor.kind === 'passphrase' ? [factor] : []))
  return locks.length === 0
    ? []
    : ['', ...locks.map(({ name, logN }) => guessingLine({ name, logN, strengths }))]
}

interface Rated {
  readonly name: string
  readonly logN: number
  readonly strengths: Strengths
}

function guessingLine({ name, logN, strengths }: Rated): string {
  const bits = strengths[name]
  return bits === undefined
    ? `How good ${safe(name)} is, this computer does not know. One that Cairn made has 2^${MADE_BITS}: ${guessingWords(MADE_BITS, logN)}.`
    : `Guessing ${safe(name)} takes by estimate 2^${bits} guesses: ${guessingWords(bits, logN)}.`
}

/** Accepted once, and told ever after. */
function oneComputer(policy: Policy): readonly string[] {
  return opensWithOneComputer(policy).map(
    (both) => `${safe(both)} are taken to be in one computer: whoever has it opens the vault alone.`,
  )
}

const WARNINGS: Readonly<Record<PolicyState, string>> = {
  current: '',
  behind: 'shows an older policy, which still opens it. The next cairn backup catches it up.',
  newer: 'shows a newer policy: another computer changed it, or the store lies.',
  different:
    'shows another policy with the same number: two computers changed it at once, or the store lies.',
  foreign: 'belongs to another vault.',
  damaged: 'has no vault.json that can be read. Next: cairn backup, which puts it back.',
  unreachable: 'could not be asked.',
}

function warningOf({ name, state }: PolicyPlace): readonly string[] {
  return state === 'current' ? [] : [`The store ${safe(name)} ${WARNINGS[state]}`]
}
