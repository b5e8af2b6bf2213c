/**
 * Rows for a path that a person gives: one for each way in which the chain spells an address of one key. `*` stands for
 * the number that runs, as in descriptors: `m/84'/0'/7'/0/*`. On secp256k1 a path that ends hardened is an account, and
 * its addresses are `/0/*` below it (BIP-44).
 */
import { fail } from '../errors.js'
import type { Phrase } from '../words/phrase.js'
import { isHardened, parsePath } from './path.js'
import type { AccountChain, PathRow, Row } from './row.js'
import { ROWS } from './table.js'

/**
 * The rows that show what lies at a path of a person's own.
 * @throws CairnError `path-invalid`; `usage` when wallets open no such phrase on that chain, or derive by no path there.
 */
export function rowsAtPath(
  phrase: Phrase,
  { chain, path }: { chain: AccountChain; path: string },
): readonly PathRow[] {
  const forms = new Map<string, PathRow>()
  for (const row of ROWS) {
    if (row.chain === chain && isPathRow(row) && row.fits(phrase)) {
      forms.set(row.address.name, forms.get(row.address.name) ?? row)
    }
  }
  if (forms.size === 0) return fail('usage', { reason: `no path of ${chain} belongs to such a phrase` })
  return [...forms].map(([standard, row]) => ({ ...row, standard, path: template(path, row) }))
}

function isPathRow(row: Row): row is PathRow {
  return 'path' in row
}

function template(path: string, { curve }: PathRow): string {
  if (path.split('*').length > 2) return fail('path-invalid')
  const steps = parsePath(path.replace('*', '0'))
  const whole = path.startsWith('m') ? path.replace(/\/$/, '') : `m/${path}`
  if (path.includes('*')) return whole.replace('*', '{index}')
  const isAccount = curve === 'secp256k1' && (steps.length === 0 || isHardened(steps.at(-1) as number))
  return isAccount ? `${whole}/{change}/{index}` : whole
}
