/**
 * A TPM 2.0: the key, an age identity, is sealed to the chip of one computer, which alone gives it back
 * (TPM 2.0 Library, part 1, "Sealed Data Objects"). How it is sealed: docs/format.md.
 */
import * as z from 'zod'
import { base64Bytes, keyedFields, keyedRow } from './row.js'

/** Sealed objects of 128 bytes, the most there are, take fewer with every hash. */
const LIMIT_BYTES = 768

const schema = z.strictObject({
  kind: z.literal('tpm'),
  ...keyedFields,
  /** TPM2B_PUBLIC of the sealed object. */
  public: base64Bytes(LIMIT_BYTES),
  /** TPM2B_PRIVATE: encrypted by the TPM. */
  private: base64Bytes(LIMIT_BYTES),
  /** The TPM asks for a PIN, and locks itself after some wrong ones. */
  pin: z.boolean(),
})

export type TpmFactor = Readonly<z.infer<typeof schema>>

export const tpm = { ...keyedRow<TpmFactor>(schema), schema }
