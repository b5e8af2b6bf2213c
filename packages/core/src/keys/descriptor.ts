/**
 * Output descriptors, BIP-380 to 390 and 393: a text that says which output scripts, and so which addresses, belong to
 * a wallet. The parts are in `descriptor/`: its checksum, key expressions, miniscript, musig, annotations, reading,
 * writing, derivation, and the wallet policies of BIP-388. Not silent payments (BIP-392).
 */

import { masterFingerprint } from './descriptor/key.js'
import { keysOf as keysOfScript } from './descriptor/parse.js'
import type { Descriptor, KeyExpression } from './descriptor/types.js'

export { annotation } from './descriptor/annotations.js'
export { addChecksum, descriptorChecksum } from './descriptor/checksum.js'
export {
  type DerivedAddress,
  deriveAddress,
  deriveAddresses,
  deriveScripts,
  type Outputs,
  scriptsOfBranch,
} from './descriptor/derive.js'
export { formatDescriptor, splitBranches, toPublic, withKeys } from './descriptor/format.js'
export { formatKeyExpression, parseKeyExpression } from './descriptor/key.js'
export { type ParseOptions, parseDescriptor } from './descriptor/parse.js'
export { descriptorToPolicy, policyToDescriptor, type WalletPolicy } from './descriptor/policy.js'
export type {
  Annotation,
  Descriptor,
  KeyExpression,
  KeyMaterial,
  KeyNode,
  KeyOrigin,
  ScriptExpression,
  Step,
  Wildcard,
} from './descriptor/types.js'

/** All key expressions of a descriptor, in the order of its text. */
export function descriptorKeys({ script }: Descriptor): readonly KeyExpression[] {
  return keysOfScript(script)
}

/** The fingerprints of the master keys that the descriptor tells, sorted, each once. */
export function descriptorFingerprints(descriptor: Descriptor): readonly string[] {
  const all = descriptorKeys(descriptor).flatMap((key) => masterFingerprint(key) ?? [])
  return [...new Set(all)].sort()
}
