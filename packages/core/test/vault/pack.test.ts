import { describe, expect, it } from 'vitest'
import { addMember, hasRoom, newPack, PACK_BYTES, packBytes } from '../../src/vault/pack.js'
import { paddedLength, SMALLEST_BYTES } from '../../src/vault/padding.js'

const chunk = (size: number) => ({ sha256: '00'.repeat(32), size })

describe('a pack', () => {
  it('holds its members in order, says where each lies, and ends in zeros', () => {
    const pack = newPack()
    addMember(pack, Uint8Array.of(1, 2), chunk(20))
    addMember(pack, Uint8Array.of(3), chunk(30))
    expect(pack.chunks).toMatchObject([
      { size: 20, offset: 0, length: 2 },
      { size: 30, offset: 2, length: 1 },
    ])
    const bytes = packBytes(pack)
    expect(bytes).toHaveLength(SMALLEST_BYTES)
    expect([...bytes.subarray(0, 3)]).toEqual([1, 2, 3])
    expect(bytes.subarray(3).every((byte) => byte === 0)).toBe(true)
  })

  it('shows nothing of what its memory held before', () => {
    const pack = newPack(new Uint8Array(PACK_BYTES).fill(0xaa))
    addMember(pack, new Uint8Array(5000).fill(1), chunk(6000))
    const bytes = packBytes(pack)
    expect(bytes).toHaveLength(paddedLength(5000))
    expect(bytes.includes(0xaa)).toBe(false)
  })

  it('is full at a size that padding leaves alone', () => {
    const pack = newPack()
    addMember(pack, new Uint8Array(PACK_BYTES - 1), chunk(1))
    expect(hasRoom(pack, Uint8Array.of(1))).toBe(true)
    expect(hasRoom(pack, Uint8Array.of(1, 2))).toBe(false)
    expect(packBytes(pack)).toHaveLength(PACK_BYTES)
  })
})
