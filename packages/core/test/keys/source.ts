/** Accounts of a seed, where the words that it is of do not matter. */
import { type Account, type AddressRange, accountOf, type RowChoice } from '../../src/keys/accounts.js'
import type { PathRow, Row, Source } from '../../src/keys/row.js'
import { ROWS } from '../../src/keys/table.js'

export function seedSource(seed: Uint8Array): Source {
  return { phrase: { kind: 'bip39', text: '', languages: [] }, passphrase: '', seed }
}

export function rowOf({ chain = 'bitcoin', standard }: RowChoice): Row {
  const found = ROWS.filter((row) => row.chain === chain && row.standard === standard)
  if (found.length !== 1) throw new Error(`${found.length} rows of ${chain} ${standard}`)
  return found[0] as Row
}

/** `path` takes the place of the row's own. */
export function seedAccount(
  seed: Uint8Array,
  { path, ...options }: RowChoice & AddressRange & { readonly path?: string },
): Account {
  const row = rowOf(options)
  return accountOf(path ? { ...(row as PathRow), path } : row, seedSource(seed), options)
}
