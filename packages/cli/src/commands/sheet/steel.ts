/**
 * `cairn sheet steel`: templates of steel plates in their true size, and the punches in their order. The phrase comes
 * from standard input or a prompt; a blank template has no secret in it.
 */
import { utf8 } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { drawPdf } from '@cairn/core/sheets/draw/pdf.js'
import { drawSvg } from '@cairn/core/sheets/draw/svg.js'
import type { Drawing } from '@cairn/core/sheets/drawing.js'
import { parseSteelWords, type SteelWords } from '@cairn/core/sheets/steel/content.js'
import type { SteelSize, SteelStyle } from '@cairn/core/sheets/steel/kinds.js'
import { blankPlates, makePlates, type Plate } from '@cairn/core/sheets/steel/plates.js'
import { formatPunchList, punchList } from '@cairn/core/sheets/steel/punches.js'
import { layOutSteel, type SteelPaper } from '@cairn/core/sheets/steel/sheet.js'
import type { Language } from '@cairn/core/words/bip39.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import { proveSteel } from '@cairn/node/sheets/prove-steel.js'
import { askInput } from '../../ask.js'
import type { Context } from '../../context.js'
import { type DeliveryOptions, deliverSheet, prepareDelivery } from '../../deliver-sheet.js'
import { needReveal, type Outcome } from '../../outcome.js'
import { bold, count } from '../../output.js'

interface Options extends DeliveryOptions {
  readonly style: SteelStyle
  readonly size: SteelSize
  readonly paper: SteelPaper
  readonly format: 'pdf' | 'svg'
  readonly compact?: boolean
  readonly blank?: boolean
  readonly words?: number
  readonly language?: Language
  readonly list?: boolean
  readonly reveal?: boolean
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  if (options.compact && options.style !== 'seedqr')
    return fail('usage', { reason: '--compact goes with --style seedqr' })
  if (!options.blank && options.words !== undefined)
    return fail('usage', { reason: '--words goes with --blank: a phrase has the words that it has' })
  return options.list ? runList(context, options) : runDraw(context, options)
}

async function runList(context: Context, options: Options): Promise<Outcome> {
  if (options.blank) return fail('usage', { reason: '--list is of a phrase: a blank plate has no punches' })
  const { out, print, yesPrint, seal, sealPassphraseFile } = options
  if ([out, print, yesPrint, seal, sealPassphraseFile].some((given) => given !== undefined))
    return fail('usage', {
      reason: '--list shows the punches on this screen only: without --out and --print',
    })
  needReveal({ ...(options.reveal ? { reveal: true } : {}) })
  const plates = makePlates(await askWords(context, options), options)
  const lists = plates.map(punchList)
  const lines = lists.map((list) => formatPunchList(list).join('\n')).join('\n\n')
  return {
    json: { plates: lists },
    secret: lines,
    page: lines,
    next: ['This list is as secret as the phrase. Count the punches of each row as you go.'],
  }
}

async function runDraw(context: Context, options: Options): Promise<Outcome> {
  const { paper, format } = options
  if (paper === 'plate' && options.print !== undefined)
    return fail('usage', { reason: 'a printer takes --paper a4 or letter' })
  const prepared = await prepareDelivery(
    context,
    options,
    options.blank ? { holds: 'nothing' } : { holds: 'secret', blank: blankCommand(options) },
  )
  const content = options.blank ? null : await askWords(context, options)
  const plates = content
    ? makePlates(content, options)
    : blankPlates(options.words ?? USUAL_WORDS, blankPlan(options))
  const drawing = layOutSteel(plates, { paper, metrics: diskFonts() })
  const file = await drawFile(drawing, format)
  await proveSteel({ files: [file], drawing, plates, content }, diskFonts())
  const request = {
    content: file,
    title: 'Cairn: steel plate',
    paper: paper === 'letter' ? paper : 'a4',
  } as const
  const delivered = await deliverSheet(context, { ...prepared, options, request })
  return {
    json: { ...describe(plates), pages: drawing.pages.length, proven: true, ...delivered.json },
    text: [say(plates), ...delivered.text].join('\n'),
    next: [...delivered.next, ...advice(options)],
  }
}

function askWords(context: Context, { language }: Options): Promise<SteelWords> {
  const question = { what: 'the phrase or the share', option: 'standard input' }
  return askInput(context, question).then((text) => parseSteelWords(text, language))
}

function blankPlan({ style, size, compact, language }: Options) {
  return { style, size, ...(compact ? { compact } : {}), ...(language ? { list: language } : {}) }
}

async function drawFile(drawing: Drawing, format: 'pdf' | 'svg'): Promise<Uint8Array> {
  const fonts = diskFonts()
  if (format === 'pdf') return drawPdf(drawing, { fonts })
  if (drawing.pages.length > 1)
    return fail('usage', { reason: 'these plates need several pages: --format pdf' })
  return utf8(drawSvg(drawing, { fonts }))
}

function describe(plates: readonly Plate[]): object {
  const [{ style, size, words }] = plates as readonly [Plate]
  return { style, size, words, plates: plates.length }
}

function say(plates: readonly Plate[]): string {
  const [{ style, size, words, holes, letters }] = plates as readonly [Plate]
  const what =
    holes || letters
      ? 'read back from the page as it will be printed'
      : 'blank, no secret is on it; measured on the page as it will be printed'
  return `${bold(count(plates.length, 'plate'))}: ${style}, ${size}, ${count(words, 'word')}; ${what}`
}

const USUAL_WORDS = 12

function blankCommand({ style, size, compact }: Options): string {
  return `cairn sheet steel --blank --style ${style}${compact ? ' --compact' : ''} --size ${size} --words ${USUAL_WORDS}`
}

function advice({ blank, style }: Options): readonly string[] {
  const measure = 'Print it at 100 %, and measure the line of 100 mm before you cut.'
  if (blank) return [measure, `What to punch, in order: cairn sheet steel --style ${style} --list --reveal`]
  return [
    measure,
    'When the plate is done: photograph it on a device without a network, read it with cairn sheet read, and delete the photo.',
    'Burn the template: it is as secret as the phrase.',
  ]
}
