/**
 * Where wallet programs keep their wallets: a row a program, each place from the program's own documents or code.
 * Adding a program means adding a row. Not a promise that every wallet is found: people move them.
 */
import type { Access } from './access.js'
import { bitcoinFolders } from './bitcoin-folders.js'

export interface Place {
  readonly program: string
  /**
   * What matches a pattern: `wallet`, a file that a reader must recognise; `keystores`, a folder of them; `file` and
   * `folder` are saved as they are, and nothing but their place tells what they are.
   */
  readonly holds: 'wallet' | 'keystores' | 'file' | 'folder'
  /**
   * Where to look, by platform. `~` is the home folder; `$NAME` a variable of the environment, with the platform's
   * usual value when it has one, otherwise the root is passed over while it is not set.
   */
  readonly roots: Readonly<Partial<Record<'linux' | 'darwin' | 'win32', readonly string[]>>>
  /** Below a root; `*` stands for any part of one name, but not for a leading dot. */
  readonly patterns: readonly string[]
  /** Further roots that the program was told of. */
  readonly more?: (roots: readonly string[], access: Access) => Promise<readonly string[]>
  /** A file of this name is the wallet even when no reader knows its form: it is then saved as it is. */
  readonly surely?: string
  readonly source: string
}

const SUPPORT = '~/Library/Application Support'

/** The same folder in each place where a desktop program of Electron keeps its data. */
function electron(name: string): Place['roots'] {
  return {
    linux: [`$XDG_CONFIG_HOME/${name}`],
    darwin: [`${SUPPORT}/${name}`],
    win32: [`$APPDATA/${name}`],
  }
}

/** Programs that descend from Bitcoin Core: a dot folder, and elsewhere a folder with a capital letter. */
function coreRoots(name: string): Place['roots'] {
  return {
    linux: [`~/.${name.toLowerCase()}`],
    darwin: [`${SUPPORT}/${name}`],
    win32: [`$APPDATA/${name}`, `$LOCALAPPDATA/${name}`],
  }
}

function within(folders: readonly string[], patterns: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => patterns.map((pattern) => folder + pattern))
}

const CORE_PATTERNS = within(
  ['', 'testnet3/', 'testnet4/', 'signet/', 'regtest/'],
  // the first two for a folder of wallets that was configured
  ['*.dat', '*/wallet.dat', 'wallets/*.dat', 'wallets/*/wallet.dat'],
)

/** `User Data` on Windows, the folder itself elsewhere, holds the profiles. */
const CHROMIUM: Place['roots'] = {
  linux: [
    '$XDG_CONFIG_HOME/google-chrome',
    '$XDG_CONFIG_HOME/chromium',
    '$XDG_CONFIG_HOME/BraveSoftware/Brave-Browser',
    '$XDG_CONFIG_HOME/microsoft-edge',
    '~/snap/chromium/common/chromium',
  ],
  darwin: [
    `${SUPPORT}/Google/Chrome`,
    `${SUPPORT}/Chromium`,
    `${SUPPORT}/BraveSoftware/Brave-Browser`,
    `${SUPPORT}/Microsoft Edge`,
  ],
  win32: [
    '$LOCALAPPDATA/Google/Chrome/User Data',
    '$LOCALAPPDATA/Chromium/User Data',
    '$LOCALAPPDATA/BraveSoftware/Brave-Browser/User Data',
    '$LOCALAPPDATA/Microsoft/Edge/User Data',
  ],
}

export const PLACES: readonly Place[] = [
  {
    program: 'Electrum',
    holds: 'wallet',
    roots: {
      linux: ['$ELECTRUMDIR', '~/.electrum'],
      darwin: ['$ELECTRUMDIR', '~/.electrum'],
      win32: ['$ELECTRUMDIR', '$APPDATA/Electrum'],
    },
    patterns: within(['', 'testnet/', 'testnet4/', 'signet/', 'regtest/'], ['wallets/*']),
    source: 'https://github.com/spesmilo/electrum/blob/master/electrum/util.py, user_dir',
  },
  {
    program: 'Bitcoin Core',
    holds: 'wallet',
    roots: {
      linux: ['~/.bitcoin', '~/snap/bitcoin-core/common/.bitcoin'],
      darwin: [`${SUPPORT}/Bitcoin`],
      win32: ['$LOCALAPPDATA/Bitcoin', '$APPDATA/Bitcoin'],
    },
    patterns: CORE_PATTERNS,
    more: bitcoinFolders,
    surely: 'wallet.dat',
    source: 'https://github.com/bitcoin/bitcoin/blob/master/doc/files.md (Bitcoin Knots uses the same)',
  },
  {
    program: 'Ethereum (geth)',
    holds: 'keystores',
    roots: {
      linux: ['~/.ethereum'],
      darwin: ['~/Library/Ethereum'],
      win32: ['$LOCALAPPDATA/Ethereum', '$APPDATA/Ethereum'],
    },
    patterns: ['keystore', 'sepolia/keystore', 'holesky/keystore', 'hoodi/keystore', 'goerli/keystore'],
    source: 'https://geth.ethereum.org/docs/fundamentals/backup-restore',
  },
  {
    program: 'Foundry',
    holds: 'keystores',
    roots: { linux: ['~/.foundry'], darwin: ['~/.foundry'], win32: ['~/.foundry'] },
    patterns: ['keystores'],
    source: 'https://getfoundry.sh/reference/common/wallet-options-keystore',
  },
  {
    program: 'Sparrow',
    holds: 'file',
    roots: { linux: ['~/.sparrow'], darwin: ['~/.sparrow'], win32: ['$APPDATA/Sparrow'] },
    patterns: within(
      ['', 'testnet/', 'testnet4/', 'signet/', 'regtest/'],
      ['wallets/*.mv.db', 'wallets/*.json'],
    ),
    source: 'https://sparrowwallet.com/docs/faq.html',
  },
  {
    program: 'Wasabi',
    holds: 'file',
    roots: {
      linux: ['~/.walletwasabi/client'],
      darwin: ['~/.walletwasabi/client'],
      win32: ['$APPDATA/WalletWasabi/Client'],
    },
    patterns: ['Wallets/*.json', 'Wallets/*/*.json'],
    source: 'https://docs.wasabiwallet.io/FAQ/FAQ-UseWasabi.html',
  },
  {
    program: 'Specter',
    holds: 'folder',
    roots: { linux: ['~/.specter'], darwin: ['~/.specter'], win32: ['~/.specter'] },
    patterns: ['wallets', 'devices'],
    source: 'https://github.com/cryptoadvance/specter-desktop/blob/master/docs/faq.md',
  },
  {
    program: 'JoinMarket',
    holds: 'file',
    roots: { linux: ['~/.joinmarket'], darwin: ['~/.joinmarket'], win32: ['$APPDATA/joinmarket'] },
    patterns: ['wallets/*.jmdat'],
    source: 'https://github.com/JoinMarket-Org/joinmarket-clientserver/blob/master/docs/USAGE.md',
  },
  {
    program: 'Armory',
    holds: 'file',
    roots: { linux: ['~/.armory'], darwin: [`${SUPPORT}/Armory`], win32: ['$APPDATA/Armory'] },
    patterns: within(['', 'testnet3/'], ['armory_*.wallet']),
    source: 'https://github.com/goatpig/BitcoinArmory/blob/master/README.md',
  },
  {
    program: 'MultiBit HD',
    holds: 'file',
    roots: { darwin: [`${SUPPORT}/MultiBitHD`], win32: ['$APPDATA/MultiBitHD'] },
    patterns: ['mbhd-*/mbhd.wallet.aes'],
    source: 'https://github.com/Multibit-Legacy/read-multibit-wallet-file',
  },
  {
    program: 'MultiBit Classic',
    holds: 'file',
    roots: { darwin: [`${SUPPORT}/MultiBit`], win32: ['$APPDATA/MultiBit'] },
    patterns: ['*.wallet'],
    source: 'https://github.com/Multibit-Legacy/read-multibit-wallet-file',
  },
  {
    program: 'Electron Cash',
    holds: 'file',
    roots: { linux: ['~/.electron-cash'], darwin: ['~/.electron-cash'], win32: ['$APPDATA/ElectronCash'] },
    patterns: ['wallets/*'],
    source: 'https://github.com/Electron-Cash/Electron-Cash/blob/master/electroncash/util.py, user_dir',
  },
  {
    program: 'Litecoin Core',
    holds: 'file',
    roots: coreRoots('Litecoin'),
    patterns: ['wallet.dat', 'wallets/*.dat', 'wallets/*/wallet.dat'],
    source: 'https://github.com/litecoin-project/litecoin/blob/master/doc/files.md',
  },
  {
    program: 'Dogecoin Core',
    holds: 'file',
    roots: coreRoots('Dogecoin'),
    patterns: ['wallet.dat', 'wallets/*.dat'],
    source: 'https://github.com/dogecoin/dogecoin/blob/master/doc/files.md',
  },
  {
    program: 'Monero',
    holds: 'folder',
    roots: { linux: ['~/Monero'], darwin: ['~/Monero'], win32: ['~/Documents/Monero'] },
    patterns: ['wallets/*'],
    source:
      'https://github.com/monero-project/monero-gui/blob/master/src/main/main.cpp, the default account path',
  },
  {
    program: 'Exodus',
    holds: 'folder',
    roots: electron('Exodus'),
    patterns: ['exodus.wallet'],
    source: 'https://github.com/3rdIteration/btcrecover/blob/master/docs/TUTORIAL.md',
  },
  {
    program: 'Ledger Live',
    holds: 'file',
    roots: electron('Ledger Live'),
    patterns: ['app.json'],
    source: 'https://github.com/LedgerHQ/ledger-live (accounts and their names; no keys)',
  },
  {
    program: 'Trezor Suite',
    holds: 'folder',
    roots: electron('@trezor/suite-desktop'),
    patterns: ['metadata', 'IndexedDB'],
    source:
      'https://github.com/Homebrew/homebrew-cask/blob/HEAD/Casks/t/trezor-suite.rb (labels and accounts; no keys)',
  },
  {
    program: 'MetaMask',
    holds: 'folder',
    roots: CHROMIUM,
    patterns: within(
      ['Default/', 'Profile */'],
      [
        'Local Extension Settings/nkbihfbeogaeaoehlefnkodbefgpgknn',
        // as Microsoft's own shop names it
        'Local Extension Settings/ejbalbakoplchlghecdalmeeeajnimhm',
      ],
    ),
    source: 'https://support.metamask.io/configure/wallet/how-to-recover-your-secret-recovery-phrase/',
  },
  {
    // Not channel.db: an old copy of it can lose the money in the channels.
    program: 'LND',
    holds: 'file',
    roots: { linux: ['~/.lnd'], darwin: [`${SUPPORT}/Lnd`], win32: ['$LOCALAPPDATA/Lnd'] },
    patterns: within(
      ['mainnet/', 'testnet/', 'testnet4/', 'signet/', 'regtest/'],
      ['wallet.db', 'channel.backup'],
    ).map((path) => `data/chain/bitcoin/${path}`),
    source: 'https://docs.lightning.engineering/lightning-network-tools/lnd/lnd.conf',
  },
  {
    // Not lightningd.sqlite3, for the same reason.
    program: 'Core Lightning',
    holds: 'file',
    roots: { linux: ['~/.lightning'], darwin: ['~/.lightning'] },
    patterns: within(['bitcoin/', 'testnet/', 'signet/', 'regtest/'], ['hsm_secret', 'emergency.recover']),
    source: 'https://docs.corelightning.org/docs/backup',
  },
]
