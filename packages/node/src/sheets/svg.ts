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
  const picture = parse(name, svg)
  try {
    checkPixels(name, picture.width, picture.height)
    const { width, height } = picture
    const zoom = Math.min(dpi / CSS_DPI, Math.sqrt(MAX_PIXELS / 2 / (width * height)))
    return render(svg, zoom)
  } catch (error) {
    if (isCairnError(error)) throw error
    return fail('picture-damaged', { name, reason: 'the SVG cannot be drawn' })
  } finally {
    picture.free()
  }
}

function parse(name: string, svg: string): InstanceType<typeof Resvg> {
  try {
    return new Resvg(svg)
  } catch {
    return fail('picture-damaged', { name, reason: 'the SVG is cut off or damaged' })
  }
}

function render(svg: string, zoom: number): Raster {
  const picture = new Resvg(svg, { fitTo: { mode: 'zoom', value: zoom }, background: 'white' })
  const drawn = picture.render()
  const { width, height, pixels: data } = drawn
  drawn.free()
  picture.free()
  return fromRgba({ width, height, data })
}
