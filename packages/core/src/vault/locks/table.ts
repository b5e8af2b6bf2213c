/** The kinds of factors: a kind more is a file in this folder and a row in both tables here. */
import * as z from 'zod'
import { computer } from './computer.js'
import { passkey } from './passkey.js'
import { passphrase } from './passphrase.js'
import { person } from './person.js'
import { pkcs11 } from './pkcs11.js'
import { plugin } from './plugin.js'
import type { LockRow } from './row.js'
import { sheet } from './sheet.js'
import { tpm } from './tpm.js'

const LOCKS = { passphrase, computer, person, sheet, passkey, plugin, tpm, pkcs11 }

/** Any factor as vault.json has it. */
export const factorSchema = z.discriminatedUnion('kind', [
  passphrase.schema,
  computer.schema,
  person.schema,
  sheet.schema,
  passkey.schema,
  plugin.schema,
  tpm.schema,
  pkcs11.schema,
])

type Locks = typeof LOCKS

export type FactorKind = keyof Locks

/** Those of the first version of vault.json; a file with others says that it is a later one. */
export const FIRST_KINDS: ReadonlySet<FactorKind> = new Set(['passphrase', 'computer', 'person', 'sheet'])

/** A factor as vault.json has it. */
export type Factor = { [K in FactorKind]: Parameters<Locks[K]['fits']>[0] }[FactorKind]

/** A factor as asked for. */
export type FactorPlan = { [K in FactorKind]: Parameters<Locks[K]['lock']>[0] }[FactorKind]

/** The row of a kind. Give it factors and plans of that kind only, which the types cannot say. */
export function lockOf(kind: FactorKind): LockRow<FactorPlan, Factor> {
  return LOCKS[kind] as unknown as LockRow<FactorPlan, Factor>
}
