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
  /^[xyztuv]prv[1-9A-HJ-NP-Za-km-z]{100,}$/, // BIP-32 and SLIP-132
  /^[5KLc9][1-9A-HJ-NP-Za-km-z]{50,51}$/, // WIF
  /^6P[1-9A-HJ-NP-Za-km-z]{56}$/, // BIP-38
  /^AGE-SECRET-KEY-(PQ-)?1/i,
]

/** @throws CairnError `secret-argument`. */
export function refuseSecrets(argv: readonly string[]): void {
  const inOne = argv.some((argument) => longestRun(words(argument)) >= WORDS_IN_ONE)
  if (inOne || longestRun(argv.flatMap(words)) >= WORDS_IN_A_ROW) {
    fail('secret-argument', { what: 'a recovery phrase' })
  }
  if (argv.some((argument) => KEYS.some((key) => key.test(argument.trim())))) {
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
