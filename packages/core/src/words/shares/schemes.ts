/**
 * Every scheme of shares that Cairn splits and combines, the default first. Adding one is a row and its file;
 * `shares.ts` knows none by name. Where a text is a share of several, the first one is meant.
 */
import { CODEX32 } from './codex32.js'
import { SLIP39, SSKR } from './grouped.js'
import type { Scheme, SchemeName } from './scheme.js'
import { SEEDXOR } from './seedxor.js'

export const SCHEMES: readonly Scheme[] = [SLIP39, SSKR, CODEX32, SEEDXOR]

export function schemeNamed(name: SchemeName): Scheme {
  return SCHEMES.find((scheme) => scheme.name === name) as Scheme
}
