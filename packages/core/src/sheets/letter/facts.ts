/** What a letter to heirs is about: names and places, and nobody's secret. */
import type { HeirsPlan } from '../../plan/heirs.js'
import type { Thing } from '../../plan/places.js'
import type { Shape } from '../../vault/quorum.js'

export interface LetterFacts {
  /** YYYY-MM-DD. */
  readonly date: string
  /** The fingerprint of the vault. */
  readonly vault: string
  /** Names, with what kind of wallet each is. */
  readonly wallets: readonly string[]
  /** What opens the vault. */
  readonly policy: Shape
  /** Some piece opens a wallet by itself: the words of one, for example. */
  readonly isOneEnough: boolean
  readonly heirs: HeirsPlan
  /** The list of places, for where and when. */
  readonly things: readonly Thing[]
  /** Timelock recovery plans in the vault. */
  readonly signed: readonly { readonly name: string; readonly days: number; readonly to: readonly string[] }[]
  /** People to ask, as the owner wrote them. */
  readonly ask: readonly string[]
  /** Where the copies are, as `cairn restore --from` takes it. */
  readonly stores: readonly { readonly name: string; readonly address: string; readonly isFolder: boolean }[]
}
