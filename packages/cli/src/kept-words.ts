/** Where this computer keeps a secret, in words. */
import type { KeptHere } from '@cairn/node/machine/credentials.js'
import type { Kept } from '@cairn/node/machine/kept.js'
import { safe } from './output.js'

export const KEPT: Readonly<Record<Kept, string>> = {
  file: 'in a file of this computer',
  keychain: 'in the keychain of this computer',
  both: 'in a file of this computer, and the keychain may have it still: move it again',
}

/** A line for the key of this computer, and one for each store whose credentials are not in a file, which is usual. */
export function sayKept({ key, credentials }: KeptHere): readonly string[] {
  const unusual = Object.entries(credentials).filter(([, where]) => where !== 'file')
  return [
    ...(key === null ? [] : [`The key of this computer is kept ${KEPT[key]}.`]),
    ...unusual.map(([store, where]) => `What opens the store ${safe(store)} is kept ${KEPT[where]}.`),
  ]
}
