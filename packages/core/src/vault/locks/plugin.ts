/** An age plugin: the key of the factor, an age identity, is sealed by the plugin to a recipient of its own. */
import * as z from 'zod'
import { pluginOfRecipient } from '../age-plugin.js'
import { stanzasOf } from '../sealed-key.js'
import { keyedFields, keyedRow, lockText } from './row.js'

const schema = z.strictObject({
  kind: z.literal('plugin'),
  ...keyedFields,
  /** `age1NAME1…`: the recipient that the plugin sealed to; public. */
  plugin: z.string().max(2_400),
  /** The identity of `recipient`, sealed by the plugin. */
  key: lockText,
})

export type PluginFactor = Readonly<z.infer<typeof schema>>

export const plugin = { ...keyedRow<PluginFactor>(schema, isWhole), schema }

function isWhole({ plugin: recipient, key }: PluginFactor): boolean {
  try {
    return stanzasOf(key) !== null && pluginOfRecipient(recipient) !== ''
  } catch {
    return false
  }
}
