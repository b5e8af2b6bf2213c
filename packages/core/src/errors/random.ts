/** Errors of the random generator. */
import type { Entry } from './entry.js'

export const randomErrors = {
  'random-broken': {
    kind: 'refused',
    message: 'the random generator of this computer does not work',
    hint: 'do not make keys here; use another computer',
  },
} as const satisfies Record<string, Entry>
