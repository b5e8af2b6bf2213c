import { describe, expect, it } from 'vitest'
import { text, utf8 } from '../../src/bytes.js'
import { canonicalFile } from '../../src/vault/canonical.js'
import { deviceKeyWith, type Head, readHead, signHead } from '../../src/vault/head.js'
import { codeOf } from '../refusal.js'

const device = deviceKeyWith(new Uint8Array(32).fill(1))
const stranger = deviceKeyWith(new Uint8Array(32).fill(2))
const devices = new Map([[device.id, device.publicKey]])

const head: Head = {
  format: 'cairn-head',
  version: 1,
  type: 'snapshot',
  vault: '00'.repeat(16),
  device: device.id,
  seq: 1,
  previous: null,
  time: '2026-11-23T12:00:00.000Z',
  manifest: 'ab'.repeat(32),
  next_expected_by: '2026-12-24T12:00:00.000Z',
}

describe('heads', () => {
  it('are read back as they were signed', () => {
    const signed = signHead(head, device)
    expect(readHead(signed.bytes, devices, { name: 'head' })).toEqual(signed)
  })

  it('keep their bytes: format version 1 signs exactly this', () => {
    expect(text(signHead(head, device).bytes)).toMatchInlineSnapshot(`
      "{"device":"34750f98bd59fcfc","format":"cairn-head","manifest":"abababababababababababababababababababababababababababababababab","next_expected_by":"2026-12-24T12:00:00.000Z","previous":null,"seq":1,"signature":"ba63f2c610b096bd4222c526ba47477a10a058cbacc3d7d5ec680e5cde53e2e90ce75e3164875388df74dac2c2a7bd3dab5cffde373a1b63fcb06113b0ca6b03","time":"2026-11-23T12:00:00.000Z","type":"snapshot","vault":"00000000000000000000000000000000","version":1}
      "
    `)
  })

  it('are refused when any bit of the file is flipped', () => {
    const { bytes } = signHead(head, device)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Uint8Array.from(bytes)
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(codeOf(() => readHead(flipped, devices, { name: 'head' }))).toMatch(
        /^(head-damaged|head-forged|vault-newer)$/,
      )
    }
  })

  it('are refused when cut off anywhere', () => {
    const { bytes } = signHead(head, device)
    for (let length = 0; length < bytes.length; length++) {
      expect(codeOf(() => readHead(bytes.subarray(0, length), devices, { name: 'head' }))).toBe(
        'head-damaged',
      )
    }
  })

  it('are forged when a stranger signs in the name of a device', () => {
    const { bytes } = signHead(head, { ...stranger, id: device.id })
    expect(codeOf(() => readHead(bytes, devices, { name: 'head' }))).toBe('head-forged')
  })

  it('are forged when a device signs that the vault does not list', () => {
    const { bytes } = signHead({ ...head, device: stranger.id }, stranger)
    expect(codeOf(() => readHead(bytes, devices, { name: 'head' }))).toBe('head-forged')
  })

  it('are forged when only the time is moved', () => {
    const moved = text(signHead(head, device).bytes).replace('"time":"2026', '"time":"2027')
    expect(codeOf(() => readHead(utf8(moved), devices, { name: 'head' }))).toBe('head-forged')
  })

  it('of a later format version are named as such', () => {
    const later = canonicalFile({ ...head, version: 2, signature: '00'.repeat(64) })
    expect(codeOf(() => readHead(later, devices, { name: 'head' }))).toBe('vault-newer')
    // whatever it holds to be canonical
    const spaced = utf8(JSON.stringify(JSON.parse(text(later)), null, 2))
    expect(codeOf(() => readHead(spaced, devices, { name: 'head' }))).toBe('vault-newer')
  })
})
