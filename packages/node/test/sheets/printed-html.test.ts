/** What a real browser prints of the HTML of sheets: the same pages as our PDF has, in true scale, and nothing else. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromium, onlyFonts, startChromium } from '../../../../test/peers/chromium.js'
import { present } from '../../../../test/peers/peer.js'
import { poppler } from '../../../../test/peers/poppler.js'
import { zbar } from '../../../../test/peers/zbar.js'
import { fewSheets, type KnownSheet, knownSheets } from './known-sheets.js'
import { scanFaults, textFaults } from './peers.js'
import {
  onPrinted,
  type Press,
  type PrintedBundle,
  paperFaults,
  printedBundles,
  proofFaults,
  scaleFaults,
  spansOf,
} from './printed.js'

/** For a browser on a slow machine. */
const TIMEOUT = 600_000
const FONTS = fileURLToPath(new URL('../../../core/dist/fonts', import.meta.url))
const havePeers = [await present(chromium), await present(poppler), await present(zbar)].every(Boolean)

describe.runIf(havePeers)('the HTML of sheets, printed by Chromium,', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-printed-'))
  const all = knownSheets()
  /** One of every kind and script that has something to read; the fine codes of a snapshot are read below. */
  const few = fewSheets(all).filter(
    ({ codes, reads, isFine }) => !isFine && (codes.length > 0 || reads !== null),
  )
  const named = (start: string) => all.find(({ name }) => name.startsWith(start)) as KnownSheet
  const kinds = ['phrase of bip39', 'card of', 'SeedQR', 'steel plate, binary', 'plan'].map(named)
  let browser: Browser
  let tab: Page
  beforeAll(async () => {
    browser = await startChromium(onlyFonts(FONTS, folder))
    tab = await browser.newPage()
  }, TIMEOUT)
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  }, TIMEOUT)

  const print = (sheets: readonly KnownSheet[], press: Omit<Press, 'tab' | 'folder'> = {}) =>
    printedBundles(sheets, { tab, folder, ...press })
  const printOne = async (sheet: KnownSheet, press: Omit<Press, 'tab' | 'folder'> = {}) =>
    (await print([sheet], press))[0] as PrintedBundle
  /** Of zbar and of our readers. */
  const scan = ({ size, ...bundle }: PrintedBundle, dpi: number) =>
    scanFaults([onPrinted(bundle, size)], { dpi, folder })

  test(
    'has the pages, the paper and the words of every sheet in every language, and asks for nothing',
    async () => {
      for (const bundle of await print(all)) {
        expect(paperFaults(bundle)).toEqual([])
        expect(await textFaults(bundle)).toEqual([])
      }
    },
    TIMEOUT,
  )

  test(
    'has codes and plates that zbar and our readers read, of every kind and script',
    async () => {
      for (const bundle of await print(few)) expect(await scan(bundle, 150)).toEqual([])
    },
    TIMEOUT,
  )

  test.each(kinds.map((sheet) => [sheet.name, sheet] as const))(
    'stands the proof of our own files, in true scale: %s',
    async (_, sheet) => {
      const bundle = await printOne(sheet)
      expect(await scaleFaults(bundle)).toEqual([])
      expect(await proofFaults(bundle)).toEqual([])
    },
    TIMEOUT,
  )

  test('is measured by its codes, and by the rulers of a plate', () => {
    expect(kinds.map(({ drawing }) => spansOf(drawing).length)).toEqual([1, 1, 1, 2, 0])
  })

  describe('on paper of another size', () => {
    const [phrase, snapshot] = [named('phrase of bip39'), named('snapshot')]
    const noPaper = (html: string) => allowed(html.replace(/@page .*/, '@page { margin: 10mm }'))
    const rows: readonly (readonly [string, KnownSheet, Omit<Press, 'tab' | 'folder'>])[] = [
      ['on Letter, which the browser knows of', phrase, { paper: 'Letter' }],
      ['by one that keeps to its own margins', snapshot, { paper: 'Letter', twin: noPaper }],
    ]
    test.each(rows)(
      'loses nothing of its codes: %s',
      async (_, sheet, press) => {
        const bundle = await printOne(sheet, press)
        expect(bundle.count).toBe(sheet.drawing.pages.length)
        expect(await textFaults(bundle)).toEqual([])
        expect(await scan(bundle, sheet.isFine ? 300 : 150)).toEqual([])
      },
      TIMEOUT,
    )

    test('is cut in two, had the pages kept their size', async () => {
      const twin = (html: string) => noPaper(html).replace(/@media print .*/, '')
      const bundle = await printOne(snapshot, { paper: 'Letter', twin })
      expect(paperFaults(bundle)).toContain('8 pages in the place of 4')
    })
  })

  describe('is caught', () => {
    const sheet = named('phrase of bip39')
    const twins: readonly (readonly [string, (html: string) => string, RegExp])[] = [
      [
        'a page of another size',
        (html) => html.replace('size: 210mm 297mm', 'size: letter'),
        /^215\.9 x 279\.4 mm$/,
      ],
      [
        'a page that is fitted into margins',
        (html) => html.replace('margin: 0 }', 'margin: 9mm }'),
        /: from /,
      ],
      ['a page that is one part in a hundred smaller', (html) => html.replace('100.1%', '99%'), /: from /],
      [
        'a script',
        (html) => html.replace('</body>', '<script>document.title = 1</script></body>'),
        /Content Security/,
      ],
      [
        'a picture from elsewhere',
        (html) => html.replace('<body>', '<body><img src="http://127.0.0.1:9/">'),
        /Content Security/,
      ],
      [
        'a request',
        (html) =>
          html.replace(/<meta http-equiv.*/, '').replace('<body>', '<body><img src="http://127.0.0.1:9/">'),
        /^asked for /,
      ],
      ['a word that was changed', (html) => html.replace('>page</text>', '>pages</text>'), /other text/],
    ]
    test.each(twins)(
      '%s',
      async (_, twin, fault) => {
        const bundle = await printOne(sheet, { twin: (html) => allowed(twin(html)) })
        const faults = [...paperFaults(bundle), ...(await textFaults(bundle)), ...(await scaleFaults(bundle))]
        expect(faults).toContainEqual(expect.stringMatching(fault))
      },
      TIMEOUT,
    )
  })
})

/** Its style as it is now is what its policy allows. */
function allowed(html: string): string {
  return html.replace(/style-src '[^']*'/, `style-src 'unsafe-inline'`)
}
