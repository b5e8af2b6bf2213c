/**
 * Raw Bitcoin transactions, with or without witnesses (BIP-144 "Serialization"), read into what a wallet's ledger
 * needs. Signatures and scripts are not judged, sequence and lock time are not kept.
 */
import { concat, hex } from '../../bytes.js'
import { hash256 } from '../../keys/hash.js'
import { type Stream, streamOf } from './stream.js'

export interface Outpoint {
  readonly txid: string
  readonly index: number
}

export interface Output {
  readonly script: Uint8Array
  /** Satoshi. */
  readonly value: bigint
}

export interface Transaction {
  readonly txid: string
  /** What it spends; empty for a coinbase, which spends nothing. */
  readonly inputs: readonly Outpoint[]
  readonly outputs: readonly Output[]
  readonly isCoinbase: boolean
}

const MAX_MONEY = 2_100_000_000_000_000n // amount.h: 21 million bitcoin, in satoshi
const NO_OUTPOINT = { txid: '00'.repeat(32), index: 0xffff_ffff }

/** A whole transaction; throws through `damaged` for anything else. */
export function parseTransaction(bytes: Uint8Array, damaged: () => never): Transaction {
  const stream = streamOf(bytes, damaged)
  const transaction = readTransaction(stream)
  return stream.left() === 0 ? transaction : damaged()
}

/** The transaction at the front of a stream. Its id leaves the witnesses out (BIP-141 "Transaction ID"). */
export function readTransaction(stream: Stream): Transaction {
  const version = stream.take(4)
  const hasWitness = readMarker(stream)
  const start = stream.left()
  const inputs = stream.list(41, () => readInput(stream))
  const outputs = stream.list(9, () => readOutput(stream))
  const core = stream.since(start)
  if (inputs.length === 0) return stream.damaged()
  if (hasWitness) readWitnesses(stream, inputs.length)
  const txid = displayHash(hash256(concat(version, core, stream.take(4))))
  const isCoinbase = inputs.length === 1 && isNoOutpoint(inputs[0] as Outpoint)
  return { txid, inputs: isCoinbase ? [] : inputs, outputs, isCoinbase }
}

/** Bitcoin shows hashes from the last byte to the first. */
export function displayHash(hash: Uint8Array): string {
  return hex(hash.toReversed())
}

/** BIP-144: where the number of inputs is expected, a zero and a flag of 1 announce witnesses. */
function readMarker(stream: Stream): boolean {
  return stream.peek() === 0 && (stream.take(2)[1] === 1 || stream.damaged())
}

/** Where no input has a witness, the short form is the only one (BIP-144). */
function readWitnesses(stream: Stream, inputs: number): void {
  const stacks = Array.from({ length: inputs }, () => stream.list(1, () => stream.blob()))
  if (stacks.every((stack) => stack.length === 0)) stream.damaged()
}

export function readOutpoint(stream: Stream): Outpoint {
  return { txid: displayHash(stream.take(32)), index: stream.u32() }
}

function readInput(stream: Stream): Outpoint {
  const outpoint = readOutpoint(stream)
  stream.blob() // signature script
  stream.u32() // sequence
  return outpoint
}

function readOutput(stream: Stream): Output {
  const value = stream.u64()
  return value <= MAX_MONEY ? { value, script: stream.blob() } : stream.damaged()
}

function isNoOutpoint({ txid, index }: Outpoint): boolean {
  return txid === NO_OUTPOINT.txid && index === NO_OUTPOINT.index
}
