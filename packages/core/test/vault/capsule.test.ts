import { packTar } from 'modern-tar'
import { describe, expect, it } from 'vitest'
import { hex, utf8 } from '../../src/bytes.js'
import { isCairnError } from '../../src/errors.js'
import {
  type Capsule,
  type CapsuleManifest,
  capsulePath,
  openCapsule,
  parseCapsule,
  sealCapsule,
} from '../../src/vault/capsule.js'
import { identityWith } from '../../src/vault/identity.js'
import { pure as primitives } from '../../src/vault/primitives.js'
import { seal } from '../../src/vault/seal.js'

const ours = identityWith(new Uint8Array(32).fill(7))
const theirs = identityWith(new Uint8Array(32).fill(8))
const VAULT = '00112233445566778899aabbccddeeff'
const TIME = '2026-01-01T12:00:00.000Z'
const DESCRIPTION = utf8('{"what":"a vault.json"}\n')

function artefact(path: string, contents: Uint8Array, role: 'file' | 'labels' = 'file') {
  const sha256 = hex(primitives.sha256(contents))
  return { path, role, size: contents.length, sha256, restore: 'anytime' as const }
}

const FILE = utf8('the wallet itself')
const LONG_PATH = `${'ordner/'.repeat(40)}häß.json`
const LABELS = utf8('{"type":"tx"}\n')
const EMPTY = new Uint8Array()

const manifest: CapsuleManifest = {
  format: 'cairn-capsule',
  version: 1,
  vault: VAULT,
  time: TIME,
  wallets: [
    {
      name: 'savings',
      kind: 'file',
      source: '/home/alice/savings',
      encrypted: false,
      opened: true,
      restore: 'anytime',
      identity: { fingerprints: [], descriptors: [], chain: null, network: null },
      counts: { addresses: 0, labels: 1, transactions: 0, imported_keys: 0 },
      beyond_seed: [],
      artefacts: [
        artefact('wallet', FILE),
        artefact(LONG_PATH, FILE),
        artefact('empty', EMPTY),
        artefact('labels.jsonl', LABELS, 'labels'),
      ],
      snapshot: { id: 'ab'.repeat(32), device: '0123456789abcdef', seq: 3, time: TIME },
    },
  ],
}
const contents = [FILE, FILE, EMPTY, LABELS]
const capsule: Capsule = {
  manifest,
  files: new Map(
    manifest.wallets.flatMap(({ name, artefacts }) =>
      artefacts.map((one, i) => [capsulePath(name, one), contents[i] as Uint8Array] as const),
    ),
  ),
}
const keys = { vault: DESCRIPTION, recipient: ours.recipient, identity: ours.identity, primitives }
const opening = { vault: VAULT, identities: [ours.identity], primitives }

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing',
    (error: unknown) => (isCairnError(error) ? error.code : String(error)),
  )
}

/** A capsule whose sealed part is what somebody else packed for this vault. */
async function packed(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const entries = Object.entries(files).map(([name, body]) => ({ header: { name, size: body.length }, body }))
  return (await seal(await primitives.gzip(await packTar(entries)), ours.recipient, primitives)).bytes
}

describe('a capsule', () => {
  it('brings back every file, records and empty ones and long names too, and vault.json as it was', async () => {
    const { vault, sealed } = await parseCapsule(await sealCapsule(capsule, keys), primitives)
    expect(vault).toEqual(DESCRIPTION)
    expect(await openCapsule(sealed, opening)).toEqual(capsule)
  })

  it('opens with a secret of before a rekey', async () => {
    const { sealed } = await parseCapsule(await sealCapsule(capsule, keys), primitives)
    const rekeyed = { ...opening, identities: [theirs.identity, ours.identity] }
    expect((await openCapsule(sealed, rekeyed)).manifest).toEqual(manifest)
  })

  it('does not open with the secret of another vault, nor as another vault', async () => {
    const { sealed } = await parseCapsule(await sealCapsule(capsule, keys), primitives)
    expect(await codeOf(openCapsule(sealed, { ...opening, identities: [theirs.identity] }))).toBe(
      'object-foreign',
    )
    expect(await codeOf(openCapsule(sealed, { ...opening, vault: 'f'.repeat(32) }))).toBe('capsule-damaged')
  })

  it('is refused when somebody sealed it who had the recipient and not the secret', async () => {
    const forged = await sealCapsule(capsule, { ...keys, identity: theirs.identity })
    const { sealed } = await parseCapsule(forged, primitives)
    expect(await codeOf(openCapsule(sealed, opening))).toBe('capsule-forged')
  })

  it('is refused when a file is another one, and when there is no manifest or none of this kind', async () => {
    const wallet = capsulePath('savings', artefact('wallet', FILE))
    const files = new Map([...capsule.files, [wallet, utf8('another wallet!!!')]])
    expect(files.size).toBe(capsule.files.size)
    const { sealed } = await parseCapsule(await sealCapsule({ manifest, files }, keys), primitives)
    expect(await codeOf(openCapsule(sealed, opening))).toBe('capsule-damaged')
    expect(await codeOf(openCapsule(await packed({}), opening))).toBe('capsule-damaged')
    expect(await codeOf(openCapsule(await packed({ 'manifest.json': utf8('{}\n') }), opening))).toBe(
      'capsule-damaged',
    )
  })

  it('says that a newer Cairn wrote it', async () => {
    const newer = await packed({ 'manifest.json': utf8('{"format":"cairn-capsule","version":2}\n') })
    expect(await codeOf(openCapsule(newer, opening))).toBe('vault-newer')
  })

  it('is refused as damaged when it is no gzip, no tar, or lacks a part', async () => {
    const whole = await sealCapsule(capsule, keys)
    const cases = [
      EMPTY,
      utf8('no gzip'),
      whole.subarray(0, -10),
      await primitives.gzip(utf8('no tar'.repeat(200))),
      await primitives.gzip(await packTar([{ header: { name: 'vault.json', size: 2 }, body: '{}' }])),
    ]
    for (const bytes of cases) expect(await codeOf(parseCapsule(bytes, primitives))).toBe('capsule-damaged')
  })

  it('never unpacks more than its bound', async () => {
    const bomb = await primitives.gzip(new Uint8Array(8 * 1024 * 1024))
    expect(bomb.length).toBeLessThan(20_000)
    expect(await codeOf(parseCapsule(bomb, primitives))).toBe('capsule-damaged')
  })
})
