/** What the stores show of their past: a store with a broken history still gives genuine snapshots, but it lied. */
import { isLie } from '@cairn/node/vault/compare.js'
import type { Past } from '@cairn/node/vault/open.js'
import { LOST_MEMORY, safe } from './output.js'

/** The history of each store as `check` names it. */
export function pastJson({ stores }: Past): readonly { readonly name: string; readonly history: string }[] {
  return stores.map(({ store, history }) => ({ name: store.name, history }))
}

export function anyLies({ stores }: Past): boolean {
  return stores.some(({ history }) => isLie(history))
}

/** Said when another computer changed vault.json at the same moment, and its change is the one that counts. */
export function overtakenWarning({ overtaken }: { readonly overtaken?: true }): readonly string[] {
  return overtaken
    ? [
        'A change of the vault that this computer knew was made at the same time as another one, which counts instead. Look with cairn policy show and cairn device list, and do it again where it is missing.',
      ]
    : []
}

/** What is said of a store that holds what it was given by a device that may not write, or may not yet. */
const OTHERS: Readonly<Partial<Record<Past['stores'][number]['history'], string>>> = {
  revoked: 'holds snapshots that a removed device signed after its removal. They are left aside',
  unconfirmed:
    'holds snapshots of a device that this computer does not know yet. They are left aside until: cairn device list --confirm',
}

export function pastWarnings({ stores, memory, ...past }: Past): readonly string[] {
  const forgotten = [...(memory === 'lost' ? [LOST_MEMORY] : []), ...overtakenWarning(past)]
  return forgotten.concat(
    stores.flatMap(({ store, history, failure }) => {
      if (failure) return [`Not asked: ${safe(store.name)}: ${safe(failure.message)}`]
      const others = OTHERS[history]
      if (others) return [`${safe(store.name)} ${others}.`]
      const what = `Do not trust ${safe(store.name)}: its history is ${history}. Run: cairn check`
      return history === 'intact' ? [] : [what]
    }),
  )
}
