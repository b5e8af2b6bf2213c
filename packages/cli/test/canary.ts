/**
 * Looks for secrets where none may be: in what a command prints, in the files it leaves (state, store, temporary
 * files, working folder), and in the command lines and environments of its processes while it runs.
 */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { BIN, environment } from './run.js'

export interface Secret {
  readonly name: string
  readonly text: string
}

export interface Trial {
  readonly args: readonly string[]
  readonly stdin?: string
  readonly env?: Readonly<Record<string, string>>
}

export interface Ground {
  /** Searched with all that is in it: `home` and `tmp` too. */
  readonly cwd: string
  readonly home: string
  readonly tmp: string
  readonly secrets: readonly Secret[]
  /** Folders in `cwd` that hold secrets by themselves: the wallets, the password files, what was restored. */
  readonly spared: readonly string[]
  /** What is run; the built command unless said. */
  readonly program?: string
}

/** Where a secret was found: `standard error: the phrase`. */
export interface Found {
  readonly exit: number | null
  readonly hits: readonly string[]
}

export async function hunt(ground: Ground, trial: Trial): Promise<Found> {
  const { exit, printed, processes } = await watch(ground, trial)
  const places: [string, string][] = [...printed, ['its processes', processes]]
  for (const path of await filesOf(ground)) places.push([path, (await readFile(path)).toString('latin1')])
  const hits = places.flatMap(([place, content]) => {
    const tokens = content.toLowerCase().match(/[a-z]+/g) ?? []
    const found = ground.secrets.filter((secret) => holds({ content, tokens }, secret))
    return found.map(({ name }) => `${place}: ${name}`)
  })
  return { exit, hits }
}

async function watch({ cwd, home, tmp, program = BIN }: Ground, { args, stdin, env }: Trial) {
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: environment({ home, env: { TMPDIR: tmp, ...env } }),
    detached: true,
  })
  const printed: [string, string][] = [
    ['standard output', ''],
    ['standard error', ''],
  ]
  for (const [i, stream] of [child.stdout, child.stderr].entries()) {
    stream.on('data', (chunk: Buffer) => {
      const row = printed[i] as [string, string]
      row[1] += chunk.toString('latin1')
    })
  }
  let isOver = false
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (exit) => {
      isOver = true
      resolve(exit)
    })
  })
  child.stdin.on('error', () => {})
  child.stdin.end(stdin ?? '')
  let processes = ''
  while (!isOver) {
    processes += sample(child.pid ?? 0)
    await wait(2)
  }
  return { exit: await ended, printed, processes }
}

/** Command lines and environments of the processes of a session, as every user of the machine can see them. */
function sample(session: number): string {
  const seen: string[] = []
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      // proc(5): the fields after the command, which is in parentheses: state, parent, group, session
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
        .replace(/^.*\) /s, '')
        .split(' ')
      if (fields[3] !== String(session)) continue
      seen.push(
        readFileSync(`/proc/${pid}/cmdline`, 'latin1'),
        readFileSync(`/proc/${pid}/environ`, 'latin1'),
      )
    } catch {
      // it ended meanwhile
    }
  }
  return seen.join('\n')
}

async function filesOf({ cwd, spared }: Ground): Promise<readonly string[]> {
  const entries = await readdir(cwd, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return paths.filter((path) => !spared.some((name) => path.startsWith(join(cwd, name, '/'))))
}

interface Haystack {
  /** The bytes, one character each. */
  readonly content: string
  /** The words of it in lower case. */
  readonly tokens: readonly string[]
}

function holds({ content, tokens }: Haystack, { text }: Secret): boolean {
  return formsOf(text).some((form) => content.includes(form)) || hasPart(tokens, text)
}

/** The ways in which a secret might be written, as bytes. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  // base64 of a text inside another one: at each of three offsets, without what its neighbours change
  const base64 = [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    return padded.slice(offset === 0 ? 0 : offset + 1).replace(/..?=*$/, '')
  })
  return [
    bytes.toString('latin1'),
    Buffer.from(secret, 'utf16le').toString('latin1'),
    hex,
    hex.toUpperCase(),
    ...base64,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
  ]
}

/** Up to so many words lie between two of a phrase where it is wrapped, numbered or told word by word. */
const BETWEEN = 3

/** Any three neighbouring words of a phrase, in order and near each other. */
function hasPart(tokens: readonly string[], secret: string): boolean {
  const words = secret.split(' ')
  if (words.length < 9 || !words.every((word) => /^[a-z]{3,}$/.test(word))) return false
  const next = (from: number, word: string | undefined) => {
    const at = tokens.slice(from, from + BETWEEN + 1).indexOf(word ?? '')
    return at < 0 ? null : from + at + 1
  }
  return tokens.some((token, at) =>
    words.slice(2).some((_, i) => {
      if (token !== words[i]) return false
      const second = next(at + 1, words[i + 1])
      return second !== null && next(second, words[i + 2]) !== null
    }),
  )
}
