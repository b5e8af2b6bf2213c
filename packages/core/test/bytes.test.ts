import { describe, expect, it } from 'vitest'
import { equal, text, utf8, wipe } from '../src/bytes.js'

describe('bytes', () => {
  it('compares by content and length', () => {
    expect(equal(utf8('abc'), utf8('abc'))).toBe(true)
    expect(equal(utf8('abc'), utf8('abd'))).toBe(false)
    expect(equal(utf8('abc'), utf8('ab'))).toBe(false)
  })

  it('refuses malformed UTF-8 instead of replacing it', () => {
    expect(text(utf8('añ語'))).toBe('añ語')
    expect(() => text(Uint8Array.of(0xff))).toThrow(TypeError)
    expect(() => text(Uint8Array.of(0xed, 0xa0, 0x80))).toThrow(TypeError)
  })

  it('overwrites buffers', () => {
    const secret = utf8('secret')
    wipe(secret)
    expect(secret).toEqual(new Uint8Array(6))
  })
})
