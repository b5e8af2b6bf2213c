/**
 * Calls that never answer, and the time that goes by for those who wait for one: for nobody else, so that no honest call
 * runs out of it. Whoever sets a time for a call does it right after the call.
 */
import type { Wait } from '../../src/ports.js'

export interface Hanging {
  readonly wait: Wait
  /** What a call gives that never ends. */
  hang<T>(): Promise<T>
}

export function hanging(): Hanging {
  const hung = new WeakSet<AbortSignal>()
  let isNext = false
  return {
    wait: (_ms, signal) => {
      if (isNext && signal) hung.add(signal)
      isNext = false
      return new Promise((resolve) => {
        signal?.addEventListener('abort', () => resolve())
        if (signal && hung.has(signal)) setImmediate(resolve)
      })
    },
    hang: () => {
      isNext = true
      return new Promise(() => {})
    },
  }
}
