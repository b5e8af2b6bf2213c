/**
 * Ed25519 (RFC 8032) by noble, for any engine. Not the fast one: cold, one signature and its check take this code
 * 100 ms and more of a processor; `nativeEd25519` of @cairn/node does the same with node:crypto.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import type { Ed25519 } from '../types.js'

export const pureEd25519: Ed25519 = {
  publicKey: (secretKey) => ed25519.getPublicKey(secretKey),
  sign: (message, secretKey) => ed25519.sign(message, secretKey),
  verify: (signature, message, publicKey) => {
    try {
      // zip215: false is the strict verification of RFC 8032: no malleable or small-order signatures
      return ed25519.verify(signature, message, publicKey, { zip215: false })
    } catch {
      return false
    }
  },
}
