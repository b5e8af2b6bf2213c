/** The types of UR that are on sheets, and what a sheet of one says. */
import type { AccountChoice, AccountStandard } from '../../keys/account-descriptors.js'
import type { ShareFacts } from '../../words/shares.js'
import type { Ur } from '../../words/ur.js'
import type { PassphraseChoice } from '../passphrase.js'

const SECRET_TYPES = ['crypto-seed', 'seed', 'crypto-bip39'] as const
const SHARE_TYPES = ['crypto-sskr', 'sskr'] as const
const PUBLIC_TYPES = [
  'crypto-account',
  'account-descriptor',
  'crypto-output',
  'output-descriptor',
  'crypto-hdkey',
  'hdkey',
] as const

export const UR_SHEET_TYPES = [...PUBLIC_TYPES, ...SECRET_TYPES, ...SHARE_TYPES] as const
export type UrSheetType = (typeof UR_SHEET_TYPES)[number]

export type SecretType = (typeof SECRET_TYPES)[number]
export type PublicType = (typeof PUBLIC_TYPES)[number]
export type ShareType = (typeof SHARE_TYPES)[number]

/** Whether one share a line is taken. */
export function isShareType(type: UrSheetType): type is ShareType {
  return SHARE_TYPES.some((one) => one === type)
}

/** Whether what it holds is nobody's secret. */
export function isPublicType(type: UrSheetType): type is PublicType {
  return PUBLIC_TYPES.some((one) => one === type)
}

/** Beside the codes. */
export type UrHolding =
  | {
      readonly what: 'phrase'
      readonly words: number
      readonly language: string | null
      readonly passphrase: 'none' | 'used'
    }
  | { readonly what: 'share'; readonly facts: ShareFacts }
  | { readonly what: 'account' | 'wallet'; readonly outputs: readonly UrOutput[] }
  | { readonly what: 'key'; readonly text: string }

export interface UrOutput {
  /** With its checksum. */
  readonly descriptor: string
  /** The first receiving one; null where there is none, or no single one. */
  readonly address: string | null
}

export interface UrSheet {
  readonly ur: Ur
  readonly holding: UrHolding
  /** Of master keys, 8 hex digits each. */
  readonly fingerprints: readonly string[]
  readonly name?: string
  /** YYYY-MM-DD. */
  readonly date: string
}

export interface UrContent extends AccountChoice, PassphraseChoice, Pick<UrSheet, 'name' | 'date'> {
  readonly type: Exclude<UrSheetType, ShareType>
  /** Of an account those of the table, and of one descriptor or key the first of them, unless given. */
  readonly standards?: readonly AccountStandard[]
}

export type Held = Pick<UrSheet, 'ur' | 'holding' | 'fingerprints'>
