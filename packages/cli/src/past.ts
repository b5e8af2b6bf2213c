/** What the stores show of their past: a store with a broken history still gives genuine snapshots, but it lied. */
import type { Past } from '@cairn/node/vault/open.js'
import { LOST_MEMORY, safe } from './output.js'

/** The history of each store as `check` names it. */
export function pastJson({ stores }: Past): readonly { readonly name: string; readonly history: string }[] {
  return stores.map(({ store, history }) => ({ name: store.name, history }))
}

export function anyLies({ stores }: Past): boolean {
  return stores.some(({ history }) => history !== 'intact' && history !== 'unknown')
}

export function pastWarnings({ stores, memory }: Past): readonly string[] {
  const forgotten = memory === 'lost' ? [LOST_MEMORY] : []
  return forgotten.concat(
    stores.flatMap(({ store, history, failure }) => {
      if (failure) return [`Not asked: ${safe(store.name)}: ${safe(failure.message)}`]
      const what = `Do not trust ${safe(store.name)}: its history is ${history}. Run: cairn check`
      return history === 'intact' ? [] : [what]
    }),
  )
}
