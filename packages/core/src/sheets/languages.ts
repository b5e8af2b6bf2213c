/** Languages of word lists, as BCP 47 names them and as people do. */

const TAGS: Readonly<Record<string, string>> = {
  english: 'en',
  english_old: 'en',
  spanish: 'es',
  french: 'fr',
  italian: 'it',
  portuguese: 'pt',
  czech: 'cs',
  german: 'de',
  dutch: 'nl',
  russian: 'ru',
  turkish: 'tr',
  esperanto: 'eo',
  lojban: 'jbo',
  japanese: 'ja',
  korean: 'ko',
  chinese_simplified: 'zh-Hans',
  chinese_traditional: 'zh-Hant',
}

export interface SheetLanguage {
  readonly tag: string
  /** Null where nothing tells, or the kind has one list only. */
  readonly name: string | null
}

/** The language of a word list. @param list as `Reading.language` has it */
export function sheetLanguage(list: string | null): SheetLanguage {
  if (list === null) return { tag: 'en', name: null }
  const [first = '', ...rest] = list.split('_')
  const name = `${first[0]?.toUpperCase()}${first.slice(1)}${rest.length > 0 ? ` (${rest.join(' ')})` : ''}`
  return { tag: TAGS[list] ?? 'en', name }
}
