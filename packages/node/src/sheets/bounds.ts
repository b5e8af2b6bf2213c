/** What a file of a picture may ask for, checked before anything of that size is made. */
import { fail } from '@cairn/core/errors.js'

/** A photo of a telephone has 12 to 50 million pixels, a page of A4 at 600 dpi 35. */
export const MAX_PIXELS = 50_000_000
/** A set of paper pages has 255. */
export const MAX_PAGES = 300
export const MAX_FILE_BYTES = 64 * 1024 * 1024

/** @throws CairnError `picture-too-large`, `picture-damaged` for a picture without any pixel */
export function checkPixels(name: string, width: number, height: number): void {
  if (!(width > 0 && height > 0))
    fail('picture-damaged', { name, reason: 'it says that it has no width or height' })
  if (width * height > MAX_PIXELS)
    fail('picture-too-large', {
      name,
      what: `${Math.round(width)} x ${Math.round(height)} pixels`,
      limit: `${MAX_PIXELS / 1e6} million pixels`,
    })
}
