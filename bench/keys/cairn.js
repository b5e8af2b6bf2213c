// @ts-check
import { keyAddress } from '../../packages/core/dist/keys/address.js'
import {
  deriveKey,
  formatExtendedKey,
  fromSeed,
  neuter,
  publicChildren,
} from '../../packages/core/dist/keys/bip32.js'
import { ethereumAddress } from '../../packages/core/dist/keys/ethereum.js'
import { parsePath } from '../../packages/core/dist/keys/path.js'
import { check, toSeedUnchecked } from '../../packages/core/dist/words/bip39.js'
import { pbkdf2Sha512 } from '../../packages/node/dist/pbkdf2.js'
import { printRates, WORDS } from './rate.js'

const root = fromSeed(toSeedUnchecked(WORDS, '', pbkdf2Sha512))
const children = (/** @type {string} */ path) => publicChildren(neuter(deriveKey(root, parsePath(path))))
const bitcoin = children("m/84'/0'/0'/0")
const ethereum = children("m/44'/60'/0'/0")

/** @param {string} passphrase */
function firstAddress(passphrase) {
  const key = deriveKey(
    fromSeed(toSeedUnchecked(WORDS, passphrase, pbkdf2Sha512)),
    parsePath("m/84'/0'/0'/0/0"),
  )
  return keyAddress(key.publicKey, 'p2wpkh')
}

printRates([
  { name: 'checksum of a phrase', run: () => check(WORDS).valid },
  { name: 'seed of a phrase', run: (i) => toSeedUnchecked(WORDS, `${i}`, pbkdf2Sha512) },
  { name: 'phrase to first bip84 address', run: (i) => firstAddress(`${i}`) },
  {
    name: 'account key of a seed',
    run: (i) => formatExtendedKey(neuter(deriveKey(root, parsePath(`m/84'/0'/${i}'`)))),
  },
  { name: 'bitcoin address of an account', run: (i) => keyAddress(bitcoin(i), 'p2wpkh') },
  { name: 'ethereum address of an account', run: (i) => ethereumAddress(ethereum(i)) },
])
