/** An output descriptor as plain data: the tree of BIP-380 script and key expressions, and what follows from it. */
import type { BitcoinAddress } from '../address.js'
import type { ExtendedKey } from '../bip32.js'
import type { KeyNetwork } from '../network.js'
import type { Path } from '../path.js'
import type { SingleKey } from '../wif.js'

export interface Descriptor {
  readonly script: ScriptExpression
  /** How many descriptors a multipath stands for (BIP-389, `<0;1>`: 2); 1 without one. */
  readonly branches: number
  /** Some key ends in a wildcard, so that there is an output script for every index. */
  readonly isRange: boolean
  /** Some key is private. The descriptor is then a secret. */
  readonly isPrivate: boolean
  /** What the keys or the address say; null when they are in hex. */
  readonly network: KeyNetwork | null
}

export type ScriptExpression =
  | { readonly type: 'pk' | 'pkh' | 'wpkh' | 'combo' | 'tr' | 'rawtr'; readonly key: KeyExpression }
  | {
      readonly type: 'multi' | 'sortedmulti'
      readonly threshold: number
      readonly keys: readonly KeyExpression[]
    }
  | { readonly type: 'sh' | 'wsh'; readonly script: ScriptExpression }
  | { readonly type: 'addr'; readonly address: BitcoinAddress }
  | { readonly type: 'raw'; readonly bytes: Uint8Array }

/** BIP-380 "Key Expressions": `[origin]key/path/wildcard`. Only an extended key has a path or a wildcard. */
export interface KeyExpression {
  readonly origin: KeyOrigin | null
  readonly key: KeyMaterial
  readonly path: readonly Step[]
  readonly wildcard: Wildcard
}

export interface KeyOrigin {
  /** Of the master key, 8 lower-case hex digits. */
  readonly fingerprint: string
  readonly path: Path
}

export type KeyMaterial =
  /** 33 bytes, 65, or 32 for an x-only key in a taproot output. */
  | { readonly kind: 'public'; readonly publicKey: Uint8Array }
  | { readonly kind: 'single'; readonly single: SingleKey }
  | { readonly kind: 'extended'; readonly extended: ExtendedKey }

/** One child number, or the alternatives of the multipath step, one a branch. */
export type Step = number | readonly number[]

/** What stands at the end: nothing, `/*` or `/*h`. */
export type Wildcard = 'none' | 'plain' | 'hardened'
