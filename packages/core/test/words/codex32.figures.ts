/** How often the changes that codex32 finds undo a damage it can undo; a broken twin can be given in its place. */
import { type Code, LONG, SHORT } from '@cairn/core/words/codex32/code.js'
import { elementOf } from '@cairn/core/words/codex32/field.js'
import { findChanges } from '@cairn/core/words/codex32/locate.js'
import { makeWith } from '@cairn/core/words/codex32.js'
import { stream } from '../draws.js'

export interface CorrectionFigures {
  readonly tried: number
  readonly undone: number
}

/** Looks for the roots of the code at the wrong place. */
export function misplaced(code: Code): Code {
  return { ...code, firstRoot: code.firstRoot - 1 }
}

/** Damage within reach, of seeds of 16 to 64 bytes: e unreadable and t wrong characters with e + 2t <= 8, or a burst. */
export function correctionFigures(
  count: number,
  twin: (code: Code) => Code = (code) => code,
): CorrectionFigures {
  const dice = rolls()
  let undone = 0
  for (let tried = 0; tried < count; tried++) {
    const bytes = 16 + dice(49)
    const [text] = makeWith({ bytes, threshold: 0, count: 1 }, stream(tried % 97).draw) as [string]
    const right = Array.from(text.slice(3), elementOf)
    const code = right.length > 93 ? LONG : SHORT
    const { data, lost } = tried % 10 === 0 ? burst(right, code, dice) : scattered(right, dice)
    const changes = findChanges(twin(code), data, lost) ?? []
    const repaired = [...data]
    for (const { at, difference } of changes) repaired[at] = (repaired[at] as number) ^ difference
    if (repaired.join() === right.join()) undone++
  }
  return { tried: count, undone }
}

type Dice = (sides: number) => number

interface Damaged {
  readonly data: readonly number[]
  readonly lost: readonly number[]
}

function burst(right: readonly number[], code: Code, dice: Dice): Damaged {
  const start = dice(right.length - code.length + 1)
  const lost = Array.from({ length: code.length }, (_, i) => start + i)
  return { data: right.map((value, at) => (lost.includes(at) ? 0 : value)), lost }
}

function scattered(right: readonly number[], dice: Dice): Damaged {
  const unreadable = dice(9)
  const wrong = dice(Math.floor((8 - unreadable) / 2) + 1)
  const places = new Set<number>()
  while (places.size < unreadable + wrong) places.add(dice(right.length))
  const all = [...places]
  const lost = all.slice(0, unreadable)
  const data = right.map((value, at) => {
    if (lost.includes(at)) return 0
    return all.includes(at) ? value ^ (1 + dice(31)) : value
  })
  return { data, lost }
}

/** The same rolls each time. */
function rolls(): Dice {
  let state = 93
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * sides)
  }
}
