import { photograph } from '@cairn/core/sheets/damage/camera.js'
import { squareName } from '@cairn/core/sheets/layout/zones.js'
import { readCodes } from '@cairn/core/sheets/read/codes.js'
import { seedQrSlips } from '@cairn/core/sheets/read/slips.js'
import { readContent } from '@cairn/core/sheets/read.js'
import { seedQrModules } from '@cairn/core/sheets/seedqr.js'
import { fromEntropy } from '@cairn/core/words/bip39.js'
import { READERS, readSheets } from '@cairn/node/sheets/read.js'
import { expect, test } from 'vitest'
import { greyPng } from './files.js'
import { copyByHand } from './hand-copy.js'

const phraseOf = (words: 12 | 24) => fromEntropy(new Uint8Array((words / 3) * 4).map((_, i) => i * 37 + 11))

test.each([
  [12, true, 2],
  [24, false, 4],
] as const)(
  'a grid of %d words (compact: %s) with %d wrong squares is read, and they are named',
  async (words, compact, slips) => {
    const phrase = phraseOf(words)
    const modules = seedQrModules(phrase, { compact })
    const { code, wrong } = await copyByHand({ words, compact, modules, slips, seed: 1 })
    const {
      found: [found],
    } = await readSheets([{ name: 'copy.png', bytes: greyPng(code.raster) }])
    expect(found).toMatchObject({ kind: 'seedqr', text: phrase, readers: ['qr', 'zxing'] })
    const named = String(found?.tells.slips ?? '').split(', ')
    expect(named.toSorted()).toEqual(wrong.map((place) => squareName(place, modules.length)).toSorted())
  },
)

test('a copy without a slip is read from a photo in the evening, tilted', async () => {
  const phrase = phraseOf(24)
  const modules = seedQrModules(phrase, { compact: true })
  const { code } = await copyByHand({ words: 24, compact: true, modules, slips: 0, seed: 2 })
  const [seen] = await readCodes(photograph(code, 15, 1), READERS)
  expect(seen && readContent(seen.bytes).text).toBe(phrase)
})

test('a grid that nothing was filled in on holds nothing, and squares that cannot be made out are not guessed', async () => {
  const blank = seedQrModules(phraseOf(12), { compact: true }).map((row) => row.map(() => false))
  const { code } = await copyByHand({ words: 12, compact: true, modules: blank, slips: 0, seed: 1 })
  for (const reader of READERS) expect(await reader.read(code.raster)).toEqual([])
  const at = (x: number, y: number) => ({ x, y })
  const seen = [{ raster: code.raster, corners: [at(0, 0), at(9, 0), at(9, 9), at(0, 9)] as const }]
  const sighting = { bytes: new Uint8Array(16), readers: ['qr'], seen }
  expect(seedQrSlips(sighting, { text: phraseOf(12), words: 12, compact: true })).toBeNull()
})
