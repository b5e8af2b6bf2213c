/**
 * Repairs of a bech32 or bech32m address (BIP-173, BIP-350): one symbol wrong, missing or surplus, neighbours swapped, or
 * two symbols wrong. The code is a BCH code of distance 5, so that two wrong symbols have one repair at most; BIP-173
 * warns of correcting without asking, since an address that was mistyped worse is corrected to somebody else's.
 */

import { applied, type Change, type Repair, type Repairs } from './base58.js'
import { likelyFor } from './likely.js'

const CHARSET = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const
/** BIP-173, and BIP-350 for versions above 0. */
const CONSTANTS = [1, 0x2bc830a3] as const
const MAX_SYMBOLS = 92

export interface Bech32Shape {
  /** Human-readable parts to try, such as `bc`. */
  readonly prefixes: readonly string[]
  readonly accepts: (text: string) => boolean
}

export function repairBech32(text: string, { prefixes, accepts }: Bech32Shape): Repairs {
  const none = { repairs: [], tried: 0, allPairs: true }
  const lower = text.toLowerCase()
  const prefix = prefixes.find((prefix) => lower.startsWith(`${prefix}1`))
  if (text.length > MAX_SYMBOLS || prefix === undefined) return none
  const search: Search = { text: lower, from: prefix.length + 1, prefix, tried: { count: 0 } }
  const lists = unreadablePlaces(search).length > 0 ? [filled(search)] : [oneChange(search), twoWrong(search)]
  for (const changes of lists) {
    const found = new Map<string, Repair>()
    for (const change of changes) {
      const repaired = applied(lower, change)
      if (accepts(repaired)) found.set(repaired, { changes: change, text: repaired })
    }
    if (found.size > 0) return { repairs: [...found.values()], tried: search.tried.count, allPairs: true }
  }
  return { ...none, tried: search.tried.count }
}

interface Search {
  /** In lower case. */
  readonly text: string
  /** Where the data begins. */
  readonly from: number
  readonly prefix: string
  readonly tried: { count: number }
}

function unreadablePlaces({ text, from }: Search): readonly number[] {
  return Array.from(text).flatMap((symbol, i) => (i < from || CHARSET.includes(symbol) ? [] : [i]))
}

function oneChange(search: Search): readonly (readonly Change[])[] {
  const { text, from } = search
  const all: Change[] = []
  for (let i = from; i <= text.length; i++) {
    const position = i + 1
    for (const to of CHARSET) {
      if (i < text.length && to !== text[i]) all.push({ kind: 'wrong', position, to })
      all.push({ kind: 'missing', position, to })
    }
    if (i === text.length) break
    all.push({ kind: 'surplus', position, to: '' })
    const [a = '', b = ''] = text.slice(i, i + 2)
    if (b !== '' && a !== b) all.push({ kind: 'swapped', position, to: b + a })
  }
  return all.map((change) => [change]).filter((changes) => holds(search, changes))
}

/** A symbol that is in no address of this kind: every other in its place, the likely ones first; two of them at most. */
function filled(search: Search): readonly (readonly Change[])[] {
  const places = unreadablePlaces(search)
  if (places.length > 2) return []
  const options = places.map((place): readonly Change[] => {
    const likely = likelyFor(search.text[place] as string, CHARSET)
    const symbols = [...new Set(likely + CHARSET)]
    return symbols.map((to) => ({ kind: 'wrong', position: place + 1, to }))
  })
  const [first = [], second] = options
  const pairs = first.flatMap((a) => (second ? second.map((b) => [a, b]) : [[a]]))
  const surplus: readonly Change[][] = second
    ? []
    : places.map((place) => [{ kind: 'surplus', position: place + 1, to: '' }])
  return [...pairs, ...surplus].filter((changes) => holds(search, changes))
}

/** The checksum is linear: two changes fit when their differences make up what is wrong with it. */
function twoWrong(search: Search): readonly (readonly Change[])[] {
  const { text, from } = search
  const sum = remainder(search, text)
  const differences = new Map<number, Change>()
  for (let i = from; i < text.length; i++) {
    for (const to of CHARSET) {
      if (to === text[i]) continue
      const changed = text.slice(0, i) + to + text.slice(i + 1)
      differences.set(remainder(search, changed) ^ sum, { kind: 'wrong', position: i + 1, to })
    }
  }
  const pairs: Change[][] = []
  for (const constant of CONSTANTS) {
    for (const [difference, first] of differences) {
      search.tried.count++
      const second = differences.get(difference ^ sum ^ constant)
      if (second && first.position < second.position) pairs.push([first, second])
    }
  }
  return pairs
}

function holds(search: Search, changes: readonly Change[]): boolean {
  search.tried.count++
  return (CONSTANTS as readonly number[]).includes(remainder(search, applied(search.text, changes)))
}

/** BIP-173, `bech32_polymod` of the expanded prefix and the data. */
function remainder({ prefix, from }: Search, text: string): number {
  const codes = Array.from(prefix, (letter) => letter.charCodeAt(0))
  const head = [...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31)]
  const data = Array.from(text.slice(from), (symbol) => CHARSET.indexOf(symbol))
  let check = 1
  for (const value of [...head, ...data]) {
    const top = check >>> 25
    check = ((check & 0x1ffffff) << 5) ^ value
    for (const [i, generator] of GENERATOR.entries()) if ((top >>> i) & 1) check ^= generator
  }
  return check >>> 0
}
