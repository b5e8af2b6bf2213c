import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { gzipper } from '../src/gzip.js'
import { makeSlabs, SLAB_BYTES } from '../src/slabs.js'
import { realAccess } from '../src/sources/access.js'
import { fileSource } from '../src/sources/files.js'

/** Slabs until none is left, and the promise of one more. */
async function takeAll(slabs: ReturnType<typeof makeSlabs>) {
  const taken: Uint8Array[] = []
  for (;;) {
    const next = slabs.take(SLAB_BYTES)
    const state = await Promise.race([next.then(() => 'given'), new Promise((r) => setImmediate(r, 'waits'))])
    if (state === 'waits') return { taken, next }
    taken.push(await next)
  }
}

describe('slabs', () => {
  it('hands out the same memory again, and waits when all is in use', async () => {
    const slabs = makeSlabs()
    const { taken, next } = await takeAll(slabs)
    expect(new Set(taken.map(({ buffer }) => buffer)).size).toBe(taken.length)
    slabs.release(taken[2]?.subarray(0, 10) as Uint8Array)
    expect((await next).buffer).toBe(taken[2]?.buffer)
  })

  it('leaves alone what is not its own, and gives short pieces memory of their own', async () => {
    const slabs = makeSlabs()
    const { taken, next } = await takeAll(slabs)
    const short = await slabs.take(10)
    slabs.release(short)
    slabs.release(new Uint8Array(SLAB_BYTES))
    expect(short).toHaveLength(10)
    expect(await Promise.race([next, new Promise((r) => setImmediate(r, 'waits'))])).toBe('waits')
    slabs.release(taken[0] as Uint8Array)
    await next
  })

  it('come back from files that could not be read to their end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cairn-slabs-'))
    try {
      writeFileSync(join(folder, 'wallet'), new Uint8Array(SLAB_BYTES))
      const cut = async (path: string) => ({ ...(await realAccess.open(path)), read: async () => 7 })
      const slabs = makeSlabs()
      const view = await fileSource(join(folder, 'wallet'), { ...realAccess, open: cut }).open(slabs)
      const [entry] = view.groups.flat()
      // more often than there are slabs: one that stayed away would make the last ones wait for ever
      for (let i = 0; i < 20; i++) {
        const pieces = view.read(entry as NonNullable<typeof entry>)[Symbol.asyncIterator]()
        await expect(pieces.next()).rejects.toMatchObject({ code: 'file-changing' })
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('gzip', () => {
  it('gives every piece its own member, in this thread and in others, shared or not', async () => {
    const gzip = gzipper()
    const slab = new Uint8Array(new SharedArrayBuffer(SLAB_BYTES))
    for (let i = 0; i < slab.length; i++) slab[i] = (i % 251) ^ (i >> 12)
    const pieces = Array.from({ length: 120 }, (_, i) => {
      const piece = slab.subarray((i % 16) * 65536, (i % 16) * 65536 + 65536 - i)
      return i % 3 === 0 ? piece.slice() : piece
    })
    const members = await Promise.all(pieces.map(gzip))
    for (const [i, member] of members.entries())
      expect(Buffer.compare(gunzipSync(member), pieces[i] as Uint8Array)).toBe(0)
  })
})
