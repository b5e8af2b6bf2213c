/**
 * What the schemes of shares owe, as counts: every quorum of every T-of-N and every set one short, and the same
 * answers as the reference of SLIP-39. Short forms are tests, the full ones are made by `npm run figures`.
 */
import { hex, unhex } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import * as codex32 from '@cairn/core/words/codex32.js'
import * as slip39 from '@cairn/core/words/slip39.js'
import * as sskr from '@cairn/core/words/sskr.js'
import fc from 'fast-check'
import { combineAll, type SplitJob, splitAll } from '../../../../test/peers/slip39-reference.js'
import { stream } from '../draws.js'
import { type Quorums, type Scheme, type Tried, tryQuorums } from './quorums.js'

const secret = Uint8Array.from({ length: 16 }, (_, i) => 0x30 + i)
const simple = (threshold: number, count: number) => ({ groupThreshold: 1, groups: [{ threshold, count }] })

const QUICK = { iterationExponent: 0, extendable: true }

/** Combined up to the encrypted secret: what the passphrase does then is the same for every quorum. */
const SLIP39: Scheme<slip39.Share> = {
  split: ({ threshold, count, seed }) =>
    (
      slip39.splitWith({ ...QUICK, ...simple(threshold, count), secret }, stream(seed).draw)[0] as string[]
    ).map((text) => slip39.parseShare(text)),
  combine: (shares) => slip39.recoverEncrypted(shares),
  secret: slip39.recoverEncrypted([
    slip39.parseShare(
      slip39.splitWith({ ...QUICK, ...simple(1, 1), secret }, stream(1).draw)[0]?.[0] as string,
    ),
  ]),
}

const SSKR: Scheme<sskr.Share> = {
  split: ({ threshold, count, seed }) =>
    (sskr.splitWith({ ...simple(threshold, count), secret }, stream(seed).draw)[0] as string[]).map((text) =>
      sskr.parseShare(text),
    ),
  combine: sskr.combineShares,
  secret,
}

const CODEX32: Scheme<codex32.Codex32> = {
  split: ({ threshold, count, seed }) =>
    codex32
      .splitWith({ threshold, count, seed: secret }, stream(seed).draw)
      .map((text) => codex32.parse(text)),
  combine: codex32.combineShares,
  secret,
  thresholds: { least: 2, most: 9 },
}

export interface QuorumFigure extends Tried {
  readonly scheme: string
  /** Of a sharing that spoils the seventh share. */
  readonly twin: Tried
}

export function quorumFigures(quorums: Quorums): readonly QuorumFigure[] {
  return [
    figure('SLIP-39', SLIP39, quorums, spoilValue),
    figure('SSKR', SSKR, quorums, spoilValue),
    figure('codex32', CODEX32, quorums, (share) => ({
      ...share,
      payload: share.payload.map((value, i) => (i === 0 ? value ^ 1 : value)),
    })),
  ]
}

function figure<S>(name: string, scheme: Scheme<S>, quorums: Quorums, spoil: (share: S) => S): QuorumFigure {
  const split: typeof scheme.split = (plan) =>
    scheme.split(plan).map((share, i) => (i === 6 ? spoil(share) : share))
  return {
    scheme: name,
    ...tryQuorums(scheme, quorums),
    twin: tryQuorums({ ...scheme, split }, { most: 8, ofEach: 40 }),
  }
}

function spoilValue<S extends { readonly value: Uint8Array }>(share: S): S {
  return { ...share, value: share.value.map((byte, i) => (i === 0 ? byte ^ 1 : byte)) }
}

const secrets = fc
  .integer({ min: 8, max: 32 })
  .chain((n) => fc.uint8Array({ minLength: 2 * n, maxLength: 2 * n }))
  .map(hex)
const group = fc
  .record({ threshold: fc.integer({ min: 1, max: 5 }), more: fc.nat(3) })
  .map(({ threshold, more }) => [threshold, threshold === 1 ? 1 : threshold + more] as const)

/** Plans of up to four groups, with secrets of every length, passphrases and both forms. */
export const jobs: fc.Arbitrary<SplitJob> = fc
  .record({
    secret: secrets,
    groups: fc.array(group, { minLength: 1, maxLength: 4 }),
    passphrase: fc.constantFrom('', 'TREZOR', ' ~!{}'),
    extendable: fc.boolean(),
    iterationExponent: fc.constantFrom(0, 0, 1),
    pick: fc.nat(),
  })
  .map(({ pick, ...job }) => ({ ...job, groupThreshold: (pick % job.groups.length) + 1 }))

export function ourShares(job: SplitJob, seed: number): readonly (readonly string[])[] {
  const groups = job.groups.map(([threshold, count]) => ({ threshold, count }))
  return slip39.splitWith({ ...job, secret: unhex(job.secret), groups }, stream(seed).draw)
}

/** The last members of the last groups: exactly as many as needed. */
export function quorum(job: SplitJob, shares: readonly (readonly string[])[]): readonly string[] {
  const needed = shares.map((members, i) => members.slice(-(job.groups[i] as readonly number[])[0]!))
  return needed.slice(-job.groupThreshold).flat()
}

/** Null when refused. */
export function ours(shares: readonly string[], passphrase: string | undefined): string | null {
  try {
    return hex(slip39.combine(shares, passphrase))
  } catch (error) {
    if (!isCairnError(error)) throw error
    return null
  }
}

export interface Differences {
  readonly tried: number
  readonly different: number
}

/** Half of the cases are split here and combined by the reference, the other half the other way round. */
export async function referenceDifferences(
  count: number,
  combine: (shares: readonly string[], passphrase: string | undefined) => string | null = ours,
): Promise<Differences> {
  const plans = fc.sample(jobs, { seed: 39, numRuns: count })
  const here = plans.slice(0, count / 2)
  const there = plans.slice(count / 2)
  let different = 0
  const combined = await combineAll(
    here.map((job, i) => ({ ...job, shares: quorum(job, ourShares(job, i)) })),
  )
  for (const [i, answer] of combined.entries())
    if (!('value' in answer) || answer.value !== here[i]?.secret) different++
  for (const [i, answer] of (await splitAll(there)).entries()) {
    const job = there[i] as SplitJob
    if (!('value' in answer) || combine(quorum(job, answer.value), job.passphrase) !== job.secret) different++
  }
  return { tried: count, different }
}
