/** The languages that a letter to heirs is written in, by their tags: another one is a file and a row. */
import { czech } from './cs.js'
import { german } from './de.js'
import { english } from './en.js'
import { spanish } from './es.js'
import { french } from './fr.js'
import { italian } from './it.js'
import { japanese } from './ja.js'
import { korean } from './ko.js'
import { portuguese } from './pt.js'
import type { LetterTexts } from './texts.js'
import { simplifiedChinese } from './zh-hans.js'
import { traditionalChinese } from './zh-hant.js'

export const LETTER_LANGUAGES = [
  'en',
  'es',
  'fr',
  'de',
  'it',
  'pt',
  'cs',
  'ja',
  'ko',
  'zh-Hans',
  'zh-Hant',
] as const
export type LetterLanguage = (typeof LETTER_LANGUAGES)[number]

export const LETTERS: Readonly<Record<LetterLanguage, LetterTexts>> = {
  en: english,
  es: spanish,
  fr: french,
  de: german,
  it: italian,
  pt: portuguese,
  cs: czech,
  ja: japanese,
  ko: korean,
  'zh-Hans': simplifiedChinese,
  'zh-Hant': traditionalChinese,
}
