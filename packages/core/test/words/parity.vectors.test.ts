/** docs/parity-words.md is held to the code: its vectors, its tables and its Python. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { encode } from '@cairn/core/words/parity/code.js'
import { alphaTo } from '@cairn/core/words/parity/gf2048.js'
import { grounds, PARITY_COUNTS, parityWords, repair } from '@cairn/core/words/parity.js'
import { describe, expect, test } from 'vitest'
import { leaveOut } from '../../../../test/left-out.js'

const document = readFileSync(new URL('../../../../docs/parity-words.md', import.meta.url), 'utf8')
const block = (name: string) => document.split(`\`\`\`${name}\n`)[1]?.split('\n```')[0] ?? ''
const lines = (name: string) => block(name).split('\n')
const between = (mark: string) => document.split(`<!-- ${mark} -->\n`)[1]?.split(`<!-- /${mark} -->`)[0]
const numbers = (text = '') => text.trim().split(' ').map(Number)
const nfkd = (text: string) => text.normalize('NFKD')

describe('the vectors of docs/parity-words.md', () => {
  test('are ten', () => expect(lines('vectors')).toHaveLength(10))

  test.each(lines('vectors'))('%s', (line) => {
    const [phrase = '', parity = ''] = line.split(' + ')
    for (const count of PARITY_COUNTS)
      expect(parityWords(phrase, { count })).toEqual(nfkd(parity).split(' ').slice(0, count))
    expect(repair(line)).toMatchObject({ repaired: true, changes: [] })
  })

  test.each(lines('repairs'))('%s', (line) => {
    const [text = '', places] = line.split(' = ')
    const result = repair(text)
    if (places === 'refused') expect(result.repaired).toBe(false)
    else
      expect(result).toMatchObject({
        repaired: true,
        phrase: 'legal winner thank year wave sausage worth useful legal winner thank yellow',
        changes: places === 'none' ? [] : numbers(places),
      })
  })

  test('as indexes', () => {
    const [phrase, parity] = block('indexes').split(' + ')
    expect(encode(numbers(phrase), 8)).toEqual(numbers(parity))
    expect(numbers(block('powers'))).toEqual(Array.from({ length: 32 }, (_, i) => alphaTo(i)))
  })

  test('hold for the Python of the document', () => {
    const [phrase, parity] = block('indexes').split(' + ')
    const program = `${block('python')}\nprint(*parity([${numbers(phrase)}]))`
    const { stdout, error } = spawnSync('python3', ['-c', program], { encoding: 'utf8' })
    if (error) return leaveOut('the Python of docs/parity-words.md', { because: 'there is no python3' })
    expect(numbers(stdout)).toEqual(numbers(parity))
    return undefined
  })
})

describe('the tables of docs/parity-words.md', () => {
  const say = (n: number) => (n >= 1e12 ? 'more than 10^12' : n.toLocaleString('en-US'))
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`

  test('name the odds that the code does', () => {
    const sheets = [
      [12, 2],
      [12, 4],
      [24, 4],
      [24, 8],
    ] as const
    const rows = [
      ['nothing was damaged', () => [0, 0]],
      ['1 lost word', () => [1, 0]],
      ['1 wrong word', () => [0, 1]],
      ['p/2 wrong words', (p: number) => [0, p / 2]],
      ['p lost words', (p: number) => [p, 0]],
    ] as const
    const odds = rows.map(([what, damage]) =>
      row([
        what,
        ...sheets.map(([words, capacity]) => {
          const [lost = 0, wrong = 0] = damage(capacity)
          return say(grounds({ lost, wrong, capacity, words }).oneIn)
        }),
      ]),
    )
    expect(between('odds')).toBe(odds.join(''))
  })

  test('name what a thief is left with', () => {
    const left = [12, 15, 18, 21, 24].map((k) =>
      row([String(k), ...PARITY_COUNTS.map((p) => `2^${11 * (k - p) - k / 3}`)]),
    )
    expect(between('leaks')).toBe(left.join(''))
  })
})
