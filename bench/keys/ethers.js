// Not compiled with the rest: its packages are installed by `npm run bench` only, beside this file.
import { HDNodeWallet, Mnemonic } from 'ethers'
import { printRates, WORDS } from './rate.js'

const seed = Mnemonic.fromPhrase(WORDS).computeSeed()
const root = HDNodeWallet.fromSeed(seed)
const ethereum = root.derivePath("m/44'/60'/0'/0").neuter()

printRates([
  { name: 'checksum of a phrase', run: () => Mnemonic.isValidMnemonic(WORDS) },
  { name: 'seed of a phrase', run: (i) => Mnemonic.fromPhrase(WORDS, `${i}`).computeSeed() },
  { name: 'account key of a seed', run: (i) => root.derivePath(`m/84'/0'/${i}'`).neuter().extendedKey },
  { name: 'ethereum address of an account', run: (i) => ethereum.deriveChild(i).address },
])
