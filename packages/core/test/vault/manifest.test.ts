import { describe, expect, it } from 'vitest'
import { encodeManifest, type Manifest, parseManifest } from '../../src/vault/manifest.js'
import { pure } from '../../src/vault/primitives.js'

const HASH = 'ab'.repeat(32)
const CHUNK = { sha256: HASH, size: 10, pack: 0, offset: 0, length: 30 }

function withChunk(chunk: unknown): Manifest {
  const artefact = { path: 'a', role: 'file', size: 10, sha256: HASH, restore: 'anytime', chunks: [chunk] }
  return {
    format: 'cairn-manifest',
    version: 1,
    vault: '00'.repeat(16),
    device: '00'.repeat(8),
    seq: 1,
    time: '2026-01-01T00:00:00.000Z',
    packs: [HASH],
    wallets: [
      {
        name: 'a',
        kind: 'file',
        source: '/a',
        encrypted: false,
        opened: true,
        restore: 'anytime',
        identity: { fingerprints: [], descriptors: [], chain: null, network: null },
        counts: { addresses: 0, labels: 0, transactions: 0, imported_keys: 0 },
        beyond_seed: [],
        artefacts: [artefact as never],
      },
    ],
    elsewhere: [],
  }
}

async function read(manifest: Manifest): Promise<Manifest> {
  return parseManifest(await encodeManifest(manifest, pure), '1', pure)
}

describe('tags in a manifest', () => {
  const tagged = (tags: unknown) => ({ ...withChunk(CHUNK), version: 2, tags }) as Manifest

  it('come back as they were written', async () => {
    const manifest = tagged([{ seq: 1, tags: ['a', 'b'] }])
    expect(await read(manifest)).toEqual(manifest)
  })

  it.each([
    ['in version 1', { ...tagged([]), version: 1 }],
    ['missing in version 2', { ...withChunk(CHUNK), version: 2 }],
    ['of a later snapshot', tagged([{ seq: 2, tags: ['a'] }])],
    [
      'of one snapshot twice',
      tagged([
        { seq: 1, tags: ['a'] },
        { seq: 1, tags: [] },
      ]),
    ],
    ['with a comma', tagged([{ seq: 1, tags: ['a,b'] }])],
  ])('are refused %s', async (_, manifest) => {
    await expect(read(manifest as Manifest)).rejects.toMatchObject({ code: 'manifest-damaged' })
  })

  it('of a version to come are not guessed at', async () => {
    const newer = { ...tagged([]), version: 3 } as unknown as Manifest
    await expect(read(newer)).rejects.toMatchObject({ code: 'vault-newer' })
  })
})

describe('a chunk in a manifest', () => {
  it('comes back as it was written', async () => {
    expect(await read(withChunk(CHUNK))).toEqual(withChunk(CHUNK))
  })

  it.each([
    ['a hash in upper case', { ...CHUNK, sha256: HASH.toUpperCase() }],
    ['a hash with a line feed after it', { ...CHUNK, sha256: `${HASH}\n` }],
    ['no contents', { ...CHUNK, size: 0 }],
    ['more contents than a chunk holds', { ...CHUNK, size: 65_537 }],
    ['a fraction of a byte', { ...CHUNK, size: 9.5 }],
    ['a place before the pack', { ...CHUNK, offset: -1 }],
    ['a place beyond exact numbers', { ...CHUNK, offset: 2 ** 53 }],
    ['no member', { ...CHUNK, length: 0 }],
    ['a number as text', { ...CHUNK, length: '30' }],
    ['a pack that is not listed', { ...CHUNK, pack: 1 }],
    ['a field too many', { ...CHUNK, note: '' }],
    [
      'a field of the prototype',
      JSON.parse('{"__proto__":{},"sha256":"","size":1,"pack":0,"offset":0,"length":1}'),
    ],
    ['a field missing', { sha256: HASH, size: 10, pack: 0, offset: 0 }],
    ['nothing', null],
    ['a list', [HASH, 10, 0, 0, 30]],
  ])('is refused with %s', async (_, chunk) => {
    await expect(read(withChunk(chunk))).rejects.toMatchObject({ code: 'manifest-damaged' })
  })
})
