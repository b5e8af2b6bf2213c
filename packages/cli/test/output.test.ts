import { describe, expect, test } from 'vitest'
import { ago, columns, safe, size, width } from '../src/output.js'

describe('output', () => {
  test('takes out what a terminal would obey', () => {
    expect(safe('a\u001b[2Jb\rc\u009bd\u202ee\u2028f')).toBe('a?[2Jb?c?d?e?f')
    expect(safe('Ersparnisse für später 貯金 🪙')).toBe('Ersparnisse für später 貯金 🪙')
  })

  test('aligns columns, also where characters take two', () => {
    expect(
      columns([
        ['a', '貯金', 'x'],
        ['bcd', 'e', 'y'],
      ]),
    ).toBe('a    貯金  x\nbcd  e     y')
    expect(width('\u001b[32mok\u001b[39m')).toBe(2)
  })

  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [1_540_000, '1.5 MB'],
    [999_950, '1.0 MB'],
    [114_000_000, '114 MB'],
  ])('%i bytes are %s', (bytes, said) => expect(size(bytes)).toBe(said))

  test.each([
    ['2026-11-23T12:00:00Z', 'just now'],
    ['2026-11-23T11:59:00Z', '1 minute ago'],
    ['2026-11-22T12:00:00Z', '1 day ago'],
    ['2026-10-23T12:00:00Z', '31 days ago'],
    ['2026-12-23T12:00:00Z', 'just now'],
  ])('%s is %s', (then, said) => {
    expect(ago(new Date(then), new Date('2026-11-23T12:00:00Z'))).toBe(said)
  })
})
