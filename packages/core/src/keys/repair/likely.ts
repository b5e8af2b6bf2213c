/**
 * Which symbols a person writes, reads or types for another: look-alikes, the same letter in the other case, and
 * neighbours on a keyboard. Used where trying every symbol would take too long.
 */

const LOOK_ALIKES = [
  '1iLl7TJIj|!',
  '0oOQDaCc',
  '2ZzR',
  '3E8B5',
  '4A9H',
  '5Ss',
  '6Gb',
  '8BR',
  '9gqyP',
  'uvUVwYy',
  'mnrNMWw',
  'ftFPTrj',
  'hnbkKh',
  'ceC',
  'xXkK',
  'dclD',
]

const KEYBOARD = ['1234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** The symbols of an alphabet that stand where another was meant, without it. */
export function likelyFor(symbol: string, alphabet: string): string {
  const found = new Set([
    ...LOOK_ALIKES.filter((group) => group.includes(symbol)).join(''),
    ...[symbol.toLowerCase(), symbol.toUpperCase()],
    ...neighbours(symbol),
  ])
  found.delete(symbol)
  return [...found].filter((other) => alphabet.includes(other)).join('')
}

/** In the same row, and in the rows above and below, in the case of the symbol. */
function neighbours(symbol: string): readonly string[] {
  const lower = symbol.toLowerCase()
  const row = KEYBOARD.findIndex((keys) => keys.includes(lower))
  const at = KEYBOARD[row]?.indexOf(lower) ?? -1
  if (at < 0) return []
  const around = [
    [row, at - 1],
    [row, at + 1],
    [row - 1, at],
    [row - 1, at + 1],
    [row + 1, at - 1],
    [row + 1, at],
  ]
  const keys = around.flatMap(([y = 0, x = 0]) => KEYBOARD[y]?.[x] ?? [])
  return symbol === lower ? keys : keys.map((key) => key.toUpperCase())
}
