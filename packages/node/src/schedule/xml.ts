/** The little of XML 1.0 that job files need: text that holds anything, and back. */
import { fail } from '@cairn/core/errors.js'

const ENTITIES = [
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
] as const

/** @throws CairnError `schedule-path` for characters that XML cannot hold. */
export function escapeXml(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0, section 2.2, "Char"
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)) return fail('schedule-path')
  return ENTITIES.reduce((escaped, [plain, entity]) => escaped.replaceAll(plain, entity), text)
}

/** Of text that `escapeXml` wrote, or a system that writes the same entities. */
export function unescapeXml(text: string): string {
  return ENTITIES.toReversed().reduce(
    (plain, [character, entity]) => plain.replaceAll(entity, character),
    text,
  )
}
