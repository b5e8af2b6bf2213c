/** Steps that change where things are, and the model once they are done. None takes a thing away. Pure. */
import type { Condition } from './condition.js'
import type { Item, Model, Place } from './model.js'

/** `add`: one factor more of that kind to the vault, as many needed as before. `share`: a share more of what is on paper there. */
export interface Step {
  readonly does: 'move' | 'copy' | 'add' | 'share'
  readonly item: string
  readonly to: string
}

/** What the model is once things are moved and copied. A thing that has no part in it is the same object, at the same index. */
export function withSteps(model: Model, steps: readonly Step[]): Model {
  return steps.reduce((now, { does, item: name, to }) => {
    const item = now.items.find((one) => one.name === name) as Item
    const place = now.places.find((one) => one.name === to) ?? { name: to, kind: 'elsewhere' }
    return does === 'move' ? moved(now, item, place) : copied(now, item, place)
  }, model)
}

function moved(model: Model, item: Item, to: Place): Model {
  const items = model.items.map((one) => (one.name === item.name ? { ...one, place: to.name } : one))
  return { ...model, items, places: withPlace(model.places, to) }
}

/** The copy does what the original does, which is another object from then on: it is not the only one. */
function copied(model: Model, item: Item, to: Place): Model {
  const copy = { ...item, name: copyName(model, item.name), place: to.name }
  const either = (condition: Condition): Condition => {
    if (!('item' in condition)) return { ...condition, of: condition.of.map(either) }
    return condition.item === item.name ? { need: 1, of: [condition, { item: copy.name }] } : condition
  }
  return {
    items: [...model.items.map((one) => (one === item ? { ...one } : one)), copy],
    places: withPlace(model.places, to),
    keeps: either(model.keeps),
    opens: either(model.opens),
  }
}

/** One that no row has: a list may call its second share so. */
function copyName(model: Model, name: string): string {
  const copy = `copy of ${name}`
  return model.items.some((item) => item.name === copy) ? copyName(model, copy) : copy
}

function withPlace(places: readonly Place[], to: Place): readonly Place[] {
  return places.some(({ name }) => name === to.name) ? places : [...places, to]
}
