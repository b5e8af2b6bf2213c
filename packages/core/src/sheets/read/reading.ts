/** What a text on a sheet turned out to be. */

export type SheetKind =
  | 'phrase'
  | 'seedqr'
  | 'steel'
  | 'share'
  | 'vault-share'
  | 'paper-page'
  | 'private-key'
  | 'age-identity'
  | 'extended-key'
  | 'descriptor'
  | 'address'
  | 'age-recipient'
  | 'ur'
  | 'unknown'

export interface Reading {
  readonly kind: SheetKind
  /** Whoever sees the text can do harm with it; true for what nobody knows. */
  readonly secret: boolean
  /** What is written there, in the form in which other programs take it: words for a SeedQR. */
  readonly text: string
  /** What may be seen by all: which sheet it is. */
  readonly tells: Tells
}

/** Names as in JSON, values that are no secrets. */
export type Tells = Readonly<Record<string, string | number | boolean | null>>

/** One kind of thing; null for a text that is none. Never throws. */
export type Reader = (text: string) => Reading | null
