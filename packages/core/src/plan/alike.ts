/**
 * Which things of a model can be exchanged for each other: the same where they lie, and the same part in what the owner needs
 * and a thief needs, by the forms of the conditions above them (colours of a tree, as for its isomorphism). Moves are tried
 * with one of each. Pure.
 */
import type { Condition } from './condition.js'
import type { Item, Model } from './model.js'

/** A number for each thing. @param look what must be equal of two things that are alike, beside their part */
function coloursOf(
  { items, keeps, opens }: Model,
  look: (item: Item) => string,
): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>()
  const numberOf = (text: string) => {
    const known = numbers.get(text) ?? numbers.size
    numbers.set(text, known)
    return known
  }
  const looks = new Map(items.map((item) => [item.name, numberOf(look(item))]))
  const forms = new Map<Condition, number>()
  const formOf = (condition: Condition): number => {
    if ('item' in condition) return looks.get(condition.item) as number
    const form = forms.get(condition) ?? numberOf(`${condition.need} of ${condition.of.map(formOf).sort()}`)
    forms.set(condition, form)
    return form
  }
  const parts = new Map<string, number[]>()
  const walk = (condition: Condition, path: number): void => {
    const here = numberOf(`${path}/${formOf(condition)}`)
    if (!('item' in condition)) for (const part of condition.of) walk(part, here)
    else parts.set(condition.item, [...(parts.get(condition.item) ?? []), here])
  }
  walk(keeps, -1)
  walk(opens, -2)
  return new Map(
    items.map(({ name }) => [name, numberOf(`${looks.get(name)} as ${parts.get(name)?.sort()}`)]),
  )
}

/** Numbers that things of the same kind, place, holder and part share. */
export function alikeOf(model: Model): ReadonlyMap<string, number> {
  return coloursOf(model, ({ kind, place, holder }) => `${kind} ${place}/${holder}`)
}

/** The first `most` of each number. */
export function firstAlike(
  items: readonly Item[],
  alike: ReadonlyMap<string, number>,
  most: number,
): readonly Item[] {
  const seen = new Map<number, number>()
  return items.filter(({ name }) => {
    const number = alike.get(name) as number
    const count = (seen.get(number) ?? 0) + 1
    seen.set(number, count)
    return count <= most
  })
}

/** Of places that are of one kind and hold things alike the first, as seen from the thing that is to be taken to one. */
export function differingPlaces(model: Model, moved: Item, targets: readonly string[]): readonly string[] {
  const kinds = new Map(model.places.map(({ name, kind }) => [name, kind]))
  const colours = coloursOf(model, (item) =>
    item === moved ? 'it' : `${item.kind} ${kinds.get(item.place)}/${item.holder}`,
  )
  const held = new Map<string, number[]>(targets.map((name) => [name, []]))
  for (const { name, place } of model.items) held.get(place)?.push(colours.get(name) as number)
  const first = new Map<string, string>()
  for (const [name, things] of held) {
    const look = `${kinds.get(name)} ${things.sort()}`
    if (!first.has(look)) first.set(look, name)
  }
  return [...first.values()]
}
