/** Which of the forms of a wallet this is, by the fields it has. */
import { unsupported } from './damaged.js'
import type { Holdings } from './holdings.js'
import { at, type JsonObject } from './json.js'
import { readKeystores } from './keystores.js'
import { readLegacy } from './legacy.js'

/** @throws CairnError `wallet-unreadable`, `wallet-unsupported`. */
export function readHoldings(db: JsonObject): Holdings {
  refuseUnreleased(db)
  return readKeystores(db) ?? readLegacy(db)
}

/** Versions that only developers had, or that a mistake of 1.9.8 made; Electrum does not open them either. */
function refuseUnreleased(db: JsonObject): void {
  const version = at(db, 'seed_version')
  const isUnreleased = typeof version === 'number' && version >= 5 && version <= 10
  if (isUnreleased || (version === 14 && at(db, 'seed_type') === 'segwit')) {
    unsupported(`Electrum does not open seed version ${version} either`)
  }
}
