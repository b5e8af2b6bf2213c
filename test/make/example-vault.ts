/**
 * The worked example of docs/format.md: a small vault of which every byte follows from the fixed inputs below.
 * The product writes it; only its randomness is replaced by a stream of SHA-256, and gzip by stored blocks, since
 * two versions of zlib need not compress alike. `node scripts/samples.js example-vault` writes
 * docs/example-vault and the blocks of docs/format.md again; a test holds both to what is made here.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32 } from 'node:zlib'
// draws from the generator when it is loaded: before the stream of this vault begins
import 'age-encryption'
import { concat, hex, text, utf8 } from '@cairn/core/bytes.js'
import { encodeRecords } from '@cairn/core/records/records.js'
import type { Primitives, Wallet } from '@cairn/core/types.js'
import { type VaultDescription, vaultFingerprint, writeDescription } from '@cairn/core/vault/description.js'
import { deviceKeyWith, signHead } from '@cairn/core/vault/head.js'
import { identityWith } from '@cairn/core/vault/identity.js'
import { LOG_N_DEFAULT, lockTo, lockWithPassphrase } from '@cairn/core/vault/lock.js'
import { type Artefact, encodeManifest, type Manifest } from '@cairn/core/vault/manifest.js'
import { headKey, objectKey, README_FILE, VAULT_FILE } from '@cairn/core/vault/object.js'
import { addMember, newPack, packBytes } from '@cairn/core/vault/pack.js'
import type { Policy } from '@cairn/core/vault/policy.js'
import { pure } from '@cairn/core/vault/primitives.js'
import { storeReadme } from '@cairn/core/vault/readme.js'
import { objectId, seal } from '@cairn/core/vault/seal.js'
import { parseShare, splitWith } from '@cairn/core/words/slip39.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
export const FOLDER = join(root, 'docs/example-vault')
export const DOCUMENT = join(root, 'docs/format.md')

/** 32 bytes in sequence from `first`. */
const sequence = (first: number) => Uint8Array.from({ length: 32 }, (_, i) => first + i)
const SECRET = sequence(0x00)
const COMPUTER = identityWith(sequence(0x20))
export const DEVICE = deviceKeyWith(sequence(0x40))
const PASSPHRASE = 'an example and no secret'
const VAULT = '00112233445566778899aabbccddeeff'
const CREATED = '2026-01-01T09:00:00.000Z'
const TIMES = ['2026-01-01T12:00:00.000Z', '2026-02-01T12:00:00.000Z'] as const
const EXPECTED = ['2026-02-01T12:00:00.000Z', '2026-03-04T12:00:00.000Z'] as const

const FILE = utf8(`{
    "addresses": {
        "mkvegX7yoi5AAc2vvJUYYzVdGf4BmFhLym": {}
    },
    "labels": {
        "mkvegX7yoi5AAc2vvJUYYzVdGf4BmFhLym": "Donations"
    },
    "seed_version": 50,
    "wallet_type": "imported"
}`)

const WALLET: Wallet = {
  kind: 'electrum',
  encrypted: false,
  opened: true,
  identity: { fingerprints: [], descriptors: [], chain: 'bitcoin', network: 'regtest' },
  addresses: [{ address: 'mkvegX7yoi5AAc2vvJUYYzVdGf4BmFhLym', origin: 'watched' }],
  labels: [{ type: 'addr', ref: 'mkvegX7yoi5AAc2vvJUYYzVdGf4BmFhLym', label: 'Donations' }],
  transactions: [],
  importedKeys: 0,
  keys: { private: 0, failed: [] },
  beyondSeed: [
    { what: 'watched-addresses', count: 1 },
    { what: 'labels', count: 1 },
  ],
  restore: 'anytime',
}

export interface Example {
  /** Everything in the store, by key. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** What opens it: any two of the three. */
  readonly passphrase: string
  readonly computer: string
  readonly sheet: string
  /** The blocks of docs/format.md by name, as they stand between its fences. */
  readonly blocks: ReadonlyMap<string, string>
}

/** Call with `randomStream` in place of the generator. */
export async function makeExample(): Promise<Example> {
  const files = new Map<string, Uint8Array>()
  const { policy, sheet } = await examplePolicy()
  const description: VaultDescription = {
    format: 'cairn-vault',
    version: 1,
    id: VAULT,
    created: CREATED,
    revision: 1,
    recipient: identityWith(SECRET).recipient,
    policy,
    devices: [{ id: DEVICE.id, name: 'laptop', key: DEVICE.publicKey, added: CREATED }],
  }
  files.set(README_FILE, utf8(storeReadme(description)))
  files.set(VAULT_FILE, writeDescription(description, SECRET))
  const put = async (plain: Uint8Array) => {
    const { bytes } = await seal(plain, description.recipient, primitives)
    const id = objectId(bytes, primitives)
    files.set(objectKey(id), bytes)
    return id
  }
  const { plain: pack, artefacts } = await examplePack()
  const packId = await put(pack)
  const manifests: Manifest[] = []
  let previous: string | null = null
  for (const [i, time] of TIMES.entries()) {
    const manifest = exampleManifest({ seq: i + 1, time, pack: packId, artefacts })
    manifests.push(manifest)
    const id = await put(await encodeManifest(manifest, primitives))
    const head = { vault: VAULT, device: DEVICE.id, seq: i + 1, previous, time, manifest: id }
    const signed = signHead(
      {
        format: 'cairn-head',
        version: 1,
        type: 'snapshot',
        ...head,
        next_expected_by: EXPECTED[i] as string,
      },
      DEVICE,
    )
    previous = signed.hash
    files.set(headKey(DEVICE.id, i + 1), signed.bytes)
  }
  const made = { files, passphrase: PASSPHRASE, computer: COMPUTER.identity, sheet }
  return { ...made, blocks: blocksOf({ ...made, description, manifests, pack }) }
}

/** As `makePolicy`, one lock after the other: two at once would draw from the stream in an order of chance. */
async function examplePolicy(): Promise<{ policy: Policy; sheet: string }> {
  const draw = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  const groups = [{ threshold: 2, count: 3 }]
  const plan = { secret: SECRET, groupThreshold: 1, groups, iterationExponent: 0, extendable: true }
  const [shares = []] = splitWith(plan, draw)
  const [one = '', two = '', sheet = ''] = shares
  const padded = (share: string) => `${share.padEnd(33 * 9 - 1)}\n`
  const lock = await lockWithPassphrase(padded(one), PASSPHRASE, { logN: LOG_N_DEFAULT })
  const { recipient } = COMPUTER
  const policy: Policy = {
    scheme: 'slip39',
    set: parseShare(one).identifier,
    need: 1,
    groups: [
      {
        name: 'factors',
        need: 2,
        factors: [
          { kind: 'passphrase', name: 'passphrase', logN: LOG_N_DEFAULT, lock },
          { kind: 'computer', name: 'computer', recipient, lock: await lockTo(padded(two), recipient) },
          { kind: 'sheet', name: 'sheet' },
        ],
      },
    ],
  }
  return { policy, sheet }
}

async function examplePack(): Promise<{ plain: Uint8Array; artefacts: readonly Artefact[] }> {
  const records = encodeRecords(WALLET)
  const pack = newPack()
  const artefacts: Artefact[] = []
  const contents = [
    { path: 'default_wallet', role: 'file', bytes: FILE, mode: 0o600, mtime: Date.parse(CREATED) },
    { path: 'labels.jsonl', role: 'labels', bytes: records.labels },
    { path: 'addresses.jsonl', role: 'addresses', bytes: records.addresses },
  ] as const
  for (const { bytes, ...about } of contents) {
    const [sha256, size] = [hex(primitives.sha256(bytes)), bytes.length]
    const member = await primitives.gzip(bytes)
    const chunks = [{ sha256, size, pack: 0, offset: pack.length, length: member.length }]
    addMember(pack, member, { sha256, size })
    artefacts.push({ ...about, size, sha256, restore: WALLET.restore, chunks })
  }
  return { plain: packBytes(pack), artefacts }
}

interface Parts {
  readonly seq: number
  readonly time: string
  readonly pack: string
  readonly artefacts: readonly Artefact[]
}

function exampleManifest({ seq, time, pack, artefacts }: Parts): Manifest {
  const { kind, encrypted, opened, restore, identity } = WALLET
  return {
    format: 'cairn-manifest',
    version: 1,
    vault: VAULT,
    device: DEVICE.id,
    seq,
    time,
    packs: [pack],
    wallets: [
      {
        name: 'donations',
        kind,
        source: '/home/alice/.electrum/regtest/wallets/default_wallet',
        encrypted,
        opened,
        restore,
        identity: { ...identity, fingerprints: [], descriptors: [] },
        counts: { addresses: 1, labels: 1, transactions: 0, imported_keys: 0 },
        beyond_seed: [...WALLET.beyondSeed],
        artefacts: [...artefacts],
      },
    ],
    elsewhere: [],
  }
}

interface Made extends Omit<Example, 'blocks'> {
  readonly description: VaultDescription
  readonly manifests: readonly Manifest[]
  readonly pack: Uint8Array
}

function blocksOf({ files, sheet, computer, description, manifests, pack }: Made): Map<string, string> {
  const heads = [1, 2].map((seq) => text(files.get(headKey(DEVICE.id, seq)) as Uint8Array))
  const sizes = [...files].map(([key, bytes]) => `${String(bytes.length).padStart(6)}  ${key}`)
  const [first] = manifests
  const end = first?.wallets[0]?.artefacts[0]?.chunks[0]?.length ?? 0
  return new Map([
    ['files', `${sizes.join('\n')}\n`],
    ['secrets', secrets({ sheet, computer })],
    ['vault.json', text(files.get(VAULT_FILE) as Uint8Array)],
    ['fingerprint', `${vaultFingerprint(description)}\n`],
    ['head 1', heads[0] as string],
    ['head 2', heads[1] as string],
    ['manifest', `${JSON.stringify(first, null, 2)}\n`],
    ['chunk', dump(pack.subarray(0, end))],
  ])
}

function secrets({ sheet, computer }: { sheet: string; computer: string }): string {
  const words = sheet.split(' ')
  const rows = [0, 11, 22].map((from) => words.slice(from, from + 11).join(' '))
  return `passphrase  ${PASSPHRASE}
computer    ${computer}
sheet       ${rows.join('\n            ')}

vault secret, which any two of them give
  in hex    ${hex(SECRET)}
  for age   ${identityWith(SECRET).identity}
signing key of the device, Ed25519
  secret    ${hex(DEVICE.secretKey)}
  public    ${DEVICE.publicKey}
`
}

/** As `hexdump -C`, without its last line. */
function dump(bytes: Uint8Array): string {
  const rows = Array.from({ length: Math.ceil(bytes.length / 16) }, (_, i) => {
    const row = bytes.subarray(i * 16, i * 16 + 16)
    const digits = Array.from({ length: 16 }, (_, j) => (j < row.length ? hex(row.subarray(j, j + 1)) : '  '))
    const halves = `${digits.slice(0, 8).join(' ')}  ${digits.slice(8).join(' ')}`
    const signs = [...row].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
    return `${(i * 16).toString(16).padStart(8, '0')}  ${halves}  |${signs.join('')}|\n`
  })
  return rows.join('')
}

/** RFC 1951, section 3.2.4: one stored block, the last one. */
async function storedMember(bytes: Uint8Array): Promise<Uint8Array> {
  const header = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255)
  const length = new Uint8Array(5)
  const block = new DataView(length.buffer)
  block.setUint8(0, 1)
  block.setUint16(1, bytes.length, true)
  block.setUint16(3, ~bytes.length & 0xffff, true)
  const footer = new DataView(new ArrayBuffer(8))
  footer.setUint32(0, crc32(bytes), true)
  footer.setUint32(4, bytes.length, true)
  return concat(header, length, bytes, new Uint8Array(footer.buffer))
}

const primitives: Primitives = { ...pure, gzip: storedMember }

/** Replaces `crypto.getRandomValues` while `make` runs. */
export async function withRandomStream<T>(make: () => Promise<T>): Promise<T> {
  const original = crypto.getRandomValues
  let position = 0
  const byteAt = (i: number) => primitives.sha256(utf8(`cairn example ${i >> 5}`))[i & 31] as number
  const fill = (array: Uint8Array) => array.map(() => byteAt(position++))
  Object.defineProperty(crypto, 'getRandomValues', {
    configurable: true,
    writable: true,
    value: (array: Uint8Array) => {
      array.set(fill(array))
      return array
    },
  })
  try {
    return await make()
  } finally {
    Object.defineProperty(crypto, 'getRandomValues', { configurable: true, writable: true, value: original })
  }
}

/** The document with its example blocks replaced: what follows `<!-- example: NAME -->` up to the fence's end. */
export function withBlocks(document: string, blocks: ReadonlyMap<string, string>): string {
  return document.replace(
    /(<!-- example: ([^>]+) -->\n```\w*\n)[\s\S]*?(```)/g,
    (_, before: string, name: string, after: string) => {
      const block = blocks.get(name)
      if (block === undefined) throw new Error(`docs/format.md asks for an example that is not made: ${name}`)
      return before + block + after
    },
  )
}

export async function make(): Promise<void> {
  const { files, blocks } = await withRandomStream(makeExample)
  rmSync(FOLDER, { recursive: true, force: true })
  for (const [key, bytes] of files) {
    mkdirSync(dirname(join(FOLDER, key)), { recursive: true })
    writeFileSync(join(FOLDER, key), bytes)
  }
  writeFileSync(DOCUMENT, withBlocks(readFileSync(DOCUMENT, 'utf8'), blocks))
}
