/** The refusals of the Electrum reader. The reasons name fields of the file, never what is in them. */
import { fail } from '../../errors.js'

const kind = 'Electrum'

export function damaged(reason: string): never {
  return fail('wallet-unreadable', { kind, reason })
}

export function unsupported(reason: string): never {
  return fail('wallet-unsupported', { kind, reason })
}
