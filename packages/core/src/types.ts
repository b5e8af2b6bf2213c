/**
 * The nouns that cross rooms. Plain, readonly data; no behaviour and no secret in any of them.
 */

export type Chain = 'bitcoin' | 'ethereum'
export type Network = 'mainnet' | 'testnet' | 'signet' | 'regtest'

/** One file a wallet kind in `wallets/`; `file` is anything saved as it is. */
export type WalletKind =
  | 'electrum'
  | 'bitcoin-core'
  | 'bitcoin-descriptors'
  | 'ethereum-keystore'
  | 'timelock-recovery'
  | 'file'

/**
 * When an old copy may be put back: `anytime` (keys do not change meaning with time), `forward-only`
 * (only the newest copy, never over a newer one), `once` (an old copy can lose money, as in Lightning).
 */
export type RestoreRule = 'anytime' | 'forward-only' | 'once'

/** What names a wallet in public: enough to recognise it again, never enough to spend. */
export interface Identity {
  /** BIP-32 fingerprints of the master keys, 8 lower-case hex digits, sorted. */
  readonly fingerprints: readonly string[]
  /** Output descriptors (BIP-380) with public keys only, with checksum, in the order of the wallet. */
  readonly descriptors: readonly string[]
  /** Master public key of an Electrum wallet of before 2.0, 128 hex digits: no descriptor can express it. */
  readonly electrumOldMasterKey?: string
  readonly chain: Chain | null
  readonly network: Network | null
}

export interface AddressRecord {
  readonly address: string
  /**
   * Where it comes from: the index of a descriptor in `Identity.descriptors`, the branch of its multipath
   * (`<0;1>`: 0 or 1; 0 without one) and the index of its range; absent for imported and watched addresses.
   * Without descriptors, `electrumOldMasterKey` takes the place of the first.
   */
  readonly from?: { readonly descriptor: number; readonly branch: number; readonly index: number }
  /** `derived` from a seed or xpub, `imported` with its private key, `watched` without any key. */
  readonly origin: 'derived' | 'imported' | 'watched'
  readonly change?: true
}

/** A label as in BIP-329, one JSON object a line. `spendable` goes with type `output` only. */
export interface Label {
  readonly type: 'tx' | 'addr' | 'pubkey' | 'input' | 'output' | 'xpub'
  readonly ref: string
  readonly label?: string
  readonly origin?: string
  readonly spendable?: boolean
}

/** A transaction the wallet knows. Amounts in the smallest unit (satoshi, wei) as decimal strings. */
export interface TransactionRecord {
  readonly txid: string
  /** Block height; absent while unconfirmed or when the file does not tell. */
  readonly height?: number
  /** Unix time in seconds, when the file tells. */
  readonly time?: number
  /** What it changed for this wallet: negative when it spent. Absent when the file does not tell. */
  readonly delta?: string
  readonly fee?: string
}

/** What the wallet says it held when it was read; smallest unit, decimal string. */
export interface Balance {
  readonly confirmed: string
  readonly unconfirmed: string
}

/** Something the seed words alone would not bring back. */
export interface BeyondSeed {
  readonly what:
    | 'passphrase'
    | 'imported-keys'
    | 'watched-addresses'
    | 'labels'
    | 'notes'
    | 'cosigners'
    | 'channels'
    | 'transactions'
    | 'file'
  readonly count: number
}

/**
 * Outcome of checking the private keys inside the reader; the keys never leave it.
 * `private`: how many private keys (seeds, extended keys, single keys) were decrypted; `failed`: the public
 * keys or addresses that their private key does not lead to.
 */
export interface KeyCheck {
  readonly private: number
  readonly failed: readonly string[]
}

/**
 * Two transactions that were signed in advance (BIP-128): the first one, the alert, keeps the coins in the wallet and may be
 * sent at any time; the second one moves them to other wallets, and becomes valid so long after the first.
 */
export interface TimelockRecovery {
  readonly id: string
  /** Empty when it has none. */
  readonly name: string
  readonly created: string
  /** The program that made it, and its version. */
  readonly program: string
  /** In which the owner can stop it. */
  readonly days: number
  readonly alert: {
    readonly txid: string
    /** Not before this; null when it is valid at once. */
    readonly from: TimeLock | null
    /** What it spends, as `txid:index`. */
    readonly inputs: readonly string[]
    /** Where the coins wait, in the wallet itself. */
    readonly to: Paid
    /** Small amounts by which somebody can pay for more haste. */
    readonly anchors: readonly Paid[]
  }
  readonly recovery: {
    readonly txid: string
    readonly from: TimeLock | null
    /** After the first one is in a block. */
    readonly seconds: number
    readonly to: readonly Paid[]
  }
  readonly checks: readonly PlanCheck[]
}

/** A height of the chain, or a moment in seconds since 1970. */
export type TimeLock = { readonly height: number } | { readonly time: number }

export interface Paid {
  readonly address: string
  /** Satoshi, decimal. */
  readonly amount: string
  readonly label?: string
}

export interface PlanCheck {
  /** In plain words, as it should be. */
  readonly what: string
  /** Null when the file alone cannot tell. */
  readonly ok: boolean | null
}

/** What a reader makes of the bytes of a wallet. */
export interface Wallet {
  readonly kind: WalletKind
  /** Some part of the file is encrypted. */
  readonly encrypted: boolean
  /** Everything the file holds could be read: it is not encrypted, or the password was right. */
  readonly opened: boolean
  readonly identity: Identity
  readonly addresses: readonly AddressRecord[]
  readonly labels: readonly Label[]
  readonly transactions: readonly TransactionRecord[]
  readonly balance?: Balance
  /** Height of the chain when the wallet was last synchronised, when the file tells. */
  readonly tip?: number
  readonly importedKeys: number
  readonly keys: KeyCheck
  readonly beyondSeed: readonly BeyondSeed[]
  readonly restore: RestoreRule
  /** Of a plan of transactions that were signed in advance. */
  readonly recovery?: TimelockRecovery
}

/** A file of a wallet: path relative to the wallet, forward slashes, no `..`, no leading slash. */
export interface WalletFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** One wallet kind. `files` holds one file, or all files of a folder. */
export interface WalletReader {
  readonly kind: WalletKind
  /** The name a person knows it by. */
  readonly title: string
  /** Cheap and total: never throws; true when `read` should be tried on these bytes. */
  detect(bytes: Uint8Array, name: string): boolean
  /**
   * Reads what can be read; without a password an encrypted wallet gives `opened: false` and what is public.
   * @throws CairnError `wallet-unreadable`, `wallet-password`, `wallet-cost`, `wallet-too-large`, `wallet-unsupported`.
   */
  read(file: WalletFile, options?: ReadOptions): Promise<Wallet>
}

export interface ReadOptions {
  readonly password?: string
}

/** The slow or platform-bound operations that the vault needs; `pure.ts` has them for any engine. */
export interface Primitives {
  sha256(bytes: Uint8Array): Uint8Array
  /** ChaCha20-Poly1305 (RFC 8439): ciphertext with the 16-byte tag at its end. */
  encrypt(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array): Uint8Array
  /** Returns null when the tag is wrong. */
  decrypt(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | null
  /** One gzip member (RFC 1952), unpacked again and compared before it is returned. */
  gzip(bytes: Uint8Array): Promise<Uint8Array>
  /** Returns null when damaged, or when more than `limit` bytes would come out. */
  gunzip(bytes: Uint8Array, limit: number): Promise<Uint8Array | null>
}

/** Signatures of devices: Ed25519 (RFC 8032). Public keys and secret keys have 32 bytes, signatures 64. */
export interface Ed25519 {
  publicKey(secretKey: Uint8Array): Uint8Array
  sign(message: Uint8Array, secretKey: Uint8Array): Uint8Array
  /** Never throws. False also for malleable signatures and for public keys of small order. */
  verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
}
