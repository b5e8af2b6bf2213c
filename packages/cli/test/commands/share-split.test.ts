import { readdir, readFile, stat } from 'node:fs/promises'
import { STANDARD_LANGUAGES } from '@cairn/core/words/bip39.js'
import { SCHEMES } from '@cairn/core/words/shares.js'
import { describe, expect, test } from 'vitest'
import { LANGUAGES as OFFERED, SHARE_FORMS, SHARE_SCHEMES } from '../../src/program/lists.js'
import { run, runJson, useFolders } from '../run.js'
import { sit, useTerminal } from '../terminal.js'

// BIP-39 test vectors: 16 bytes of 7f, and their words in English and Japanese.
const ENTROPY = '7f'.repeat(16)
const PHRASE = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
const JAPANESE = 'そつう れきだい ほんやく わかす りくつ ばいか ろせん やちん そつう れきだい ほんやく わかめ'

interface Split {
  readonly set: string
  readonly groups: readonly {
    readonly need: number
    readonly of: number
    readonly shares: readonly string[]
  }[]
}

const splitInto = async (args: readonly string[], stdin: string, cwd?: string) => {
  const { exit, json } = await runJson(['share', 'split', ...args], { stdin, ...(cwd ? { cwd } : {}) })
  return { exit, json: json as Split }
}
/** A set of another name: two of SSKR have the same one once in 65,536 draws. */
const setUnlike = async (set: string, args: readonly string[]): Promise<Split> => {
  const { json } = await splitInto(args, PHRASE)
  return json.set === set ? setUnlike(set, args) : json
}
const combine = (shares: readonly string[], ...args: readonly string[]) =>
  runJson(['share', 'combine', '--reveal', ...args], { stdin: shares.join('\n') })

describe('cairn share split', () => {
  const folder = useFolders()

  test('makes shares of a phrase, any two of which bring it back', async () => {
    const { exit, json } = await splitInto(['--need', '2', '--of', '3', '--reveal'], PHRASE)
    expect(exit).toBe(0)
    expect(json).toEqual({
      scheme: 'slip39',
      set: expect.stringMatching(/^[0-9a-f]{4}$/),
      holds: 'bip39',
      language: 'english',
      groups_need: 1,
      groups: [
        {
          need: 2,
          of: 3,
          shares: Array.from({ length: 3 }, () => expect.stringMatching(/^([a-z]+ ){19}[a-z]+$/)),
        },
      ],
    })
    const [a = '', , c = ''] = json.groups[0]?.shares ?? []
    expect(await combine([a, c], '--as', 'bip39')).toEqual({
      exit: 0,
      json: { scheme: 'slip39', secret: ENTROPY, phrase: PHRASE },
    })
    expect((await combine([a])).exit).toBe(5)
  })

  test('makes groups', async () => {
    const { json } = await splitInto(
      ['--group', '2of3', '--group', '1of1', '--groups-need', '2', '--reveal'],
      ENTROPY,
    )
    expect(json).toMatchObject({
      groups_need: 2,
      groups: [
        { need: 2, of: 3 },
        { need: 1, of: 1 },
      ],
    })
    const [family, lawyer] = json.groups
    expect(await combine([...(family?.shares.slice(1) ?? []), ...(lawyer?.shares ?? [])])).toMatchObject({
      exit: 0,
      json: { secret: ENTROPY },
    })
    expect(await combine(family?.shares ?? [])).toMatchObject({
      exit: 5,
      json: { error: { code: 'share-missing' } },
    })
  })

  test('brings a phrase of another list back in its own words, and says how', async () => {
    const { out, err } = await run(['share', 'split', '--need', '2', '--of', '2', '--reveal'], {
      stdin: JAPANESE,
    })
    expect(err).toContain('cairn share combine --as bip39 --language japanese --reveal')
    const { json } = await combine(out.trim().split('\n'), '--as', 'bip39', '--language', 'japanese')
    expect((json as { phrase: string }).phrase.normalize('NFKD')).toBe(JAPANESE.normalize('NFKD'))
  })

  test('offers every word list and every scheme there is', () => {
    expect(OFFERED).toEqual(STANDARD_LANGUAGES)
    expect(SHARE_SCHEMES).toEqual(SCHEMES.map(({ name }) => name))
    expect(SHARE_FORMS).toEqual(SCHEMES.find(({ name }) => name === 'sskr')?.forms)
  })

  test('makes SSKR shares as words and as URs, which go together', async () => {
    const sskr = ['--scheme', 'sskr', '--need', '2', '--of', '3', '--reveal']
    const { json } = await splitInto(sskr, PHRASE)
    const [a = '', b = ''] = json.groups[0]?.shares ?? []
    expect(a).toMatch(/^tuna next keep gyro( [a-z]{4}){25}$/)
    expect(await combine([b, a], '--as', 'bip39')).toEqual({
      exit: 0,
      json: { scheme: 'sskr', secret: ENTROPY, phrase: PHRASE },
    })
    const urs = (await setUnlike(json.set, [...sskr, '--form', 'ur'])).groups[0]?.shares ?? []
    expect(urs[0]).toMatch(/^ur:sskr\/[a-z]+$/)
    expect(await combine(urs.slice(1), '--as', 'ur')).toMatchObject({
      exit: 0,
      json: { scheme: 'sskr', secret: ENTROPY, ur: expect.stringMatching(/^ur:seed\//) },
    })
    expect(await combine([a, urs[1] ?? ''])).toMatchObject({
      exit: 7,
      json: { error: { code: 'share-foreign' } },
    })
  })

  test('writes each share to a file that only its owner reads', async () => {
    const cwd = await folder()
    const { exit, json } = await splitInto(['--need', '2', '--of', '2', '--out-dir', 'shares'], PHRASE, cwd)
    const files = ['share-1-of-2.txt', 'share-2-of-2.txt'].map((name) => `shares/${name}`)
    expect(exit).toBe(0)
    expect(json).toMatchObject({ scheme: 'slip39', groups_need: 1, groups: [{ need: 2, of: 2 }], files })
    expect((await readdir(`${cwd}/shares`)).sort()).toEqual([
      'about.txt',
      'share-1-of-2.txt',
      'share-2-of-2.txt',
    ])
    const about = await readFile(`${cwd}/shares/about.txt`, 'utf8')
    expect(about).toContain('They hold the entropy of a BIP-39 phrase (english).')
    expect(about).not.toMatch(/legal|academic/)
    expect((await stat(`${cwd}/${files[0]}`)).mode & 0o777).toBe(0o600)
    const shares = await Promise.all(files.map((file) => readFile(`${cwd}/${file}`, 'utf8')))
    expect(await combine(shares.map((share) => share.trim()))).toMatchObject({ json: { secret: ENTROPY } })
    const again = await splitInto(['--need', '2', '--of', '2', '--out-dir', 'shares'], PHRASE, cwd)
    expect(again).toMatchObject({ exit: 5, json: { error: { code: 'file-exists' } } })
  })

  test.each([
    ['without a plan', [], 2, 'usage'],
    ['with half a plan', ['--need', '2'], 2, 'usage'],
    ['with two plans', ['--need', '2', '--of', '3', '--group', '2of3'], 2, 'usage'],
    ['with groups and no number of them', ['--group', '2of3', '--group', '2of3'], 2, 'usage'],
    ['with a group that is not written like one', ['--group', '2/3'], 2, 'usage'],
    ['with a plan that cannot be', ['--need', '3', '--of', '2'], 2, 'share-plan'],
    ['with a scheme that is none', ['--scheme', 'slip40', '--need', '2', '--of', '3'], 2, 'usage'],
    ['SLIP-39 shares as URs', ['--form', 'ur', '--need', '2', '--of', '3'], 2, 'usage'],
    ['without --reveal and --out-dir', ['--need', '2', '--of', '3'], 5, 'reveal-needed'],
  ])('refuses %s', async (name, args, exit, code) => {
    const asked = name.startsWith('without --reveal') ? args : [...args, '--reveal']
    expect(await splitInto(asked, PHRASE)).toMatchObject({ exit, json: { error: { code } } })
  })

  test.each([
    ['a phrase with a miswritten word', PHRASE.replace('wave', 'wavw'), 3, 'word-unknown'],
    ['a phrase with a wrong checksum', PHRASE.replace('yellow', 'year'), 3, 'phrase-checksum'],
    ['a secret of odd length', 'ab'.repeat(15), 2, 'entropy-length'],
  ])('refuses %s and does not repeat it', async (_, stdin, exit, code) => {
    const {
      exit: ended,
      out,
      err,
    } = await run(['share', 'split', '--need', '2', '--of', '3', '--reveal', '--json'], { stdin })
    expect([ended, JSON.parse(out)]).toEqual([exit, { error: expect.objectContaining({ code }) }])
    expect(out + err).not.toMatch(/wavw|legal|abab/)
  })
})

describe('cairn share split on a terminal', () => {
  const folder = useFolders()
  useTerminal()

  test('shows numbered words on the alternate screen, page by page', async () => {
    const sitting = sit(['share', 'split', '--need', '3', '--of', '5', '--reveal'], { home: await folder() })
    await sitting.shows('the phrase, or the secret in hexadecimal (not shown while you type): ')
    sitting.types(`${PHRASE}\r`)
    await sitting.shows('share 1 of 5')
    await sitting.shows('Press any key: this disappears.')
    sitting.types(' ')
    const { exit, screen, alternate, left } = await sitting.ends()
    expect([exit, left]).toEqual([0, true])
    expect(alternate).toMatch(/share 5 of 5\s+1 [a-z]+ +2 [a-z]+ +3 [a-z]+ +4 [a-z]+/)
    expect(alternate).toContain('They hold the entropy of a BIP-39 phrase (english).')
    expect(screen).toContain('5 shares; 3 of them bring the secret back, fewer tell nothing.')
    expect(screen).not.toMatch(/legal|winner|academic|acid/)
  })
})
