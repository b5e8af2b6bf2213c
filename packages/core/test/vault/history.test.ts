import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/bytes.js'
import {
  type DeviceKey,
  deviceKeyWith,
  type Head,
  readHead,
  type SignedHead,
  signHead,
} from '../../src/vault/head.js'
import { type HeadFile, type History, lastSeen, newestFirst, readHistory } from '../../src/vault/history.js'
import { headKey } from '../../src/vault/object.js'

const VAULT = '0f'.repeat(16)
const device = deviceKeyWith(new Uint8Array(32).fill(1))
const second = deviceKeyWith(new Uint8Array(32).fill(3))
const stranger = deviceKeyWith(new Uint8Array(32).fill(2))
const devices = new Map([device, second].map(({ id, publicKey }) => [id, publicKey]))

function chain(length: number, by: DeviceKey = device, change: Partial<Head> = {}): SignedHead[] {
  const heads: SignedHead[] = []
  for (let seq = 1; seq <= length; seq++) {
    const head: Head = {
      format: 'cairn-head',
      version: 1,
      type: 'snapshot',
      vault: VAULT,
      device: by.id,
      seq,
      previous: heads.at(-1)?.hash ?? null,
      time: `2026-11-${String(seq).padStart(2, '0')}T00:00:00.000Z`,
      manifest: seq.toString(16).padStart(64, '0'),
      next_expected_by: '2026-12-24T00:00:00.000Z',
      ...change,
    }
    heads.push(signHead(head, by))
  }
  return heads
}

const fileOf = ({ head, bytes }: SignedHead): HeadFile => ({ key: headKey(head.device, head.seq), bytes })
const honest = chain(5)
const files = honest.map(fileOf)
const seen = lastSeen(honest)

/** Each store that lies, by the name of its lie, and what must be said of it by a machine that saw all five. */
const liars: Record<string, { readonly shows: readonly HeadFile[]; readonly history: History }> = {
  AddsAForgedHead: {
    shows: [
      ...files,
      fileOf({
        ...honest[0]!,
        bytes: signHead({ ...honest[4]!.head, seq: 6 }, stranger).bytes,
        head: { ...honest[0]!.head, seq: 6 },
      }),
    ],
    history: 'forged',
  },
  AddsAnUnsignedHead: {
    shows: [...files, { key: headKey(device.id, 6), bytes: utf8('{}\n') }],
    history: 'damaged',
  },
  AddsAStrangeFile: { shows: [...files, { key: 'heads/readme', bytes: utf8('hello') }], history: 'forged' },
  AddsADeviceOfItsOwn: { shows: [...files, ...chain(1, stranger).map(fileOf)], history: 'forged' },
  ShowsAnotherVault: { shows: chain(5, device, { vault: 'ff'.repeat(16) }).map(fileOf), history: 'foreign' },
  ReplaysAnOldHeadAsNew: {
    shows: [...files, { key: headKey(device.id, 6), bytes: honest[0]!.bytes }],
    history: 'replayed',
  },
  GivesAHeadToAnotherDevice: {
    shows: [...files, { key: headKey(second.id, 1), bytes: honest[0]!.bytes }],
    history: 'replayed',
  },
  SwapsTwoHeads: {
    shows: [
      files[0]!,
      { key: files[1]!.key, bytes: files[2]!.bytes },
      { key: files[2]!.key, bytes: files[1]!.bytes },
      ...files.slice(3),
    ],
    history: 'replayed',
  },
  HidesAHead: { shows: [...files.slice(0, 2), ...files.slice(3)], history: 'hidden' },
  HidesTheFirst: { shows: files.slice(1), history: 'hidden' },
  RollsBackByOne: { shows: files.slice(0, 4), history: 'rolled-back' },
  RollsBackToNothing: { shows: [], history: 'rolled-back' },
  FlipsABit: {
    shows: files.map((file, i) =>
      i === 3 ? { ...file, bytes: file.bytes.map((b, at) => (at === 99 ? b ^ 1 : b)) } : file,
    ),
    history: 'forged',
  },
  CutsAHead: {
    shows: files.map((file, i) => (i === 4 ? { ...file, bytes: file.bytes.subarray(0, 80) } : file)),
    history: 'damaged',
  },
  ShowsAForkOfTheSameLength: {
    shows: chain(5, device, { time: '2026-11-30T00:00:00.000Z' }).map(fileOf),
    history: 'forked',
  },
  SplicesAForkIn: {
    shows: [...files.slice(0, 4), fileOf(chain(5, device, { time: '2026-11-30T00:00:00.000Z' })[4]!)],
    history: 'reordered',
  },
}

describe('history', () => {
  it('of an honest store is intact', () => {
    const report = readHistory(files, { vault: VAULT, devices, seen })
    expect(report.history).toBe('intact')
    expect(report.heads).toEqual(honest)
  })

  it('keeps the chains of several devices apart', () => {
    const both = [...files, ...chain(3, second).map(fileOf)].reverse()
    expect(readHistory(both, { vault: VAULT, devices, seen }).history).toBe('intact')
  })

  it.each(Object.entries(liars))('names the store that %s', (_name, { shows, history }) => {
    expect(readHistory(shows, { vault: VAULT, devices, seen }).history).toBe(history)
  })

  it('gives back only heads that a device of the vault signed, whatever the lie', () => {
    for (const { shows } of Object.values(liars)) {
      for (const { head, bytes } of readHistory(shows, { vault: VAULT, devices, seen }).heads) {
        expect(head.vault).toBe(VAULT)
        expect(readHead(bytes, devices, { name: 'head' }).head).toEqual(head)
      }
    }
  })

  it('cannot tell an old but whole past from the present where nobody saw more', () => {
    expect(readHistory(files.slice(0, 3), { vault: VAULT, devices, seen: [] }).history).toBe('intact')
  })

  it('a reader that trusts numbers alone is caught by these liars', () => {
    const trusting = (shows: readonly HeadFile[]): History => (shows.length < 5 ? 'rolled-back' : 'intact')
    const missed = Object.values(liars).filter(({ shows, history }) => trusting(shows) !== history)
    expect(missed.length).toBeGreaterThan(10)
  })

  it('puts the newest first over all devices, by their clocks', () => {
    expect(newestFirst([...chain(3, second), ...honest]).map(({ head }) => head.seq)).toEqual([
      5, 4, 3, 3, 2, 2, 1, 1,
    ])
    expect(newestFirst([])).toEqual([])
  })

  it('puts the last of a device first even after its clock was set back', () => {
    const [first, ...later] = chain(1, device, { time: '2030-01-01T00:00:00.000Z' })
    const back = signHead(
      { ...honest[1]!.head, previous: first!.hash, time: '2026-01-01T00:00:00.000Z' },
      device,
    )
    expect(later).toEqual([])
    expect(newestFirst([first!, back])).toEqual([back, first])
  })
})
