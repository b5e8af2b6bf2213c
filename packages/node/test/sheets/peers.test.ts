/** Sheets rasterised by poppler and read by zbar, programs that share nothing with ours. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { drawPdf } from '@cairn/core/sheets/draw/pdf.js'
import { layOutPhrase } from '@cairn/core/sheets/phrase-sheet.js'
import { layOutSeedQr, seedQrContent } from '@cairn/core/sheets/seedqr-sheet.js'
import { urContent } from '@cairn/core/sheets/ur-content.js'
import { layOutUr } from '@cairn/core/sheets/ur-sheet.js'
import { fromEntropy, LANGUAGES, type Language } from '@cairn/core/words/bip39.js'
import { encode as encodeDigits } from '@cairn/core/words/seedqr.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import { makeSheet } from '@cairn/node/sheets/make.js'
import { readSheets } from '@cairn/node/sheets/read.js'
import { afterAll, expect, test } from 'vitest'
import { present } from '../../../../test/peers/peer.js'
import { which } from '../../../../test/peers/run.js'

const poppler = {
  name: 'poppler-utils and zbar-tools',
  install: 'apt-get install poppler-utils zbar-tools',
  available: async () => ['pdftoppm', 'zbarimg'].every((program) => which(program) !== null),
}
const folder = mkdtempSync(join(tmpdir(), 'cairn-peers-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const TAGS: Partial<Record<Language, string>> = {
  japanese: 'ja',
  korean: 'ko',
  chinese_traditional: 'zh-Hant',
}

test.runIf(await present(poppler)).each(LANGUAGES)('the sheet of a phrase in %s', async (language) => {
  const phrase = fromEntropy(
    new Uint8Array(16).map((_, i) => i * 41 + 3),
    language,
  )
  const words = phrase.normalize('NFC').split(/\s/)
  const code = language === 'english' ? encodeDigits(phrase) : words.join(' ')
  const drawing = layOutPhrase(
    {
      kind: 'BIP-39 phrase',
      words,
      language: { tag: TAGS[language] ?? 'en', name: language },
      fingerprint: '1234abcd',
      address: null,
      passphrase: 'none',
      date: '2026-11-26',
      qr: code,
    },
    { paper: 'card', metrics: diskFonts() },
  )
  const [file] = await makeSheet({
    drawing,
    format: 'pdf',
    codes: drawing.pages.some(({ marks }) => marks.some(({ kind }) => kind === 'modules')) ? [code] : [],
  })
  const { png, codes } = readByPeers(language, file?.bytes ?? new Uint8Array())
  expect(codes.toString('utf8').trim()).toBe(code)
  const [ours] = await readSheets([{ name: png, bytes: readFileSync(png) }])
  expect(ours?.text.normalize('NFKD')).toBe(words.join(' ').normalize('NFKD'))
  expect(ours?.readers).toEqual(['qr', 'zxing'])
})

/** What zbar reads of the first page at a resolution, each code in a line. */
function readByPeers(name: string, bytes: Uint8Array, dpi = 300) {
  const pdf = join(folder, `${name}.pdf`)
  writeFileSync(pdf, bytes)
  execFileSync('pdftoppm', ['-r', `${dpi}`, '-png', '-singlefile', pdf, join(folder, name)])
  const png = join(folder, `${name}.png`)
  const codes = execFileSync('zbarimg', ['-q', '--raw', '-Sbinary', png], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return { png, codes }
}

const PHRASE = 'forum undo fragile fade shy sign arrest garment culture tube off merit' // of SeedSigner's vector 4
const DATE = { date: '2026-11-26' }

test.runIf(await present(poppler))('the codes of an account to watch, in several parts', async () => {
  const sheet = urContent(PHRASE, { ...DATE, type: 'crypto-account' })
  const { drawing, codes } = layOutUr(sheet, { paper: 'letter', metrics: diskFonts() })
  const bytes = await drawPdf(drawing, { fonts: diskFonts() })
  for (const dpi of [150, 300]) {
    // between raw codes zbar writes no end of line
    const read = readByPeers(`account-${dpi}`, bytes, dpi).codes.toString('utf8')
    expect(
      read
        .match(/UR:[^:]*(?=UR:|$)/g)
        ?.map((code) => code.trim())
        .toSorted(),
    ).toEqual(codes.toSorted())
  }
})

test.runIf(await present(poppler)).each([true, false])(
  'a SeedQR with its grid and the names of its zones (compact: %s)',
  async (compact) => {
    const sheet = seedQrContent(PHRASE, { ...DATE, compact })
    const drawing = layOutSeedQr(sheet, { paper: 'a4', metrics: diskFonts() })
    const bytes = await drawPdf(drawing, { fonts: diskFonts() })
    const said = Buffer.from(sheet.filled?.code ?? [])
    for (const dpi of [75, 150, 300])
      expect(readByPeers(`seedqr-${dpi}-${compact}`, bytes, dpi).codes.subarray(0, said.length)).toEqual(said)
  },
)
