/** `cairn sheet phrase`: the sheet of a recovery phrase as a file to print, or a form to write one on by hand. */
import { fail } from '@cairn/core/errors.js'
import { parseChain } from '@cairn/core/keys/chain-names.js'
import type { Paper } from '@cairn/core/sheets/drawing.js'
import { blankContent, phraseContent, usualLength } from '@cairn/core/sheets/phrase-content.js'
import { layOutPhrase, type PhraseSheet } from '@cairn/core/sheets/phrase-sheet.js'
import type { Network } from '@cairn/core/types.js'
import type { PhraseKind } from '@cairn/core/words/check.js'
import type { ParityCount } from '@cairn/core/words/parity.js'
import { stretch } from '@cairn/node/pbkdf2.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import { askInput } from '../../ask.js'
import type { Context } from '../../context.js'
import { leavesOpenFile } from '../../deliver-sheet.js'
import type { Outcome } from '../../outcome.js'
import { bold, count, today } from '../../output.js'
import { askPassphrase, type PassphraseOptions } from '../../passphrase.js'
import { SHARE_SCHEMES } from '../../program/lists.js'
import { type OutOptions, prepareOut, sendOut, sheetJson, sheetOf } from '../../sheet-out.js'

interface Options extends OutOptions, PassphraseOptions {
  readonly name?: string
  readonly blank?: boolean
  readonly words?: number
  readonly language?: string
  readonly kind?: PhraseKind
  readonly parity?: ParityCount
  readonly passphraseUsed?: boolean
  readonly network: Network
  readonly chain?: string
  readonly standard?: string
  readonly address: boolean
  readonly qr: boolean
  readonly paper: Paper
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  refuseUnused(options)
  const prepared = await prepareOut(
    context,
    { ...options, names: 'literal' },
    options.blank ? { holds: 'nothing' } : { holds: 'secret', blank: BLANK },
  )
  const sheet = options.blank ? formOf(options) : await askSheet(context, options)
  const out = sheetOf(layOutPhrase(sheet, { paper: options.paper, metrics: diskFonts() }), sheet.qr)
  const sent = await sendOut(context, [out], prepared)
  const { fingerprint, words, language, kind } = sheet
  return {
    json: {
      ...sheetJson(sent, prepared),
      blank: options.blank === true,
      words: words.length,
      language: language.name,
      fingerprint,
      code: out.codes.length > 0,
    },
    text: [
      `${bold(options.blank ? `form for a ${kind}` : kind)}, ${count(words.length, 'word')}${fingerprint === null ? '' : `, fingerprint ${fingerprint}`}`,
      ...sent.text,
    ].join('\n'),
    next: [...advice(options, sheet), ...sent.next],
  }
}

/** What would change nothing was meant to. @throws CairnError `usage` */
function refuseUnused({ blank, words, language, chain, standard, ...options }: Options): void {
  const refuse = (reason: string) => fail('usage', { reason })
  if (!blank && words !== undefined) refuse('--words goes with --blank: a phrase has the words that it has')
  if (!blank && language !== undefined) refuse('--language goes with --blank: a phrase tells its own')
  if (blank && !options.qr) refuse('--no-qr does not go with --blank: a form has no code')
  if (blank && !options.address) refuse('--no-address does not go with --blank: a form has a line for it')
  if (chain === undefined && standard === undefined) return
  const what = '--chain and --standard are of the first address, and'
  if (blank) refuse(`${what} a form has a line for it`)
  if (!options.address) refuse(`${what} --no-address leaves it out`)
  if (options.passphraseUsed && !options.passphrase && options.passphraseFile === undefined)
    refuse(`${what} it depends on the passphrase: --passphrase instead of --passphrase-used`)
}

/** What draws the same sheet to be filled in by hand. */
const BLANK = 'cairn sheet phrase --blank'

async function askSheet(context: Context, options: Options): Promise<PhraseSheet> {
  const text = await askInput(context, { what: 'the phrase', option: 'standard input' })
  const passphrase = await askPassphrase(context, 'the passphrase of the phrase', options)
  const { kind, parity, name, network, chain, standard } = options
  return phraseContent(text, {
    ...(kind === undefined ? {} : { kind }),
    ...(parity === undefined ? {} : { parity }),
    ...(name === undefined ? {} : { name }),
    ...(chain === undefined ? {} : { chain: parseChain(chain) }),
    ...(standard === undefined ? {} : { standard }),
    ...(options.passphraseUsed ? { passphraseIs: 'used' as const } : {}),
    ...(options.qr ? {} : { code: 'none' as const }),
    ...(options.address ? {} : { address: 'none' as const }),
    passphrase,
    network,
    stretch,
    date: today(),
  })
}

function formOf(options: Options): PhraseSheet {
  const { kind = 'bip39', words = usualLength(kind), parity, language, name } = options
  if (options.passphrase || options.passphraseFile !== undefined)
    return fail('usage', { reason: 'a form takes no passphrase: --passphrase-used says that there is one' })
  if (kind !== 'bip39' && parity !== undefined)
    return fail('usage', { reason: 'parity words are for BIP-39 phrases' })
  return blankContent({
    kind,
    words,
    ...(parity === undefined ? {} : { parity }),
    ...(name === undefined ? {} : { name }),
    list: language ?? null,
    passphrase: options.passphraseUsed ? 'used' : 'none',
  })
}

function advice(options: Options, { passphrase, fingerprint }: PhraseSheet): readonly string[] {
  const { blank, kind } = options
  if (blank) {
    const check = SHARE_SCHEMES.some((scheme) => scheme === kind) ? 'share check' : 'phrase check'
    return [`Print it, write the words by hand, and check them from the paper: cairn ${check}`]
  }
  const untold = passphrase === 'used' && fingerprint === null
  return [
    ...(leavesOpenFile(options)
      ? [
          'Whoever opens this file has the phrase. Print it on a printer that no one else uses, at 100 %, and delete it:',
          'printers and the computer keep copies. With --blank the words are written by hand, and no printer sees them.',
        ]
      : []),
    ...(untold
      ? ['Fingerprint and address are left out, since they depend on the passphrase: --passphrase adds them.']
      : []),
  ]
}
