import { describe, expect, it } from 'vitest'
import { pure } from '../../src/vault/primitives.js'
import { holdsCase, holdsPrimitives } from './primitives.contract.js'

holdsPrimitives('pure', pure)

describe('the contract of the primitives', () => {
  it('catches a twin that does not check the tag', () => {
    const careless = {
      ...pure,
      decrypt: (key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array) =>
        pure.encrypt(key, nonce, sealed.subarray(0, -16)).subarray(0, -16),
    }
    const forged = { tcId: 0, aad: '', msg: '', ct: '', result: 'invalid' as const }
    const [key, iv, tag] = ['01'.repeat(32), '02'.repeat(12), '03'.repeat(16)] as const
    expect(() => holdsCase(careless, { ...forged, key, iv, tag })).toThrow()
    expect(() => holdsCase(pure, { ...forged, key, iv, tag })).not.toThrow()
  })
})
