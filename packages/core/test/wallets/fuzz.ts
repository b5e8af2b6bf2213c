/** Hostile and broken files: what a reader of files may do with them is read them or refuse by the catalogue. */
import fc from 'fast-check'
import { type CairnError, type ErrorCode, isCairnError } from '../../src/errors.js'
import type { Wallet, WalletReader } from '../../src/types.js'

/** The errors that a reader may throw (`WalletReader.read`). */
export const READER_ERRORS: readonly ErrorCode[] = [
  'wallet-unreadable',
  'wallet-password',
  'wallet-cost',
  'wallet-too-large',
  'wallet-unsupported',
]

/** The wallet, or the error; anything that is thrown and not allowed fails the test. */
export async function tryRead(
  reader: WalletReader,
  bytes: Uint8Array,
  password?: string,
): Promise<Wallet | CairnError> {
  try {
    return await reader.read({ path: 'wallet', bytes }, password === undefined ? {} : { password })
  } catch (error) {
    if (isCairnError(error, ...READER_ERRORS)) return error
    throw error
  }
}

/** Files near to one: single bytes changed, runs overwritten with zeros or with other parts of it, cut. */
export function nearFiles(file: Uint8Array): fc.Arbitrary<Uint8Array> {
  const at = fc.nat(file.length - 1)
  const flips = fc
    .array(fc.tuple(at, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 8 })
    .map((list) => {
      const copy = file.slice()
      for (const [i, mask] of list) copy[i] = (copy[i] as number) ^ mask
      return copy
    })
  const zeros = fc.tuple(at, fc.nat(5000)).map(([i, length]) => file.slice().fill(0, i, i + length))
  const moved = fc
    .tuple(at, at, fc.nat(5000))
    .map(([from, to, length]) => file.slice().copyWithin(to, from, from + length))
  const cut = at.map((length) => file.slice(0, length))
  return fc.oneof({ weight: 4, arbitrary: flips }, zeros, moved, cut)
}
