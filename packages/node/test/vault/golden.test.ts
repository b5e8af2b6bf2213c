/**
 * A vault of the first Cairn that had tags and moved manifests: manifests and records of version 2. Its bytes stay as they
 * are (test/format.test.ts has the one of version 1). Made by the code of that day from the files of `filesOf`, pruned
 * to the last two of three snapshots.
 */
import { createCipheriv, createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { taggedIn } from '@cairn/core/vault/manifest.js'
import { expect, it } from 'vitest'
import { realDisk } from '../../src/disk.js'
import { native } from '../../src/primitives.js'
import { folderStore } from '../../src/stores/folder.js'
import { extract, memorySink } from '../../src/vault/extract.js'
import { openVault, readClaims, readPast } from '../../src/vault/open.js'
import { readManifest } from '../../src/vault/reader.js'

const path = fileURLToPath(new URL('../fixtures/moved-vault', import.meta.url))
const given = {
  passphrases: ['correct horse battery staple'],
  sheets: [
    'oral indicate academic always analysis pink withdraw vitamins isolate ranked dictate drove hanger drug prepare deny silent warmth window bucket upstairs twin eclipse flash withdraw exhaust mansion campus member losing remind acid saver',
  ],
}

/** On the second and third day two of six parts changed. */
const CHANGED: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4, 5],
  [4, 5],
  [0, 1],
]

function partOf(day: number, part: number): Buffer {
  const last = CHANGED.slice(0, day).findLastIndex((parts) => parts.includes(part)) + 1
  const key = Buffer.alloc(16, last * 6 + part)
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(new Uint8Array(2000))
}

function filesOf(day: number): readonly (readonly [string, string])[] {
  const parts = [0, 1, 2, 3, 4, 5].map((part) => [`part${part}`, partOf(day, part)] as const)
  const all = [...parts, ['wallet', Buffer.from(`version ${day}`)] as const]
  return all.map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')])
}

it('a vault whose manifests moved opens with its factors, and both snapshots come back', async () => {
  const stores = [folderStore({ name: 'golden', path, disk: realDisk })]
  const { description, reading } = await openVault(await readClaims(stores), given, native)
  const { heads, chain } = await readPast(stores, description, { identities: [reading.identity] })
  expect([chain.length, heads.map(({ head }) => head.seq)]).toEqual([3, [2, 3]])
  for (const head of heads) {
    const manifest = await readManifest(reading, head)
    const artefacts = manifest.wallets.flatMap((wallet) => wallet.artefacts)
    const wanted = artefacts.map((artefact) => ({ artefact, sink: memorySink(artefact.size) }))
    await extract({ reading, manifest, wanted })
    const back = wanted.map(({ artefact, sink }) => [
      artefact.path,
      createHash('sha256').update(sink.bytes).digest('hex'),
    ])
    expect(back).toEqual(filesOf(head.head.seq))
    const tags = [
      { seq: 2, tags: ['later'] },
      { seq: 3, tags: ['with the backup'] },
    ]
    expect(taggedIn(manifest)).toEqual(head.head.seq === 2 ? [] : tags)
  }
})
