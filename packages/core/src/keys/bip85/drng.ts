/** BIP-85, "BIP85-DRNG" and "DICE": as many bytes as an application asks for, from 64 bytes of entropy. */
import { shake256 } from '@noble/hashes/sha3.js'

/** Reads on in the stream. */
export type Drng = (length: number) => Uint8Array

/** "BIP85-DRNG-SHAKE256 […] uses BIP85 to seed a SHAKE256 stream" */
export function drng(entropy: Uint8Array): Drng {
  const stream = shake256.create({}).update(entropy)
  return (length) => stream.xof(length)
}

/** Rolls from 0 to sides - 1. "If the trial is greater than or equal to the number of sides, skip it" */
export function rollDice(read: Drng, { sides, rolls }: { sides: number; rolls: number }): readonly number[] {
  const bits = Math.ceil(Math.log2(sides))
  const bytes = Math.ceil(bits / 8)
  const found: number[] = []
  while (found.length < rolls) {
    const drawn = read(bytes).reduce((value, byte) => value * 256 + byte, 0)
    const trial = Math.floor(drawn / 2 ** (bytes * 8 - bits))
    if (trial < sides) found.push(trial)
  }
  return found
}
