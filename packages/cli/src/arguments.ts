/**
 * Secrets are never arguments: the shell keeps them in its history and every user of the computer sees
 * them in the process list. What looks like one is refused before anything else happens, and not repeated.
 */
import { fail } from '@cairn/core/errors.js'

/** In one argument: fewer words than the shortest phrase (12), to know a phrase with a lost word too. */
const WORDS_IN_ONE = 9
/** In a row of arguments: more, since names of wallets are words too. */
const WORDS_IN_A_ROW = 12

const WORD = /^[\p{Ll}\p{Lo}\p{M}]{1,24}$/u
const KEYS = [
  /[xyztuvYZUV]prv[1-9A-HJ-NP-Za-km-z]{100,}/, // BIP-32 and SLIP-132, also within a descriptor
  /(?:^|[:(,])[5KLc9TQX67][1-9A-HJ-NP-Za-km-z]{50,51}(?:$|[),])/, // WIF, of other coins too, and behind `p2wpkh:`
  /^6P[1-9A-HJ-NP-Za-km-z]{56}$/, // BIP-38
  /^S[1-9A-HJ-NP-Za-km-z]{21}(?:[1-9A-HJ-NP-Za-km-z]{8})?$/, // a mini private key
  /^0x[0-9a-fA-F]{64}$/, // hexadecimal, as Ethereum writes it
  /^[1-9A-HJ-NP-Za-km-z]{86,88}$/, // a Solana key pair
  /^\[(?:\s*\d{1,3}\s*,){31,}/, // the same as `id.json`
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /"(?:ciphertext|encseed)"\s*:/, // a keystore
  /(?:^|[:=,])AGE-SECRET-KEY-(PQ-)?1/i, // also where the recipient of a person belongs
]

/**
 * Where a key is what a command works on, any long run of letters and digits is one, damaged or not: file names are not
 * of this kind. Public keys and segwit addresses may be taken for a file that is not there.
 */
const LIKE_A_KEY = /^(?!(?:bc|tb|bcrt)1|[xyztuvYZUV]pub)[0-9A-Za-z?_]{50,}$/

/** @throws CairnError `secret-argument`. */
export function refuseSecrets(argv: readonly string[]): void {
  const inOne = argv.some((argument) => longestRun(words(argument)) >= WORDS_IN_ONE)
  if (inOne || longestRun(argv.flatMap(words)) >= WORDS_IN_A_ROW) {
    fail('secret-argument', { what: 'a recovery phrase' })
  }
  const keys = argv.includes('key') ? [...KEYS, LIKE_A_KEY] : KEYS
  if (argv.some((argument) => keys.some((key) => key.test(argument.trim())))) {
    fail('secret-argument', { what: 'a private key' })
  }
}

function words(argument: string): readonly string[] {
  return argument.normalize('NFC').toLowerCase().trim().split(/\s+/)
}

function longestRun(all: readonly string[]): number {
  let longest = 0
  let run = 0
  for (const word of all) {
    run = WORD.test(word) ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}
