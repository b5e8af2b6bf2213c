/**
 * Stanzas to and from a running age plugin over its standard input and output (C2SP age-plugin.md, "IPC protocol").
 * What it writes is bounded, and its silence too. It never outlives the talk, nor this process.
 */
import { spawn } from 'node:child_process'
import { fail } from '@cairn/core/errors.js'
import { encodeStanza, endsStanza, parseStanza, type Stanza } from '@cairn/core/vault/age-header.js'
import { errno } from '../disk.js'
import type { Wait } from '../ports.js'
import { type Command, stopAtExit } from '../stores/program.js'

/** Of all that a plugin may write in one talk: a header of age with its stanzas has 16 KiB. */
const OUTPUT_LIMIT_BYTES = 262_144
/** A line of arguments; that of a stanza has some hundred. */
const LINE_LIMIT_BYTES = 16_384
/** A person has this long to find a device, to plug it in and to touch it. */
export const SILENCE_LIMIT_MS = 180_000

export interface Connection {
  readonly write: (stanza: Stanza) => void
  /** The next stanza. @throws CairnError `plugin-failed` at the end, on what is no stanza, and on too much silence */
  readonly read: () => Promise<Stanza>
  /** `done`: it may put its device in order, and is stopped only when this process exits. */
  readonly close: (how: 'done' | 'broken') => void
}

export interface Starting {
  readonly plugin: string
  readonly machine: 'recipient-v1' | 'identity-v1'
  readonly wait: Wait
  /** `age-plugin-NAME` of PATH unless given. */
  readonly command?: Command
}

/** Starts the plugin. @throws CairnError `plugin-absent`, `plugin-failed` */
export async function connect({ plugin, machine, wait, command }: Starting): Promise<Connection> {
  const [program, ...first] = command ?? [`age-plugin-${plugin}`]
  const child = spawn(program, [...first, `--age-plugin=${machine}`], {
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  })
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject)).catch(
    (error) =>
      errno(error) === 'ENOENT'
        ? fail('plugin-absent', { plugin })
        : fail('plugin-failed', { plugin, reason: 'it cannot be started' }),
  )
  child.on('error', () => {})
  child.stdin.on('error', () => {}) // it may end without reading what it is sent
  stopAtExit(child)
  const next = stanzasIn(child.stdout)
  return {
    write: (stanza) => void child.stdin.write(encodeStanza(stanza)),
    read: async () => {
      const found = await beforeSilence(next(), wait)
      if (typeof found !== 'string') return found
      child.kill('SIGKILL')
      return fail('plugin-failed', { plugin, reason: WHY[found] })
    },
    close: (how) => {
      child.stdin.end()
      child.stdout.destroy()
      if (how === 'broken') child.kill('SIGKILL')
      child.unref()
    },
  }
}

export type Broken = 'ended' | 'unreadable' | 'silent'

const WHY: Readonly<Record<Broken, string>> = {
  ended: 'it ended in the middle of the talk',
  unreadable: 'what it says is not the protocol of age plugins',
  silent: 'it was silent for three minutes',
}

async function beforeSilence(reading: Promise<Stanza | Broken>, wait: Wait): Promise<Stanza | Broken> {
  const read = new AbortController()
  const silence = wait(SILENCE_LIMIT_MS, read.signal).then((): Broken => 'silent')
  try {
    return await Promise.race([reading, silence])
  } finally {
    read.abort()
  }
}

/** Reads one stanza after the other, within the limits of all of them together. */
export function stanzasIn(output: AsyncIterable<Uint8Array>): () => Promise<Stanza | Broken> {
  const lines = boundedLines(output)
  return () => readStanza(lines)
}

async function readStanza(lines: AsyncIterator<string, 'too-much' | 'end'>): Promise<Stanza | Broken> {
  const all: string[] = []
  for (;;) {
    const next = await lines.next()
    if (next.done) return next.value === 'too-much' || all.length > 0 ? 'unreadable' : 'ended'
    all.push(next.value)
    if (all.length > 1 && endsStanza(next.value)) return parseStanza(all) ?? 'unreadable'
  }
}

/** Lines of printable ASCII; ends early, with `too-much`, beyond the limits. */
async function* boundedLines(output: AsyncIterable<Uint8Array>): AsyncGenerator<string, 'too-much' | 'end'> {
  let [line, bytes] = ['', 0]
  try {
    for await (const piece of output) {
      bytes += piece.length
      if (bytes > OUTPUT_LIMIT_BYTES) return 'too-much'
      const parts = (line + Buffer.from(piece).toString('latin1')).split('\n')
      line = parts.pop() ?? ''
      if ([line, ...parts].some(({ length }) => length > LINE_LIMIT_BYTES)) return 'too-much'
      yield* parts
    }
  } catch {
    return 'end' // the pipe was cut
  }
  return 'end'
}
