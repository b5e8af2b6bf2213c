/**
 * Transactions as Electrum files have them: raw in hex; since 4.0 in base64 as PSBT (BIP-174) while signatures are
 * missing. What 2.x and 3.x wrote of such transactions was a form of Electrum's own, and is passed over.
 */
import { base64 } from '@scure/base'
import { unhex } from '../../bytes.js'
import { isCairnError } from '../../errors.js'
import { streamOf } from '../bitcoin/stream.js'
import { parseTransaction, type Transaction } from '../bitcoin/transaction.js'
import { damaged } from './damaged.js'

const PSBT_START = 'cHNidP8' // base64 of "psbt" and 0xff
const UNSIGNED_TX = 0x00 // BIP-174, PSBT_GLOBAL_UNSIGNED_TX; Electrum writes it first

/** Null for what is malformed: the wallet itself passes over it. */
export function readTransaction(text: string): Transaction | null {
  try {
    return text.startsWith(PSBT_START) ? readPsbt(text) : parseTransaction(readHex(text), malformed)
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}

function readPsbt(text: string): Transaction {
  const stream = streamOf(readBase64(text), malformed)
  stream.take(5)
  if (stream.size() !== 1 || stream.u8() !== UNSIGNED_TX) return malformed()
  return parseTransaction(stream.blob(), malformed)
}

function readHex(text: string): Uint8Array {
  return text.length % 2 === 0 && /^[0-9a-f]+$/.test(text) ? unhex(text) : malformed()
}

function readBase64(text: string): Uint8Array {
  try {
    return base64.decode(text)
  } catch {
    return malformed()
  }
}

function malformed(): never {
  return damaged('a transaction is malformed')
}
