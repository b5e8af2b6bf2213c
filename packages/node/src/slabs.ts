/**
 * Memory for the large pieces of files on their way into a pack, used again and again: 100 buffers of 1 MiB made for
 * one backup each cost their first touch and the collector's time, and wait for it meanwhile. It is shared memory, so
 * that a thread that compresses reads it in place.
 */

/** A multiple of the 64 KiB that the vault cuts files into. */
export const SLAB_BYTES = 1024 * 1024

/** What is shorter is made anew: it costs little, and a slab would be held by a few bytes. */
const LEAST_BYTES = 64 * 1024

const MOST_SLABS = 8

export interface Slabs {
  /** Room for `bytes` bytes, at most 1 MiB, with whatever lay there before. Waits while all slabs are in use. */
  take(bytes: number): Promise<Uint8Array>
  /** Hands back what `take` gave; other bytes are left alone. Nobody reads them from now on. */
  release(piece: Uint8Array): void
}

export function makeSlabs(): Slabs {
  const free: Uint8Array[] = []
  const waiting: ((slab: Uint8Array) => void)[] = []
  const all = new Set<ArrayBufferLike>()
  const takeSlab = async (): Promise<Uint8Array> => {
    const slab = free.pop()
    if (slab) return slab
    if (all.size === MOST_SLABS) return new Promise((resolve) => waiting.push(resolve))
    const made = new Uint8Array(new SharedArrayBuffer(SLAB_BYTES))
    all.add(made.buffer)
    return made
  }
  return {
    take: async (bytes) =>
      bytes < LEAST_BYTES ? new Uint8Array(bytes) : (await takeSlab()).subarray(0, bytes),
    release: ({ buffer }) => {
      if (!all.has(buffer)) return
      const slab = new Uint8Array(buffer)
      const next = waiting.shift()
      if (next) next(slab)
      else free.push(slab)
    },
  }
}

/** Every piece in a buffer of its own: for readers that keep what they read. */
export const ownBuffers: Slabs = {
  take: async (bytes) => new Uint8Array(bytes),
  release: () => {},
}
