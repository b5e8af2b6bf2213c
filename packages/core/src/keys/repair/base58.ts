/**
 * Repairs of a text in Base58Check by trying: every single wrong, missing or surplus symbol and every swap of neighbours,
 * symbols that cannot be read, and two wrong symbols: likely pairs, and then all within 400,000 hashes. The text is a number
 * to base 58, so that a change is a sum; what bytes a key must have rules most changes out before they are hashed.
 * 32 bits of hash let one wrong text in 2^32 pass: `tried` says how many were held against it.
 */
import { equal, unhex } from '../../bytes.js'
import { hash256 } from '../hash.js'
import { likelyFor } from './likely.js'

/** What the bytes of a kind of key are known to be. */
export interface Base58Shape {
  /** Without the four bytes of the check. */
  readonly length: number
  /** Each possible beginning. */
  readonly versions: readonly Uint8Array[]
  /** A byte further on of which few values are possible. */
  readonly fixed?: { readonly at: number; readonly values: readonly number[] }
  /** True for a whole text that is such a key. */
  readonly accepts: (text: string) => boolean
}

export interface Change {
  readonly kind: 'wrong' | 'missing' | 'surplus' | 'swapped'
  /** Counted from 1, in the text as it was given; of what is missing the place of the symbol behind it. */
  readonly position: number
  /** What belongs there; empty for a symbol too many. */
  readonly to: string
}

export interface Repair {
  readonly changes: readonly Change[]
  readonly text: string
}

export interface Repairs {
  readonly repairs: readonly Repair[]
  /** How many texts were held against the check. */
  readonly tried: number
  /** Whether all pairs of wrong symbols were tried, and not only likely ones. */
  readonly allPairs: boolean
}

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const BASE = 58n
const MAX_TRIED = 400_000
const MAX_UNREADABLE = 3
const MAX_SYMBOLS = 120

/** The repairs of a text that should have this shape; `?` and `_` stand for a symbol that cannot be read. */
export function repairBase58(text: string, shape: Base58Shape): Repairs {
  if (text.length > MAX_SYMBOLS) return { repairs: [], tried: 0, allPairs: false }
  const search: Search = { shape, text, found: new Map(), tried: { count: 0 } }
  const unreadable = [...text].flatMap((symbol, i) => (ALPHABET.includes(symbol) ? [] : [i]))
  let allPairs = true
  if (unreadable.length > 0) fillUnreadable(search, unreadable)
  else {
    tryOne(search)
    if (search.found.size === 0) allPairs = tryTwo(search)
  }
  return { repairs: [...search.found.values()], tried: search.tried.count, allPairs }
}

interface Search {
  readonly shape: Base58Shape
  readonly text: string
  readonly found: Map<string, Repair>
  readonly tried: { count: number }
}

/** A text as digits and as numbers: the value of each beginning and of each end. */
interface Digits {
  readonly digits: readonly number[]
  readonly before: readonly bigint[]
  readonly behind: readonly bigint[]
  readonly powers: readonly bigint[]
}

function digitsOf(text: string): Digits {
  const digits = Array.from(text, (symbol) => ALPHABET.indexOf(symbol))
  const powers = [1n]
  for (let i = 0; i <= digits.length; i++) powers.push((powers[i] as bigint) * BASE)
  const before = [0n]
  for (const [i, digit] of digits.entries()) before.push((before[i] as bigint) * BASE + BigInt(digit))
  const behind = [0n]
  for (const [i, digit] of digits.toReversed().entries())
    behind.push((behind[i] as bigint) + BigInt(digit) * (powers[i] as bigint))
  return { digits, before, behind: behind.toReversed(), powers }
}

function tryOne(search: Search): void {
  const { text } = search
  const { digits, before, behind, powers } = digitsOf(text)
  const n = digits.length
  const value = before[n] as bigint
  for (let i = 0; i <= n; i++) {
    const weight = powers[n - 1 - i] ?? 0n
    const wide = (before[i] as bigint) * (powers[n - i + 1] as bigint) + (behind[i] as bigint)
    for (let digit = 0; digit < 58; digit++) {
      const to = ALPHABET[digit] as string
      if (i < n && digit !== digits[i])
        check(search, value + BigInt(digit - (digits[i] as number)) * weight, [
          { kind: 'wrong', position: i + 1, to },
        ])
      check(search, wide + BigInt(digit) * (powers[n - i] as bigint), [
        { kind: 'missing', position: i + 1, to },
      ])
    }
    if (i === n) break
    const narrow = (before[i] as bigint) * weight + (behind[i + 1] as bigint)
    check(search, narrow, [{ kind: 'surplus', position: i + 1, to: '' }])
    const [a, b] = [digits[i] as number, digits[i + 1]]
    if (b === undefined || a === b) continue
    const swapped = value + BigInt(b - a) * weight + BigInt(a - b) * (powers[n - 2 - i] as bigint)
    check(search, swapped, [{ kind: 'swapped', position: i + 1, to: `${ALPHABET[b]}${ALPHABET[a]}` }])
  }
}

/** Every symbol in the place of each that cannot be read; and that it does not belong there at all. */
function fillUnreadable(search: Search, places: readonly number[]): void {
  const { text } = search
  if (places.length > MAX_UNREADABLE) return
  const blank = [...text].map((symbol, i) => (places.includes(i) ? '1' : symbol)).join('')
  const { before, powers } = digitsOf(blank)
  const n = text.length
  const fill = (value: bigint, changes: readonly Change[], rest: readonly number[]): void => {
    const [place, ...others] = rest
    if (place === undefined) {
      check(search, value, changes)
      return
    }
    const weight = powers[n - 1 - place] as bigint
    for (let digit = 0; digit < 58; digit++) {
      const change = { kind: 'wrong', position: place + 1, to: ALPHABET[digit] as string } as const
      fill(value + BigInt(digit) * weight, [...changes, change], others)
    }
  }
  fill(before[n] as bigint, [], places)
  const [only] = places
  if (places.length > 1 || only === undefined || search.found.size > 0) return
  const { before: head, behind, powers: weights } = digitsOf(blank)
  const narrow = (head[only] as bigint) * (weights[n - 1 - only] as bigint) + (behind[only + 1] as bigint)
  check(search, narrow, [{ kind: 'surplus', position: only + 1, to: '' }])
}

/**
 * Two wrong symbols: those that are easily confused; and where a known byte rules most of the others out all of them,
 * for as long as it takes.
 */
function tryTwo(search: Search): boolean {
  const { length } = search.text
  const pairs = (length * (length - 1) * 57 * 57) / 2
  const passing = (search.shape.fixed?.values.length ?? 256) / 256
  tryPairs(search, (symbol) => likelyFor(symbol, ALPHABET))
  if (search.found.size > 0 || pairs * passing > MAX_TRIED) return false
  return tryPairs(search, () => ALPHABET)
}

/** False when there were more than is reasonable. */
function tryPairs(search: Search, symbolsFor: (symbol: string) => string): boolean {
  const { text, shape, tried } = search
  const { digits, before, powers } = digitsOf(text)
  const value = before[digits.length] as bigint
  const most = tried.count + MAX_TRIED
  const changes = digits.map((digit, i) => {
    const symbols = symbolsFor(text[i] as string)
    const weight = powers[digits.length - 1 - i] as bigint
    return Array.from(symbols, (to) => ({ to, sum: BigInt(ALPHABET.indexOf(to) - digit) * weight })).filter(
      ({ sum }) => sum !== 0n,
    )
  })
  const window = windowOf(shape)
  const parts = changes.map((row) => row.map(({ sum }) => window.part(sum)))
  const base = window.part(value)
  for (let i = 0; i < digits.length; i++) {
    for (const [a, first] of (changes[i] as (typeof changes)[number]).entries()) {
      if (tried.count > most) return false
      const begun = base + ((parts[i] as number[])[a] as number)
      for (let j = i + 1; j < digits.length; j++) {
        const row = parts[j] as readonly number[]
        for (let b = 0; b < row.length; b++) {
          if (!window.passes(begun + (row[b] as number))) continue
          const second = (changes[j] as (typeof changes)[number])[b] as typeof first
          check(search, value + first.sum + second.sum, [
            { kind: 'wrong', position: i + 1, to: first.to },
            { kind: 'wrong', position: j + 1, to: second.to },
          ])
        }
      }
    }
  }
  return true
}

interface Window {
  /** Up to 48 bits of a number from its known byte on: sums of a few are exact. */
  readonly part: (value: bigint) => number
  readonly passes: (sum: number) => boolean
}

/** Without a known byte everything passes. */
function windowOf({ fixed, length }: Base58Shape): Window {
  if (!fixed) return { part: () => 0, passes: () => true }
  const bytes = Math.min(6, length + 4 - fixed.at)
  const below = BigInt(8 * (length + 4 - fixed.at - bytes))
  const [size, unit] = [2 ** (8 * bytes), 2 ** (8 * bytes - 8)]
  const values = new Set(fixed.values)
  return {
    part: (value) => Number(BigInt.asUintN(8 * bytes, value >> below)),
    // a carry from below the window changes its known byte once in 2^40
    passes: (sum) => values.has(Math.floor((sum % size) / unit)),
  }
}

/** Holds a number against the shape and its check, and keeps the text when the whole of it is right. */
function check(search: Search, value: bigint, changes: readonly Change[]): void {
  const { shape, text, found, tried } = search
  const digits = value.toString(16)
  const total = 2 * (shape.length + 4)
  if (value < 0n || digits.length > total) return
  const bytes = unhex(digits.padStart(total, '0'))
  if (!shape.versions.some((version) => equal(bytes.subarray(0, version.length), version))) return
  if (shape.fixed && !shape.fixed.values.includes(bytes[shape.fixed.at] as number)) return
  tried.count++
  const payload = bytes.subarray(0, shape.length)
  if (!equal(hash256(payload).subarray(0, 4), bytes.subarray(shape.length))) return
  const repaired = applied(text, changes)
  if (!found.has(repaired) && shape.accepts(repaired)) found.set(repaired, { changes, text: repaired })
}

/** The text with its changes made, the last one first, so that places stay right. */
export function applied(text: string, changes: readonly Change[]): string {
  const width = { wrong: 1, missing: 0, surplus: 1, swapped: 2 } as const
  return changes
    .toSorted((a, b) => b.position - a.position)
    .reduce((done, { kind, position, to }) => {
      return done.slice(0, position - 1) + to + done.slice(position - 1 + width[kind])
    }, text)
}
