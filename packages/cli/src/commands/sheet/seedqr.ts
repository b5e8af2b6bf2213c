/** `cairn sheet seedqr`: a SeedQR to copy by hand, with the grid to copy it onto, or that grid alone. */
import { fail } from '@cairn/core/errors.js'
import {
  blankSeedQr,
  layOutSeedQr,
  type SeedQrSheet,
  type SeedQrWords,
  seedQrContent,
} from '@cairn/core/sheets/seedqr-sheet.js'
import { stretch } from '@cairn/node/pbkdf2.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import { askInput } from '../../ask.js'
import type { Context } from '../../context.js'
import { leavesOpenFile } from '../../deliver-sheet.js'
import type { Outcome } from '../../outcome.js'
import { bold, count, today } from '../../output.js'
import { askPassphrase, type PassphraseOptions } from '../../passphrase.js'
import { type OutOptions, prepareOut, sendOut, sheetJson } from '../../sheet-out.js'

interface Options extends OutOptions, PassphraseOptions {
  readonly compact?: boolean
  readonly blank?: boolean
  readonly words?: SeedQrWords
  readonly name?: string
  readonly passphraseUsed?: boolean
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  if (!options.blank && options.words !== undefined)
    return fail('usage', { reason: '--words goes with --blank: a phrase has the words that it has' })
  const prepared = await prepareOut(
    context,
    options,
    options.blank ? { holds: 'nothing' } : { holds: 'secret', blank: blankCommand(options) },
  )
  const sheet = options.blank ? gridOf(options) : await askSheet(context, options)
  const drawing = layOutSeedQr(sheet, { paper: options.paper, metrics: diskFonts() })
  const { filled, words, compact } = sheet
  const sent = await sendOut(context, [{ drawing, codes: filled ? [filled.code] : [] }], prepared)
  return {
    json: {
      ...sheetJson(sent, prepared),
      blank: filled === null,
      compact,
      words,
      fingerprint: filled?.fingerprint ?? null,
    },
    text: [say(sheet), ...sent.text].join('\n'),
    next: [...advice(options), ...sent.next],
  }
}

function gridOf({ words = 24, name, compact = false, ...options }: Options): SeedQrSheet {
  if (options.passphrase || options.passphraseFile !== undefined || options.passphraseUsed)
    return fail('usage', { reason: 'a grid alone takes no passphrase: it is written on it by hand' })
  return blankSeedQr(words, { compact, ...(name === undefined ? {} : { name }) })
}

async function askSheet(context: Context, options: Options): Promise<SeedQrSheet> {
  const text = await askInput(context, { what: 'the phrase', option: 'standard input' })
  const passphrase = await askPassphrase(context, 'the passphrase of the phrase', options)
  return seedQrContent(text, {
    compact: options.compact ?? false,
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.passphraseUsed ? { passphraseIs: 'used' as const } : {}),
    passphrase,
    stretch,
    date: today(),
  })
}

function blankCommand({ compact }: Options): string {
  return `cairn sheet seedqr --blank${compact ? ' --compact' : ''} --words 24`
}

function say({ filled, words, compact }: SeedQrSheet): string {
  const what = bold(compact ? 'CompactSeedQR' : 'SeedQR')
  if (filled === null) return `${what}, a grid for ${count(words, 'word')}: no secret is on it`
  const whose = filled.fingerprint === null ? '' : `, fingerprint ${filled.fingerprint}`
  return `${what}, ${count(words, 'word')}${whose}: a page to copy from, and a grid to copy onto`
}

function advice(options: Options): readonly string[] {
  const check = 'When it is filled in: scan it with the device, and compare the fingerprint.'
  if (options.blank) return ['Print it, and fill it in zone by zone from the screen of the device.', check]
  return [
    ...(leavesOpenFile(options)
      ? [
          'Whoever opens this file has the phrase. Print it on a printer that no one else uses, at 100 %, and delete it.',
        ]
      : []),
    check,
    'Then burn the page that was copied from.',
  ]
}
