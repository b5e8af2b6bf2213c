/** Lists, days and counts as a language has them: ECMA-402, with the data of Unicode CLDR. */

/** `a, b and c`. @param language BCP 47 */
export function listed(language: string, items: readonly string[]): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(items)
}

/** A day as in a letter. @param day YYYY-MM-DD @param language BCP 47 */
export function longDay(language: string, day: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )
}

export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string }

/** The form that goes with a count. @param language BCP 47 */
export function plural(language: string, count: number, forms: Forms): string {
  return forms[new Intl.PluralRules(language).select(count)] ?? forms.other
}
