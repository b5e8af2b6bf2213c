/** Splits the arguments of an expression of the descriptor language (BIP-380) at the commas outside all brackets. */

/** One argument, perhaps empty, for the empty text. */
export function splitArguments(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < text.length; i++) {
    const symbol = text[i] as string
    if ('({'.includes(symbol)) depth++
    if (')}'.includes(symbol)) depth--
    if (symbol !== ',' || depth !== 0) continue
    parts.push(text.slice(start, i))
    start = i + 1
  }
  return [...parts, text.slice(start)]
}
