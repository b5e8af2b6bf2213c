/**
 * Which wallets open which phrases, and where they look for coins then. Data only, one row a wallet, each with the page
 * it is taken from; what no page says is left out. `docs/wallet-paths.md` is printed from it (scripts/wallets-doc.js).
 */
import type { PhraseKind } from '../words/reading.js'
import type { AccountChain } from './row.js'

/** Kinds of phrase that a wallet takes, with the numbers of words that it takes; none named: any. */
export type TakenPhrases = Readonly<Partial<Record<PhraseKind | 'polyseed' | 'ton', readonly number[]>>>

export interface WalletPaths {
  readonly wallet: string
  /** Empty for a wallet that is not restored from words. */
  readonly takes: TakenPhrases
  /** Chain to standards of the table of accounts (`table.ts`). Empty where no page says it. */
  readonly looks: Readonly<Partial<Record<AccountChain, readonly string[]>>>
  /** Whether a passphrase can be given with the words; null where no page says it. */
  readonly passphrase: boolean | null
  readonly note?: string
  readonly sources: readonly string[]
}

/** The table that the makers and users of wallets keep; the commit of 2025-05-04. */
const RECOVERY =
  'https://github.com/nvk/walletsrecovery.org/blob/f76bb63c36d759a4255522bb86b3b468e9bce0a5/README.md'
const TREZOR_SHARE =
  'https://trezor.io/guides/backups-recovery/general-standards/single-share-backup-on-trezor'
const TREZOR_WORDS =
  'https://trezor.io/learn/security-privacy/how-trezor-keeps-you-safe/understanding-trezor-wallet-backups-12-20-or-24-words'
const TREZOR_COINS = 'https://github.com/trezor/trezor-firmware/tree/main/docs/coins'
const ELECTRUM_FORMATS =
  'https://github.com/spesmilo/electrum/blob/ae0f58b524ae6f721ff50c18bc76fd1077bebf26/electrum/bip39_wallet_formats.json'
const LEDGER =
  'https://github.com/LedgerHQ/ledger-live/blob/19e09fc31c520bb10a10d295c859b15d15a5d820/libs/ledger-live-common/docs/derivation.md'
const PHANTOM =
  'https://help.phantom.com/hc/en-us/articles/12988493966227-What-derivation-paths-does-Phantom-wallet-support'
const TRUST =
  'https://github.com/trustwallet/wallet-core/blob/5295dc4fe299c527b7984611afb597ba003f6ce2/registry.json'
const EXODUS = 'https://www.exodus.com/support/en/articles/8598933-derivation-paths-in-exodus'
const EXODUS_LIST = 'https://support.exodus.com/article/1795-derivation-paths-in-exodus'
const EXODUS_WORDS =
  'https://support.exodus.com/article/925-everything-you-need-to-know-about-the-secret-recovery-phrase'

const ANY: readonly number[] = []
const ALL_BIP39 = { bip39: ANY } as const
const LEGACY_TO_SEGWIT = { bitcoin: ['bip44', 'bip49', 'bip84'] } as const
const SAMOURAI = ['samourai-bad-bank', 'samourai-premix', 'samourai-postmix'] as const
const RICOCHET = ['samourai-ricochet-legacy', 'samourai-ricochet-p2sh-segwit', 'samourai-ricochet'] as const
const MULTISIG = ['bip48-p2sh-segwit', 'bip48'] as const

export const WALLETS: readonly WalletPaths[] = [
  // Devices
  {
    wallet: 'BitBox01',
    takes: {},
    looks: LEGACY_TO_SEGWIT,
    passphrase: true,
    note: 'its backup is a file on a card, opened with a passphrase that cannot be left out',
    sources: [RECOVERY],
  },
  {
    wallet: 'BitBox02',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip49', 'bip84', 'bip48'] },
    passphrase: true,
    sources: [RECOVERY],
  },
  {
    wallet: 'Blockstream Jade',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip49', 'bip84', ...MULTISIG] },
    passphrase: true,
    note: 'other paths can be set',
    sources: [RECOVERY],
  },
  {
    wallet: 'Cobo Vault',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip49'] },
    passphrase: true,
    sources: [RECOVERY],
  },
  {
    wallet: 'Cobo Vault, Bitcoin-only',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip44', 'bip48', 'bip84'] },
    passphrase: true,
    sources: [RECOVERY],
  },
  {
    wallet: 'Coldcard',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip44', 'bip84', 'bip86', 'bip48'] },
    passphrase: true,
    note: 'other paths can be set; the first model knew bip49 too',
    sources: [RECOVERY],
  },
  {
    wallet: 'CoolWallet S',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip44-p2sh-segwit'] },
    passphrase: false,
    note: 'segwit addresses under the path of bip44; it shows the words as numbers',
    sources: [RECOVERY],
  },
  {
    wallet: 'Foundation Passport',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip84', 'bip48', 'samourai-postmix'] },
    passphrase: true,
    sources: [RECOVERY],
  },
  {
    wallet: 'KeepKey',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip44'], ethereum: ['ledger-live'] },
    passphrase: true,
    sources: [RECOVERY, 'https://keepkey.com/blog/understanding_hierarchical_deterministic_wallets'],
  },
  {
    wallet: 'Keystone',
    takes: { slip39: [20, 33] },
    looks: {},
    passphrase: null,
    note: 'this page names it for single shares; it says nothing of its paths',
    sources: [TREZOR_SHARE],
  },
  {
    wallet: 'Krux',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip84', 'bip48'] },
    passphrase: true,
    sources: [RECOVERY],
  },
  {
    wallet: 'Ledger Live',
    takes: { bip39: [12, 18, 24] },
    looks: { ...LEGACY_TO_SEGWIT, ethereum: ['ledger-live', 'mew-legacy'], solana: ['bip44-root', 'bip44'] },
    passphrase: true,
    note: 'an account that follows on an unused one is not found',
    sources: [LEDGER, RECOVERY, PHANTOM],
  },
  {
    wallet: 'Prokey Optimum',
    takes: ALL_BIP39,
    looks: LEGACY_TO_SEGWIT,
    passphrase: true,
    sources: [RECOVERY],
  },
  {
    wallet: 'SeedSigner',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip84', 'bip48'] },
    passphrase: true,
    sources: [RECOVERY],
  },
  {
    wallet: 'Trezor',
    takes: { bip39: [12, 18, 24], slip39: [20, 33] },
    looks: {
      ...LEGACY_TO_SEGWIT,
      ethereum: ['bip44'],
      xrp: ['bip44'],
      stellar: ['sep5'],
      solana: ['bip44-change'],
    },
    passphrase: true,
    note: 'the Model One takes no shares',
    sources: [
      ...[TREZOR_WORDS, TREZOR_SHARE, TREZOR_COINS, RECOVERY],
      'https://github.com/trezor/trezor-firmware/blob/main/core/src/apps/solana/__init__.py',
    ],
  },

  // Bitcoin
  {
    wallet: 'AirGap Vault and Wallet',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip44', 'bip84'] },
    passphrase: true,
    sources: [RECOVERY],
  },
  {
    wallet: 'Bisq',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip44', 'bip44-segwit'] },
    passphrase: false,
    note: "segwit addresses are in account 1: m/44'/0'/1'",
    sources: [RECOVERY, 'https://github.com/bisq-network/bisq/issues/1853'],
  },
  {
    wallet: 'Bitcoin Core',
    takes: {},
    looks: { bitcoin: ['core-legacy'] },
    passphrase: null,
    note: 'restore its wallet file',
    sources: [RECOVERY, 'https://github.com/bitcoin/bitcoin/issues/13302'],
  },
  {
    wallet: 'Bitcoin Wallet for Android',
    takes: {},
    looks: { bitcoin: ['bip32'] },
    passphrase: null,
    note: 'restore its encrypted backup file',
    sources: [
      RECOVERY,
      'https://github.com/bitcoin-wallet/bitcoin-wallet/blob/master/wallet/README.recover.md',
    ],
  },
  {
    wallet: 'Bither',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip44', 'bip49'] },
    passphrase: null,
    sources: [RECOVERY],
  },
  {
    wallet: 'Blockchain.com',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip44'] },
    passphrase: null,
    sources: [RECOVERY],
  },
  {
    wallet: 'Blockstream Green (GreenAddress)',
    takes: ALL_BIP39,
    looks: LEGACY_TO_SEGWIT,
    passphrase: true,
    note: "coins at m/0' are not seen; its accounts of two signatures need its own recovery tool",
    sources: [RECOVERY, 'https://github.com/Blockstream/green_android/issues/193'],
  },
  {
    wallet: 'BlueWallet',
    takes: { bip39: ANY, slip39: [20, 33] },
    looks: { bitcoin: ['bip44', 'bip49', 'bip84', 'bip48'] },
    passphrase: null,
    sources: [RECOVERY, TREZOR_SHARE],
  },
  {
    wallet: 'BRD (breadwallet)',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip32'] },
    passphrase: false,
    sources: [RECOVERY, 'https://github.com/voisine/breadwallet-ios/issues/131'],
  },
  {
    wallet: 'Casa',
    takes: ALL_BIP39,
    looks: {},
    passphrase: null,
    note: 'multisig under m/49/0/x, where x grows with each change of keys: rebuild it with all public keys',
    sources: [
      RECOVERY,
      'https://github.com/nvk/walletsrecovery.org/blob/f76bb63c36d759a4255522bb86b3b468e9bce0a5/recovery-docs/casa-recovery.md',
    ],
  },
  {
    wallet: 'Copay (BitPay)',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip44', 'bip44-segwit', 'bip45', ...MULTISIG] },
    passphrase: true,
    note: 'each wallet that was added has an account of its own',
    sources: [RECOVERY, ELECTRUM_FORMATS],
  },
  {
    wallet: 'DropBit',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip84', 'bip49'] },
    passphrase: false,
    sources: [RECOVERY],
  },
  {
    wallet: 'Electrum',
    takes: { electrum: ANY, 'electrum-old': ANY, bip39: ANY, slip39: [20, 33] },
    looks: {
      bitcoin: [
        ...['electrum-standard', 'electrum-segwit', 'electrum-old', 'bip44', 'bip49', 'bip84'],
        ...[
          'bip32',
          'bip32-p2sh-segwit',
          'bip32-segwit',
          'bip44-segwit',
          ...SAMOURAI,
          ...RICOCHET,
          ...MULTISIG,
        ],
      ],
    },
    passphrase: true,
    note: 'under Options, say that the words are BIP39 or SLIP39; Detect Existing Accounts looks at these paths',
    sources: [
      ELECTRUM_FORMATS,
      'https://electrum.readthedocs.io/en/latest/seedphrase.html',
      TREZOR_SHARE,
      RECOVERY,
    ],
  },
  {
    wallet: 'Fully Noded',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip84'] },
    passphrase: true,
    note: 'any other path can be given',
    sources: [RECOVERY],
  },
  {
    wallet: 'Hodl Wallet',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip32'] },
    passphrase: false,
    sources: [RECOVERY],
  },
  {
    wallet: 'JoinMarket',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip84'] },
    passphrase: true,
    note: 'its mixing depths are the accounts',
    sources: [RECOVERY],
  },
  {
    wallet: 'MultiBit HD',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip32'] },
    passphrase: false,
    sources: [RECOVERY, 'https://github.com/Multibit-Legacy/multibit-hd/issues/445'],
  },
  {
    wallet: 'Muun',
    takes: {},
    looks: {},
    passphrase: null,
    note: 'restored with its emergency kit',
    sources: ['https://github.com/muun/recovery'],
  },
  {
    wallet: 'Mycelium for Android',
    takes: ALL_BIP39,
    looks: LEGACY_TO_SEGWIT,
    passphrase: true,
    sources: [RECOVERY, 'https://github.com/mycelium-com/wallet-android/issues/483'],
  },
  {
    wallet: 'Mycelium for iPhone',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip44'] },
    passphrase: true,
    sources: [RECOVERY],
  },
  {
    wallet: 'nthKey',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip48'] },
    passphrase: false,
    note: 'multisig only',
    sources: [RECOVERY, 'https://nthkey.com/recovery'],
  },
  { wallet: 'Pine', takes: ALL_BIP39, looks: { bitcoin: ['bip49'] }, passphrase: false, sources: [RECOVERY] },
  {
    wallet: 'Relai',
    takes: ALL_BIP39,
    looks: LEGACY_TO_SEGWIT,
    passphrase: false,
    note: 'new wallets use bip84 alone',
    sources: [RECOVERY, 'https://relai.app/restore-relai-bitcoin-wallet/'],
  },
  {
    wallet: 'Rise Wallet',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip49'] },
    passphrase: null,
    sources: [RECOVERY],
  },
  {
    wallet: 'Samourai',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip44', 'bip49', 'bip84', ...SAMOURAI, ...RICOCHET] },
    passphrase: true,
    note: 'a passphrase was required: without it every account is empty',
    sources: [RECOVERY],
  },
  {
    wallet: 'Sparrow',
    takes: { bip39: ANY, slip39: [20, 33] },
    looks: { bitcoin: ['bip44', 'bip49', 'bip84', ...SAMOURAI, 'bip45', ...MULTISIG] },
    passphrase: true,
    sources: [RECOVERY, TREZOR_SHARE],
  },
  {
    wallet: 'Specter Desktop',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip49', 'bip84', ...MULTISIG] },
    passphrase: true,
    sources: [RECOVERY],
  },
  {
    wallet: 'Wasabi',
    takes: { bip39: ANY, slip39: [20, 33] },
    looks: { bitcoin: ['bip84', 'bip86'] },
    passphrase: true,
    note: 'coins may lie at high indexes',
    sources: ['https://docs.wasabiwallet.io/FAQ/FAQ-UseWasabi.html', TREZOR_SHARE, RECOVERY],
  },

  // Lightning: the channels do not come back with the words
  {
    wallet: 'Bitcoin Lightning Wallet (BLW)',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip84'] },
    passphrase: false,
    sources: [RECOVERY],
  },
  {
    wallet: 'Blixt',
    takes: { aezeed: ANY },
    looks: { bitcoin: ['bip84'] },
    passphrase: null,
    note: 'channels need their backup file',
    sources: [RECOVERY, 'https://blixtwallet.github.io/faq'],
  },
  {
    wallet: 'Breez (SDK, Liquid)',
    takes: { bip39: [12, 24] },
    looks: {},
    passphrase: null,
    sources: ['https://github.com/breez/breez-sdk-liquid/pull/51'],
  },
  {
    wallet: 'Eclair Mobile',
    takes: { bip39: [12] },
    looks: { bitcoin: ['bip49'] },
    passphrase: true,
    note: 'channels do not come back with the words',
    sources: [RECOVERY, 'https://github.com/ACINQ/eclair-mobile/issues/147'],
  },
  {
    wallet: 'LND',
    takes: { aezeed: [24] },
    looks: { bitcoin: ['bip84'] },
    passphrase: true,
    note: 'channels need their backup file (channel.backup)',
    sources: ['https://github.com/lightningnetwork/lnd/tree/master/aezeed', RECOVERY],
  },
  {
    wallet: 'Mutiny',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip86'] },
    passphrase: false,
    sources: [RECOVERY],
  },
  {
    wallet: 'Open Bitcoin Wallet (SBW)',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip32', 'bip44', 'bip49', 'bip84'] },
    passphrase: false,
    sources: [RECOVERY],
  },
  {
    wallet: 'Zap Desktop',
    takes: { aezeed: [24] },
    looks: {},
    passphrase: null,
    note: 'a wallet of LND: restore it there',
    sources: ['https://github.com/LN-Zap/zap-desktop/issues/2897'],
  },
  {
    wallet: 'Zeus, embedded node',
    takes: { aezeed: ANY },
    looks: { bitcoin: ['bip86'] },
    passphrase: false,
    note: 'its embedded node is LND',
    sources: [RECOVERY, 'https://github.com/ZeusLN/zeus/releases/tag/v13.2.0'],
  },

  // Many chains
  {
    wallet: 'Atomic Wallet',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip44'] },
    passphrase: false,
    note: 'one address a coin; other coins than Bitcoin on paths of its own',
    sources: [RECOVERY],
  },
  {
    wallet: 'Coin Wallet (coin.space)',
    takes: ALL_BIP39,
    looks: LEGACY_TO_SEGWIT,
    passphrase: true,
    sources: [RECOVERY],
  },
  {
    wallet: 'Coinbase Wallet',
    takes: { bip39: [12] },
    looks: {},
    passphrase: null,
    sources: ['https://help.coinbase.com/en/wallet/managing-account/can-i-lose-access-to-my-wallet-funds'],
  },
  { wallet: 'Coinomi', takes: ALL_BIP39, looks: LEGACY_TO_SEGWIT, passphrase: true, sources: [RECOVERY] },
  {
    wallet: 'Edge',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip44', 'bip49'] },
    passphrase: null,
    sources: [RECOVERY],
  },
  {
    wallet: 'Exodus',
    takes: { bip39: [12] },
    looks: {
      bitcoin: ['bip44', 'bip84', 'bip86'],
      ethereum: ['bip44'],
      'ethereum-classic': ['bip44'],
      'bitcoin-cash': ['bip44'],
      'bitcoin-gold': ['bip44'],
      'bitcoin-sv': ['bip44'],
      cosmos: ['bip44'],
      dash: ['bip44'],
      digibyte: ['bip44'],
      dogecoin: ['bip44'],
    },
    passphrase: true,
    note: 'each portfolio is an account',
    sources: [EXODUS, EXODUS_LIST, EXODUS_WORDS, RECOVERY],
  },
  {
    wallet: 'Jaxx Liberty',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip44'] },
    passphrase: null,
    sources: [RECOVERY],
  },
  {
    wallet: 'OpenBazaar',
    takes: ALL_BIP39,
    looks: { bitcoin: ['bip44'], zcash: ['bip44'], 'bitcoin-cash': ['bip44'] },
    passphrase: null,
    sources: [RECOVERY],
  },
  {
    wallet: 'Phantom',
    takes: ALL_BIP39,
    looks: {
      solana: ['bip44-change', 'bip44', 'sollet-deprecated'],
      ethereum: ['bip44'],
      bitcoin: ['bip84', 'bip86'],
    },
    passphrase: null,
    note: 'index n of each chain makes up account n',
    sources: [PHANTOM],
  },
  {
    wallet: 'Trust Wallet',
    takes: ALL_BIP39,
    looks: {
      bitcoin: ['bip84', 'bip44', 'bip86'],
      ethereum: ['bip44'],
      litecoin: ['bip84', 'bip44'],
      dogecoin: ['bip44'],
      dash: ['bip44'],
      zcash: ['bip44'],
      'bitcoin-cash': ['bip44'],
      'bitcoin-gold': ['bip84'],
      'ethereum-classic': ['bip44'],
      digibyte: ['bip84'],
      ravencoin: ['bip44'],
      cosmos: ['bip44'],
      osmosis: ['bip44'],
      celestia: ['bip44'],
      kava: ['bip44'],
      'binance-chain': ['bip44'],
      thorchain: ['bip44'],
      solana: ['bip44', 'bip44-change'],
      tron: ['bip44'],
      xrp: ['bip44'],
      stellar: ['sep5'],
      tezos: ['bip44'],
      near: ['bip44'],
      aptos: ['bip44'],
      sui: ['bip44'],
      vechain: ['bip44'],
      theta: ['bip44'],
      neo: ['bip44'],
      ontology: ['bip44'],
    },
    passphrase: null,
    note: 'the paths of the library that it is built on',
    sources: [TRUST],
  },
  {
    wallet: 'Unstoppable',
    takes: ALL_BIP39,
    looks: LEGACY_TO_SEGWIT,
    passphrase: true,
    sources: [RECOVERY],
  },

  // Ethereum
  {
    wallet: 'MetaMask',
    takes: ALL_BIP39,
    looks: { ethereum: ['bip44'] },
    passphrase: false,
    note: 'its phrases have 12 words; longer ones of other wallets can be imported',
    sources: [
      'https://support.metamask.io/start/user-guide-secret-recovery-phrase-password-and-private-keys',
      'https://mm-crypto-guide.com/seed-phrase-backup/',
    ],
  },
  {
    wallet: 'MyEtherWallet',
    takes: { bip39: [12, 24] },
    looks: { ethereum: ['bip44', 'ledger-live', 'mew-legacy'] },
    passphrase: null,
    note: 'the path is chosen when it opens; m/44h/60h/0h/0 is offered first',
    sources: [
      'https://help.myetherwallet.com/en/articles/5867305-hd-wallets-and-derivation-paths',
      'https://github.com/MyEtherWallet/MyEtherWallet/blob/master/src/wallets/bip44/ledgerPaths.js',
    ],
  },
  {
    wallet: 'Rabby',
    takes: { bip39: ANY, slip39: [20, 33] },
    looks: { ethereum: ['bip44'] },
    passphrase: null,
    sources: [TREZOR_SHARE, 'https://initialabs-develop.mintlify.app/developers/faqs/address-derivation.md'],
  },

  // Solana
  {
    wallet: 'Solana command line',
    takes: ALL_BIP39,
    looks: { solana: ['raw-seed', 'bip44-root', 'bip44', 'bip44-change'] },
    passphrase: true,
    note: 'solana-keygen new and recover use no path unless one is given; prompt: uses bip44-root',
    sources: [
      'https://github.com/solana-labs/solana/blob/01a886c6ea48f40b6163d10e09cddb26c1ee9e79/docs/src/wallet-guide/paper-wallet.md',
      'https://solana.com/developers/cookbook/wallets/restore-from-mnemonic',
    ],
  },
  {
    wallet: 'Solflare',
    takes: { bip39: [12, 15, 18, 21, 24] },
    looks: { solana: ['bip44', 'bip44-change'] },
    passphrase: null,
    note: "pages differ about which of the two it starts with: m/44'/501'/0' or m/44'/501'/0'/0'",
    sources: [
      'https://academy.solflare.com/derivation-paths-my-solflare-wallet/',
      'https://docs.rs/kobe-svm/0.4.6/kobe_svm/enum.DerivationStyle.html',
    ],
  },
  {
    wallet: 'Sollet',
    takes: ALL_BIP39,
    looks: { solana: ['bip44', 'bip44-change', 'sollet-deprecated'] },
    passphrase: null,
    sources: ['https://github.com/project-serum/spl-token-wallet/pull/42', PHANTOM],
  },

  // Cosmos
  {
    wallet: 'Cosmostation',
    takes: ALL_BIP39,
    looks: { cosmos: ['bip44'], kava: ['bip44', 'bip44-118'] },
    passphrase: null,
    sources: ['https://medium.com/cosmostation/how-to-derive-add-manage-wallets-c90f4558be2c'],
  },
  {
    wallet: 'Keplr',
    takes: { bip39: [12, 24] },
    looks: { cosmos: ['bip44'], osmosis: ['bip44'], secret: ['bip44', 'bip44-118'] },
    passphrase: null,
    note: 'the coin type and the account can be chosen under Advanced',
    sources: [
      'https://help.keplr.app/articles/how-to-set-a-custom-derivation-path',
      'https://keplr.crunch.help/en/faq/account-security-faq',
    ],
  },

  // Monero
  {
    wallet: 'Cake Wallet',
    takes: { monero: [25], polyseed: [16] },
    looks: { monero: ['monero'] },
    passphrase: null,
    sources: ['https://github.com/cake-tech/cake_wallet/issues/195'],
  },
  {
    wallet: 'Feather',
    takes: { monero: [25] },
    looks: { monero: ['monero'] },
    passphrase: null,
    note: 'its own phrases have 14 words, of a scheme that no other wallet reads',
    sources: ['https://docs.featherwallet.org/guides/seed-scheme'],
  },
  {
    wallet: 'Monero GUI and command line',
    takes: { monero: [25] },
    looks: { monero: ['monero'] },
    passphrase: null,
    sources: ['https://www.getmonero.org/resources/user-guides/restore_account.html'],
  },

  // Chains of their own kind
  {
    wallet: 'Daedalus',
    takes: { bip39: [12, 24] },
    looks: { cardano: ['cip1852', 'cip1852-stake'] },
    passphrase: null,
    note: "24 words since Shelley, 12 in Byron's time, which lead to addresses of another kind",
    sources: [
      'https://github.com/cardano-foundation/CIPs/tree/master/CIP-1852',
      'https://input-output-hk.github.io/adrestia/docs/key-concepts/hierarchical-deterministic-wallets/',
      'https://lost-my-wallet.com/cardano-daedalus-wallet-recovery',
    ],
  },
  {
    wallet: 'Pera',
    takes: { algorand: [25] },
    looks: { algorand: ['algorand'] },
    passphrase: null,
    note: 'each account has words of its own',
    sources: ['https://support.perawallet.app/en/article/backing-up-your-recovery-passphrase-uacy9k/'],
  },
  {
    wallet: 'Polkadot-JS',
    takes: { bip39: [12] },
    looks: { polkadot: ['sr25519'], kusama: ['sr25519'] },
    passphrase: null,
    note: 'the key is made of the entropy of the words, not of their BIP-39 seed',
    sources: [
      'https://github.com/w3f/polkadot-wiki/blob/0eec7da3017f2e3d75bf082fdf7223fd74a05cad/docs/learn/how-to/restore-account.md',
      'https://github.com/paritytech/substrate-bip39',
    ],
  },
  {
    wallet: 'Tonkeeper',
    takes: { ton: [24] },
    looks: {},
    passphrase: null,
    note: 'words of the BIP-39 list with rules of their own: the same words lead elsewhere in a BIP-39 wallet',
    sources: ['https://ton-adoption.xyz/en/blog/ton-mnemonic-vs-bip39-why-addresses-differ-2026/'],
  },
  {
    wallet: 'Yoroi',
    takes: { bip39: [15, 24] },
    looks: { cardano: ['cip1852', 'cip1852-stake'] },
    passphrase: null,
    note: 'it makes 15 words and takes no 12',
    sources: [
      'https://github.com/cardano-foundation/CIPs/tree/master/CIP-1852',
      'https://help.yoroi-wallet.com/en/article/about-recovery-phrases-in-yoroi-r02so1',
    ],
  },
]
