import { readFile, writeFile } from 'node:fs/promises'
import { PLACE_KINDS, THING_KINDS } from '@cairn/core/plan/places.js'
import { HOLDER_RATE, ITEM_RATES, PLACE_RATES } from '@cairn/core/plan/survival.js'
import { LETTER_LANGUAGES } from '@cairn/core/sheets/letter/languages.js'
import { describe, expect, test } from 'vitest'
import * as offered from '../../src/program/lists.js'
import { useFolders } from '../run.js'
import { makeVault } from '../vault.js'

const doc = await readFile(new URL('../../../../docs/plan.md', import.meta.url), 'utf8')

const SHEET = ['--is', 'factor', '--of', 'sheet', '--at', 'house', '--kind', 'home']
const HALF = ['--sheet-file', 'sheet.txt']
const COMPUTER = ['--is', 'factor', '--of', 'computer', '--at', 'house']

describe('cairn place', () => {
  const folder = useFolders()

  test('keeps the list, without being told where', async () => {
    const { cairn, json } = await makeVault(await folder())
    expect((await cairn(['place', 'add', 'blue envelope', ...SHEET, '--checked', '2026-11-01'])).exit).toBe(0)
    expect((await json(['place', 'list'])).json).toEqual({
      things: [
        {
          name: 'blue envelope',
          is: 'factor',
          of: 'sheet',
          at: 'house',
          kind: 'home',
          with: 'me',
          checked: '2026-11-01',
        },
      ],
    })
    const second = await cairn(['place', 'add', 'laptop', ...COMPUTER, '--checked'])
    expect(second.out).toContain('laptop is on the list: at house, with me.')
    expect((await json(['plan'])).json).toMatchObject({ lockout: expect.not.arrayContaining([[]]) })
    expect((await cairn(['place', 'add', 'laptop', ...COMPUTER])).exit).toBe(2)
    expect((await cairn(['place', 'remove', 'laptop'])).out).toContain('Nothing was destroyed')
    expect((await cairn(['place', 'remove', 'laptop'])).exit).toBe(6)
  })

  test('notes who looked when, and says when to look again', async () => {
    const { cairn, json } = await makeVault(await folder())
    await cairn(['place', 'add', 'blue envelope', ...SHEET])
    const asked = async () => {
      const { json: advice } = await json(['schedule', 'advise'])
      return (advice as { rehearsals: { what: string }[] }).rehearsals.find(({ what }) => what === 'place')
    }
    expect(await asked()).toMatchObject({ due: true, command: "cairn place checked 'blue envelope'" })
    const seen = await json(['place', 'checked', 'blue envelope'])
    expect(seen.json).toMatchObject({ name: 'blue envelope', next: expect.stringMatching(/^20/) })
    expect(await asked()).toMatchObject({ due: false })
    expect((await cairn(['place', 'checked', 'blue envelope', '--on', 'Christmas'])).exit).toBe(2)
    expect((await cairn(['place', 'checked', 'blue envelope', '--on', '2999-01-01'])).err).toContain(
      'still to come',
    )
    expect((await cairn(['place', 'checked', 'red envelope'])).exit).toBe(6)
  })

  test('tells a factor or a store that does not exist, and names that are near', async () => {
    const { cairn, json } = await makeVault(await folder())
    const add = (is: string, of: string) => [
      'place',
      'add',
      `a ${is}`,
      '--is',
      is,
      '--of',
      of,
      '--at',
      'bank',
    ]
    const refused = await cairn(add('factor', 'shet'))
    expect([refused.exit, refused.err]).toEqual([2, expect.stringContaining('did you mean sheet?')])
    expect(refused.err).toContain('only computer, sheet')
    expect((await cairn(add('store', 'cloud'))).err).toContain('the vault has no such store, only main')
    expect((await cairn(add('phrase', 'savings'))).err).not.toContain('No wallet')
    const doubted = await cairn(add('device', 'savngs'))
    expect([doubted.exit, doubted.err]).toEqual([0, expect.stringContaining('Did you mean savings?')])
    // a wallet that is on paper only is one from its first row on
    expect(await json(add('recovery', 'paper wallet'))).toMatchObject({
      exit: 0,
      json: { known: false, near: [] },
    })
    expect(
      (
        await json([
          'place',
          'add',
          'x',
          '--is',
          'share',
          '--share',
          '1',
          '--need',
          '2',
          '--of',
          'paper wallet',
          '--at',
          'bank',
        ])
      ).json,
    ).not.toHaveProperty('known')
    expect((await cairn(['place', 'checked', 'a phrse'])).err).toContain('did you mean a phrase?')
    expect((await cairn(['place', 'add', 'y', '--is', 'store'])).err).toContain('it needs --of and --at')
    const names = ['--', '--is', '--of', '--at']
    expect((await cairn(['place', 'add', ...names])).err).toContain('it needs --is and --of and --at')
  })

  test('takes keys of which several must sign, and tells what the odds rest on', async () => {
    const { cairn, json } = await makeVault(await folder())
    const key = (name: string, share: string) => {
      const numbers = ['--share', share, '--need', '2']
      return ['place', 'add', name, '--is', 'device', '--of', 'joint', ...numbers, '--at', `place of ${name}`]
    }
    for (const [i, name] of ['ledger', 'jade'].entries())
      expect((await cairn(key(name, `${i + 1}`))).exit).toBe(0)
    expect((await cairn(['place', 'list'])).out).toContain('device 1, 2 needed, of joint')
    expect((await json(['plan'])).json).toMatchObject({
      theft: expect.arrayContaining([['ledger', 'jade']]),
      assumed: { things: expect.arrayContaining([expect.objectContaining({ kind: 'device', loss: 0.05 })]) },
    })
    const { out, err } = await cairn(['plan'])
    expect(out).toMatch(/Assumed to be lost in a year, each by itself: .*device 5 %/)
    expect(err).toContain('Put them on the list too (--is phrase): ledger, jade.')
  })

  test('says once where what is taken apart goes', async () => {
    const { cairn } = await makeVault(await folder())
    for (const number of ['1', '2', '3', '4', '5']) {
      const numbers = ['--share', number, '--need', '3']
      const where = ['--at', 'house', '--kind', 'home']
      await cairn(['place', 'add', `share ${number}`, '--is', 'share', '--of', 'paper', ...numbers, ...where])
    }
    expect((await cairn(['plan'])).out).toContain(
      'take share 1 and share 2 to another place, and share 3 to a third place: a fire at house no longer locks you out, a thief at house no longer opens a wallet;',
    )
  })

  test('comes back with a restore, from the vault and from a store alone', async () => {
    const { cwd, cairn, json } = await makeVault(await folder())
    await cairn(['place', 'add', 'blue envelope', ...SHEET])
    await writeFile(`${cwd}/wallet`, 'bytes')
    expect((await cairn(['wallet', 'add', 'daily', 'wallet', '--as', 'file'])).exit).toBe(0)
    expect((await cairn(['place', 'fetch', ...HALF])).exit).toBe(6)
    await cairn(['backup'])
    const { things } = (await json(['place', 'list'])).json as { things: unknown[] }
    await cairn(['place', 'remove', 'blue envelope'])
    expect((await json(['place', 'fetch', ...HALF])).json).toMatchObject({ taken: false, things: [] })
    expect((await cairn(['restore', '--to', 'back', ...HALF])).exit).toBe(0)
    const file = 'back/cairn-places/places.json'
    expect((await json(['place', 'list', '--file', file])).json).toEqual({ things })
    expect((await cairn(['place', 'list', '--file', 'wallet'])).exit).toBe(3)
    expect((await cairn(['place', 'list', '--file', 'nowhere'])).exit).toBe(6)
  })

  test('offers what the core has', () => {
    expect(offered.PLACE_KINDS).toEqual(PLACE_KINDS)
    expect(offered.THING_KINDS).toEqual(THING_KINDS)
    expect(offered.LETTER_LANGUAGES).toEqual(LETTER_LANGUAGES)
  })
})

describe('cairn plan', () => {
  const folder = useFolders()

  test('tells as JSON what other programs rely on', async () => {
    const { cairn, json } = await makeVault(await folder())
    await cairn(['place', 'add', 'blue envelope', ...SHEET])
    await cairn(['place', 'add', 'laptop', ...COMPUTER])
    const { exit, json: plan } = await json(['plan'])
    expect(exit).toBe(0)
    expect(plan).toMatchObject({
      lockout: [['laptop'], ['blue envelope'], ['store main']],
      theft: [['laptop', 'blue envelope']],
      survival: {
        1: expect.any(Number),
        5: expect.any(Number),
        10: expect.any(Number),
        30: expect.any(Number),
      },
      moves: expect.arrayContaining([expect.objectContaining({ text: expect.any(String) })]),
      rule_321: { copies: 2, elsewhere: 0, holds: false },
    })
    const said = await cairn(['plan'])
    expect(said.out).toContain('a thief at house opens a wallet (laptop, blue envelope, store main)')
    expect(said.out).toContain('The 3-2-1 rule does not hold')
  })
})

describe('docs/plan.md', () => {
  test('has every rate that the odds assume', () => {
    for (const { kind, fire, theft } of PLACE_RATES)
      expect(doc).toContain(`| ${kind} | ${percent(fire)} | ${percent(theft)} |`)
    for (const { kind, loss, why } of ITEM_RATES)
      expect(doc).toContain(`| ${kind} | ${percent(loss)} | ${why} |`)
    expect(doc).toContain(`${percent(HOLDER_RATE)} a year`)
  })
})

function percent(rate: number): string {
  return `${Number((rate * 100).toFixed(2))} %`
}
