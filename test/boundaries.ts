/**
 * The dependency rules of the source tree, read from the imports as text: who may import whom, and which
 * words may not stand where. Text is enough since every import names its file; nothing here resolves packages.
 */
import { builtinModules } from 'node:module'
import { posix } from 'node:path'

/** Path from the root of the checkout -> text. */
export type Sources = ReadonlyMap<string, string>

interface Edge {
  readonly from: string
  /** A path of the tree, or the name of a module outside it. */
  readonly to: string
}

/** What a package may import of ours; none may import a face (`cli`, `web`), and core none at all. */
const packages: Readonly<Record<string, readonly string[]>> = {
  core: [],
  node: ['core'],
  cli: ['core', 'node'],
  web: ['core'],
}

/** The rooms of core, in the order in which data flows: an import goes to the same line or to one above. */
const rooms = [
  ['types', 'errors', 'bytes', 'random'],
  ['words'],
  ['keys'],
  ['wallets', 'records'],
  ['vault', 'sheets', 'drill', 'search', 'plan'],
  ['index'],
]

/** What ends in the machine or on the network: joined by the rooms above, never by each other. */
const edges = ['sources', 'stores', 'chain']

const anywhere = ['core', 'web'] // the packages that run in a browser too
const nodeGlobals =
  /(?<![.\w$])(?:Buffer|process|global|require|__dirname|__filename|setImmediate)(?![\w$]|\s*:)/g
const generators =
  /\b(?:getRandomValues|random(?:Bytes|Fill|FillSync|UUID|Int|SecretKey|PrivateKey)|Math\.random|generateMnemonic|generate\w*Identity)\b/g

const text = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/
const plainTemplate = /`(?:\\[\s\S]|[^`$\\])*`/ // word lists, say; one with `${}` holds code and stays
const noise = new RegExp(
  `${text.source}|${plainTemplate.source}|/\\*[\\s\\S]*?\\*/|(?<![:\\w\\\\])//[^\\n]*`,
  'g',
)
const imports = new RegExp(
  `(?:\\bfrom\\s*|\\bimport\\s*\\(?\\s*|\\brequire\\s*\\(\\s*|new URL\\(\\s*)(${text.source})`,
  'g',
)

const withoutComments = (source: string) => source.replace(noise, (part) => (part[0] === '/' ? ' ' : part))
const withoutText = (source: string) => source.replace(noise, (part) => (part[0] === '/' ? ' ' : "''"))

const packageOf = (path: string) => /^packages\/(\w+)\//.exec(path)?.[1] ?? ''
const roomOf = (path: string) => /^packages\/\w+\/src\/(\w+)/.exec(path)?.[1] ?? ''
const levelOf = (path: string) => rooms.findIndex((level) => level.includes(roomOf(path)))

/** The file that a module name means: ours as a path of the tree, others as they are. */
function target(from: string, name: string): string {
  const ours = /^@cairn\/(\w+)(?:\/(.*))?$/.exec(name)
  if (ours) return `packages/${ours[1]}/src/${ours[2] ?? 'index.js'}`.replace(/\.js$/, '.ts')
  if (!name.startsWith('.')) return name
  return posix.join(posix.dirname(from), name).replace(/\.js(x?)$/, '.ts$1')
}

function edgesOf(sources: Sources): Edge[] {
  const found: Edge[] = []
  for (const [from, source] of sources)
    for (const [, quoted = ''] of withoutComments(source).matchAll(imports))
      found.push({ from, to: target(from, quoted.slice(1, -1)) })
  return found
}

function forbidden({ from, to }: Edge): string | null {
  const [here, there] = [packageOf(from), packageOf(to)]
  if (anywhere.includes(here) && (to.startsWith('node:') || builtinModules.includes(to)))
    return 'runs in a browser too, where there is no such module'
  if (!there) return null
  if (here !== there) return packages[here]?.includes(there) ? null : `${here} must not know ${there}`
  if (here === 'core' && levelOf(to) > levelOf(from)) return 'goes up'
  if (here === 'node' && edges.includes(roomOf(from)) && roomOf(from) !== roomOf(to) && roomOf(to) in joined)
    return 'joins what only the rooms above may join'
  return null
}

/** Rooms of the node package that sources, stores and chains must not reach: each other, and those above. */
const joined = { sources: 0, stores: 0, chain: 0, vault: 0, search: 0, schedule: 0 }

/** The first cycle that each file is found on, as a path of names. */
function cycles(graph: readonly Edge[]): string[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of graph) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const found: string[] = []
  const visit = (name: string, path: readonly string[]): void => {
    if (path.includes(name)) found.push(`cycle: ${[...path.slice(path.indexOf(name)), name].join(' -> ')}`)
    if (path.includes(name) || done.has(name)) return
    for (const to of next.get(name) ?? []) visit(to, [...path, name])
    done.add(name)
  }
  for (const name of next.keys()) visit(name, [])
  return found
}

/** Rooms that import each other, by whatever files. */
function roomCycles(graph: readonly Edge[]): string[] {
  const between = graph
    .filter(({ from, to }) => packageOf(from) === packageOf(to) && levelOf(from) >= 0 && levelOf(to) >= 0)
    .map(({ from, to }) => ({ from: roomOf(from), to: roomOf(to) }))
  return cycles(between.filter(({ from, to }) => from !== to)).map((cycle) => `rooms in a ${cycle}`)
}

function words(path: string, source: string): string[] {
  const code = withoutText(source)
  const globals = anywhere.includes(packageOf(path)) ? (code.match(nodeGlobals) ?? []) : []
  const random = path === 'packages/core/src/random.ts' ? [] : (code.match(generators) ?? [])
  return [
    ...globals.map((word) => `${path}: ${word} is of Node only`),
    ...random.map((word) => `${path}: ${word} is drawn outside random.ts`),
  ]
}

/** Files of core that lie in no room: a new room needs its place in the order first. */
const strays = (sources: Sources) =>
  [...sources.keys()]
    .filter((path) => packageOf(path) === 'core' && levelOf(path) < 0)
    .map((path) => `${path}: no room`)

/** Everything in the tree that breaks a rule, one line each; empty when all rules hold. */
export function breaches(sources: Sources): string[] {
  const graph = edgesOf(sources)
  const wrong = graph.flatMap((edge) => {
    const why = forbidden(edge)
    return why ? [`${edge.from} -> ${edge.to}: ${why}`] : []
  })
  const texts = [...sources].flatMap(([path, source]) => words(path, source))
  return [...wrong, ...cycles(graph), ...roomCycles(graph), ...strays(sources), ...texts]
}
