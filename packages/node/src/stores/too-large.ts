/** What every store that is reached over a line says of an object beyond the limit: it is not read to its end, and other objects may be whole. */
import { fail } from '@cairn/core/errors.js'

export const TOO_LARGE = 'it is larger than anything in a vault'

export function tooLarge(store: string, object: string): never {
  return fail('object-unreadable', { store, object, reason: TOO_LARGE })
}
