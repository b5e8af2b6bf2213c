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
  /** BIP-393, in the order of the text; they change no output script. */
  readonly annotations: readonly Annotation[]
}

/** BIP-393: `bh` is a block height, `gl` a gap limit, `ml` a label index; a key that is not known is kept. */
export interface Annotation {
  readonly key: string
  /** A decimal number of any size. */
  readonly value: string
}

export type ScriptExpression =
  | { readonly type: 'pk' | 'pkh' | 'wpkh' | 'combo' | 'rawtr'; readonly key: KeyNode }
  | { readonly type: 'tr'; readonly key: KeyNode; readonly tree: Tree | null }
  | {
      readonly type: 'multi' | 'sortedmulti' | 'multi_a' | 'sortedmulti_a'
      readonly threshold: number
      readonly keys: readonly KeyNode[]
    }
  | Miniscript
  | { readonly type: 'sh' | 'wsh'; readonly script: ScriptExpression }
  | { readonly type: 'addr'; readonly address: BitcoinAddress }
  | { readonly type: 'raw'; readonly bytes: Uint8Array }

/** BIP-379. */
export interface Miniscript {
  readonly type: 'miniscript'
  /** The expression with `@0`, `@1`, … in the places of its keys. */
  readonly template: string
  /** Each once. */
  readonly keys: readonly KeyNode[]
  readonly context: 'wsh' | 'tapscript'
}

/** BIP-386 "Tree Expressions": a leaf, or the two sides of `{A,B}`. */
export type Tree = ScriptExpression | readonly [Tree, Tree]

/** What stands in the place of a key: one, or several that are aggregated. */
export type KeyNode = KeyExpression | Musig

/** BIP-390: `musig(KEY,…)` with unhardened steps below the aggregate, when its participants have none of their own. */
export interface Musig {
  readonly musig: readonly KeyExpression[]
  readonly path: readonly Step[]
  readonly wildcard: Exclude<Wildcard, 'hardened'>
}

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
