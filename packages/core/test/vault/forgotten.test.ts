import { describe, expect, it } from 'vitest'
import {
  type Forgotten,
  forgottenHeads,
  forgottenObjects,
  MAX_FORGOTTEN_BYTES,
  MAX_FORGOTTEN_PACKS,
  MAX_FORGOTTEN_SNAPSHOTS,
  movedManifests,
  readForgotten,
  writeForgotten,
} from '../../src/vault/forgotten.js'
import { deviceKeyWith, type Head } from '../../src/vault/head.js'

const device = deviceKeyWith(new Uint8Array(32).fill(1))
const stranger = deviceKeyWith(new Uint8Array(32).fill(2))
const secret = new Uint8Array(32).fill(7)
const vault = '0f'.repeat(16)
const known = { vault, devices: new Map([[device.id, device.publicKey]]) }
const id = (n: number) => n.toString(16).padStart(64, '0')

const record: Forgotten = {
  format: 'cairn-forgotten',
  version: 1,
  vault,
  device: device.id,
  time: '2026-11-24T00:00:00.000Z',
  snapshots: [
    { seq: 1, manifest: id(1) },
    { seq: 3, manifest: id(3) },
  ],
  packs: [id(9)],
}
const written = writeForgotten(record, { device, secret })

describe('a record that manifests moved', () => {
  const moving = (moved: readonly { from: string; to: string }[], by = device) =>
    writeForgotten({ ...record, device: by.id, version: 2, moved: [...moved] }, { device: by, secret })
  const head = { device: device.id, seq: 5, manifest: id(5) } as Head

  it('comes back as it was written', () => {
    const file = moving([{ from: id(5), to: id(6) }])
    expect(readForgotten(file.bytes, { ...known, secrets: [secret] })).toEqual(file)
  })

  it('leads from a head to where its manifest is, over several moves', () => {
    const files = [moving([{ from: id(6), to: id(7) }]), written, moving([{ from: id(5), to: id(6) }])]
    expect(movedManifests(files)(head)).toEqual([id(7), id(6), id(5)])
    expect(movedManifests([written])(head)).toEqual([id(5)])
  })

  it('is about snapshots of the device that wrote it', () => {
    expect(movedManifests([moving([{ from: id(5), to: id(6) }], stranger)])(head)).toEqual([id(5)])
  })

  it('does not lead in circles', () => {
    const circle = moving([
      { from: id(5), to: id(6) },
      { from: id(6), to: id(5) },
    ])
    expect(movedManifests([circle])(head)).toEqual([id(6), id(5)])
  })

  it('is none in version 1, nor without moves in version 2', () => {
    const one = { ...record, moved: [] } as unknown as Forgotten
    const two = { ...record, version: 2 } as unknown as Forgotten
    for (const each of [one, two])
      expect(readForgotten(writeForgotten(each, { device, secret }).bytes, known)).toBeNull()
  })

  it('is read at its largest', () => {
    const full = {
      ...record,
      version: 2 as const,
      snapshots: Array.from({ length: MAX_FORGOTTEN_SNAPSHOTS }, () => ({
        seq: 999_999_999,
        manifest: id(1),
      })),
      packs: Array.from({ length: MAX_FORGOTTEN_PACKS }, () => id(2)),
      moved: Array.from({ length: MAX_FORGOTTEN_SNAPSHOTS }, () => ({ from: id(3), to: id(4) })),
    }
    const { bytes } = writeForgotten(full, { device, secret })
    expect(bytes.length).toBeLessThan(MAX_FORGOTTEN_BYTES)
    expect(readForgotten(bytes, known)).not.toBeNull()
  })
})

describe('a record of what was forgotten', () => {
  it('comes back as it was written, with and without the secret', () => {
    expect(readForgotten(written.bytes, known)).toEqual(written)
    expect(readForgotten(written.bytes, { ...known, secrets: [new Uint8Array(32).fill(8), secret] })).toEqual(
      written,
    )
  })

  it('names heads by device, sequence and manifest, and objects by their id', () => {
    const isGone = forgottenHeads([written])
    const head = { device: device.id, seq: 3, manifest: id(3) } as Head
    expect(isGone(head)).toBe(true)
    expect(
      [
        { ...head, seq: 2 },
        { ...head, manifest: id(1) },
        { ...head, device: stranger.id },
      ].some(isGone),
    ).toBe(false)
    expect([...forgottenObjects([written])].sort()).toEqual([id(1), id(3), id(9)])
  })

  it('is none when a byte is another one, for every byte', () => {
    for (const [at, byte] of written.bytes.entries()) {
      const bytes = Uint8Array.from(written.bytes)
      bytes[at] = byte ^ 1
      expect(readForgotten(bytes, known), `byte ${at}`).toBeNull()
    }
    expect(readForgotten(written.bytes.subarray(0, -1), known)).toBeNull()
  })

  it('is none of another vault, of a device that the vault does not name, or signed by another one', () => {
    expect(readForgotten(written.bytes, { ...known, vault: 'ff'.repeat(16) })).toBeNull()
    expect(readForgotten(written.bytes, { ...known, devices: new Map() })).toBeNull()
    expect(readForgotten(writeForgotten(record, { device: stranger, secret }).bytes, known)).toBeNull()
  })

  it('is found out when the vault is opened, where the device wrote it and the vault was shut', () => {
    const { bytes } = writeForgotten(record, { device, secret: new Uint8Array(32) })
    expect(readForgotten(bytes, known)).not.toBeNull()
    expect(readForgotten(bytes, { ...known, secrets: [secret] })).toBeNull()
  })

  it('fits into its limit with as much in it as it may have', () => {
    const seq = 999_999_999
    const snapshots = Array.from({ length: MAX_FORGOTTEN_SNAPSHOTS }, (_, i) => ({ seq, manifest: id(i) }))
    const packs = Array.from({ length: MAX_FORGOTTEN_PACKS }, (_, i) => id(i))
    const { bytes } = writeForgotten({ ...record, snapshots, packs }, { device, secret })
    expect(bytes.length).toBeLessThan(MAX_FORGOTTEN_BYTES)
    expect(readForgotten(bytes, known)).not.toBeNull()
  })
})
