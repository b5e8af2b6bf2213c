/** Names that a person may have meant: at most two slips away, capitals aside. For suggestions, never in place of what was typed. */

/** Longer ones are not compared: what is typed may be a secret in the wrong place. */
const LONGEST = 40
const MOST_SLIPS = 2

/** The nearest first; none of a name that is there as it was typed. */
export function nearNames(typed: string, names: readonly string[]): readonly string[] {
  const plain = typed.toLowerCase()
  return names
    .filter((name) => name !== typed)
    .map((name) => ({ name, count: slips(plain, name.toLowerCase()) }))
    .filter(({ name, count }) => count <= Math.min(MOST_SLIPS, Math.floor(name.length / 3)))
    .sort((a, b) => a.count - b.count)
    .map(({ name }) => name)
}

/** `; did you mean NAME?`, or nothing. */
export function suggestion(typed: string, names: readonly string[]): string {
  const [nearest] = nearNames(typed, names)
  return nearest === undefined ? '' : `; did you mean ${nearest}?`
}

/** Levenshtein's distance. */
export function slips(a: string, b: string): number {
  if (a.length > LONGEST) return LONGEST
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const above = row
    row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
  }
  return row[b.length] ?? 0
}
