/** What a scheme of shares is to everything above it; `schemes.ts` has one row for each. */

import type { Pbkdf2 } from '../pbkdf2.js'
import type { Problem } from '../problem.js'
import type { Reading } from '../reading.js'
import type { GroupPlan } from '../shamir/groups.js'
import type { Draw } from '../shamir/sharing.js'
import type { ShareForm } from '../sskr.js'

export type SchemeName = 'slip39' | 'sskr' | 'codex32' | 'seedxor'

/** What a share says of itself, without the others. No secret is in it. */
export interface ShareFacts {
  readonly scheme: SchemeName
  /** The same for all shares of a set and, as a rule, for no other set; null where the scheme does not tell. */
  readonly set: string | null
  /** From 1; null where the scheme has no groups or does not tell. */
  readonly group: number | null
  readonly groups: number | null
  readonly groupsNeed: number | null
  /** Which share of its group: a number from 1, or the letter of codex32; null where the scheme does not tell. */
  readonly member: number | string | null
  /** How many shares of its group are needed; null where the scheme does not tell. */
  readonly need: number | null
  /** Length of the secret. */
  readonly bytes: number
}

export interface GroupState {
  /** From 1. */
  readonly group: number
  /** Which shares are there, as in `ShareFacts.member`, in order. */
  readonly have: readonly (number | string)[]
  /** How many are needed; null where nothing tells so far. */
  readonly need: number | null
  readonly complete: boolean
}

/** What a set of shares is and what is still missing: plain data for any face, asked after every share. */
export interface RecoveryState {
  /** Null while no share is there. */
  readonly scheme: SchemeName | null
  readonly set: string | null
  /** One entry a group, in order; empty while no share is there. */
  readonly groups: readonly GroupState[]
  /** How many groups must be complete. */
  readonly need: number | null
  /** The shares can be combined. Whether that is all of them Seed XOR does not tell. */
  readonly complete: boolean
  /** What is missing in words, by group; empty when complete. */
  readonly missing: string
}

/** A correction that a code proposes. It is a guess, and a person compares it with the paper. */
export interface Correction {
  /** The share as it would be. */
  readonly text: string
  readonly changes: readonly {
    /** Of the character, from 1. */
    readonly position: number
    readonly to: string
  }[]
  /** Of texts that were never such a share, one in 2^evidenceBits could be corrected so. */
  readonly evidenceBits: number
}

export interface CombineOptions {
  /** Where the scheme has one. */
  readonly passphrase?: string
  /** Of the machine, where it has one; pure JavaScript unless given. */
  readonly pbkdf2?: Pbkdf2
}

export interface SplitOptions extends GroupPlan, CombineOptions {
  /** How a share is written, one of the scheme's forms; the first of them unless given. */
  readonly form?: ShareForm
}

export interface Scheme {
  readonly name: SchemeName
  /** As in "shares of SLIP-39". */
  readonly title: string
  /** What the secret is to a wallet that takes such shares: the BIP-32 seed itself, or entropy as of BIP-39. */
  readonly secretIs: 'seed' | 'entropy'
  /** What can be found out from the shares themselves. */
  readonly tells: {
    /** Which set a share is of. */
    readonly set: boolean
    /** How many shares are missing. */
    readonly missing: boolean
    /** That shares of one name do not fit together. */
    readonly mixed: boolean
    /** A passphrase goes with them, and a wrong one is not told. */
    readonly passphrase: 'none' | 'untold'
  }
  /** Where a share can be written in several ways. */
  readonly forms?: readonly ShareForm[]
  /** As in `kinds.ts`: what is wrong with a text as such a share. */
  readings(text: string): readonly Reading[]
  /** @throws CairnError what reading such a share throws, with `position` as its number */
  facts(text: string, position: number): ShareFacts
  /** @throws CairnError `share-foreign`, `share-conflict`, and what reading throws */
  state(texts: readonly string[]): Omit<RecoveryState, 'scheme' | 'set'>
  /** @throws CairnError `share-missing`, `share-digest`, and those of `state` */
  combine(texts: readonly string[], options: CombineOptions): Uint8Array
  /** One list a group. @throws CairnError `share-plan`, `entropy-length`, `share-passphrase`, `random-broken` */
  split(secret: Uint8Array, plan: SplitOptions, draw: Draw): readonly (readonly string[])[]
  /** The same secret in a set of another name. @throws CairnError those of `combine` and `split` */
  refresh(texts: readonly string[], plan: SplitOptions, draw: Draw): readonly (readonly string[])[]
  /** Null where nothing is wrong, or too much. Only codes that correct have it. */
  correct?(text: string): Correction | null
}

/** What is wrong with one share, and what it says. */
export interface ShareReport {
  /** The best guess when it is not valid; null when the text is a share of nothing that is known. */
  readonly scheme: SchemeName | null
  readonly valid: boolean
  readonly words: number
  readonly problems: readonly Problem[]
  /** Null when it is not valid. */
  readonly facts: ShareFacts | null
  /** How many characters a proposed correction would change; null where there is none. */
  readonly correction: number | null
}
