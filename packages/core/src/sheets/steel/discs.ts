/**
 * Whether the five big marks of a frame are there: dark discs of 3 mm, each within a ring that is not. Letters and lines
 * on a page can lie as the marks do, and are not discs of that size.
 */
import type { Frame } from './frame.js'
import type { Point } from './homography.js'
import { bigMarks, MARK_RADIUS } from './places.js'
import { type Soft, sampleOn } from './soft.js'

const INSIDE: readonly Point[] = [[0, 0] as const, ...around(MARK_RADIUS * 0.6, 8)]
const RING = around(MARK_RADIUS * 1.5, 16)

/** How much darker the faintest of the five discs is than what is around it: from 0, as a share of that. */
export function darkness(raster: Soft, { size, plane }: Frame): number {
  const depths = bigMarks(size).map(([x, y]) => {
    const greys = (places: readonly Point[]) =>
      places.map(([u, v]) => sampleOn(raster, plane, [x + u, y + v]))
    const ring = greys(RING).sort((a, b) => a - b)
    const inside = greys(INSIDE).reduce((sum, grey) => sum + grey, 0) / INSIDE.length
    return 1 - inside / Math.max(12, ring[RING.length >> 2] as number) // a quarter may lie on a scratch or a line
  })
  return Math.max(0, Math.min(...depths))
}

function around(radius: number, count: number): readonly Point[] {
  return Array.from({ length: count }, (_, i) => {
    const angle = (i * 2 * Math.PI) / count
    return [radius * Math.cos(angle), radius * Math.sin(angle)]
  })
}
