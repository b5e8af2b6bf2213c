/**
 * Randomness that a person makes by hand, to be mixed into that of the operating system: dice, coins, cards, or
 * any typed text. Counts the bits it brings, never more than the throws can hold, and less where they repeat
 * themselves, so that a loaded die or a lazy typist is noticed.
 *
 * Not a test of randomness: no text can be proven random. It catches what is plainly not.
 */
import { utf8 } from '../bytes.js'
import { fail } from '../errors.js'

export type RollKind = 'dice' | 'coins' | 'cards' | 'text'

export interface Rolls {
  readonly kind: RollKind
  /** Throws, cards or characters. */
  readonly count: number
  /** What they bring, in bits, rounded down. */
  readonly bits: number
  /** One canonical spelling: what is mixed in. A secret. */
  readonly symbols: readonly string[]
}

/** More than anybody types; 100 throws of a die are 258 bits. */
const MAX_CHARACTERS = 20_000

/**
 * A row whose code is shorter than this part of it repeats itself: then only what is new in it counts. Of 200,000
 * fair rows of 48 to 500 throws the shortest code was 0.98 of the row; `HT` over and over has 0.56 after 256 throws.
 */
const LEAST_CODED = 0.85

const RANKS = ['A', '2', '3', '4', '5', '6', '7', '8', '9', '10', 'J', 'Q', 'K']
const SUITS: Readonly<Record<string, string>> = {
  S: 'S',
  H: 'H',
  D: 'D',
  C: 'C',
  '♠': 'S',
  '♥': 'H',
  '♦': 'D',
  '♣': 'C',
}
const DECK = RANKS.length * 4

/**
 * Reads what was thrown. Dice: the digits 1 to 6; coins: H and T, or 1 and 0; cards: rank and suit such as `AS`,
 * `10H` or `TH`, in the order of the shuffled deck, each once a deck. Spaces, commas and line ends separate.
 * @throws CairnError `rolls-invalid` naming the place
 */
export function parseRolls(kind: RollKind, text: string): Rolls {
  if (text.length > MAX_CHARACTERS) fail('rolls-invalid', { place: MAX_CHARACTERS, expected: 'the end' })
  const symbols = PARSERS[kind](text)
  return { kind, count: symbols.length, bits: Math.floor(bitsOf(kind, symbols)), symbols }
}

/** As bytes for mixing: the kind, then the symbols with a space between, in UTF-8. */
export function rollBytes({ kind, symbols }: Rolls): Uint8Array {
  return utf8(`${kind} ${symbols.join(kind === 'text' ? '' : ' ')}`)
}

const PARSERS: Readonly<Record<RollKind, (text: string) => readonly string[]>> = {
  dice: (text) => characters(text).map((face, i) => (/^[1-6]$/.test(face) ? face : refuse(i, '1 to 6'))),
  coins: (text) =>
    characters(text).map((face, i) => {
      if (/^[Hh1]$/.test(face)) return '1'
      return /^[Tt0]$/.test(face) ? '0' : refuse(i, 'H or T')
    }),
  cards: parseCards,
  text: (text) => [...text.normalize('NFC').trim()],
}

function characters(text: string): readonly string[] {
  return [...text.replace(/[\s,;]+/gu, '')]
}

function parseCards(text: string): readonly string[] {
  const cards = text
    .toUpperCase()
    .split(/[\s,;]+/u)
    .filter(Boolean)
    .map((card, i) => parseCard(card) ?? refuse(i, 'a card such as AS, 10H or KD'))
  for (let deck = 0; deck < cards.length; deck += DECK) {
    const seen = new Set<string>()
    for (const [i, card] of cards.slice(deck, deck + DECK).entries()) {
      if (seen.has(card)) refuse(deck + i, 'a card that was not there before in this deck')
      seen.add(card)
    }
  }
  return cards
}

function parseCard(text: string): string | null {
  const characters = [...text]
  const suit = SUITS[characters.pop() ?? '']
  const rank = characters.join('').replace(/^T$/, '10').replace(/^1$/, 'A')
  return suit && RANKS.includes(rank) ? `${rank}${suit}` : null
}

function refuse(index: number, expected: string): never {
  return fail('rolls-invalid', { place: index + 1, expected })
}

function bitsOf(kind: RollKind, symbols: readonly string[]): number {
  if (kind === 'cards') return cardBits(symbols.length)
  // A character of text brings one bit (Shannon 1951: printed English has 0.6 to 1.3), and only where it is new.
  if (kind === 'text') return phrases(symbols)
  const faces = kind === 'dice' ? 6 : 2
  const most = symbols.length * Math.log2(faces)
  return codedBits(symbols, faces) < LEAST_CODED * most ? phrases(symbols) : most
}

/** The n-th card of a deck is one of 53 - n: log2(52 · 51 · …), 225 bits for a whole one. */
function cardBits(count: number): number {
  let bits = 0
  for (let i = 0; i < count; i++) bits += Math.log2(DECK - (i % DECK))
  return bits
}

/** Lempel and Ziv 1978: the number of pieces, each a piece seen before and one symbol more. */
function phrases(symbols: readonly string[]): number {
  const seen = new Set<string>()
  let piece = ''
  for (const symbol of symbols) {
    piece += `${symbol} `
    if (seen.has(piece)) continue
    seen.add(piece)
    piece = ''
  }
  return seen.size
}

/** Length of the row in their code: which earlier piece, and the symbol. Longer than the row itself when random. */
function codedBits(symbols: readonly string[], faces: number): number {
  const pieces = phrases(symbols)
  let bits = 0
  for (let i = 1; i <= pieces; i++) bits += Math.log2(i) + Math.log2(faces)
  return bits
}
