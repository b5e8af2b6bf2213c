/** Codes as sheets have them, damaged: how many are still read. For tests and for the figures. */
import { utf8 } from '../../src/bytes.js'
import { cutOut, DAMAGES, type Damage, type Damaged, survives } from '../../src/sheets/margin.js'
import type { CodeReader } from '../../src/sheets/read/codes.js'
import { LISTS } from '../../src/words/bip39/lists.js'
import { stream } from '../draws.js'
import { type DrawnCode, drawCodes, modulesOf } from './read/drawn.js'

/** Of a code of 46 mm scanned at 300 dots an inch, quiet zone included. */
const SIDE_PIXELS = 543
const QUIET_ZONE = 4

/** The digits of a SeedQR of 24 words, or the text of a share of 33 words, in turn. */
export function contentOf(seed: number): string {
  const bytes = stream(seed).draw(66)
  const numbers = Array.from({ length: 33 }, (_, i) => ((bytes[i * 2]! << 8) | bytes[i * 2 + 1]!) & 2047)
  return seed % 2 === 0
    ? numbers
        .slice(0, 24)
        .map((n) => String(n).padStart(4, '0'))
        .join('')
    : numbers.map((n) => LISTS.english[n]).join(' ')
}

export function codeOf(drawn: DrawnCode, pixels = SIDE_PIXELS): Damaged {
  const grid = modulesOf(drawn)
  const side = Math.max(2, Math.round(pixels / grid.length))
  const [from, to] = [QUIET_ZONE * side, (grid.length - QUIET_ZONE) * side]
  const corners = [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
  ] as const
  const [a, b, c, d] = corners.map(([x, y]) => ({ x, y }))
  return cutOut(drawCodes([drawn], side), [a!, b!, c!, d!], grid.length - 2 * QUIET_ZONE)
}

export function damageNamed(name: Damage['name']): Damage {
  return DAMAGES.find((damage) => damage.name === name)!
}

export interface Survey {
  readonly tried: number
  /** The seeds whose code was not read. */
  readonly lost: readonly string[]
}

/** One code a seed at one level. */
export async function survey(
  seeds: Iterable<number>,
  {
    damage,
    level,
    readers,
    correction = 'high',
  }: {
    readonly damage: Damage
    readonly level: number
    readonly readers: readonly CodeReader[]
    readonly correction?: DrawnCode['level']
  },
): Promise<Survey> {
  const lost: string[] = []
  let tried = 0
  for (const seed of seeds) {
    tried++
    const text = contentOf(seed)
    const trial = { code: codeOf({ text, level: correction! }), bytes: utf8(text), readers }
    if (!(await survives(trial, damage, { level, seed }))) lost.push(`${damage.name} ${level}, seed ${seed}`)
  }
  return { tried, lost }
}

export interface Levels {
  readonly tried: number
  /** By kind and level, as in `stain 15`: how many were read. A level that is not there was given up. */
  readonly found: ReadonlyMap<string, number>
}

/** Codes after which a level that found none ends its kind of damage: what is more is not tried. */
const GIVEN_UP_AFTER = 50

/** Every kind of damage at every level, on one code a seed. */
export async function surveyLevels(seeds: Iterable<number>, readers: readonly CodeReader[]): Promise<Levels> {
  const found = new Map<string, number>()
  let tried = 0
  for (const seed of seeds) {
    const text = contentOf(seed)
    const trial = { code: codeOf({ text }), bytes: utf8(text), readers }
    tried++
    for (const damage of DAMAGES)
      for (const level of damage.levels) {
        const key = `${damage.name} ${level}`
        const read = await survives(trial, damage, { level, seed })
        found.set(key, (found.get(key) ?? 0) + (read ? 1 : 0))
        if (found.get(key) === 0 && tried >= GIVEN_UP_AFTER) break
      }
  }
  return { tried, found: withoutGivenUp(found) }
}

/** What lies beyond the first level that found none was not tried with every code. */
function withoutGivenUp(found: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const kept = new Map<string, number>()
  for (const { name, levels } of DAMAGES)
    for (const level of levels) {
      const count = found.get(`${name} ${level}`) ?? 0
      kept.set(`${name} ${level}`, count)
      if (count === 0) break
    }
  return kept
}
