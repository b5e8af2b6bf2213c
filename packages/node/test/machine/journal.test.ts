import { describe, expect, test } from 'vitest'
import { writeWhole } from '../../src/disk.js'
import { vaultHome } from '../../src/machine/home.js'
import { noteRun, type RunNote, readJournal } from '../../src/machine/journal.js'
import { simDisk, systemError } from '../sim/disk.js'

const home = vaultHome('/state', 'cd'.repeat(16))
const runAt = (time: string): RunNote => ({ time, what: 'backup', wallets: [], stores: [], sent: 1 })

async function written(...times: string[]) {
  const disk = simDisk()
  await disk.makeFolder(home.folder)
  for (const time of times) await noteRun(disk, home, runAt(time))
  return disk
}

const timesIn = async (disk: ReturnType<typeof simDisk>, since: string) =>
  (await readJournal(disk, home, since)).map(({ time }) => time)

describe('the journal', () => {
  const [may, june, july] = [
    '2026-05-31T23:00:00.000Z',
    '2026-06-01T00:10:00.000Z',
    '2026-07-02T10:00:00.000Z',
  ]

  test('gives back what ran since a time, oldest first', async () => {
    const disk = await written(may, june, july)
    expect(await timesIn(disk, may)).toEqual([may, june, july])
    expect(await timesIn(disk, '2026-06-01T00:00:00.000Z')).toEqual([june, july])
    expect(await timesIn(disk, '2026-08-01T00:00:00.000Z')).toEqual([])
  })

  test('of a month that is damaged is empty, and goes on', async () => {
    const disk = await written(may, june)
    await writeWhole(disk, `${home.journal}/2026-06.json`, new Uint8Array([1, 2, 3]))
    expect(await timesIn(disk, may)).toEqual([may])
    await noteRun(disk, home, runAt('2026-06-05T00:00:00.000Z'))
    expect(await timesIn(disk, may)).toEqual([may, '2026-06-05T00:00:00.000Z'])
  })

  test.each(['ENOSPC', 'EACCES', 'EIO'])('costs no run when the disk says %s', async (code) => {
    const disk = await written()
    disk.fault = () => {
      throw systemError(code)
    }
    await noteRun(disk, home, runAt(may))
    disk.fault = () => {}
    expect(await timesIn(disk, may)).toEqual([])
  })
})
