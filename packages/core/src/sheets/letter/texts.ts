/**
 * What a letter to heirs says in a language. It is read in grief by somebody who never opened a terminal: short sentences, no
 * term of the trade that is not explained, no haste. Each language is a file beside this one and a row in `languages.ts`;
 * commands, file names and what a sheet is titled stay as they are. Sentences are whole, with places for names in them that no
 * grammar touches, since nobody can decline the name of a wallet; what counts goes by the plural rules of the language.
 */
import type { ItemKind } from '../../plan/model.js'

/** Pieces of which so many are needed: all of them where `least` is `of`. */
export interface Part {
  readonly least: number
  readonly of: number
  /** As the language lists them. */
  readonly names: string
}

export interface LetterTexts {
  /** BCP 47. */
  readonly language: string
  readonly title: string
  readonly subtitle: string
  readonly footer: string
  readonly opening: readonly [string, string]
  readonly rules: { readonly title: string; readonly lines: readonly [string, string] }
  readonly about: {
    readonly title: string
    readonly intro: string
    /** Before what opens it. */
    readonly vault: string
    /** Sentences: what opens the vault; where there are groups, how many of them, and then each. */
    readonly need: (part: Part) => string
    readonly groups: (least: number, of: number) => string
    readonly group: (name: string, part: Part) => string
    /** No piece opens anything by itself. */
    readonly harmless: string
    /** Some do. */
    readonly guard: string
    readonly wallets: (count: number, names: string) => string
  }
  readonly pieces: {
    readonly title: string
    readonly intro: string
    readonly mine: string
    readonly copies: string
    /** Of a thing: where it is. */
    readonly lies: (name: string, at: string) => string
    /** When somebody last saw it there. */
    readonly seen: (day: string) => string
    readonly folder: string
    readonly provider: string
    /** An address, and what is there. */
    readonly copy: (address: string, about: string) => string
    /** Between two remarks. */
    readonly also: string
    readonly kinds: Readonly<Record<ItemKind, string>>
  }
  readonly needed: {
    readonly title: string
    /** Before the only way in, and before several. */
    readonly way: string
    readonly ways: string
    readonly more: (count: number) => string
    /** Where the list does not let them in: to be told, and not hoped over. */
    readonly none: string
  }
  readonly steps: {
    readonly title: string
    /** Below the fifth one stands the line to type. */
    readonly lines: readonly [string, string, string, string, string, string, string, string]
  }
  readonly signed: {
    readonly title: string
    readonly line: (file: string, days: number, to: string) => string
  }
  readonly ask: { readonly title: string; readonly intro: string }
  readonly closing: {
    readonly title: string
    readonly written: (day: string) => string
    readonly name: string
  }
}
