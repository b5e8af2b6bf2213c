/**
 * Which drive it is: a random number in `drive.json`. Drives that are used in turn are mounted at the same path and
 * hold the same vault; by this they are told apart, so that one is not taken for the other set back to an older state.
 * It proves nothing: whoever can write to a drive can give it the number of another, and a drive that was copied with
 * all that is on it has that of its original. Genuine heads prove themselves.
 */
import { hex, text, utf8 } from '@cairn/core/bytes.js'
import { fail, isCairnError } from '@cairn/core/errors.js'
import { random } from '@cairn/core/random.js'
import * as z from 'zod'
import type { Store } from './store.js'

export const DRIVE_FILE = 'drive.json'

const schema = z.strictObject({
  format: z.literal('cairn-drive'),
  version: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{32}$/),
})

export function newDrive(): string {
  return hex(random(16))
}

/** What the drive says it is; undefined when it says nothing, or nothing that can be read. */
export async function driveOf(store: Store): Promise<string | undefined> {
  try {
    const parsed = schema.safeParse(parseJson(await store.get(DRIVE_FILE)))
    return parsed.success ? parsed.data.id : undefined
  } catch (error) {
    if (isCairnError(error, 'object-missing', 'object-unreadable')) return undefined
    throw error
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(text(bytes))
  } catch {
    return undefined
  }
}

export async function markDrive(store: Store, id: string): Promise<void> {
  const file = { format: 'cairn-drive', version: 1, id } satisfies z.infer<typeof schema>
  await store.put(DRIVE_FILE, utf8(`${JSON.stringify(file)}\n`))
}

export interface Drive {
  /** The one that is meant. */
  readonly id: string
  /** Names of the stores that are at the same place in turn, by their drives. */
  readonly others: Readonly<Record<string, string>>
}

/**
 * A store that is only there when its own drive is: with another one in its place every call throws `store-away`. A
 * drive that lost its mark is taken for its own, and gets it again with the first thing that is put there.
 */
export function withDrive(store: Store, { id, others }: Drive): Store {
  let asked: Promise<'marked' | 'unmarked'> | undefined
  const ask = async () => {
    const found = await driveOf(store)
    if (found === undefined || found === id) return found === id ? 'marked' : 'unmarked'
    return fail('store-away', { store: store.name, found: others[found] ?? ANOTHER })
  }
  const here = () => {
    // why it could not be asked is not kept: a drive may be plugged in while it runs
    asked ??= ask().catch((error) => {
      asked = undefined
      throw error
    })
    return asked
  }
  const { look } = store
  return {
    ...store,
    get: async (key) => {
      await here()
      return store.get(key)
    },
    put: async (key, bytes) => {
      if ((await here()) === 'unmarked') await markDrive(store, id)
      asked = Promise.resolve('marked')
      await store.put(key, bytes)
    },
    list: async (prefix) => {
      await here()
      return store.list(prefix)
    },
    remove: async (key) => {
      await here()
      await store.remove(key)
    },
    ...(look ? { look } : {}),
  }
}

/** How a drive is called that no store of this vault is. */
const ANOTHER = 'another drive'

/** The store that is in the place of one that is away, when that is what `error` says. */
export function inPlaceOf(error: unknown): string | undefined {
  if (!isCairnError(error, 'store-away')) return undefined
  const found = String(error.details.found)
  return found === ANOTHER ? undefined : found
}
