/**
 * Prints docs/surface.md from the built declarations of the core: what a program that embeds it can rely on.
 *   npx tsc -b && node scripts/surface.js > docs/surface.md
 * A test holds the document equal to this output, so that a change of the surface is seen, and every function in it
 * says what it does.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const dist = fileURLToPath(new URL('../packages/core/dist', import.meta.url))
/** The rooms whose files are meant for others; a folder beside a file holds its parts, and they may change. */
const ROOMS = ['words', 'keys', 'wallets', 'records', 'vault', 'sheets', 'drill', 'plan']

/** @param {string} path */
const read = (path) => readFileSync(join(dist, path), 'utf8')

/** @param {string} room */
const filesOf = (room) =>
  readdirSync(join(dist, room))
    .filter((name) => name.endsWith('.d.ts'))
    .sort()
    .map((name) => `${room}/${name}`)

const FUNCTION = /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*)?export declare function (\w+)(<[^(]*>)?\(/g

/** Names with the first sentence of their comment. @param {string} source */
function functionsIn(source) {
  return [...source.matchAll(FUNCTION)].map(([, comment = '', name = '']) => ({
    name,
    says: firstSentence(comment),
  }))
}

/** @param {string} comment */
function firstSentence(comment) {
  const text = comment
    .replace(/^\s*\/?\*+\/?/gm, '')
    .replace(/\*\/\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim()
  const said = text.split(/ ?@(?:throws|param|returns)/)[0] ?? ''
  const end = said.search(/\.(?= |$)/)
  return end < 0 ? said : said.slice(0, end)
}

/** @param {string} source */
function othersIn(source) {
  const declared = [...source.matchAll(/^export (?:declare const|interface|type) (\w+)/gm)].map(
    ([, name]) => name,
  )
  const passedOn = [...source.matchAll(/^export (?:type )?\{([^}]*)\} from/gm)].flatMap(([, names = '']) =>
    names.split(',').map((name) =>
      name
        .trim()
        .replace(/^type /, '')
        .replace(/^.* as /, ''),
    ),
  )
  return [...declared, ...passedOn].filter(Boolean).sort()
}

/** @param {string} path */
function section(path) {
  const source = read(path)
  const functions = functionsIn(source)
  const others = othersIn(source)
  if (functions.length === 0 && others.length === 0) return ''
  const rows = functions.map(({ name, says }) => `- \`${name}\`${says ? `: ${says}` : ''}\n`)
  const rest = others.length > 0 ? `- also ${others.map((name) => `\`${name}\``).join(' ')}\n` : ''
  return `### \`@cairn/core/${path.replace('.d.ts', '.js')}\`\n\n${rows.join('')}${rest}\n`
}

const rooms = ROOMS.map((room) => `## ${room}\n\n${filesOf(room).map(section).join('')}`)
process.stdout.write(
  `# The surface of the core

What \`@cairn/core\` offers to programs that embed it, file by file, each with the first sentence of its comment; the
comment itself has shapes, units and errors. Files in folders below these are their parts and may change without notice.

${rooms.join('').trimEnd()}
`.replaceAll('<', '\\<'),
)
