/**
 * What a slip costs, in bits: how much less likely the typed letters are than the right ones, when a word of
 * fifty is miswritten at all. Rounded judgements, not measurements; docs/phrase-fix.md has the table, and
 * measures how often the true phrase comes first with them.
 */

export const COSTS = {
  /** A letter doubled, or a double one single. */
  doubled: 3,
  /** Letters that look alike in handwriting or to a camera. */
  looksAlike: 3,
  soundsAlike: 3,
  /** Two neighbouring letters in the other order. */
  swapped: 4,
  /** The key beside the right one. */
  keyboard: 4,
  leftOut: 5,
  added: 5,
  /** Any other letter in the place of the right one. */
  replaced: 5,
} as const

/** Pairs in both directions, by what they are taken for. */
const LOOK_ALIKE =
  'rn/m nn/m ni/m cl/d cl/a u/v n/h n/r n/u n/m a/o a/u a/d e/c e/o o/c i/l i/j l/t f/t l/f g/q g/y j/y p/b vv/w uu/w v/y v/r ' +
  'ri/n li/h h/b h/k k/x m/w s/r z/r 0/o 1/l 1/i 5/s 8/b 9/g 2/z 3/e 4/a 6/b 7/t |/l а/a е/e о/o р/p с/c у/y х/x і/i ı/i'
const SOUND_ALIKE =
  'ph/f c/k ck/k c/s ss/c s/z i/y e/i a/e o/u x/cks x/ks j/g dg/j g/gh kn/n gn/n wr/r wh/w mb/m sc/s ch/k tch/ch sh/ch ' +
  'tion/sion tion/shun er/or er/ar or/ar er/re or/our le/el le/al ea/ee ee/i ee/ie ea/e ai/ay ai/a ei/ie ay/ey au/aw ow/ou ou/oo ' +
  'u/oo ew/oo qu/kw y/ie y/ey t/d b/v ll/y eau/o qu/k ent/ant ence/ance able/ible igh/i th/t ise/ize'

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
/** Of German and French keyboards, beside those that the rows give. */
const OTHER_KEYS = 'y/z a/q w/z'

export interface Pair {
  readonly typed: string
  readonly word: string
  readonly cost: number
}

const pairs: readonly Pair[] = [
  ...pairsOf(LOOK_ALIKE, COSTS.looksAlike),
  ...pairsOf(SOUND_ALIKE, COSTS.soundsAlike),
  ...pairsOf(OTHER_KEYS, COSTS.keyboard),
  ...neighbouringKeys().flatMap((pair) => pairsOf(pair, COSTS.keyboard)),
]

/** By the last letters of both sides. */
const byEnds = new Map<string, readonly Pair[]>()
for (const pair of pairs) {
  const ends = `${pair.typed.at(-1)}${pair.word.at(-1)}`
  byEnds.set(ends, [...(byEnds.get(ends) ?? []), pair])
}

/** Beginnings, not the whole, of the letters on the side of the word. */
const beginnings = new Set(
  pairs.flatMap(({ word }) => Array.from({ length: word.length - 1 }, (_, i) => word.slice(0, i + 1))),
)

/** The pairs that end in these letters on their two sides. */
export function pairsEndingIn(typed: string, word: string): readonly Pair[] {
  return byEnds.get(typed + word) ?? NONE
}

/** True when a pair whose letters of the word begin like this needs more of them. */
export function beginsPair(letters: string): boolean {
  return beginnings.has(letters)
}

const NONE: readonly Pair[] = []

function pairsOf(text: string, cost: number): readonly Pair[] {
  return text.split(' ').flatMap((pair) => {
    const [a = '', b = ''] = pair.split('/')
    return [
      { typed: a, word: b, cost },
      { typed: b, word: a, cost },
    ]
  })
}

/** Keys side by side, or touching in the next row, which is shifted by half a key. */
function neighbouringKeys(): readonly string[] {
  const keys = ROWS.flatMap((row, y) => Array.from(row, (key, i) => ({ key, y, x: i + y / 2 })))
  return keys.flatMap((a) =>
    keys
      .filter((b) => a.key < b.key && Math.abs(a.y - b.y) <= 1 && Math.abs(a.x - b.x) <= 1)
      .map((b) => `${a.key}/${b.key}`),
  )
}
