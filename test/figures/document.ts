/** `docs/figures.md`: a section a room, each with the commit and day of its own run. */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { isShort, mostMinutes, type Room, type Row } from './rows.js'

const FILE = fileURLToPath(new URL('../../docs/figures.md', import.meta.url))
const HEAD = `# Figures

Made by \`npm run figures\`, a section at a time with \`npm run figures -- words\`. Seeds count from 1. A broken twin is the
same code with one thing wrong, in the same harness.
`

/** Puts the sections that were run in place of their older ones and leaves the others as they are. */
export function writeFigures(run: ReadonlyMap<Room, readonly Row[]>): void {
  const sections = existsSync(FILE) ? readSections(readFileSync(FILE, 'utf8')) : new Map<string, string>()
  for (const [room, rows] of run) sections.set(room, section(room, rows))
  const rooms = [...sections.keys()].sort()
  writeFileSync(FILE, [HEAD, ...rooms.map((room) => sections.get(room))].join('\n'))
}

function readSections(text: string): Map<string, string> {
  const parts = text.split(/^(?=## )/m).slice(1)
  return new Map(parts.map((part) => [/^## (\w+)/.exec(part)?.[1] ?? '', `${part.trimEnd()}\n`]))
}

function section(room: Room, rows: readonly Row[]): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const cut = `Cut off after ${mostMinutes} minutes a row; the full counts are still owed. `
  const whole = Number.isFinite(mostMinutes) ? cut : ''
  const form = isShort ? 'The **short form**, in minutes; the full counts are still owed. ' : whole
  const lines = rows.map(
    ({ promise, tried, held, twin, seconds }) =>
      `| ${[promise, tried.toLocaleString('en-US'), held.toLocaleString('en-US'), twin, seconds].join(' | ')} |\n`,
  )
  return `## ${room}

${form}Commit ${commit}, ${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}.

| promise | tried | held | broken twin | seconds |
|---|---:|---:|---|---:|
${lines.join('')}`
}
