import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, sep } from 'node:path'
import { hex, text } from '@cairn/core/bytes.js'
import { HEADER_LIMIT_BYTES, STANZA_LIMIT } from '@cairn/core/vault/age-header.js'
import { ARMORED_LIMIT_CHARACTERS } from '@cairn/core/vault/armored.js'
import { MAX_VAULT_FILE_BYTES, vaultFingerprint } from '@cairn/core/vault/description.js'
import { MAX_HEAD_BYTES } from '@cairn/core/vault/head.js'
import { LOCK_LIMIT_CHARACTERS, LOG_N_DEFAULT, LOG_N_LIMIT } from '@cairn/core/vault/lock.js'
import { MAX_MANIFEST_BYTES } from '@cairn/core/vault/manifest.js'
import { CHUNK_BYTES, PACK_BYTES } from '@cairn/core/vault/pack.js'
import { FACTORS_LIMIT } from '@cairn/core/vault/policy.js'
import { OBJECT_LIMIT_BYTES } from '@cairn/core/vault/seal.js'
import type { Given } from '@cairn/core/vault/unlock.js'
import { native } from '@cairn/node/primitives.js'
import { realPorts } from '@cairn/node/real.js'
import { folderStore } from '@cairn/node/stores/folder.js'
import { openVault, readClaims, readPast } from '@cairn/node/vault/open.js'
import { readManifest } from '@cairn/node/vault/reader.js'
import { restore } from '@cairn/node/vault/restore.js'
import { afterAll, describe, expect, test } from 'vitest'
import {
  DOCUMENT,
  type Example,
  FOLDER,
  makeExample,
  withBlocks,
  withRandomStream,
} from './make/example-vault.js'

const document = readFileSync(DOCUMENT, 'utf8')
const example = await withRandomStream(makeExample)

/** The committed vault, as it lies there. */
function committed(): Map<string, string> {
  const names = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const keys = names.map(({ parentPath, name }) => join(parentPath, name).slice(FOLDER.length + 1))
  return new Map(keys.map((key) => [key.split(sep).join('/'), hex(readFileSync(join(FOLDER, key)))]))
}

const made = ({ files }: Example) => new Map([...files].map(([key, bytes]) => [key, hex(bytes)]))

describe('the worked example of docs/format.md', () => {
  test('is what the product makes of the fixed inputs, file by file', () => {
    expect(committed()).toEqual(made(example))
  })

  test('is quoted in the document as it is', () => {
    const names = [...document.matchAll(/<!-- example: ([^>]+) -->/g)].map(([, name]) => name)
    expect(names).toEqual([...example.blocks.keys()])
    expect(withBlocks(document, example.blocks)).toBe(document)
  })

  test('is noticed when the document or the product changes in one place', () => {
    const other = new Map(example.blocks).set(
      'head 2',
      (example.blocks.get('head 2') ?? '').replace('8', '9'),
    )
    expect(withBlocks(document, other)).not.toBe(document)
    expect(withBlocks(document.replace('00000010  0a', '00000010  0b'), example.blocks)).toBe(document)
  })
})

describe('the vault that never changes', () => {
  const folders: string[] = []
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true })
  })

  async function open(given: Given) {
    const store = folderStore({ name: 'example', path: FOLDER })
    const vault = await openVault(await readClaims([store]), given, native)
    return { ...vault, past: await readPast([store], vault.description) }
  }

  test('opens with every pair of its factors', async () => {
    const [passphrases, identities, sheets] = [[example.passphrase], [example.computer], [example.sheet]]
    for (const given of [
      { passphrases, identities },
      { passphrases, sheets },
      { identities, sheets },
    ]) {
      const { description, past } = await open(given)
      expect(`${vaultFingerprint(description)}\n`).toBe(example.blocks.get('fingerprint'))
      expect(past.stores.map(({ history }) => history)).toEqual(['intact'])
      expect(past.heads.map(({ head }) => head.seq)).toEqual([1, 2])
    }
  })

  test('gives back the file and the records that the document shows', async () => {
    const { reading, past } = await open({ identities: [example.computer], sheets: [example.sheet] })
    const to = join(mkdtempSync(join(tmpdir(), 'cairn-format-')), 'back')
    folders.push(join(to, '..'))
    const plan = {
      reading,
      heads: past.heads,
      names: ['donations'],
      to,
      inTheWay: 'refuse',
      risky: 'refuse',
    } as const
    const report = await restore(plan, realPorts)
    expect(report.files.map(({ path }) => path)).toEqual([
      'default_wallet',
      'cairn-records/labels.jsonl',
      'cairn-records/addresses.jsonl',
    ])
    const labels = JSON.parse(readFileSync(join(to, 'default_wallet'), 'utf8')).labels
    expect(labels).toEqual({ mkvegX7yoi5AAc2vvJUYYzVdGf4BmFhLym: 'Donations' })
  })

  test('has no field that the document does not explain', async () => {
    const { reading, past } = await open({ identities: [example.computer], sheets: [example.sheet] })
    const manifest = await readManifest(reading, past.heads[0]!)
    const json = [...example.files]
      .filter(([key]) => key.endsWith('.json'))
      .map(([, bytes]) => JSON.parse(text(bytes)))
    const fields = new Set([...json, manifest].flatMap(fieldsOf))
    expect(fields.size).toBeGreaterThan(50)
    expect([...fields].filter((field) => !explains(document, field))).toEqual([])
    const twin = document.replaceAll('`beyond_seed`', '')
    expect([...fields].filter((field) => !explains(twin, field))).toEqual(['beyond_seed'])
  })
})

/** Names of all fields, at any depth. */
function fieldsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(fieldsOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...fieldsOf(inner)])
}

const explains = (text: string, field: string) => text.includes(`\`${field}\``)

describe('the limits in docs/format.md', () => {
  test.each([
    ['`vault.json`', [MAX_VAULT_FILE_BYTES]],
    ['factors, and groups', [FACTORS_LIMIT]],
    ['a lock', [LOCK_LIMIT_CHARACTERS]],
    ['a sealed key', [ARMORED_LIMIT_CHARACTERS]],
    ['scrypt cost of a lock, log2 N', [LOG_N_LIMIT, LOG_N_DEFAULT]],
    ['a head', [MAX_HEAD_BYTES]],
    ['an object', [OBJECT_LIMIT_BYTES]],
    ['header of an object', [HEADER_LIMIT_BYTES, STANZA_LIMIT]],
    ['a manifest, unpacked', [MAX_MANIFEST_BYTES]],
    ['a chunk', [CHUNK_BYTES]],
    ['a pack, plain', [PACK_BYTES]],
  ])('are those of the code: %s', (what, values) => {
    const rows = document.slice(document.indexOf('## Limits')).split('\n')
    const row = rows.find((line) => line.startsWith(`| ${what} |`))
    const numbers = row?.slice(what.length + 4).match(/\d[\d,]*/g) ?? []
    expect(numbers).toEqual(expect.arrayContaining(values.map((value) => value.toLocaleString('en'))))
  })
})
