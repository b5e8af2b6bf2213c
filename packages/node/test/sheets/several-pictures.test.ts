import { blankContent } from '@cairn/core/sheets/phrase-content.js'
import { layOutPhrase } from '@cairn/core/sheets/phrase-sheet.js'
import { blankRaster, type Raster } from '@cairn/core/sheets/read/raster.js'
import { readPlates } from '@cairn/core/sheets/steel/read.js'
import { expect, test } from 'vitest'
import { drawCodes } from '../../../core/test/sheets/read/drawn.js'
import { diskFonts } from '../../src/sheets/fonts.js'
import { makeSheet } from '../../src/sheets/make.js'
import { picturePages } from '../../src/sheets/picture.js'
import { readSheets } from '../../src/sheets/read.js'
import { greyPng } from './files.js'

/** Numbers and lines in print. */
async function formWithoutCode(): Promise<Raster> {
  const form = blankContent({ kind: 'bip39', words: 24, list: null, passphrase: 'none' })
  const drawing = layOutPhrase(form, { paper: 'a4', metrics: diskFonts() })
  const [file] = await makeSheet({ drawing, format: 'pdf', codes: [] })
  for await (const page of picturePages({ name: 'form.pdf', bytes: file?.bytes ?? new Uint8Array() }))
    return page.raster(150)
  throw new Error('the form has no page')
}

test('pictures without a code are named beside one that has some, also those that look like an unclear plate', async () => {
  const form = await formWithoutCode()
  expect(readPlates(form)).not.toEqual([])
  const named = (name: string, raster: Raster) => ({ name, bytes: greyPng(raster) })
  const white = named('white.png', blankRaster(300, 200))
  const code = named('code.png', drawCodes([{ text: `${'0000'.repeat(11)}0003` }]))
  const { found, without } = await readSheets([named('form.png', form), code, white])
  expect(found.map(({ kind, files }) => [kind, files])).toEqual([['seedqr', ['code.png']]])
  expect(without.toSorted()).toEqual(['form.png', 'white.png'])
  await expect(readSheets([white, white])).rejects.toMatchObject({ code: 'codes-none' })
})
