import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8 } from '@cairn/core/bytes.js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ABANDONED_MS } from '../../src/disk.js'
import { folderStore } from '../../src/stores/folder.js'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'cairn-store-'))
})
afterEach(() => rm(root, { recursive: true }))

const part = (i: number) => `objects/aa/object.age.00000000000${i}.part`

/** A store with one object and two parts, one of them as old as said. */
async function withParts(ageMs: number) {
  await folderStore({ name: 'main', path: root }).put('objects/aa/object.age', utf8('whole'))
  for (const i of [1, 2]) await writeFile(join(root, part(i)), 'half')
  const time = new Date(Date.now() - ageMs)
  await utimes(join(root, part(1)), time, time)
  return folderStore({ name: 'main', path: root })
}

it('lists no part, and reading removes none', async () => {
  const store = await withParts(2 * ABANDONED_MS)
  expect(await store.list('objects/')).toEqual([{ key: 'objects/aa/object.age', size: 5 }])
  await store.get('objects/aa/object.age')
  expect((await stat(join(root, part(1)))).size).toBe(4)
})

it('removes parts that nobody writes any more at the next put, and no others', async () => {
  const store = await withParts(2 * ABANDONED_MS)
  await store.list('objects/')
  await store.put('objects/bb/other.age', utf8('new'))
  expect((await readdir(join(root, 'objects/aa'))).sort()).toEqual([
    'object.age',
    'object.age.000000000002.part',
  ])
})

it('leaves a part alone that another machine may be writing', async () => {
  const store = await withParts(ABANDONED_MS / 2)
  await store.list('objects/')
  await store.put('objects/bb/other.age', utf8('new'))
  expect(await readdir(join(root, 'objects/aa'))).toHaveLength(3)
})
