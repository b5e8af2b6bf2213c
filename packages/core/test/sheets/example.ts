/** What an example of a sheet is: how it is drawn, and what is to be read of it. */
import type { Drawing, Paper } from '../../src/sheets/drawing.js'
import { fromEntropy } from '../../src/words/bip39.js'
import { stream } from '../draws.js'

export interface Example {
  readonly name: string
  readonly draw: (paper: Paper) => Drawing
  /** A card is `too small` for some; others `never` are on one. */
  readonly card?: 'too small' | 'never'
  /** Pages: one unless given. */
  readonly most?: number
  /** Pale lines are to be written or punched over, and keep no rules of the look. */
  readonly isGrid?: true
  /** What programs of others are asked about it; of those without it others are asked that are as hard to read. */
  readonly told?: () => Told
  /** That it is read on a card; on pages unless given. */
  readonly on?: 'card'
}

export interface Told {
  /** What its codes say, in any order. */
  readonly codes: readonly string[]
  /** Its one code is of bytes, and told as hex. */
  readonly isHex?: true
  /** What reading all its pages gives; null where there is nothing to read but its text. */
  readonly reads: string | null
  /** Codes so fine that the page asks for a scan at 300 dots an inch. */
  readonly isFine?: true
}

/** Of a sheet with nothing to read but its text. */
export const onlyText = (): Told => ({ codes: [], reads: null })

/** Of a sheet with one code. */
export const oneCode = (code: string, reads = code): Told => ({ codes: [code], reads })

export const DATE = '2026-11-26'
export const VAULT = '1a2b-3c4d-5e6f-7a8b-9c0d'
export const LONG =
  'The account that grandmother Wilhelmina-Antoinette opened for the children in 1987, Zürich branch'

/** Made once: deriving takes longer than drawing. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

export const english = (bytes: number) => fromEntropy(stream(1).draw(bytes))
