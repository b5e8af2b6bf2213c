/** `cairn phrase fix`: what a damaged phrase was, the most likely first; words only with `--reveal`. */
import { EXIT_CODES, fail } from '@cairn/core/errors.js'
import { type Known, recognise } from '@cairn/core/keys/known.js'
import type { Source } from '@cairn/core/keys/row.js'
import type { Network } from '@cairn/core/types.js'
import type { Language } from '@cairn/core/words/bip39.js'
import {
  type Candidate,
  type Fix,
  type FixKind,
  fixPhrase,
  type Slip,
  searchSpace,
} from '@cairn/core/words/fix.js'
import { titleOf } from '@cairn/core/words/kinds.js'
import { type Phrase, parsePhrase } from '@cairn/core/words/phrase.js'
import { fastSeed } from '@cairn/node/seed.js'
import { askInput } from '../../ask.js'
import type { Context } from '../../context.js'
import type { Outcome } from '../../outcome.js'
import { bad, columns, count, good } from '../../output.js'
import { askPassphrase, type PassphraseOptions } from '../../passphrase.js'
import { startProgress } from '../../progress.js'

interface Options extends PassphraseOptions {
  readonly kind?: FixKind
  readonly address?: string
  readonly xpub?: string
  readonly fingerprint?: string
  readonly network: Network
  readonly count: number
  readonly reveal?: boolean
}

/** As a person reads it; `position` is told beside it. */
const SLIPS: Readonly<Record<Slip, string>> = {
  none: 'right as it is',
  spelling: 'misspelt or misread',
  'lost-word': 'lost',
  'wrong-word': 'another word',
  'last-word': 'another last word',
  'missing-word': 'a word was left out',
  'extra-word': 'a word too many',
  joined: 'two words written as one',
  split: 'one word written as two',
  swapped: 'two words swapped',
  moved: 'a word in another place',
  order: 'read in another order',
}

/** Rows that a person is shown. */
const SHOWN = 12
/** A first candidate that costs more is one of many alike. */
const LIKELY_BITS = 12
/** What a search is measured with: a phrase of the vectors of BIP-39. */
const SAMPLE = `${'abandon '.repeat(11)}about`
const SAMPLES = 16

export async function run(context: Context, options: Options): Promise<Outcome> {
  const test = testOf(options)
  const text = await askInput(context, { what: 'the damaged phrase', option: 'standard input' })
  if (text.includes('+')) fail('usage', { reason: 'with parity words, use: cairn phrase parity --repair' })
  const passphrase = await askPassphrase(context, 'the passphrase of the phrase', options)
  const found = find(context, { text, options, test, passphrase })
  const json = options.reveal
    ? { candidates: found.candidates.map(toJson), truncated: found.truncated }
    : { candidates: found.candidates.length, truncated: found.truncated, slips: countSlips(found) }
  return {
    json,
    text: say(found, test !== null),
    ...(options.reveal && found.candidates.length > 0
      ? { secret: found.candidates.map(({ phrase }) => phrase).join('\n'), page: page(found) }
      : {}),
    next: advice(found, { text, test, reveal: options.reveal === true }),
    exit: found.candidates.length > 0 ? 0 : EXIT_CODES.attention,
  }
}

type Test = (source: Source) => boolean

function testOf({ address, xpub, fingerprint, network, count, kind }: Options): Test | null {
  if (address === undefined && xpub === undefined && fingerprint === undefined) return null
  if (kind === 'slip39') fail('usage', { reason: 'no address and no key is known of one SLIP-39 share' })
  const known: Known = {
    network,
    count,
    ...(address === undefined ? {} : { address }),
    ...(xpub === undefined ? {} : { xpub }),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  }
  return recognise(known)
}

interface Job {
  readonly text: string
  readonly options: Options
  readonly test: Test | null
  readonly passphrase: string
}

function find(context: Context, { text, options, test, passphrase }: Job): Fix {
  const kinds = options.kind === undefined ? {} : { kinds: [options.kind] }
  if (test === null) return fixPhrase(text, kinds)
  const progress = startProgress(context, { what: 'comparing with the wallet', unit: 'items' })
  let done = 0
  try {
    return fixPhrase(text, {
      kinds: options.kind === undefined ? ['bip39', 'electrum'] : [options.kind],
      accept: (candidate) => {
        progress.at(++done, 0)
        const phrase = phraseOf(candidate)
        return test({ phrase, passphrase, seed: fastSeed(phrase, passphrase) })
      },
    })
  } finally {
    progress.end()
  }
}

function phraseOf({ kind, language, phrase }: Candidate): Phrase {
  if (kind === 'bip39') return { kind, text: phrase, languages: [language as Language] }
  return parsePhrase(phrase, kind)
}

function toJson({ kind, language, slip, changes, phrase }: Candidate) {
  return { kind, language, slip, changes, valid: true, phrase }
}

function countSlips({ candidates }: Fix): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { slip } of candidates) counts[slip] = (counts[slip] ?? 0) + 1
  return counts
}

function say({ candidates, truncated, found: all }: Fix, proven: boolean): string {
  const [first] = candidates
  if (first === undefined)
    return `${bad('not found')}: no phrase that is a slip away ${proven ? 'leads to this wallet' : 'has a right checksum'}`
  if (first.slip === 'none') return `${good('right')}: ${titleOf(first.kind)}, with nothing to repair`
  if (proven) return `${good('found')}: the phrase that leads to this wallet; ${sayChange(first)}`
  const more = truncated ? ', and more damage was not looked at' : ''
  const cut = candidates.length < all ? ` ${candidates.length}` : ''
  const title = `${count(all, 'phrase')} with a right checksum${more}; the most likely${cut}:`
  return `${title}\n${table(candidates)}`
}

/** Candidates that read alike without their words share a row. */
function table(candidates: readonly Candidate[]): string {
  const rows = new Map<string, number>()
  for (const candidate of candidates) {
    const what = `${sayChange(candidate)}${remark(candidate)}`
    rows.set(what, (rows.get(what) ?? 0) + 1)
  }
  const all = Array.from(rows, ([what, n]) => [`  ${what}`, count(n, 'phrase')])
  const rest = all.length - SHOWN
  return `${columns(all.slice(0, SHOWN))}${rest > 0 ? `\n  and ${count(rest, 'other change')}` : ''}`
}

function sayChange({ changes, slip, cost }: Candidate): string {
  const places = changes.map(({ position }) => position)
  const shown = places.length > 6 ? `${places.slice(0, 6).join(', ')}, …` : places.join(', ')
  const what = slip === 'spelling' && cost > LIKELY_BITS ? 'any other word' : SLIPS[slip]
  return `${what}, at ${shown}`
}

function remark({ kind }: Candidate): string {
  return kind === 'bip39' ? '' : kind === 'slip39' ? ' (a proposal only)' : ` (${titleOf(kind)})`
}

function page(fix: Fix): string {
  const words = ({ changes, phrase }: Candidate) =>
    changes
      .map(({ position, to }) => (to === null ? `${position} left out` : `${position} ${to}`))
      .join('  ') || phrase
  return fix.candidates
    .map((candidate, i) => `${i + 1}: ${SLIPS[candidate.slip]}: ${words(candidate)}`)
    .join('\n')
}

function advice(
  { candidates, truncated }: Fix,
  { text, test, reveal }: { text: string; test: Test | null; reveal: boolean },
): readonly string[] {
  const [first] = candidates
  if (first?.slip === 'none')
    return [
      'Its addresses are not yours? Give one: cairn phrase fix --address ADDRESS looks for slips that keep the checksum.',
    ]
  const hints: string[] = []
  if (first && !reveal) hints.push('Add --reveal to see the words.')
  if (first?.kind === 'slip39')
    hints.push(
      'Compare each change with the share on paper: a share that was guessed can be one of another secret.',
    )
  else if (candidates.length > 1)
    hints.push('Which one is yours shows an address of the wallet: add --address ADDRESS')
  const unlikely = test === null && truncated && (first?.cost ?? 0) > LIKELY_BITS
  if (!first || unlikely) hints.push(...searchAdvice(text, test))
  return hints
}

/** Larger damage: the command, and how long it would take here. */
function searchAdvice(text: string, test: Test | null): readonly string[] {
  const space = searchSpace(text)
  if (space === null) return ['Check what it is with: cairn phrase check']
  const rate = measure(test ?? recognise({ fingerprint: '00000000' }))
  return [
    `More damage than a slip is for: cairn search phrase --address ADDRESS (this version does not have it yet).`,
    `  ${count(space.phrases, 'phrase')} with a right checksum; at ${Math.round(rate).toLocaleString('en-US')} a second, as this computer does now, ${sayTime(space.phrases / rate)}`,
  ]
}

/** Phrases a second, from the words to the comparison. */
function measure(test: Test): number {
  const phrase = parsePhrase(SAMPLE, 'bip39')
  const start = performance.now()
  for (let i = 0; i < SAMPLES; i++) test({ phrase, passphrase: String(i), seed: fastSeed(phrase, String(i)) })
  return (SAMPLES * 1000) / (performance.now() - start)
}

const UNITS = [
  { seconds: 365 * 86_400, noun: 'year' },
  { seconds: 86_400, noun: 'day' },
  { seconds: 3_600, noun: 'hour' },
  { seconds: 60, noun: 'minute' },
  { seconds: 1, noun: 'second' },
] as const

function sayTime(seconds: number): string {
  const unit = UNITS.find((row) => seconds >= row.seconds) ?? UNITS[4]
  return `about ${count(Math.max(1, Math.round(seconds / unit.seconds)), unit.noun)}`
}
