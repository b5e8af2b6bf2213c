/**
 * What a damaged key or address was, where few of its symbols are wrong: proposals, never a decision. The check of a
 * Base58Check text has 32 bits and that of a bech32 address 30: of N texts that were tried N in 2^32 (2^30) pass by
 * chance. Not repaired: hexadecimal, PEM and keystores, which have no such check.
 */
import { parseAddress } from './address.js'
import { decodeBase58Check } from './base58check.js'
import { parseExtendedKey } from './bip32.js'
import { parseBip38 } from './bip38.js'
import { orNull } from './bitcoin-forms.js'
import { COINS, decodeCoinWif } from './coins.js'
import { type Base58Shape, type Change, type Repair, type Repairs, repairBase58 } from './repair/base58.js'
import { repairBech32 } from './repair/bech32.js'

export type { Change, Repair } from './repair/base58.js'

export type DamagedFormat = 'wif' | 'bip38' | 'xprv' | 'xpub' | 'address'

export interface Damage {
  /** What the text most likely was. */
  readonly format: DamagedFormat
  readonly repairs: readonly Repair[]
  /** Texts held against the check. */
  readonly tried: number
  /** Of a wrong text to pass them all. */
  readonly chance: number
  /** Every pair of wrong symbols was tried; else only pairs that are easily confused. */
  readonly allPairs: boolean
}

interface Guess {
  readonly format: DamagedFormat
  readonly form: RegExp
  readonly shapes: readonly Base58Shape[]
}

const accepts = (parse: (text: string) => unknown) => (text: string) => orNull(() => parse(text)) !== null
const wifVersions = [...new Set(COINS.map(({ wif }) => wif))].map((byte) => Uint8Array.of(byte))

/** BIP-32 "Serialization format": a private key follows a byte of 0, a public key begins with 2 or 3. */
function extended(prefixes: readonly (readonly number[])[], values: readonly number[]): Base58Shape {
  return {
    length: 78,
    versions: prefixes.map((bytes) => Uint8Array.from(bytes)),
    fixed: { at: 45, values },
    accepts: accepts(parseExtendedKey),
  }
}

// The version bytes of `bip32.ts`: xprv yprv zprv Yprv Zprv tprv uprv vprv Uprv Vprv, and the same of public keys.
const PRIVATE = [
  0x0488ade4, 0x049d7878, 0x04b2430c, 0x0295b005, 0x02aa7a99, 0x04358394, 0x044a4e28, 0x045f18bc, 0x024285b5,
  0x02575048,
]
const PUBLIC = [
  0x0488b21e, 0x049d7cb2, 0x04b24746, 0x0295b43f, 0x02aa7ed3, 0x043587cf, 0x044a5262, 0x045f1cf6, 0x024289ef,
  0x02575483,
]
const bytesOf = (number: number) => [
  number >>> 24,
  (number >>> 16) & 0xff,
  (number >>> 8) & 0xff,
  number & 0xff,
]

const SYMBOL = '[0-9A-Za-z?_]'
const GUESSES: readonly Guess[] = [
  {
    format: 'bip38',
    form: new RegExp(`^6[PpR]${SYMBOL}{55,57}$`),
    shapes: [
      {
        length: 39,
        versions: [Uint8Array.of(0x01, 0x42), Uint8Array.of(0x01, 0x43)],
        accepts: accepts(parseBip38),
      },
    ],
  },
  {
    format: 'xprv',
    form: new RegExp(`^[xyztuvXYZTUV]?[pP][rR]?[vV]${SYMBOL}{105,109}$`),
    shapes: [extended(PRIVATE.map(bytesOf), [0])],
  },
  {
    format: 'xpub',
    form: new RegExp(`^[xyztuvXYZTUV]?[pP][uU]?[bB]${SYMBOL}{105,109}$`),
    shapes: [extended(PUBLIC.map(bytesOf), [2, 3])],
  },
  {
    format: 'wif',
    form: new RegExp(`^${SYMBOL}{50,53}$`),
    shapes: [
      { length: 34, versions: wifVersions, fixed: { at: 33, values: [1] }, accepts: accepts(decodeCoinWif) },
      { length: 33, versions: wifVersions, accepts: accepts(decodeCoinWif) },
    ],
  },
  {
    format: 'address',
    form: new RegExp(`^[123mnI7l]${SYMBOL}{24,35}$`),
    shapes: [
      {
        length: 21,
        versions: [0x00, 0x05, 0x6f, 0xc4].map((byte) => Uint8Array.of(byte)),
        accepts: accepts(parseAddress),
      },
    ],
  },
]

const BECH32 = /^(?:bc|tb|bcrt)1[0-9a-z?_]{8,90}$/i

/**
 * What is wrong with a text that is nearly a key or an address; null when it does not look like one, or when its check
 * holds: then no symbol of it is wrong, and a program made it so. Takes a second or two where pairs are tried. The
 * text is a secret as the key is.
 */
export function diagnose(text: string): Damage | null {
  if (decodeBase58Check(text)) return null
  if (BECH32.test(text)) {
    const found = repairBech32(text, { prefixes: ['bcrt', 'bc', 'tb'], accepts: accepts(parseAddress) })
    return { format: 'address', ...found, chance: found.tried / 2 ** 30 }
  }
  const guess = GUESSES.find(({ form }) => form.test(text))
  if (!guess) return null
  const all: Repairs[] = []
  for (const shape of guess.shapes) {
    all.push(repairBase58(text, shape))
    if (all.at(-1)?.repairs.length) break
  }
  const tried = all.reduce((sum, { tried }) => sum + tried, 0)
  return {
    format: guess.format,
    repairs: all.flatMap(({ repairs }) => repairs),
    tried,
    chance: tried / 2 ** 32,
    allPairs: all.every(({ allPairs }) => allPairs),
  }
}

/** The places that a repair changes, without what belongs there. */
export function placesOf({ changes }: Repair): readonly Omit<Change, 'to'>[] {
  return changes.map(({ kind, position }) => ({ kind, position }))
}
