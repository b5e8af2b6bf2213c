import { writeFile } from 'node:fs/promises'
import { fromEntropy } from '@cairn/core/words/bip39.js'
import { checkPhrase } from '@cairn/core/words/check.js'
import { MAKERS } from '@cairn/core/words/make.js'
import { mt19937Bytes } from '@cairn/core/words/weak/mt19937.js'
import { describe, expect, test } from 'vitest'
import { NEW_KINDS } from '../../src/program/lists.js'
import { run, runJson, useBuilt, useFolders } from '../run.js'
import { sit, useTerminal } from '../terminal.js'

const DICE = '4153626341526354162534261534261523645132465132645213645123645213'

interface Made {
  readonly phrase: string
  readonly fingerprint: string
  readonly confirmed: boolean
  readonly rolled_bits: number
}

async function make(...args: readonly string[]): Promise<Made> {
  const { exit, json } = await runJson(['phrase', 'new', '--reveal', ...args])
  expect(exit).toBe(0)
  return json as Made
}

describe('cairn phrase new', () => {
  useBuilt()
  const folder = useFolders()
  useTerminal()

  test('every kind that the core makes can be chosen', () => {
    expect(NEW_KINDS).toEqual(MAKERS.map(({ kind }) => kind))
  })

  test.each([
    [[], 'bip39', 'english', 24],
    [['--words', '12'], 'bip39', 'english', 12],
    [['--words', '15', '--language', 'korean'], 'bip39', 'korean', 15],
    [['--kind', 'electrum'], 'electrum', 'english', 12],
    [['--kind', 'electrum', '--language', 'spanish'], 'electrum', 'spanish', 12],
    [['--kind', 'aezeed'], 'aezeed', 'english', 24],
  ] as const)('%j makes a valid phrase, another each time', async (args, kind, language, words) => {
    const [one, other] = [await make(...args), await make(...args)]
    expect(checkPhrase(one.phrase)).toMatchObject({ valid: true, kind, language, words })
    expect(one).toMatchObject({ kind, language, words, confirmed: false, rolled_bits: 0 })
    expect(one.phrase).not.toBe(other.phrase)
    expect(one.fingerprint).not.toBe(other.fingerprint)
  })

  test('mixes in what was thrown, and refuses too little of it', async () => {
    const cwd = await folder()
    await writeFile(`${cwd}/dice`, DICE)
    const mixed = await make('--words', '12', '--dice', `${cwd}/dice`)
    expect(mixed.rolled_bits).toBe(165)
    expect(checkPhrase(mixed.phrase).valid).toBe(true)
    const again = await make('--words', '12', '--dice', `${cwd}/dice`)
    expect(again.phrase).not.toBe(mixed.phrase)
    const { exit, json } = await runJson(['phrase', 'new', '--reveal', '--dice', `${cwd}/dice`])
    expect([exit, json]).toMatchObject([5, { error: { code: 'rolls-few' } }])
    const { exit: bad, json: wrong } = await runJson(['phrase', 'new', '--reveal', '--dice', '-'], {
      stdin: '12345678',
    })
    expect([bad, wrong]).toMatchObject([2, { error: { code: 'rolls-invalid' } }])
  })

  test.each([
    [['--words', '13']],
    [['--kind', 'electrum', '--words', '24']],
    [['--kind', 'aezeed', '--language', 'french']],
  ])('refuses %j', async (args) => {
    const { exit, json } = await runJson(['phrase', 'new', '--reveal', ...args])
    expect([exit, json]).toMatchObject([2, { error: { code: 'usage' } }])
  })

  test('shows nothing where nobody sits, unless asked to', async () => {
    const { exit, out, err } = await run(['phrase', 'new'])
    expect([exit, out]).toEqual([5, ''])
    expect(err).toContain('--reveal')
  })

  test('is confirmed only when the whole phrase was typed from the paper', async () => {
    // Words of another language, so that none is what the program itself says.
    const person = sit(['phrase', 'new', '--words', '12', '--language', 'czech'])
    const first = await readPages(person)
    // A slip in the first question: the words are shown once more.
    await person.showing('word ')
    person.types('slip\r')
    await person.shows('That is not word')
    expect(await readPages(person)).toEqual(first)
    await answerQuestions(person, first)
    await person.shows('word 1 of 12')
    person.types(`${first.with(4, 'slip').join(' ')}\r`)
    await person.shows('Not as shown: word 5')
    expect(await readPages(person)).toEqual(first)
    await answerQuestions(person, first)
    await person.shows('word 1 of 12')
    person.types(`${first.slice(0, 5).join(' ')}\r`)
    await person.shows('word 6 of 12')
    person.types(`${first.slice(5).join(' ')}\r`)
    const { exit, screen, left } = await person.ends()
    expect([exit, left]).toEqual([0, true])
    expect(screen).toContain('confirmed')
    const seen = new Set(screen.split(/\P{L}+/u))
    expect(first.filter((word) => seen.has(word))).toEqual([])
  })
})

describe('cairn phrase check --weak', () => {
  useBuilt()

  test('names the generator, with exit code 8', async () => {
    const phrase = fromEntropy(mt19937Bytes(77, { length: 16, output: 'lowest' }))
    const { exit, json } = await runJson(['phrase', 'check', '--weak'], { stdin: phrase })
    expect([exit, json]).toMatchObject([
      8,
      { valid: true, kind: 'bip39', weak: 'trust-wallet-extension', tried: 78 },
    ])
  })

  test('says so of a test phrase without being asked, and changes nothing of the document', async () => {
    const zoo = `${'zoo '.repeat(11)}wrong`
    const { exit, out } = await run(['phrase', 'check'], { stdin: zoo })
    expect(exit).toBe(0)
    expect(out).toContain('WEAK: its entropy has a plain pattern')
    const { json } = await runJson(['phrase', 'check'], { stdin: zoo })
    expect(json).toEqual({ valid: true, kind: 'bip39', language: 'english', words: 12, problems: [] })
  })
})

type Person = ReturnType<typeof sit>

/** Turns the pages with a key each; returns the words on them. */
async function readPages(person: Person): Promise<readonly string[]> {
  let shown = ''
  for (const footer of ['next page.', 'next page.', 'this disappears.']) {
    shown += await person.showing(footer)
    person.types(' ')
  }
  return [...shown.matchAll(/ \d+ {2}(\p{L}+)/gu)].map(([, word = '']) => word)
}

async function answerQuestions(person: Person, words: readonly string[]): Promise<void> {
  for (let i = 0; i < 3; i++) {
    await person.showing('word ')
    const place = Number(await person.showing(' on your paper'))
    person.types(`${words[place - 1]}\r`)
  }
}
