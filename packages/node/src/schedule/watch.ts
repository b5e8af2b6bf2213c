/**
 * Saves wallets when they change, until it is told to stop. It only sees that something changed and when; copying a
 * wallet whole is the matter of its source, and saving it that of a backup. A backup that fails is tried again.
 */
import * as native from 'node:path'
import type { WalletEntry } from '../machine/wallets.js'
import type { Wait } from '../ports.js'
import { SQLITE_COMPANIONS } from '../sources/files.js'
import { changed, failed, nextIn, type Pending, QUIET_MS, ready, taken } from './settle.js'

export interface Watcher {
  close(): Promise<void>
}

export interface WatchPorts {
  readonly now: () => Date
  readonly wait: Wait
  /** Tells of every change of these files and below these folders. Resolves when nothing is missed any more. */
  readonly observe: (paths: readonly string[], onChange: (path: string) => void) => Promise<Watcher>
  /** Another text when the files of a wallet are others than before. Never rejects. */
  readonly mark: (entry: WalletEntry) => Promise<string>
  /** A backup of these wallets: the names of those that do not lie in any store now. */
  readonly save: (names: readonly string[]) => Promise<readonly string[]>
}

/** How often all are looked at whatever was told: network drives tell nothing, and a busy system may forget to. */
export const SWEEP_MS = 300_000

export interface Watch {
  /** The wallets as they are now. */
  readonly wallets: () => Promise<readonly WalletEntry[]>
  /** Path of the file that says which wallets there are. */
  readonly list: string
  /**
   * Names of wallets that changed while nobody watched. Asked once changes are told: of what comes before this look it
   * knows, and what comes after is heard.
   */
  readonly changedBefore: () => Promise<readonly string[]>
  readonly signal: AbortSignal
  readonly quietMs?: number
  readonly sweepMs?: number
}

/** Whether changes of a source can be seen: the wallet of a running node is reached over a line. */
export function isWatchable({ source }: Pick<WalletEntry, 'source'>): boolean {
  return !source.startsWith('bitcoin-rpc:')
}

/** Resolves when the signal is aborted and the backup that was running is over. */
export async function watch(options: Watch, ports: WatchPorts): Promise<void> {
  const { wallets, list, changedBefore, signal, sweepMs = SWEEP_MS } = options
  const bell = makeBell(signal, ports.wait)
  const saver = makeSaver(options, ports)
  let isFirst = true
  let isCurrent = true
  const observe = (entries: readonly WalletEntry[]) =>
    ports.observe([list, ...entries.flatMap(pathsOf)], (path) => {
      if (path === list) isCurrent = false
      for (const entry of entries) if (isOf(entry, path)) saver.note(entry.name)
      bell.ring()
    })
  let watcher = await observe([])
  try {
    while (!signal.aborted) {
      isCurrent = true
      const entries = (await wallets()).filter(isWatchable)
      const before = watcher
      watcher = await observe(entries)
      // not sooner: what was written by then and is not heard yet would be heard by neither
      await before.close()
      saver.keep(entries)
      await saver.sweep(entries)
      if (isFirst) for (const name of await changedBefore()) saver.note(name)
      isFirst = false
      while (!signal.aborted && isCurrent) {
        await bell.heard(Math.min(saver.nextIn() ?? sweepMs, sweepMs))
        if (signal.aborted) break
        if (saver.isToSweep(sweepMs)) await saver.sweep(entries)
        await saver.saveReady(entries)
      }
    }
  } finally {
    await watcher.close()
  }
}

/** What waits, and what each wallet looked like when it was last saved or first seen. */
function makeSaver({ quietMs = QUIET_MS }: Watch, ports: WatchPorts) {
  const now = () => ports.now().getTime()
  const marks = new Map<string, string>()
  let pending: Pending = new Map()
  let swept = 0
  const note = (name: string) => {
    pending = changed(pending, name, now())
  }
  return {
    note,
    nextIn: () => nextIn(pending, now(), quietMs),
    /** Those that were taken out of care wait no more: a backup that names them saves none of the others. */
    keep: (entries: readonly WalletEntry[]) => {
      pending = taken(
        pending,
        [...pending.keys()].filter((name) => !entries.some((entry) => entry.name === name)),
      )
    },
    /** Nothing waits; or what waits is one that cannot be saved for long, and the others are not to be forgotten. */
    isToSweep: (sweepMs: number) => pending.size === 0 || Math.abs(now() - swept) >= sweepMs,
    /** Notes those that changed without a word. */
    sweep: async (entries: readonly WalletEntry[]) => {
      swept = now()
      for (const entry of entries) {
        const mark = await ports.mark(entry)
        if (mark !== (marks.get(entry.name) ?? mark)) note(entry.name)
        marks.set(entry.name, mark)
      }
    },
    saveReady: async (entries: readonly WalletEntry[]) => {
      const names = ready(pending, now(), quietMs)
      if (names.length === 0) return
      const was = pending
      pending = taken(pending, names)
      for (const entry of entries.filter(({ name }) => names.includes(name)))
        marks.set(entry.name, await ports.mark(entry))
      const unsaved = await ports.save(names)
      pending = failed(pending, { names: unsaved, was, now: now() })
    },
  }
}

/** The file or folder, and what SQLite writes beside it. */
function pathsOf({ source }: WalletEntry): readonly string[] {
  return [source, ...SQLITE_COMPANIONS.map((ending) => `${source}${ending}`)]
}

function isOf(entry: WalletEntry, path: string): boolean {
  return pathsOf(entry).includes(path) || isBelow(entry.source, path)
}

/** @param rules of the system whose paths they are */
export function isBelow(
  folder: string,
  path: string,
  { relative, isAbsolute, sep }: Pick<native.PlatformPath, 'relative' | 'isAbsolute' | 'sep'> = native,
): boolean {
  const rest = relative(folder, path)
  // another drive of Windows has no way there, and gives the path itself
  return rest !== '' && rest !== '..' && !rest.startsWith(`..${sep}`) && !isAbsolute(rest)
}

interface Bell {
  ring(): void
  /** Until it rings, the time has passed or the signal is aborted. Who does not listen does not hear it. */
  heard(ms: number): Promise<void>
}

function makeBell(signal: AbortSignal, wait: Wait): Bell {
  let ring = () => {}
  return {
    ring: () => ring(),
    heard: async (ms) => {
      if (signal.aborted) return
      const over = new AbortController()
      const rung = new Promise<void>((resolve) => {
        ring = resolve
        signal.addEventListener('abort', () => resolve(), { signal: over.signal })
      })
      await Promise.race([rung, wait(ms, over.signal)])
      over.abort()
    },
  }
}
