import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { realDisk } from '../src/disk.js'
import { simDisk } from './sim/disk.js'

const folder = mkdtempSync(join(tmpdir(), 'cairn-disk-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('the pieces of a file', () => {
  it.each([0, 1, 1_048_575, 1_048_576, 1_048_577, 3_000_001])('are its %i bytes in order', async (length) => {
    const contents = new Uint8Array(length).map((_, i) => (i * i) >> 5)
    const path = join(folder, 'file')
    writeFileSync(path, contents)
    const pieces: Uint8Array[] = []
    for await (const piece of realDisk.pieces(path)) pieces.push(piece.slice())
    expect(Buffer.compare(Buffer.concat(pieces), contents)).toBe(0)
  })

  it('are refused, as reading is, when there is no file', async () => {
    for (const disk of [realDisk, simDisk()]) {
      const pieces = disk.pieces(join(folder, 'absent'))[Symbol.asyncIterator]()
      await expect(pieces.next()).rejects.toMatchObject({ code: 'ENOENT' })
      await expect(disk.read(join(folder, 'absent'))).rejects.toMatchObject({ code: 'ENOENT' })
    }
  })
})

describe('a disk that somebody else writes to', () => {
  it('gives no pipe, and does not wait for one', async () => {
    const path = join(folder, 'pipe')
    execFileSync('mkfifo', [path])
    await expect(realDisk.read(path)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('makes folders with their parents, also when they are there', async () => {
    const path = join(folder, 'a', 'b', 'c')
    await realDisk.makeFolder(path)
    await realDisk.makeFolder(path)
    expect(await realDisk.list(path)).toEqual([])
  })

  it('makes none below a file, or where a folder that exists says that it does not', async () => {
    writeFileSync(join(folder, 'taken'), '')
    await expect(realDisk.makeFolder(join(folder, 'taken'))).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(realDisk.makeFolder('/proc/cairn/deep')).rejects.toThrow()
  })
})
