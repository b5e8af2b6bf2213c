import { utf8 } from '@cairn/core/bytes.js'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Disk } from '../../src/disk.js'
import { forgetKept, readKept, whereKept, writeKept } from '../../src/machine/kept.js'
import { simDisk } from '../sim/disk.js'
import { memoryKeychain } from '../sim/world.js'
import { codeOf } from '../stores/contract.js'

const PATH = '/home/vaults/1/computer.key'
const [one, two] = [utf8('one'), utf8('two')]

describe('a secret that this machine keeps', () => {
  let disk: Disk
  let keychain: ReturnType<typeof memoryKeychain>
  beforeEach(async () => {
    disk = simDisk()
    await disk.makeFolder('/home/vaults/1')
    keychain = memoryKeychain()
  })
  const ports = () => ({ disk, keychain })
  const write = (bytes: Uint8Array, keep?: 'file' | 'keychain') => writeKept(ports(), PATH, { bytes, keep })
  const files = async () => (await disk.list('/home/vaults/1')).map(({ name }) => name)

  it('is in a file, or in the keychain, and never in both', async () => {
    expect([await whereKept(disk, PATH), await readKept(ports(), PATH)]).toEqual([null, undefined])
    await write(one)
    expect([await whereKept(disk, PATH), await files()]).toEqual(['file', ['computer.key']])
    await write(one, 'keychain')
    expect([await whereKept(disk, PATH), await files()]).toEqual(['keychain', ['computer.key.keychain']])
    expect([...keychain.secrets.keys()]).toEqual([expect.stringMatching(/^1\/computer\.key [0-9a-f]{12}$/)])
    expect(await readKept(ports(), PATH)).toEqual(one)
    await write(one, 'file')
    expect([await whereKept(disk, PATH), await files(), keychain.secrets.size]).toEqual([
      'file',
      ['computer.key'],
      0,
    ])
  })

  it('stays where it is unless it is said', async () => {
    await write(one, 'keychain')
    await write(two)
    expect([await whereKept(disk, PATH), await readKept(ports(), PATH)]).toEqual(['keychain', two])
    expect(keychain.secrets.size).toBe(1)
  })

  it('is forgotten in both', async () => {
    await write(one, 'keychain')
    await forgetKept(ports(), PATH)
    expect([await files(), keychain.secrets.size]).toEqual([[], 0])
  })

  it('is not had from a keychain that is locked, or lost it', async () => {
    await write(one, 'keychain')
    keychain.locked = true
    expect(await codeOf(readKept(ports(), PATH))).toBe('keychain-locked')
    keychain.locked = false
    keychain.secrets.clear()
    expect(await codeOf(readKept(ports(), PATH))).toBe('keychain-lost')
  })

  it('goes to a file also from a keychain that cannot be asked, which is told until it can', async () => {
    await write(one, 'keychain')
    keychain.locked = true
    expect(await codeOf(write(two))).toBe('keychain-locked')
    await write(two, 'file')
    expect([await whereKept(disk, PATH), await readKept(ports(), PATH)]).toEqual(['both', two])
    keychain.locked = false
    await write(two, 'file')
    expect([await whereKept(disk, PATH), keychain.secrets.size]).toEqual(['file', 0])
  })

  it('stays in the file when the keychain does not give back what it was given', async () => {
    await write(one)
    const forgetful = { ...keychain, get: async () => null }
    const moved = writeKept({ disk, keychain: forgetful }, PATH, { bytes: one, keep: 'keychain' })
    expect(await codeOf(moved)).toBe('keychain-absent')
    expect([await whereKept(disk, PATH), await readKept(ports(), PATH)]).toEqual(['file', one])
  })

  it.each(['file', 'keychain'] as const)(
    'is had at every step of a move to the %s that ends there',
    async (to) => {
      await write(one, to === 'file' ? 'keychain' : 'file')
      const start = { files: disk, secrets: new Map(keychain.secrets) }
      expect(start.secrets.size).toBe(to === 'file' ? 1 : 0)
      for (let steps = 0; ; steps++) {
        let left = steps
        const dying = <T extends object>(port: T, names: readonly (keyof T)[]): T => {
          const step = (name: keyof T) =>
            [
              name,
              (...args: never[]) =>
                left-- > 0
                  ? (port[name] as (...a: never[]) => unknown)(...args)
                  : Promise.reject(new Error('killed')),
            ] as const
          return { ...port, ...Object.fromEntries(names.map(step)) }
        }
        const mortal = {
          disk: dying(disk, ['rename', 'remove']),
          keychain: dying(keychain, ['set', 'remove']),
        }
        const done = await writeKept(mortal, PATH, { bytes: one, keep: to }).then(
          () => true,
          () => false,
        )
        expect(await readKept(ports(), PATH)).toEqual(one)
        if (done) break
        await write(one, to === 'file' ? 'keychain' : 'file')
      }
      expect(await whereKept(disk, PATH)).toBe(to)
    },
  )
})
