/** A reader of QR codes: ZXing-C++ as WebAssembly, loaded when it is first used. It finds several codes in one look. */
import { type Code, type CodeReader, MAX_CODES } from '@cairn/core/sheets/read/codes.js'
import type { Raster } from '@cairn/core/sheets/read/raster.js'
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader'
import { loadWasm } from './wasm.js'

export const zxingReader: CodeReader = { name: 'zxing', read: readAll }

const OPTIONS: ReaderOptions = {
  formats: ['QRCode'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  maxNumberOfSymbols: MAX_CODES,
}

let ready: Promise<unknown> | undefined

async function readAll(raster: Raster): Promise<readonly Code[]> {
  ready ??= loadWasm('zxing').then((wasmBinary) =>
    prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true }),
  )
  await ready
  const found = await readBarcodes(toRgba(raster), OPTIONS)
  return found
    .filter(({ isValid }) => isValid)
    .map(({ bytes, position, version, ecLevel }) => ({
      bytes: bytes.slice(),
      modules: 17 + 4 * Number(version),
      level: ecLevel,
      corners: [position.topLeft, position.topRight, position.bottomRight, position.bottomLeft],
    }))
}

/** What a browser calls ImageData. */
function toRgba({ width, height, grey }: Raster) {
  const data = new Uint8ClampedArray(width * height * 4)
  const pixels = new Uint32Array(data.buffer)
  for (let i = 0; i < grey.length; i++) pixels[i] = 0xff000000 + grey[i]! * 0x010101
  return { width, height, data, colorSpace: 'srgb' as const }
}
