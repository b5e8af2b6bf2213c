import { describe, expect, it } from 'vitest'
import { MAX_TAGGED, MAX_TAGS, parseTag, retag, taggedOf, tagsOf } from '../../src/vault/tags.js'

describe('a tag', () => {
  it.each(['a', 'before the upgrade', 'v1.2/β', 'é'])('is %s', (text) => {
    expect(parseTag(text)).toBe(text)
  })

  it('is composed, so that the same letters are the same tag', () => {
    expect(parseTag('e\u0301')).toBe('\u00e9')
  })

  it.each(['', ' ', ' a', 'a ', 'a,b', 'a\nb', 'a\u202eb', 'a'.repeat(65)])('is not %j', (text) => {
    expect(() => parseTag(text)).toThrow(expect.objectContaining({ code: 'usage' }))
  })
})

describe('tags of snapshots', () => {
  it('are those that were said last, and none when the last word was none', () => {
    const first = [
      { seq: 1, tags: ['a'] },
      { seq: 2, tags: ['b'] },
    ]
    const later = [
      { seq: 2, tags: [] },
      { seq: 3, tags: ['c'] },
    ]
    expect([...tagsOf([first, [], later])]).toEqual([
      [1, ['a']],
      [2, []],
      [3, ['c']],
    ])
  })

  it('are added and taken away, each once', () => {
    expect(retag(['b', 'a'], { add: ['c', 'a'], remove: ['b', 'x'] })).toEqual(['a', 'c'])
  })

  it('are not more than a manifest holds', () => {
    const add = Array.from({ length: MAX_TAGS + 1 }, (_, i) => `${i}`)
    expect(() => retag([], { add, remove: [] })).toThrow(expect.objectContaining({ code: 'usage' }))
    const many = new Map(Array.from({ length: MAX_TAGGED + 1 }, (_, i) => [i + 1, ['a']] as const))
    expect(() => taggedOf(many)).toThrow(expect.objectContaining({ code: 'usage' }))
  })
})
