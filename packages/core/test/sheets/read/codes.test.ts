import { describe, expect, test } from 'vitest'
import { text, utf8 } from '../../../src/bytes.js'
import { type CodeReader, readCodes } from '../../../src/sheets/read/codes.js'
import { qrReader } from '../../../src/sheets/read/qr-reader.js'
import { blankRaster, turned } from '../../../src/sheets/read/raster.js'
import { drawCodes, inShadow } from './drawn.js'

const texts = async (...given: Parameters<typeof readCodes>) =>
  (await readCodes(...given)).map(({ bytes }) => text(bytes)).sort()

describe('the codes on a raster', () => {
  const page = drawCodes([{ text: '0123456789' }, { text: 'grüezi' }, { text: 'UPPER 123' }])

  test.each([0, 1, 2, 3])(
    'are all found, whatever kind of segment they have, turned by %i quarters',
    async (quarters) => {
      expect(await texts(turned(page, quarters), [qrReader])).toEqual(['0123456789', 'UPPER 123', 'grüezi'])
    },
  )

  test('are found in the shadow', async () => {
    const dim = inShadow(drawCodes([{ text: 'grüezi' }]))
    expect(await texts(dim, [qrReader])).toEqual(['grüezi'])
  })

  test('are none on an empty page', async () => {
    expect(await readCodes(blankRaster(300, 300), [qrReader])).toEqual([])
  })

  test('name the readers that found them, and go on looking while one is behind', async () => {
    let looks = 0
    const late: CodeReader = {
      name: 'late',
      read: () => (++looks > 2 ? [{ bytes: utf8('A'), corners: [] as never }] : []),
    }
    const early: CodeReader = { name: 'early', read: () => [{ bytes: utf8('A'), corners: [] as never }] }
    const seen = await readCodes(blankRaster(900, 900), [early, late])
    expect(seen).toMatchObject([{ bytes: utf8('A'), readers: ['early', 'late'] }])
    expect(looks).toBe(3)
  })

  test('of two readers that do not agree are two', async () => {
    const says = (name: string, what: string): CodeReader => ({
      name,
      read: () => [{ bytes: utf8(what), corners: [] as never }],
    })
    const seen = await readCodes(blankRaster(9, 9), [says('a', 'yes'), says('b', 'no')])
    expect(seen.map(({ readers }) => readers)).toEqual([['a'], ['b']])
  })
})
