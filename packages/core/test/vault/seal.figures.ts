/** The figure owed for "every bit counts" (TRUST.md), in full: every single-bit flip of a 10 KiB object and the rest. */
import type { Primitives } from '../../src/types.js'
import { newIdentity } from '../../src/vault/identity.js'
import { open, openWithFileKey, seal } from '../../src/vault/seal.js'
import {
  type Attack,
  flips,
  headerForgeries,
  ignoringLastChunk,
  ignoringMac,
  ignoringTags,
  insertions,
  type Opener,
  rearrangements,
  splices,
  tally,
  truncations,
} from './seal.attacks.js'

export interface SealFigure {
  readonly what: string
  readonly tried: number
  /** Refused with a catalogued error, no byte of plaintext released. */
  readonly caught: number
  /** What a broken twin lets through: more than none, or the attack proves nothing. Null where no twin is asked. */
  readonly twin: number | null
}

/** Takes some minutes: each of the 82,000 flips is opened with the identity, as a restore does. */
export async function sealFigures(primitives: Primitives): Promise<readonly SealFigure[]> {
  const { identity, recipient } = newIdentity()
  const [small, large, other] = [
    await seal(new Uint8Array(10_240), recipient, primitives),
    await seal(new Uint8Array(300_000), recipient, primitives),
    await seal(new Uint8Array(300_000), recipient, primitives),
  ]
  const whole: Opener = (sealed) => open(sealed, { identity, primitives })
  const byKey: Opener = (sealed) => openWithFileKey(sealed, { fileKey: small.fileKey, primitives })
  const [noMac, noLast] = [ignoringMac(small.fileKey), ignoringLastChunk(identity)]
  const noTags = ignoringTags(small.fileKey)
  return [
    await row('flipped bits, opened by the vault', () => flips(small.bytes), whole),
    await row('flipped bits, opened by the key of the object', () => flips(small.bytes), byKey, noTags),
    await row('truncations', () => truncations(small.bytes), byKey, noTags),
    await row('inserted bytes', () => insertions(small.bytes), byKey, noTags),
    await row('rearranged chunks', () => rearrangements(large.bytes), whole, noLast),
    await row('spliced objects', () => splices(large.bytes, other.bytes), whole),
    await row('forged headers', () => headerForgeries(small.bytes), whole, noMac),
  ]
}

async function row(
  what: string,
  attacks: () => Iterable<Attack>,
  ...[opener, twin]: readonly [Opener, Opener?]
): Promise<SealFigure> {
  const { tried, outcomes } = await tally(attacks(), opener)
  const caught = (outcomes['object-damaged'] ?? 0) + (outcomes['object-foreign'] ?? 0)
  const released = twin && ((await tally(attacks(), twin)).outcomes.released ?? 0)
  return { what, tried, caught, twin: released ?? null }
}
