import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type FactorKind,
  fewest,
  fewestMore,
  losses,
  opensWithOnly,
  policySentences,
  type Shape,
  stillPossible,
} from '../../src/vault/quorum.js'

const SEED = 0x900d
const KINDS: readonly FactorKind[] = ['passphrase', 'computer', 'sheet', 'person']

const someGroup = fc
  .array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 4 })
  .chain((kinds) => fc.tuple(fc.constant(kinds), fc.integer({ min: 1, max: kinds.length })))
const someShape = fc
  .array(someGroup, { minLength: 1, maxLength: 3 })
  .chain((groups) => fc.tuple(fc.constant(groups), fc.integer({ min: 1, max: groups.length })))
  .map(
    ([groups, need]): Shape => ({
      need,
      groups: groups.map(([kinds, least], g) => ({
        name: `group ${g}`,
        need: least,
        factors: kinds.map((kind, f) => ({ kind, name: `${g}.${f}` })),
      })),
    }),
  )

describe('the arithmetic of a policy', () => {
  it('agrees with trying every set of factors', () => {
    const property = fc.property(someShape, (shape) => {
      const all = factorsOf(shape)
      const sets = subsets(all)
      const opening = sets.filter((set) => opens(shape, set))
      const closed = sets.filter((set) => !opens(shape, set))
      expect(fewest(shape)).toBe(Math.min(...opening.map((set) => set.length)))
      expect(losses(shape)).toBe(Math.min(...closed.map((set) => all.length - set.length)) - 1)
      for (const kind of KINDS) {
        expect(opensWithOnly(shape, kind)).toBe(
          opens(
            shape,
            all.filter((each) => each.kind === kind),
          ),
        )
      }
      for (const set of sets) {
        const more = opening.map((other) => new Set([...set, ...other]).size - set.length)
        expect(fewestMore(shape, heldOf(shape, set))).toBe(Math.min(...more))
      }
    })
    fc.assert(property, { seed: SEED, numRuns: 60 })
  })
})

describe('the words of a policy', () => {
  const threeOf = (need: number) => oneGroup(need, ['passphrase', 'this computer', 'sheet'])
  const family: Shape = {
    need: 2,
    groups: [
      { name: 'family', need: 2, factors: people('Anna', 'Bert', 'Carla') },
      { name: 'mine', need: 1, factors: [{ name: 'passphrase', kind: 'passphrase' }] },
    ],
  }

  it('say who opens, what can be lost and what a thief needs', () => {
    expect(policySentences(threeOf(2))).toEqual([
      'The vault opens with any 2 of: passphrase, this computer, sheet.',
      'Any one factor can be lost and the rest still opens it; losing 2 can close it for good.',
      'A thief needs at least 2 of them: one alone opens nothing.',
    ])
    expect(policySentences(threeOf(3))).toEqual([
      'The vault opens with passphrase, this computer and sheet.',
      'Losing passphrase, this computer or sheet closes it for good.',
      'A thief needs at least 3 of them: 2 open nothing.',
    ])
    expect(policySentences(family)).toEqual([
      'The vault opens with all of these groups: family (any 2 of: Anna, Bert, Carla); mine (passphrase).',
      'Losing passphrase closes it for good.',
      'A thief needs at least 3 of them: 2 open nothing.',
    ])
    expect(policySentences(oneGroup(2, ['a', 'b', 'c', 'd']))[1]).toBe(
      'Any 2 factors can be lost and the rest still opens it; losing 3 can close it for good.',
    )
  })

  it('say what is still possible', () => {
    const has =
      (...names: readonly string[]) =>
      (shape: Shape) =>
      (g: number, f: number) =>
        names.includes(shape.groups[g]?.factors[f]?.name ?? '')
    expect(stillPossible(threeOf(2), has('passphrase')(threeOf(2)))).toBe('any 1 of: this computer, sheet')
    expect(stillPossible(threeOf(2), has()(threeOf(2)))).toBe('any 2 of: passphrase, this computer, sheet')
    expect(stillPossible(family, has('Bert')(family))).toBe(
      'any 2 of these groups: family (any 1 of: Anna, Carla); mine (any 1 of: passphrase)',
    )
    expect(stillPossible(family, has('passphrase')(family))).toBe(
      'any 1 of these groups: family (any 2 of: Anna, Bert, Carla)',
    )
  })
})

function oneGroup(need: number, names: readonly string[]): Shape {
  return { need: 1, groups: [{ name: 'factors', need, factors: people(...names) }] }
}

function people(...names: readonly string[]): Shape['groups'][number]['factors'] {
  return names.map((name) => ({ name, kind: 'person' }))
}

type Each = { readonly group: number; readonly kind: FactorKind }

function factorsOf(shape: Shape): readonly Each[] {
  return shape.groups.flatMap((group, i) => group.factors.map(({ kind }) => ({ group: i, kind })))
}

function opens(shape: Shape, set: readonly Each[]): boolean {
  const complete = shape.groups.filter(({ need }, i) => set.filter((each) => each.group === i).length >= need)
  return complete.length >= shape.need
}

function heldOf(shape: Shape, set: readonly Each[]): readonly number[] {
  return shape.groups.map((_, i) => set.filter((each) => each.group === i).length)
}

function subsets<T>(all: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: 2 ** all.length }, (_, bits) => all.filter((_, i) => (bits >> i) & 1))
}
