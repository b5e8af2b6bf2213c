/** Sheets drawn by poppler and read by zbar: programs that share nothing with ours. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Drawing, Mark } from '@cairn/core/sheets/drawing.js'
import { afterAll, describe, expect, test } from 'vitest'
import { present } from '../../../../test/peers/peer.js'
import { poppler } from '../../../../test/peers/poppler.js'
import { zbar } from '../../../../test/peers/zbar.js'
import { fewSheets, type KnownSheet, knownSheets } from './known-sheets.js'
import { bundles, scanFaults, textFaults } from './peers.js'

/** For a page at 300 dots an inch on a slow machine. */
const TIMEOUT = 600_000
const folder = mkdtempSync(join(tmpdir(), 'cairn-peers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const all = knownSheets()
/** Of those that have something to read. */
const few = fewSheets(all.filter(({ codes, reads }) => codes.length > 0 || reads !== null))
const havePoppler = await present(poppler)
const haveBoth = havePoppler && (await present(zbar))

describe.runIf(havePoppler)('the text of every sheet, in every language,', () => {
  test(
    'is what poppler reads there, with every font inside',
    async () => {
      for (const bundle of await bundles(all)) expect(await textFaults(bundle)).toEqual([])
    },
    TIMEOUT,
  )

  test('would not be, had the renderer changed a digit or lost a line', async () => {
    const [sheet] = all as readonly [KnownSheet]
    for (const change of [
      (mark: Mark) => (mark.kind === 'text' ? { ...mark, text: mark.text.replace('12', '13') } : mark),
      (mark: Mark) => (mark.kind === 'text' && mark.text === '2026-11-26' ? [] : mark),
    ]) {
      const [broken] = await bundles([sheet], ({ drawing }) => changed(drawing, change))
      expect(await textFaults(broken as NonNullable<typeof broken>)).toEqual([`${sheet.name}: other text`])
    }
  })
})

function changed(drawing: Drawing, change: (mark: Mark) => Mark | readonly Mark[]): Drawing {
  return { ...drawing, pages: drawing.pages.map(({ marks }) => ({ marks: marks.flatMap(change) })) }
}

describe.runIf(haveBoth)('what codes and plates on a sheet say', () => {
  const coded = all.filter(({ codes, reads }) => codes.length > 0 || reads !== null)
  const rows = (sheets: readonly KnownSheet[]) => sheets.map((sheet) => [sheet.name, sheet] as const)

  test.each(rows(coded.filter(({ isFine }) => !isFine)))(
    'is read by zbar and by us from a poor scan by poppler: %s',
    async (_, sheet) => {
      expect(await scanFaults(await bundles([sheet]), { dpi: 150, folder })).toEqual([])
    },
    TIMEOUT,
  )

  test.each(rows(few))(
    'is read from a good scan, one of every kind and script: %s',
    async (_, sheet) => {
      expect(await scanFaults(await bundles([sheet]), { dpi: 300, folder })).toEqual([])
    },
    TIMEOUT,
  )

  test(
    'would not be, had the renderer drawn the code or the plate of another sheet, or a smaller page',
    async () => {
      const [first, second] = [all[0] as KnownSheet, all[1] as KnownSheet]
      const plates = all.filter(({ name }) => name.startsWith('steel plate, binary'))
      const [plate, blank] = [plates[0] as KnownSheet, plates[1] as KnownSheet]
      const faultsWhere = async (sheet: KnownSheet, drawing: Drawing) =>
        scanFaults(await bundles([sheet], () => drawing), { dpi: 150, folder })
      expect(await faultsWhere(first, second.drawing)).toEqual([
        `${first.name}: our readers do not read it`,
        `${first.name}: zbar does not read it`,
      ])
      expect(await faultsWhere(plate, blank.drawing)).toEqual([`${plate.name}: our readers do not read it`])
      const small = { ...first.drawing, size: { width: 209, height: 296 } }
      expect(await faultsWhere(first, small)).toEqual([`${first.name}: another size`])
    },
    TIMEOUT,
  )
})
