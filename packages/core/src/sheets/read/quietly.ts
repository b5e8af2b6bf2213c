/** Reading what may be of another kind. */
import { isCairnError } from '../../errors.js'

/** Null where a text is none of the kind, which is no fault while others are still to be tried. */
export function quietly<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}
