/**
 * The arithmetic and the plain words of a two-level threshold: any `need` groups, and in each any `need` factors.
 * Pure; no secret and no lock is looked at.
 */

import type { FactorKind } from './locks/table.js'

export type { FactorKind } from './locks/table.js'

export interface Shape {
  readonly need: number
  readonly groups: readonly {
    readonly name: string
    readonly need: number
    readonly factors: readonly {
      readonly name: string
      readonly kind: FactorKind
      /** Of a passkey: its provider may have it too. */
      readonly synced?: boolean
      /** Of a TPM: it asks for a PIN. */
      readonly pin?: boolean
    }[]
  }[]
}

/** How many factors of each group are at hand, in the order of the groups. */
export type Held = readonly number[]

/** The fewest factors that open. */
export function fewest(shape: Shape): number {
  return fewestMore(shape, none(shape))
}

/** The fewest further factors that open, with those at hand. */
export function fewestMore(shape: Shape, held: Held): number {
  const missing = shape.groups.map((group, i) => Math.max(0, group.need - (held[i] ?? 0)))
  return sumOfSmallest(missing, shape.need)
}

/** How many factors can be lost, whichever they are, so that the rest still opens. */
export function losses(shape: Shape): number {
  const toBreak = shape.groups.map((group) => group.factors.length - group.need + 1)
  return sumOfSmallest(toBreak, shape.groups.length - shape.need + 1) - 1
}

/** True when factors of this kind open without any other: for passphrases, what must not be. */
export function opensWithOnly(shape: Shape, kind: FactorKind): boolean {
  const held = shape.groups.map((group) => group.factors.filter((factor) => factor.kind === kind).length)
  return fewestMore(shape, held) === 0
}

/** What would open together with the factors at hand; `has` tells whether one is. */
export function stillPossible(shape: Shape, has: (group: number, factor: number) => boolean): string {
  const parts = shape.groups.map((group, i) => {
    const rest = group.factors.filter((_, j) => !has(i, j))
    const more = group.need - (group.factors.length - rest.length)
    return { name: group.name, more, words: `any ${more} of: ${names(rest)}` }
  })
  const open = parts.filter((part) => part.more > 0)
  if (shape.groups.length === 1) return open.map((part) => part.words).join('')
  const needed = shape.need - (parts.length - open.length)
  return `any ${needed} of these groups: ${open.map((part) => `${part.name} (${part.words})`).join('; ')}`
}

/** Plain sentences: who opens the vault, what can be lost, what a thief needs. */
export function policySentences(shape: Shape): readonly string[] {
  return [opening(shape), losing(shape), stealing(shape)]
}

function opening(shape: Shape): string {
  const parts = shape.groups.map(groupWords)
  const [first = ''] = parts
  if (parts.length === 1) return `The vault opens with ${first}.`
  const [all, listed] = [shape.need === parts.length, parts.join('; ')]
  return `The vault opens with ${all ? 'all' : `any ${shape.need}`} of these groups: ${listed}.`
}

function groupWords(
  { name, need, factors }: Shape['groups'][number],
  _: number,
  all: readonly unknown[],
): string {
  const choice = need === factors.length ? listed(factors) : `any ${need} of: ${names(factors)}`
  return all.length === 1 ? choice : `${name} (${choice})`
}

function losing(shape: Shape): string {
  const most = losses(shape)
  if (most === 0) return `Losing ${listed(indispensable(shape), 'or')} closes it for good.`
  const what = most === 1 ? 'Any one factor' : `Any ${most} factors`
  return `${what} can be lost and the rest still opens it; losing ${most + 1} can close it for good.`
}

/** The factors without which all others together do not open. */
function indispensable(shape: Shape): readonly { readonly name: string }[] {
  const sizes = shape.groups.map((group) => group.factors.length)
  return shape.groups.flatMap((group, i) => {
    const without = sizes.map((size, j) => (i === j ? size - 1 : size))
    return fewestMore(shape, without) > 0 ? group.factors : []
  })
}

function stealing(shape: Shape): string {
  const least = fewest(shape)
  return `A thief needs at least ${least} of them: ${least - 1 === 1 ? 'one alone opens' : `${least - 1} open`} nothing.`
}

function names(factors: readonly { readonly name: string }[]): string {
  return factors.map((factor) => factor.name).join(', ')
}

function listed(factors: readonly { readonly name: string }[], last = 'and'): string {
  const names = factors.map((factor) => factor.name)
  if (names.length < 2) return names.join('')
  return `${names.slice(0, -1).join(', ')} ${last} ${names.at(-1)}`
}

function none(shape: Shape): Held {
  return shape.groups.map(() => 0)
}

function sumOfSmallest(numbers: readonly number[], count: number): number {
  const smallest = [...numbers].sort((a, b) => a - b).slice(0, count)
  return smallest.reduce((sum, number) => sum + number, 0)
}
