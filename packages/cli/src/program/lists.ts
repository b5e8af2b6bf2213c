/**
 * Values that options offer, as the core has them, which is not loaded to print a help text. Tests hold the two
 * equal.
 */

/** As in `words/bip39.ts`: the standard ones. */
export const LANGUAGES = [
  'english',
  'spanish',
  'french',
  'italian',
  'portuguese',
  'czech',
  'japanese',
  'korean',
  'chinese_simplified',
  'chinese_traditional',
] as const

/** Every list of any kind of phrase. */
export const ALL_LANGUAGES = [
  ...LANGUAGES,
  'russian',
  'turkish',
  'dutch',
  'german',
  'esperanto',
  'lojban',
  'english_old',
] as const

/** As in `words/kinds.ts`. */
export const PHRASE_KINDS = [
  'bip39',
  'slip39',
  'electrum',
  'electrum-old',
  'aezeed',
  'sskr',
  'bytewords',
  'ur',
  'monero',
  'mymonero',
  'codex32',
  'algorand',
  'polyseed',
  'ton',
  'seedqr',
] as const
export const NETWORKS = ['mainnet', 'testnet', 'signet', 'regtest'] as const
/** As in `words/shares.ts`. */
export const SHARE_SCHEMES = ['slip39', 'sskr', 'codex32', 'seedxor'] as const
/** As in `words/sskr.ts`. */
export const SHARE_FORMS = ['words', 'uri', 'minimal', 'ur'] as const

/** As in `words/make.ts`. */
export const NEW_KINDS = ['bip39', 'electrum', 'aezeed', 'monero', 'algorand', 'polyseed', 'ton'] as const

/** As in `words/convert.ts`. */
export const FORMS = ['bip39', 'entropy', 'seedqr', 'compact-seedqr', 'bytewords', 'ur', 'monero'] as const

/** The applications of `keys/bip85.ts`. */
export const CHILDREN = ['bip39', 'wif', 'xprv', 'hex', 'base64', 'base85', 'dice', 'nostr', 'rsa'] as const

/** As in `keys/key-writer.ts`: encrypted, plain, public. */
export const WRITTEN_FORMATS = [
  'bip38',
  'keystore',
  'keystore-pbkdf2',
  'eip2335',
  'pem',
  'wif',
  'hex',
  'electrum',
  'xprv',
  'yprv',
  'zprv',
  'descriptor-private',
  'solana-id',
  'solana-base58',
  'monero',
  'pem-plain',
  'public',
  'xpub',
  'ypub',
  'zpub',
  'descriptor',
] as const
export const ADDRESS_KINDS = ['p2pkh', 'p2sh-p2wpkh', 'p2wpkh', 'p2tr'] as const
/** As in `keys/key-programs.ts`. */
export const PROGRAM_NAMES = [
  'electrum',
  'bitcoin-core',
  'sparrow',
  'metamask',
  'geth',
  'phantom',
  'solana-cli',
  'monero-wallet-cli',
  'validator',
  'litecoin-core',
] as const

/** As in `factor-kinds.ts`: how a factor of a policy is typed. */
export const FACTOR_FORMS =
  'passphrase, computer, sheet, passkey, tpm, tpm:pin, person=NAME:age1…, plugin=NAME:age1PLUGIN1… or pkcs11=NAME:token=LABEL, each also with =NAME'

/** As in `schedule/schedulers.ts` of the node package. */
export const SCHEDULERS = ['systemd', 'launchd', 'windows', 'cron'] as const

/** As in `plan/places.ts`. */
export const THING_KINDS = ['factor', 'store', 'phrase', 'share', 'device', 'recovery'] as const
export const PLACE_KINDS = [
  'home',
  'office',
  'bank',
  'relative',
  'friend',
  'notary',
  'cloud',
  'carried',
  'head',
  'elsewhere',
] as const

/** As in `sheets/make.ts` of the node package, and `sheets/drawing.ts`. */
export const SHEET_FORMATS = ['pdf', 'svg', 'html'] as const
export const PAPER_SIZES = ['a4', 'letter', 'card'] as const

/** As in `sheets/letter/languages.ts`. */
export const LETTER_LANGUAGES = [
  'en',
  'es',
  'fr',
  'de',
  'it',
  'pt',
  'cs',
  'ja',
  'ko',
  'zh-Hans',
  'zh-Hant',
] as const

/** `STEEL_STYLES` and `STEEL_SIZES` of `sheets/steel/kinds.ts`. */
export const STEEL_STYLES = ['binary', 'decimal', 'seedqr', 'letters'] as const
export const STEEL_SIZES = ['card', 'square'] as const

/** `UR_SHEET_TYPES` of `sheets/ur/types.ts`. */
export const UR_SHEET_TYPES = [
  'crypto-account',
  'account-descriptor',
  'crypto-output',
  'output-descriptor',
  'crypto-hdkey',
  'hdkey',
  'crypto-seed',
  'seed',
  'crypto-bip39',
  'crypto-sskr',
  'sskr',
] as const
/** `ACCOUNT_STANDARDS` of `keys/account-descriptors.ts`. */
export const ACCOUNT_STANDARDS = ['bip84', 'bip49', 'bip44', 'bip86'] as const
