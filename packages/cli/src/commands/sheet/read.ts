/**
 * `cairn sheet read`: what stands on sheets, from photos, scans, PDFs and files of text. Without `--reveal` it tells
 * which sheets they are and no secret.
 */
import { isCairnError } from '@cairn/core/errors.js'
import { isAsPromised, type Margin } from '@cairn/core/sheets/margin.js'
import { type Reading, readTyped, type Tells } from '@cairn/core/sheets/read.js'
import { titleOf } from '@cairn/core/words/kinds.js'
import { schemeNamed } from '@cairn/core/words/shares.js'
import type { CodeMargin } from '@cairn/node/sheets/margin.js'
import { formatOf, isPicture, type PictureFile } from '@cairn/node/sheets/picture.js'
import { type FoundReading, readSheets, type SheetsFound } from '@cairn/node/sheets/read.js'
import { syncedBy } from '@cairn/node/sheets/synced.js'
import { askLine, canAsk } from '../../ask.js'
import type { Context } from '../../context.js'
import { readSecret } from '../../input.js'
import type { Outcome } from '../../outcome.js'
import { bold, columns, count, safe } from '../../output.js'
import { openPicture } from '../../pictures.js'

interface Options {
  readonly passphraseFile?: string
  readonly reveal?: boolean
  readonly margin?: boolean
}

export async function run(context: Context, options: Options, files: readonly string[]): Promise<Outcome> {
  const passphrase =
    options.passphraseFile === undefined ? undefined : await readSecret(options.passphraseFile)
  const pictures: PictureFile[] = []
  for (const name of files) pictures.push(await openPicture(context, name, passphrase))
  if (options.margin === true) return showMargins(pictures)
  const { found, without } = await readOrAsk(context, pictures)
  const shown = options.reveal === true
  const texts = found.filter(({ kind }) => kind === found[0]?.kind).map(({ text }) => text)
  const secret = found.map(({ text }) => text).join('\n')
  const isShown = shown || found[0]?.secret === false
  return {
    json: {
      kind: found[0]?.kind,
      ...(isShown ? { text: texts.join('\n') } : {}),
      found: found.map((reading) => asJson(reading, shown)),
      ...(without.length > 0 ? { without } : {}),
    },
    text: found.map(sayReading).join('\n'),
    ...(shown ? { secret, page: secret.split('\n').map(safe).join('\n') } : {}),
    next: [...nothingOn(without), ...advice(found, { shown, pictures })],
  }
}

/** No secret: how much the codes stand, not what they say. */
async function showMargins(pictures: readonly PictureFile[]): Promise<Outcome> {
  const { marginsOf } = await import('@cairn/node/sheets/margin.js')
  const all: CodeMargin[] = []
  for (const picture of pictures) all.push(...(await marginsOf(picture)))
  return {
    json: { codes: all.map(marginAsJson) },
    text: all.map(sayCode).join('\n\n'),
    next: [
      'Each line is the most of one damage with which the code was read three times out of three, simulated on its',
      'pixels. Real paper, lenses and light differ, and several damages at once are worse than one.',
      ...(all.every(({ margins }) => isAsPromised(margins))
        ? []
        : [
            'A code stands less than the 15 % of stains and 10° of tilt that are promised: make its sheet anew.',
          ]),
    ],
  }
}

function marginAsJson({
  file,
  page,
  code,
  sheet,
  level,
  modules,
  module,
  alike,
  margins,
}: CodeMargin): object {
  const { kind } = sheet
  const about = { file, page, code, kind, correction: level, modules, module_mm: module, alike }
  return { ...about, as_promised: isAsPromised(margins), margins }
}

function sayCode({ file, page, code, sheet, level, modules, module, alike, margins }: CodeMargin): string {
  const size = module === null ? '' : ` of ${module.toFixed(2)} mm`
  const others = alike === 0 ? '' : ` and ${count(alike, 'code')} like it`
  return [
    `${safe(file)}, page ${page}, code ${code}${others}: ${bold(TITLES[sheet.kind](sheet))}`,
    `Level ${level}, ${modules} modules a side${size}. Still read with`,
    columns(margins.map(sayMargin)),
  ].join('\n')
}

function sayMargin({ damage, unit, read }: Margin): readonly string[] {
  const [title, of] = MARGINS[damage]
  const sign = { percent: ' %', degrees: '°', folds: '' }[unit]
  return [`  ${title}`, read === 0 ? 'less than was tried' : `${read}${sign}${of}`]
}

/** What a person calls it, and of what the percents are. */
const MARGINS: Readonly<Record<Margin['damage'], readonly [title: string, of: string]>> = {
  stain: ['stains', ' of its area'],
  fold: ['folds', ' across it'],
  fade: ['fading', ' of the contrast lost'],
  blur: ['blur', ' of a module'],
  tilt: ['tilt', ''],
  rotation: ['rotation', ''],
  'low-light': ['little light', ' of the light missing'],
  compression: ['compression', ' of the quality given away'],
  photo: ['a photo in the evening', ' tilted'],
}

/** Where no code can be read, a person can still type what is on the paper. */
async function readOrAsk(context: Context, pictures: readonly PictureFile[]): Promise<SheetsFound> {
  try {
    return await readSheets(pictures)
  } catch (error) {
    const [first] = pictures
    if (!isCairnError(error, 'codes-none') || pictures.length > 1 || !first || !isPicture(first)) throw error
    if (!canAsk(context)) throw error
    process.stderr.write(`No code can be read on ${safe(first.name)}. Type what is on it, or press Enter.\n`)
    const typed = await askLine(context, { what: 'the words of the sheet', option: 'a file with the words' })
    const found = readTyped(typed)
    if (found.length === 0) throw error
    const files = [first.name]
    return { found: found.map((reading) => ({ ...reading, files, page: null, readers: [] })), without: [] }
  }
}

function asJson({ kind, text, secret, tells, files, page, readers }: FoundReading, shown: boolean): object {
  return {
    kind,
    ...tells,
    files,
    ...(page === null ? {} : { page_of_file: page }),
    readers,
    ...(shown || !secret ? { text } : {}),
  }
}

function sayReading(reading: FoundReading): string {
  const { files, page, readers } = reading
  const where = `${files.map(safe).join(', ')}${page !== null && page > 1 ? `, page ${page}` : ''}`
  const by = readers.length === 1 ? [`read by one of two readers only: compare it with the paper`] : []
  return [`${where}: ${bold(TITLES[reading.kind](reading))}`, ...detailsOf(reading), ...by].join(', ')
}

const TITLES: Readonly<Record<Reading['kind'], (reading: Omit<Reading, 'text'>) => string>> = {
  phrase: ({ tells }) => titleOf(tells.phrase as Parameters<typeof titleOf>[0]),
  seedqr: ({ tells }) => (tells.compact === true ? 'CompactSeedQR' : 'SeedQR'),
  steel: ({ tells }) =>
    `${tells.plates === 1 ? 'a steel plate' : `${tells.plates} steel plates`}, ${tells.style}`,
  share: ({ tells }) => `share of ${schemeNamed(tells.scheme as Parameters<typeof schemeNamed>[0]).title}`,
  'vault-share': ({ tells }) => `recovery sheet of the vault ${tells.vault}`,
  'paper-page': ({ tells }) => `page ${tells.page} of ${tells.pages} of a vault on paper`,
  'private-key': () => 'private key',
  'age-identity': () => 'identity of age, which is secret',
  'extended-key': () => 'public key',
  descriptor: ({ secret }) => (secret ? 'descriptor with private keys' : 'descriptor'),
  address: ({ tells }) => `address of ${tells.chain}`,
  'age-recipient': () => 'recipient of age',
  ur: ({ tells }) => `UR of the type ${tells.ur}`,
  unknown: () => 'a code that says nothing Cairn knows',
}

/** What a holder compares: which wallet, which set, which number. */
function detailsOf({ kind, tells }: Reading): readonly string[] {
  const { words, language, fingerprint, set, member, group, groups, need, ur } = tells
  return [
    ...(words ? [count(Number(words), 'word')] : []),
    ...(language ? [String(language)] : []),
    ...(fingerprint ? [`fingerprint ${fingerprint}`] : []),
    ...(set ? [`set ${set}`] : []),
    ...(member ? [`share ${member}${Number(groups) > 1 ? ` of group ${group}` : ''}`] : []),
    ...(need ? [`${need} needed`] : []),
    ...(ur && kind !== 'ur' ? [`in a UR of the type ${ur}`] : []),
    ...(tells.mirrored ? ['seen in a mirror, or from behind'] : []),
    ...(tells.settled ? [`not clear, and settled by the check: ${tells.settled}`] : []),
    ...(tells.slips ? [`squares that are wrong, and that the code puts right: ${tells.slips}`] : []),
    ...missingParts(tells),
  ]
}

function missingParts({ parts, parts_needed: needed }: Tells): readonly string[] {
  return needed && needed !== parts ? [`${parts} of ${needed} parts: show the others too`] : []
}

function nothingOn(without: readonly string[]): readonly string[] {
  const names = without.map(safe).join(', ')
  return names === ''
    ? []
    : [`Nothing could be read on ${names}. Second pages have no code; others: read them alone.`]
}

interface Shown {
  readonly shown: boolean
  readonly pictures: readonly PictureFile[]
}

function advice(found: readonly FoundReading[], { shown, pictures }: Shown): readonly string[] {
  const secret = found.filter((reading) => reading.secret)
  const names = new Set(secret.flatMap(({ files }) => files))
  const leaked = [...names].flatMap((name) => {
    const service = syncedBy(name)
    return service === null
      ? []
      : [
          `${safe(name)} lies in a folder that ${service} copies to other computers: whoever reads it there has the secret.`,
        ]
  })
  const isPhoto = pictures.some((picture) => names.has(picture.name) && formatOf(picture) === 'jpeg')
  return [
    ...leaked,
    ...(leaked.length > 0
      ? ['Take the secret for seen by others: move to a new one, then delete the file and its copies there.']
      : []),
    ...(isPhoto && leaked.length === 0
      ? ['Telephones copy photos to a cloud by themselves: delete it here and there when you are done.']
      : []),
    ...(secret.length > 0 && !shown ? ['See what is written there with --reveal.'] : []),
  ]
}
