/**
 * The error catalogue. Every error a user can meet has a stable code, a one-line message in the
 * user's words, a hint about what to do next, and a kind that decides the exit code.
 * Details fill the `{placeholders}`; they are never secret, and a library's own message is never passed on.
 */
import { commandErrors } from './errors/commands.js'
import type { Entry, ErrorKind } from './errors/entry.js'
import { factorErrors } from './errors/factors.js'
import { keyErrors } from './errors/keys.js'
import { machineErrors } from './errors/machine.js'
import { randomErrors } from './errors/random.js'
import { sheetErrors } from './errors/sheets.js'
import { steelErrors } from './errors/steel.js'
import { storeErrors } from './errors/stores.js'
import { vaultErrors } from './errors/vault.js'
import { walletErrors } from './errors/wallets.js'
import { wordErrors } from './errors/words.js'

export type { ErrorKind } from './errors/entry.js'

/** Exit codes of the `cairn` command, by kind. 0 is done, 1 is a bug. */
export const EXIT_CODES: Readonly<Record<ErrorKind, number>> = {
  usage: 2,
  damaged: 3,
  unreachable: 4,
  refused: 5,
  absent: 6,
  mismatch: 7,
  attention: 8,
}

/** In the order in which `docs/errors.md` lists them; no code may be in two. */
const entries = {
  ...randomErrors,
  ...wordErrors,
  ...keyErrors,
  ...walletErrors,
  ...vaultErrors,
  ...sheetErrors,
  ...factorErrors,
  ...storeErrors,
  ...machineErrors,
  ...commandErrors,
  ...steelErrors,
}

export type ErrorCode = keyof typeof entries
export type ErrorDetails = Readonly<Record<string, string | number>>

/** The catalogue as data: `docs/errors.md` is held equal to it. */
export const ERRORS: Readonly<Record<ErrorCode, Entry>> = entries

export class CairnError extends Error {
  readonly code: ErrorCode
  readonly kind: ErrorKind
  readonly hint: string
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(fill(ERRORS[code].message, details))
    this.name = 'CairnError'
    this.code = code
    this.kind = ERRORS[code].kind
    this.hint = fill(ERRORS[code].hint, details)
    this.details = details
  }
}

/** Throws the catalogued error. Returns never, so that `return fail(…)` narrows types. */
export function fail(code: ErrorCode, details: ErrorDetails = {}): never {
  throw new CairnError(code, details)
}

/** True for a catalogued error, optionally one of the given codes. */
export function isCairnError(error: unknown, ...codes: readonly ErrorCode[]): error is CairnError {
  return error instanceof CairnError && (codes.length === 0 || codes.includes(error.code))
}

function fill(template: string, details: ErrorDetails): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(details[name] ?? placeholder))
}
