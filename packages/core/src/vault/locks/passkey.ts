/**
 * A passkey: its key, an age identity, is sealed with what the passkey gives through the PRF extension (passkey.ts).
 */
import * as z from 'zod'
import { isPasskeySealed, parsePasskey } from '../passkey.js'
import { stanzasOf } from '../sealed-key.js'
import { keyedFields, keyedRow, lockText } from './row.js'

const schema = z.strictObject({
  kind: z.literal('passkey'),
  ...keyedFields,
  /** `AGE-PLUGIN-FIDO2PRF-1…`: where it is found again; public. */
  passkey: z.string().max(2_400),
  /** Its provider may copy it to other devices, and then has it too. As its authenticator said when it was made. */
  synced: z.boolean(),
  /** The identity of `recipient`, sealed. */
  key: lockText,
})

export type PasskeyFactor = Readonly<z.infer<typeof schema>>

export const passkey = { ...keyedRow<PasskeyFactor>(schema, isWhole), schema }

function isWhole({ passkey: place, key }: PasskeyFactor): boolean {
  const stanzas = stanzasOf(key)
  return stanzas !== null && isPasskeySealed(stanzas) && isPlace(place)
}

function isPlace(text: string): boolean {
  try {
    parsePasskey(text)
    return true
  } catch {
    return false
  }
}
