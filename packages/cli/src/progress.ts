/**
 * One line of progress on standard error, on a terminal only. The remaining time comes from the last
 * twenty seconds of real work, and nothing is promised before two seconds of it were seen.
 */
import type { Context } from './context.js'
import { size } from './output.js'
import { Interrupted } from './terminal.js'

const REDRAW_MS = 100
const WINDOW_MS = 20_000
const LEAST_MS = 2_000

export interface Sample {
  readonly ms: number
  readonly done: number
}

export interface Progress {
  /** `done` of `total` so far; `total` 0 when nobody knows. */
  at(done: number, total: number): void
  /** Takes the line away. */
  end(): void
}

/** Seconds that remain at the rate of the samples (oldest first), or null when they do not tell. */
export function remaining(samples: readonly Sample[], total: number): number | null {
  const first = samples[0]
  const last = samples[samples.length - 1]
  if (first === undefined || last === undefined) return null
  const ms = last.ms - first.ms
  const done = last.done - first.done
  if (ms < LEAST_MS || done <= 0 || total < last.done) return null
  return ((total - last.done) * (ms / done)) / 1000
}

/** `about 40 s left`, `about 3 min left`: rounded up, never finer than is known. */
export function sayRemaining(seconds: number): string {
  if (seconds < 90) return `about ${Math.max(Math.ceil(seconds / 5) * 5, 5)} s left`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? `about ${minutes} min left` : `about ${Math.ceil(minutes / 60)} h left`
}

/**
 * Shows the progress of `work` in bytes while it runs. After Ctrl-C its next step throws, so that work ends as after
 * any other error: the lock is released, and nothing half-made stays.
 * @throws Interrupted
 */
export async function withProgress<T>(
  context: Context,
  what: string,
  work: (step: (at: { readonly done: number; readonly total: number }) => void) => Promise<T>,
): Promise<T> {
  const progress = startProgress(context, { what, unit: 'bytes' })
  const { signal } = context
  const listening = () => progress.end()
  signal.addEventListener('abort', listening)
  try {
    return await work(({ done, total }) => {
      if (signal.aborted) throw new Interrupted()
      progress.at(done, total)
    })
  } finally {
    signal.removeEventListener('abort', listening)
    progress.end()
  }
}

export function startProgress(
  context: Context,
  options: { readonly what: string; readonly unit: 'bytes' | 'items' },
): Progress {
  const { what, unit } = options
  const screen = process.stderr
  if (!screen.isTTY || context.quiet) return { at() {}, end() {} }
  const samples: Sample[] = []
  let drawn = 0
  const show = (n: number) => (unit === 'bytes' ? size(n) : n.toLocaleString('en-US'))
  const at = (done: number, total: number) => {
    const ms = performance.now()
    if (ms - drawn < REDRAW_MS) return
    drawn = ms
    samples.push({ ms, done })
    while (ms - (samples[0]?.ms ?? ms) > WINDOW_MS) samples.shift()
    const left = total > 0 ? remaining(samples, total) : null
    const share = total > 0 ? `${Math.floor((100 * done) / total)} % of ${show(total)}` : show(done)
    screen.write(`\r\u001b[K${what}: ${share}${left === null ? '' : `, ${sayRemaining(left)}`}`)
  }
  const end = () => {
    if (drawn > 0) screen.write('\r\u001b[K')
  }
  return { at, end }
}
