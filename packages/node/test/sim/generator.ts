/** A generator that draws the same for the same seed, in place of the one of the system, so that a run can be run again. */
import { seeded } from './disk.js'

/** @returns what puts the one of before back */
function seedGenerator(seed: number): () => void {
  const random = seeded(seed)
  const before = Object.getOwnPropertyDescriptor(globalThis.crypto, 'getRandomValues')
  Object.defineProperty(globalThis.crypto, 'getRandomValues', {
    configurable: true,
    value: <T extends ArrayBufferView>(view: T): T => {
      const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
      for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(random() * 256)
      return view
    },
  })
  return () => {
    if (before) Object.defineProperty(globalThis.crypto, 'getRandomValues', before)
    else Reflect.deleteProperty(globalThis.crypto, 'getRandomValues')
  }
}

/** Does the work with a generator that starts from this seed. */
export async function withSeed<T>(seed: number, work: () => Promise<T>): Promise<T> {
  const restore = seedGenerator(seed)
  try {
    return await work()
  } finally {
    restore()
  }
}

/** Makes what scenes start from. Its draws are those of no scene: two secrets that must differ would be the same. */
export function withSeedOfBase<T>(base: number, work: () => Promise<T>): Promise<T> {
  return withSeed(-1 - base, work)
}
