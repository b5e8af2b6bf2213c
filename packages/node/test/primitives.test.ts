import { pure } from '@cairn/core/vault/primitives.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holdsPrimitives } from '../../core/test/vault/primitives.contract.js'
import { native } from '../src/primitives.js'

holdsPrimitives('native', native)

describe('native and pure', () => {
  const seed = 0xca17
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
  const message = fc.uint8Array({ maxLength: 2_000 })

  it('hash and encrypt to the same bytes, and decrypt what the other encrypted', () => {
    const property = fc.property(bytes(32), bytes(12), message, (key, nonce, plain) => {
      expect(native.sha256(plain)).toEqual(pure.sha256(plain))
      const sealed = native.encrypt(key, nonce, plain)
      expect(sealed).toEqual(pure.encrypt(key, nonce, plain))
      expect(native.decrypt(key, nonce, sealed)).toEqual(plain)
      expect(pure.decrypt(key, nonce, sealed)).toEqual(plain)
    })
    fc.assert(property, { seed, numRuns: 100 })
  })

  it('read each other\u2019s gzip', async () => {
    const property = fc.asyncProperty(message, async (plain) => {
      expect(await native.gunzip(await pure.gzip(plain), plain.length)).toEqual(plain)
      expect(await pure.gunzip(await native.gzip(plain), plain.length)).toEqual(plain)
    })
    await fc.assert(property, { seed, numRuns: 50 })
  })
})
