import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { breaches, type Sources } from './boundaries.js'

const root = fileURLToPath(new URL('..', import.meta.url))

function tree(): Sources {
  const paths = ['core', 'node', 'cli', 'web'].flatMap((name) =>
    readdirSync(join(root, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => `packages/${name}/src/${path.replaceAll('\\', '/')}`),
  )
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]))
}

const core = (path: string) => `packages/core/src/${path}`

/** A small tree that keeps every rule, with some files replaced. */
const twin = (changed: Record<string, string>): Sources =>
  new Map(
    Object.entries({
      [core('errors.ts')]: "export const fail = () => 'node:fs' // process.exit, import './words/a.js'",
      [core('words/a.ts')]: "import { fail } from '../errors.js'",
      [core('vault/seal.ts')]:
        "import { a } from '../words/a.js'\nimport type { Plan } from '../plan/plan.js'",
      [core('plan/plan.ts')]: "import { fail } from '../errors.js'",
      'packages/node/src/stores/folder.ts': "import { fail } from '@cairn/core/errors.js'\nimport 'node:fs'",
      'packages/node/src/vault/backup.ts': "import { folder } from '../stores/folder.js'",
      'packages/cli/src/main.ts': "import { backup } from '@cairn/node/vault/backup.js'",
      ...changed,
    }),
  )

describe('the dependency rules', () => {
  test('hold in the source tree', () => {
    const sources = tree()
    expect(sources.size).toBeGreaterThan(20)
    expect(breaches(sources)).toEqual([])
  })

  test('hold in the small tree that the broken ones below are made of', () => {
    expect(breaches(twin({}))).toEqual([])
  })

  test.each([
    [
      'a cycle',
      { [core('words/a.ts')]: "import './b.js'", [core('words/b.ts')]: "export * from './a.js'" },
      /^cycle: .*a\.ts -> .*b\.ts -> .*a\.ts$/,
    ],
    [
      'a cycle of types only',
      {
        [core('errors.ts')]: "import type { A } from './bytes.js'",
        [core('bytes.ts')]: "import type { B } from './errors.js'",
      },
      /^cycle/,
    ],
    [
      'two rooms that need each other',
      { [core('plan/more.ts')]: "import '../vault/other.js'" },
      /^rooms in a cycle: .*vault.*plan|plan.*vault/,
    ],
    [
      'an import that goes up',
      { [core('words/a.ts')]: "import { seal } from '../vault/seal.js'" },
      /a\.ts -> .*seal\.ts: goes up$/,
    ],
    [
      'an import that goes up, on several lines',
      { [core('words/a.ts')]: "import {\n  seal,\n} from '../vault/seal.js'" },
      /goes up$/,
    ],
    [
      'an import that goes up when it runs',
      { [core('words/a.ts')]: "const { seal } = await import('../vault/seal.js')" },
      /goes up$/,
    ],
    [
      'a node: module in core',
      { [core('words/a.ts')]: "import { readFile } from 'node:fs/promises'" },
      /no such module$/,
    ],
    [
      'a module of Node by its old name',
      { [core('words/a.ts')]: 'import * as crypto from "crypto"' },
      /no such module$/,
    ],
    [
      'a node: module in the web app',
      { 'packages/web/src/main.tsx': "import 'node:path'" },
      /no such module$/,
    ],
    [
      'Buffer in core',
      { [core('words/a.ts')]: 'export const x = Buffer.from([1])' },
      /Buffer is of Node only$/,
    ],
    [
      'process in core',
      { [core('words/a.ts')]: "if (process.env['X']) throw 1" },
      /process is of Node only$/,
    ],
    [
      'core that imports node',
      { [core('words/a.ts')]: "import '@cairn/node/stores/folder.js'" },
      /core must not know node$/,
    ],
    [
      'node that imports a face',
      { 'packages/node/src/vault/backup.ts': "import '@cairn/cli/main.js'" },
      /node must not know cli$/,
    ],
    [
      'a face that imports a face by path',
      { 'packages/web/src/main.tsx': "import '../../cli/src/main.js'" },
      /web must not know cli$/,
    ],
    [
      'a store that imports a source',
      { 'packages/node/src/stores/folder.ts': "import '../sources/files.js'" },
      /may join$/,
    ],
    [
      'a chain that imports a joining room',
      { 'packages/node/src/chain/esplora.ts': "import '../vault/backup.js'" },
      /may join$/,
    ],
    [
      'a second caller of the generator',
      { 'packages/node/src/stores/folder.ts': 'crypto.getRandomValues(x)' },
      /outside random\.ts$/,
    ],
    ['Math.random', { [core('vault/seal.ts')]: 'const id = Math.random()' }, /outside random\.ts$/],
    ['a room without a place in the order', { [core('utils/a.ts')]: '' }, /no room$/],
  ])('catch %s', (_, changed, breach) => {
    const found = breaches(twin(changed))
    expect(
      found.some((line) => breach.test(line)),
      found.join('\n'),
    ).toBe(true)
  })
})
