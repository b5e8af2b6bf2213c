/** The keys in descriptors, named by their public key in hex: counted, and told apart from those of cosigners. */
import { hex } from '../../bytes.js'
import { type Descriptor, descriptorKeys, type KeyExpression } from '../../keys/descriptor.js'
import { publicKeyOf } from '../../keys/wif.js'

/** The public key of a key expression itself, not of what is derived from it. */
export function keyName({ key }: KeyExpression): string {
  if (key.kind === 'single') return hex(publicKeyOf(key.single))
  return hex(key.kind === 'extended' ? key.extended.publicKey : key.publicKey)
}

/** How many different keys there are. */
export function countKeys(keys: readonly KeyExpression[]): number {
  return new Set(keys.map(keyName)).size
}

/** The keys of a multisig descriptor that are somebody else's; `isOwn` tells whether the wallet has the private key. */
export function cosigners(
  descriptor: Descriptor,
  isOwn: (key: KeyExpression) => boolean,
): readonly KeyExpression[] {
  const keys = descriptorKeys(descriptor)
  return keys.length > 1 ? keys.filter((key) => !isOwn(key)) : []
}
