/** `cairn phrase parity`: extra words that repair a BIP-39 phrase, and the repair with them. */
import { EXIT_CODES } from '@cairn/core/errors.js'
import type { Language } from '@cairn/core/words/bip39.js'
import {
  type NotRepaired,
  type ParityCount,
  parityWords,
  type Repaired,
  repair,
} from '@cairn/core/words/parity.js'
import { askInput } from '../../ask.js'
import type { Context } from '../../context.js'
import { needReveal, type Outcome } from '../../outcome.js'
import { bad, columns, count, good, warn } from '../../output.js'

interface Options {
  readonly words: ParityCount
  readonly repair?: boolean
  readonly language?: Language
  readonly reveal?: boolean
}

/** Rarer than this, a chance repair is no news. */
const RARE = 1_000
/** Below so many bits the parity words alone are as good as the phrase to whoever finds them. */
const SAFE_BITS = 80

export async function run(context: Context, options: Options): Promise<Outcome> {
  return options.repair ? runRepair(context, options) : runMake(context, options)
}

async function runMake(context: Context, { words, language, reveal }: Options): Promise<Outcome> {
  needReveal({ ...(reveal ? { reveal } : {}) })
  const phrase = await askInput(context, { what: 'the phrase', option: 'standard input' })
  const parity = parityWords(phrase, { count: words, ...(language ? { language } : {}) })
  return {
    json: { parity },
    secret: parity.join(' '),
    page: columns(parity.map((word, i) => [`parity ${i + 1}`, word])),
    next: [
      'Write them under the phrase, on the same sheet, in this order; they are as secret as the phrase.',
      ...alone(phrase.trim().split(/\s+/).length, words),
    ],
  }
}

/** What a thief is left with who finds the parity words alone, where that is too little. */
function alone(words: number, parity: number): readonly string[] {
  const bits = 11 * (words - parity) - words / 3
  if (bits >= SAFE_BITS) return []
  return [
    `Never keep them apart from it: who finds only these ${parity} words has but 2^${bits} phrases to try.`,
  ]
}

async function runRepair(context: Context, options: Options): Promise<Outcome> {
  const what = 'the phrase, + and its parity words, with ? for a lost word'
  const result = repair(await askInput(context, { what, option: 'standard input' }))
  if (!result.repaired) return refused(result)
  const { phrase, parity, changes, grounds } = result
  const { lost, wrong, capacity, oneIn } = grounds
  return {
    json: {
      repaired: true,
      changes,
      ...(options.reveal ? { phrase, parity } : {}),
      ...{ lost, wrong, capacity, one_in: oneIn },
    },
    text: say(result),
    ...(options.reveal ? { secret: phrase, page: page(result) } : {}),
    next: advice(result, options),
  }
}

function refused({ grounds }: NotRepaired): Outcome {
  const { lost, capacity } = grounds
  const able = `${count(capacity, 'parity word')} bring back ${count(capacity, 'lost word')} or ${Math.floor(capacity / 2)} wrong ones`
  const found = lost > 0 ? `; ${lost} are lost here` : ''
  return {
    json: { repaired: false, changes: [], phrase: null, lost, capacity },
    text: `${bad('not repaired')}: more is damaged than the parity words can bring back\n  ${able}${found}`,
    next: [
      'Read the words again, and put ? for each one that you are not sure of: a word at a known place is repaired with half the parity.',
    ],
    exit: EXIT_CODES.damaged,
  }
}

function say({ changes, grounds, phrase }: Repaired): string {
  const { lost, wrong, capacity, oneIn } = grounds
  if (changes.length === 0) return `${good('right')}: the phrase and its parity words agree`
  const words = phrase.split(/\s/).length
  const places = changes.map((place) => (place > words ? `parity ${place - words}` : String(place)))
  const used = lost + 2 * wrong
  return [
    `${good('repaired')}: ${count(changes.length, 'word')} changed, at ${places.join(', ')}`,
    `  ${count(lost, 'lost word')}, ${count(wrong, 'wrong word')}: ${used} of what ${count(capacity, 'parity word')} can do`,
    `  had more been damaged, one text in ${oneIn.toLocaleString('en-US')} would still look like this`,
  ].join('\n')
}

function page({ phrase, parity }: Repaired): string {
  const words = phrase.split(/\s/)
  const rows = [...words, ...parity].map((word, i) => [
    i < words.length ? String(i + 1) : `parity ${i - words.length + 1}`,
    word,
  ])
  return columns(rows)
}

function advice({ changes, grounds }: Repaired, { reveal }: Options): readonly string[] {
  if (changes.length === 0) return []
  const doubt = `${warn('Only the checksum of the phrase speaks for this')}: compare an address before you rely on it, with: cairn phrase show`
  return [
    ...(grounds.oneIn < RARE ? [doubt] : []),
    ...(reveal
      ? ['Write a new sheet, and drill with it: cairn drill --words']
      : ['Add --reveal to see the words.']),
  ]
}
