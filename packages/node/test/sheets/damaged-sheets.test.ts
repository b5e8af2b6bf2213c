import { expect, test } from 'vitest'
import { blankRaster } from '../../../core/src/sheets/read/raster.js'
import { damageNamed } from '../../../core/test/sheets/damaged-codes.js'
import { surveySheets } from './damaged-sheets.js'

test('a whole page with a share, its code stained on 15 %, is read, and one that went white is told as lost', async () => {
  const stain = damageNamed('stain')
  expect(await surveySheets([5], stain, 15)).toEqual({ tried: 1, lost: [] })
  const white = { ...stain, apply: () => blankRaster(40, 40) }
  expect((await surveySheets([1], white, 15)).lost).toEqual(['sheet, stain 15, seed 1'])
})
