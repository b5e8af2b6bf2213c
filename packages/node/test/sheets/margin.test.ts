import { marginsOf } from '@cairn/node/sheets/margin.js'
import { expect, test } from 'vitest'
import { blankRaster } from '../../../core/src/sheets/read/raster.js'
import { codeOfRejection } from '../../../core/test/refusal.js'
import { drawCodes } from '../../../core/test/sheets/read/drawn.js'
import { greyPng } from './files.js'

test('the margin of a code in a file is told for every kind of damage, and holds no secret', async () => {
  const code = { text: 'legal winner thank year' }
  const bytes = greyPng(drawCodes([code, code], 3))
  const [found, ...others] = await marginsOf({ name: 'scan.png', bytes })
  expect(others).toEqual([])
  expect(found).toMatchObject({
    ...{ file: 'scan.png', page: 1, code: 1, level: 'H', modules: 29, module: null, alike: 1 },
    sheet: { kind: 'unknown', secret: true },
  })
  const read = Object.fromEntries(found?.margins.map((margin) => [margin.damage, margin.read]) ?? [])
  expect(Object.keys(read).length).toBe(9)
  expect(read).toMatchObject({ rotation: 180 })
  expect(read.tilt).toBeGreaterThanOrEqual(10)
  expect(JSON.stringify(found)).not.toContain('legal')
})

test('a page without a code has none', async () => {
  const bytes = greyPng(blankRaster(99, 99))
  expect(await codeOfRejection(() => marginsOf({ name: 'a', bytes }))).toBe('margin-codeless')
})
