/** A drive that hangs: a pipe that nobody writes to hangs whoever opens it as a folder, in the kernel, as a dead share does. */
import {
  closeSync,
  constants,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { outcome, run } from '../../../test/peers/run.js'
import type { Disk } from '../src/disk.js'
import { driveDisk } from '../src/drive-disk.js'
import { drivesAtWork } from '../src/drives-at-work.js'
import { systemKeychain } from '../src/machine/keychain.js'
import { openStore } from '../src/stores/open.js'
import { withDeadline } from '../src/stores/wrap/deadline.js'
import { codeOf, storeContract } from './stores/contract.js'

const root = mkdtempSync(join(tmpdir(), 'cairn-drive-'))
afterAll(() => rmSync(root, { recursive: true }))

let folders = 0
function folder(): string {
  const path = join(root, `folder ${++folders}`)
  mkdirSync(path)
  return path
}

/** Files are closed while others are read. */
async function untilAtWork(calls: number): Promise<void> {
  while (drivesAtWork() > calls) await new Promise(setImmediate)
}

/** Reading hangs in the thread pool until somebody writes to the pipe at that path. */
const hanging: Disk = {
  ...driveDisk,
  read: (path) => driveDisk.syncFolder(path).then(() => new Uint8Array()),
}

const never = () => new Promise<never>(() => {})
function open(path: string, drives = driveDisk) {
  const ssh = { hostKeys: '/nonexistent', agent: undefined }
  const ports = {
    disk: driveDisk,
    drives,
    wait: never,
    now: () => new Date(),
    ssh,
    keychain: systemKeychain,
  }
  return openStore({ name: 'drive', url: `file://${encodeURI(path)}` }, ports)
}

storeContract('a folder on a drive', {
  fresh: async () => {
    const path = folder()
    return { store: open(path), again: () => open(path) }
  },
})

describe('the disk of a drive', () => {
  it('writes, marks and reads as the one of the machine, and counts what is under way', async () => {
    await untilAtWork(0)
    const path = join(folder(), 'file')
    const file = await driveDisk.create(path)
    await file.write(Uint8Array.of(1, 2, 3), 0)
    await file.mark({ mode: 0o640, mtimeMs: 1000 })
    const syncing = file.sync()
    expect(drivesAtWork()).toBe(1)
    await syncing
    await file.close()
    expect([...readFileSync(path)]).toEqual([1, 2, 3])
    await expect(driveDisk.create(path)).rejects.toMatchObject({ code: 'EEXIST' })
    await expect(driveDisk.read(`${path}-not`)).rejects.toMatchObject({ code: 'ENOENT' })
    expect(drivesAtWork()).toBe(0)
  })

  it('that hangs is given up, takes one thread, and lets other drives be read', async () => {
    const hung = folder()
    await run('mkfifo', [join(hung, 'vault.json')])
    let isOver = () => {}
    const store = withDeadline(open(hung, hanging), () => new Promise<void>((resolve) => (isOver = resolve)))
    const calls = Array.from({ length: 8 }, () => codeOf(store.get('vault.json')))
    const other = folder()
    writeFileSync(join(other, 'vault.json'), 'x')
    for (let i = 0; i < 8; i++) expect(await open(other).get('vault.json')).toEqual(Uint8Array.of(0x78))
    isOver()
    expect(await calls.at(-1)).toBe('store-unreachable')
    expect(await codeOf(store.list(''))).toBe('store-unreachable')
    expect(drivesAtWork()).toBeGreaterThan(0)
    await untilAtWork(1)
    // whoever opens it to write lets the reader go on
    while (drivesAtWork() > 0) {
      closeSync(openSync(join(hung, 'vault.json'), constants.O_RDWR | constants.O_NONBLOCK))
      await new Promise(setImmediate)
    }
  })

  it('does not keep a command from its end, which killed itself', async () => {
    const hung = join(folder(), 'pipe')
    await run('mkfifo', [hung])
    const at = (path: string) => new URL(`../${path}`, import.meta.url).href
    const program = `
      import { driveDisk } from '${at('dist/drive-disk.js')}'
      import { leaveDrives } from '${at('../cli/dist/leave.js')}'
      driveDisk.syncFolder('${hung}').catch(() => {})
      console.log('told')
      await leaveDrives()`
    const { code, stdout, stderr } = await outcome(process.execPath, [
      '--input-type=module',
      '--eval',
      program,
    ])
    expect([code, `${stdout}`]).toEqual([null, 'told\n'])
    expect(`${stderr}`).toContain('a drive hangs')
  })
})

it('a file larger than anything in a vault is not read, however large a thief made it', async () => {
  const path = folder()
  writeFileSync(join(path, 'vault.json'), '')
  truncateSync(join(path, 'vault.json'), 2 ** 40)
  expect(await codeOf((await open(path)).get('vault.json'))).toBe('object-unreadable')
})

it('a pipe or device in the place of a file is no file, and holds nobody up', async () => {
  const path = folder()
  await run('mkfifo', [join(path, 'pipe')])
  symlinkSync('/dev/zero', join(path, 'zeros'))
  for (const name of ['pipe', 'zeros']) expect(await codeOf(open(path).get(name))).toBe('object-missing')
  expect(await open(path).list('')).toEqual([])
})
