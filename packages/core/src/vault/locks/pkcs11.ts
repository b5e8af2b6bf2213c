/**
 * A PKCS#11 token, such as a smart card or a USB key: the key, an age identity, is sealed to the public half of a key
 * whose private half never leaves the token. How it is sealed: docs/format.md.
 */
import * as z from 'zod'
import { base64Bytes, keyedFields, keyedRow } from './row.js'

/** Of a SubjectPublicKeyInfo, and of what is sealed: RSA of 4096 bits takes 550 bytes. */
const LIMIT_BYTES = 768

// CK_TOKEN_INFO has 32 and 16 bytes for them
const printable = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u)

const schema = z.strictObject({
  kind: z.literal('pkcs11'),
  ...keyedFields,
  /** Which token a person has to plug in. */
  token: z.strictObject({ label: printable(32), serial: printable(16) }),
  /** CKA_ID of the key, in hex. */
  id: z.string().regex(/^(?:[0-9a-f]{2}){0,64}$/),
  /** SubjectPublicKeyInfo (RFC 5280): RSA of 2048 to 4096 bits, or P-256. */
  spki: base64Bytes(LIMIT_BYTES),
  /** The identity, sealed to it. */
  sealed: base64Bytes(LIMIT_BYTES),
})

export type Pkcs11Factor = Readonly<z.infer<typeof schema>>

export const pkcs11 = { ...keyedRow<Pkcs11Factor>(schema), schema }
