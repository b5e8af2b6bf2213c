import { describe, expect, it } from 'vitest'
import type { SignedDescription, VaultDescription } from '../../src/vault/description.js'
import {
  deviceNamed,
  fateIn,
  freeName,
  liveDevices,
  mergedDevices,
  outranks,
  revised,
  standing,
  trusted,
  withDevice,
  withoutDevice,
} from '../../src/vault/devices.js'
import { deviceKeyWith } from '../../src/vault/head.js'

const added = '2026-11-26T12:00:00.000Z'
const device = (n: number, name: string) => {
  const { id, publicKey: key } = deviceKeyWith(new Uint8Array(32).fill(n))
  return { id, name, key, added }
}
const laptop = device(1, 'laptop')
const desk = device(2, 'desk')
const removed = { time: added, seq: 7, hash: 'ab'.repeat(32) }

const description: VaultDescription = {
  format: 'cairn-vault',
  version: 1,
  id: '0f'.repeat(16),
  created: added,
  revision: 1,
  recipient: 'age1xkq8943ktzqdrth2x2ddlyfp8qu9rmfp528rka0fvhgd9ngkvf2qu2snyf',
  policy: { scheme: 'slip39', set: 1, need: 1, groups: [] },
  devices: [laptop],
}
const signed = (change: Partial<VaultDescription>, mac: string): SignedDescription => ({
  description: { ...description, ...change },
  mac: mac.repeat(64),
})

describe('a change of vault.json', () => {
  it('counts up, and needs a later format only when several devices write', () => {
    const policy = revised(signed({}, 'a'), { policy: { ...description.policy, set: 2 } })
    expect(policy).toMatchObject({ version: 1, revision: 2, policy: { set: 2 } })
    expect(policy).not.toHaveProperty('before')
    const joined = revised(signed({}, 'a'), { devices: withDevice(description.devices, desk) })
    expect(joined).toMatchObject({ version: 4, revision: 2, before: ['a'.repeat(16)] })
    const again = revised({ description: joined, mac: 'b'.repeat(64) }, {})
    expect(again.before).toEqual(['b'.repeat(16), 'a'.repeat(16)])
  })

  it('names 64 ancestors at most', () => {
    let last = signed({ devices: [laptop, desk] }, '0')
    for (let n = 1; n <= 70; n++)
      last = { description: revised(last, {}), mac: n.toString(16).padStart(16, '0').padEnd(64, '0') }
    expect(last.description.before).toHaveLength(64)
    expect(last.description.before?.[0]).toBe((69).toString(16).padStart(16, '0'))
  })

  it('of two from the same revision all prefer the same one, and the other is known to be lost', () => {
    const base = signed({ devices: [laptop, desk] }, '0')
    const one = {
      description: revised(base, { devices: [laptop, desk, device(3, 'one')] }),
      mac: 'a'.repeat(64),
    }
    const two = {
      description: revised(base, { devices: [laptop, desk, device(4, 'two')] }),
      mac: 'b'.repeat(64),
    }
    expect([outranks(one, two), outranks(two, one)]).toEqual([false, true])
    expect([standing(one, two), standing(two, one), standing(one, one)]).toEqual(['older', 'newer', 'same'])
    expect(fateIn(two.description, one)).toBe('lost')
    const later = revised(two, {})
    expect([fateIn(later, two), fateIn(later, one), fateIn(later, base)]).toEqual(['kept', 'lost', 'kept'])
  })

  it('is not told lost when it was too long ago, or the file names no ancestors', () => {
    expect(fateIn({ ...description, revision: 9 }, signed({}, 'a'))).toBe('unknown')
    const shared = { ...description, version: 4 as const, revision: 99, before: ['1'.repeat(16)] }
    expect(fateIn(shared, signed({ revision: 5 }, 'a'))).toBe('unknown')
  })

  it('that differs in its code alone is a damaged copy, whatever the code', () => {
    expect(standing(signed({}, 'f'), signed({}, 'a'))).toBe('older')
    expect(standing(signed({ created: '2026-01-01T00:00:00.000Z' }, 'a'), signed({}, 'a'))).toBe('older')
  })
})

describe('the devices of a vault', () => {
  it('are found by name in any case, or by id, those that write before those that were removed', () => {
    const devices = withoutDevice([laptop, { ...desk, name: 'Laptop' }], laptop.id, removed)
    expect(deviceNamed({ devices }, 'LAPTOP').id).toBe(desk.id)
    expect(deviceNamed({ devices }, laptop.id).id).toBe(laptop.id)
    expect(() => deviceNamed({ devices }, 'phone')).toThrow(/no device phone; it has: laptop, Laptop/)
    expect(liveDevices({ devices }).map(({ id }) => id)).toEqual([desk.id])
  })

  it('have different names', () => {
    expect(() => withDevice([laptop], { ...desk, name: 'LAPTOP' })).toThrow(/is called LAPTOP/)
    expect(freeName({ devices: [laptop] }, 'Laptop')).toBe('Laptop-2')
    expect(freeName({ devices: [laptop] }, '')).toBe('computer')
  })

  it('are 256 at most', () => {
    const many = Array.from({ length: 256 }, (_, n) => ({ ...laptop, id: `${n}`, name: `${n}` }))
    expect(() => withDevice(many, desk)).toThrow(/256/)
  })

  it('of several descriptions are all that any of them knows, removals included', () => {
    const one = withoutDevice([laptop, desk], desk.id, removed)
    const two = [
      laptop,
      withoutDevice([desk], desk.id, { ...removed, seq: 5 })[0] ?? desk,
      device(3, 'phone'),
    ]
    const merged = mergedDevices([{ devices: one }, { devices: two }])
    expect(merged.map(({ name }) => name)).toEqual(['laptop', 'desk', 'phone'])
    expect(merged[1]?.removed?.seq).toBe(5)
    expect(trusted({ ...description, devices: merged }).ended.get(desk.id)?.seq).toBe(5)
  })
})
