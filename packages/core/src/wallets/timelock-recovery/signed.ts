/**
 * A signed transaction of a plan: strictly decoded (what is encoded again is equal), with its locks, its weight (BIP-141
 * "Transaction size calculations") and, where one key owns what it spends, whether the signature is right: P2WPKH (BIP-143) and
 * P2TR by its key (BIP-341). Other scripts are not run here.
 */
import { schnorr, secp256k1 } from '@noble/curves/secp256k1.js'
import { RawOldTx, RawTx } from '@scure/btc-signer/script.js'
import { Transaction } from '@scure/btc-signer/transaction.js'
import { equal, hex, unhex } from '../../bytes.js'
import { hash160, hash256 } from '../../keys/hash.js'
import { p2pkhOfHash, witness } from '../../keys/script.js'
import type { TimeLock } from '../../types.js'
import { displayHash } from '../bitcoin/transaction.js'

export interface SignedInput {
  readonly txid: string
  readonly index: number
  readonly sequence: number
  readonly witness: readonly Uint8Array[]
  /** Nobody but who has the key can give the transaction another id: it has a witness, and nothing outside it is free. */
  readonly isFixed: boolean
}

export interface Paying {
  readonly script: Uint8Array
  readonly amount: bigint
}

export interface SignedTransaction {
  readonly raw: Uint8Array
  readonly txid: string
  readonly version: number
  readonly inputs: readonly SignedInput[]
  readonly outputs: readonly Paying[]
  readonly weight: number
  /** Null when it may be in any block. */
  readonly from: TimeLock | null
}

const FINAL = 0xffff_ffff
/** nLockTime: "< 500000000: block number at which this transaction is unlocked", else a time. */
const LOCKTIME_THRESHOLD = 500_000_000

/** Null of anything but one whole transaction. @param digits hexadecimal, either case */
export function parseSigned(digits: string): SignedTransaction | null {
  const raw = unhex(digits.toLowerCase())
  const tx = decoded(raw)
  if (tx === null || tx.inputs.length === 0) return null
  const { version, inputs, outputs, witnesses = [], lockTime } = tx
  const stripped = RawOldTx.encode({ version, inputs, outputs, lockTime })
  const isLocked = lockTime !== 0 && inputs.some(({ sequence }) => sequence !== FINAL)
  return {
    raw,
    txid: displayHash(hash256(stripped)),
    version,
    inputs: inputs.map(({ txid, index, sequence, finalScriptSig }, i) => ({
      ...{ txid: hex(txid), index, sequence, witness: witnesses[i] ?? [] },
      isFixed: (witnesses[i] ?? []).length > 0 && isOnePush(finalScriptSig),
    })),
    outputs,
    weight: stripped.length * 3 + raw.length,
    from: isLocked ? lockOf(lockTime) : null,
  }
}

function decoded(raw: Uint8Array) {
  try {
    const tx = RawTx.decode(raw)
    return equal(RawTx.encode(tx), raw) ? tx : null
  } catch {
    return null
  }
}

function lockOf(lockTime: number): TimeLock {
  return lockTime < LOCKTIME_THRESHOLD ? { height: lockTime } : { time: lockTime }
}

/** Nothing, or the one program of a witness within P2SH, which must be exactly that (BIP-141 "P2SH-P2WPKH"). */
function isOnePush(script: Uint8Array): boolean {
  return script.length === 0 || (script[0] === script.length - 1 && script.length <= 0x4c)
}

/** Whether the only input is signed rightly for what it spends; null when its script is none of those that are known here. */
export function isSignedFor({ raw, inputs }: SignedTransaction, spent: Paying): boolean | null {
  const stack = inputs[0]?.witness ?? []
  try {
    // the scripts of others need not be known to sign over them
    const tx = Transaction.fromRaw(raw, {
      allowUnknownInputs: true,
      allowUnknownOutputs: true,
      disableScriptCheck: true,
    })
    return isP2wpkh(spent.script)
      ? isKeyHashSigned(tx, stack, spent)
      : isP2tr(spent.script) && stack.length === 1
        ? isTaprootSigned(tx, stack[0] as Uint8Array, spent)
        : null
  } catch {
    return false
  }
}

function isP2wpkh(script: Uint8Array): boolean {
  return script.length === 22 && equal(script, witness(0, script.subarray(2)))
}

function isP2tr(script: Uint8Array): boolean {
  return script.length === 34 && equal(script, witness(1, script.subarray(2)))
}

function isKeyHashSigned(tx: Transaction, stack: readonly Uint8Array[], { script, amount }: Paying): boolean {
  const [signature, key] = stack
  if (stack.length !== 2 || !signature || !key) return false
  const hash = script.subarray(2)
  if (!equal(hash160(key), hash)) return false
  const digest = tx.preimageWitnessV0(0, p2pkhOfHash(hash), signature.at(-1) as number, amount)
  return secp256k1.verify(signature.subarray(0, -1), digest, key, { prehash: false, format: 'der' })
}

function isTaprootSigned(tx: Transaction, signature: Uint8Array, { script, amount }: Paying): boolean {
  const [bytes, type] =
    signature.length === 65 ? [signature.subarray(0, 64), signature[64] as number] : [signature, 0]
  return schnorr.verify(bytes, tx.preimageWitnessV1(0, [script], type, [amount]), script.subarray(2))
}
