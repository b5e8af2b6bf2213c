// Not compiled with the rest: its packages are installed by `npm run bench` only, beside this file.
import { createHash } from 'node:crypto'
import { BIP32Factory } from 'bip32'
import { mnemonicToSeedSync, validateMnemonic } from 'bip39'
import * as ecc from 'tiny-secp256k1'
import { printRates, WORDS } from './rate.js'

const bip32 = BIP32Factory(ecc)
const root = bip32.fromSeed(mnemonicToSeedSync(WORDS))
const bitcoin = root.derivePath("m/84'/0'/0'/0").neutered()

/** HASH160, which is the work of an address; the spelling in bech32 is left out, to its advantage. */
const hash160 = (/** @type {Uint8Array} */ key) =>
  createHash('ripemd160').update(createHash('sha256').update(key).digest()).digest()

const firstAddress = (/** @type {string} */ passphrase) =>
  hash160(bip32.fromSeed(mnemonicToSeedSync(WORDS, passphrase)).derivePath("m/84'/0'/0'/0/0").publicKey)

printRates([
  { name: 'checksum of a phrase', run: () => validateMnemonic(WORDS) },
  { name: 'seed of a phrase', run: (i) => mnemonicToSeedSync(WORDS, `${i}`) },
  { name: 'phrase to first bip84 address', run: (i) => firstAddress(`${i}`) },
  { name: 'account key of a seed', run: (i) => root.derivePath(`m/84'/0'/${i}'`).neutered().toBase58() },
  { name: 'bitcoin address of an account', run: (i) => hash160(bitcoin.derive(i).publicKey) },
])
