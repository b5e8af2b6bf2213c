/**
 * The URs that stand for a phrase: `ur:seed` and `ur:crypto-bip39`. An SSKR share is read by `sskr.ts`; keys and
 * descriptors are none of the words, and are told apart from damage.
 */
import { fail, isCairnError } from '../errors.js'
import { fromEntropy } from './bip39.js'
import { type Problem, problem } from './problem.js'
import type { Reading } from './reading.js'
import { couldBeShare } from './sskr.js'
import { splitWords } from './text.js'
import { parseBip39 } from './ur/bip39.js'
import { parseSeed, SEED_TYPES } from './ur/seed.js'
import { isUr, parseUr } from './ur.js'

/** The text as a UR that stands for a phrase. @throws CairnError `phrase-too-long` */
export function readings(text: string): readonly Reading[] {
  if (!isUr(text) || couldBeShare(text)) return []
  const words = splitWords(text).length
  return [{ kind: 'ur', language: null, words, known: words, length: 'any', problems: problemsOf(text) }]
}

/**
 * The BIP-39 phrase that a UR holds, or whose entropy it holds.
 * @throws CairnError as `parseUr`; `ur-no-phrase`, `entropy-length`
 */
export function toPhrase(text: string): string {
  const ur = parseUr(text)
  if (SEED_TYPES.includes(ur.type)) return fromEntropy(parseSeed(ur).payload)
  return ur.type === 'crypto-bip39' ? parseBip39(ur) : fail('ur-no-phrase')
}

function problemsOf(text: string): readonly Problem[] {
  try {
    toPhrase(text)
    return []
  } catch (error) {
    if (isCairnError(error)) return [problem(error.code)]
    throw error
  }
}
