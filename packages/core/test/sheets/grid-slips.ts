/**
 * Slips of the pen on the grid of a SeedQR that is filled in by hand. A slip is one of seven, each as often: one square
 * wrong, two or three wrong, one filled in beside its place, a row one square to the left or right, a row in the place of
 * its neighbour, two rows swapped, a row of a zone left blank. It is shown when the code cannot be read, or is read as the
 * same phrase: the Reed-Solomon code of the symbol puts it right.
 */
import { type Modules, readSeedQrPhrase, seedQrModules } from '@cairn/core/sheets/seedqr.js'
import type { Chance } from '../../src/sheets/damage/seeded.js'
import { fromEntropy } from '../../src/words/bip39.js'
import { stream } from '../draws.js'
import type { SheetType, Verdict } from './pen-slips.js'

export function gridType({ words, compact }: { words: 12 | 24; compact: boolean }): SheetType {
  return {
    name: `grid of a ${compact ? 'Compact' : ''}SeedQR of ${words} words`,
    check: 'its Reed-Solomon code, or put right by it',
    make: (seed) => {
      const phrase = fromEntropy(stream(seed).draw((words / 3) * 4))
      const modules = seedQrModules(phrase, { compact })
      return { copied: (chance) => (chance ? verdict(modules, phrase, chance) : trueCopy(modules, phrase)) }
    },
  }
}

function trueCopy(modules: Modules, phrase: string): Verdict {
  return readSeedQrPhrase(modules).phrase === phrase ? 'passes' : 'shown'
}

function verdict(modules: Modules, phrase: string, chance: Chance): Verdict {
  const copy = slippedGrid(modules, chance)
  if (copy.every((row, y) => row.every((dark, x) => dark === modules[y]?.[x]))) return 'same'
  try {
    return readSeedQrPhrase(copy).phrase === phrase ? 'shown' : 'passes'
  } catch {
    return 'shown' // refused
  }
}

/** Rows of places, filled or not; with a slip. Rows change places where nothing is written in them, not under a template. */
export function slippedGrid(
  rows: Modules,
  chance: Chance,
  under: 'nothing' | 'template' = 'nothing',
): Modules {
  const below = (limit: number) => Math.floor(chance() * limit)
  const side = rows[0]?.length ?? 0
  const [x, y] = [below(side), below(rows.length - 1)]
  const row = rows[y] as readonly boolean[]
  const next = rows[y + 1] as readonly boolean[]
  switch (below(under === 'template' ? 6 : 7)) {
    case 0:
      return flipped(rows, [[x, y]])
    case 1:
      return flipped(
        rows,
        Array.from({ length: 2 + below(2) }, () => [below(side), below(rows.length)]),
      )
    case 2:
      return moved(rows, [x, y], below(2) === 0 ? [1, 0] : [0, 1])
    case 3:
      return rows.with(y, below(2) === 0 ? [false, ...row.slice(0, -1)] : [...row.slice(1), false])
    case 4:
      return rows.with(y, next)
    case 5:
      return rows.with(
        y,
        row.map((dark, i) => dark && Math.floor(i / 5) !== Math.floor(x / 5)),
      )
    default:
      return rows.with(y, next).with(y + 1, row)
  }
}

function flipped(rows: Modules, places: readonly (readonly [number, number])[]): Modules {
  const isIn = (x: number, y: number) => places.filter(([u, v]) => u === x && v === y).length % 2 === 1
  return rows.map((row, y) => row.map((dark, x) => dark !== isIn(x, y)))
}

/** The first filled place from there on is filled beside instead; one that was filled already stays so. */
function moved(
  rows: Modules,
  [x, y]: readonly [number, number],
  [dx, dy]: readonly [number, number],
): Modules {
  const from = rows[y]?.indexOf(true, x) ?? -1
  if (from < 0) return rows
  const [u, v] = [from + dx, y + dy]
  return rows.map((row, j) =>
    row.map((dark, i) => (i === from && j === y ? false : dark || (i === u && j === v))),
  )
}
