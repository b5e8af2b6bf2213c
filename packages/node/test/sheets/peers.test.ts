/** Sheets rasterised by poppler and read by zbar, programs that share nothing with ours. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { layOutPhrase } from '@cairn/core/sheets/phrase-sheet.js'
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
  const pdf = join(folder, `${language}.pdf`)
  writeFileSync(pdf, file?.bytes ?? '')
  execFileSync('pdftoppm', ['-r', '300', '-png', '-singlefile', pdf, join(folder, language)])
  const png = join(folder, `${language}.png`)
  const read = execFileSync('zbarimg', ['-q', '--raw', '-Sbinary', png], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  expect(read.toString('utf8').trim()).toBe(code)
  const [ours] = await readSheets([{ name: png, bytes: readFileSync(png) }])
  expect(ours?.text.normalize('NFKD')).toBe(words.join(' ').normalize('NFKD'))
  expect(ours?.readers).toEqual(['qr', 'zxing'])
})
