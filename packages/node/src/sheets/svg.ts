/**
 * SVG to grey pixels, by resvg as WebAssembly. Nothing is loaded from elsewhere and no font is there: the sheets have
 * their letters as outlines. Not here: animation, scripts, and entities, which a drawing does not need.
 */
import { fail, isCairnError } from '@cairn/core/errors.js'
import { fromRgba, type Raster } from '@cairn/core/sheets/read/raster.js'
import { initWasm, Resvg } from '@resvg/resvg-wasm'
import { checkPixels, MAX_PIXELS } from './bounds.js'
import { loadWasm } from './wasm.js'

/** A pixel of CSS, which units without a name are. */
const CSS_DPI = 96

let ready: Promise<void> | undefined

/** @throws CairnError `picture-damaged`, `picture-too-large` */
export async function drawSvg(name: string, svg: string, dpi: number): Promise<Raster> {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(svg))
    fail('picture-damaged', { name, reason: 'the SVG defines entities, which no sheet does' })
  ready ??= loadWasm('resvg').then((wasm) => initWasm(wasm))
  await ready
  return draw(name, svg, dpi / CSS_DPI)
}

type Picture = InstanceType<typeof Resvg>

function draw(name: string, svg: string, zoom: number): Raster {
  const picture = parse(name, svg, zoom)
  try {
    const { width, height } = picture
    checkPixels(name, width, height)
    const most = Math.sqrt(MAX_PIXELS / 2 / (width * height))
    return zoom > most ? draw(name, svg, most) : pixels(picture.render())
  } catch (error) {
    if (isCairnError(error)) throw error
    return fail('picture-damaged', { name, reason: 'the SVG cannot be drawn' })
  } finally {
    picture.free()
  }
}

function parse(name: string, svg: string, zoom: number): Picture {
  try {
    return new Resvg(svg, { fitTo: { mode: 'zoom', value: zoom }, background: 'white' })
  } catch {
    return fail('picture-damaged', { name, reason: 'the SVG is cut off or damaged' })
  }
}

function pixels(drawn: ReturnType<Picture['render']>): Raster {
  const { width, height, pixels: data } = drawn
  drawn.free()
  return fromRgba({ width, height, data })
}
