/** `cairn sheet share`: sheets of shares, a page or a file each. */
import { fail } from '@cairn/core/errors.js'
import { layOutShare, needsNoOther, type ShareSheet, shareContent } from '@cairn/core/sheets/share-sheet.js'
import { recovery, type SchemeName } from '@cairn/core/words/shares.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import { askLines } from '../../ask.js'
import type { Context } from '../../context.js'
import type { Outcome } from '../../outcome.js'
import { bold, count, today, warn } from '../../output.js'
import { isNumbered, type OutOptions, prepareOut, sendOut, sheetJson, sheetOf } from '../../sheet-out.js'

interface Options extends OutOptions {
  readonly scheme?: SchemeName
  readonly name?: string
  readonly of?: number
  readonly holder?: readonly string[]
  readonly qr: boolean
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  const prepared = await prepareOut(context, options, { holds: 'secret' })
  const lines = await askLines(context, { what: 'share', option: 'standard input, one share a line' })
  const together = recovery(lines, options.scheme)
  const sheets = lines.map((line, i) => contentOf(line, i + 1, options))
  if (options.of !== undefined && new Set(sheets.map(({ facts }) => facts.group)).size > 1)
    return fail('usage', { reason: '--of is of one group, and these are shares of several: draw them apart' })
  const metrics = diskFonts()
  const drawn = sheets.map((sheet) =>
    sheetOf(layOutShare(sheet, { paper: options.paper, metrics }), sheet.qr),
  )
  const sent = await sendOut(context, drawn, prepared)
  return {
    json: {
      ...sheetJson(sent, prepared),
      shares: sheets.map(({ facts: { scheme, set, group, member, need } }) => ({
        scheme,
        set,
        group,
        member,
        need,
      })),
      complete: together.complete,
    },
    text: [bold(count(sheets.length, 'share')), ...sent.text].join('\n'),
    next: [...advice(sheets, { together: together.complete, numbered: isNumbered(options) }), ...sent.next],
  }
}

function contentOf(
  line: string,
  position: number,
  { scheme, name, of, holder = [], qr }: Options,
): ShareSheet {
  return shareContent(line, position, {
    ...(scheme === undefined ? {} : { scheme }),
    ...(name === undefined ? {} : { name }),
    ...(of === undefined ? {} : { of }),
    ...(qr ? {} : { code: 'none' as const }),
    holders: holder,
    date: today(),
  })
}

function advice(
  sheets: readonly ShareSheet[],
  { together, numbered }: { together: boolean; numbered: boolean },
): readonly string[] {
  const whole = together && sheets.length > 1
  const alone = sheets.some(({ facts }) => needsNoOther(facts))
  return [
    ...(alone
      ? [warn('A share that needs no other is the whole secret: keep it as you would the phrase.')]
      : []),
    ...(whole && !numbered
      ? [
          warn(
            'These shares together are the secret, and they go out together: part the pages at the printer.',
          ),
        ]
      : []),
    ...(sheets.length > 1 && !numbered
      ? ['With % in the name, as in share-%.pdf, each share gets its own file.']
      : []),
    'Pages of one set must never lie together. Print on a printer that no one else uses, at 100 %, and delete the files.',
  ]
}
