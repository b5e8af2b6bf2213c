import { describe, expect, it } from 'vitest'
import { CairnError } from '../../src/errors.js'
import {
  addThing,
  checkThing,
  formatPlaces,
  isLookedAt,
  parsePlaces,
  removeThing,
  type Thing,
} from '../../src/plan/places.js'

const sheet: Thing = {
  name: 'blue envelope',
  is: 'factor',
  of: 'sheet',
  at: 'house',
  kind: 'home',
  with: 'me',
  checked: '2026-11-01',
}
const share = { ...sheet, name: 'share 1', is: 'share', of: 'savings', share: 1, need: 2 } as const

function caught(act: () => unknown): CairnError {
  try {
    act()
  } catch (error) {
    if (error instanceof CairnError) return error
  }
  throw new Error('it was not refused')
}

const written = (...things: Thing[]) => formatPlaces({ things, changed: null })

describe('the list of places', () => {
  it('is read as it was written', () => {
    const things = [sheet, share, { ...share, name: 'share 2', share: 2, at: 'safe', kind: 'bank' }]
    const list = { things: things as Thing[], changed: '2026-11-26T05:00:00.000Z' }
    expect(parsePlaces(formatPlaces(list))).toEqual(list)
    expect(parsePlaces(formatPlaces({ things: [], changed: null }))).toEqual({ things: [], changed: null })
  })

  it.each([
    ['is no JSON', '{'],
    ['is too long', ' '.repeat(70_000)],
    ['has a field more', written({ ...sheet, pin: '1234' } as Thing)],
    ['has a thing twice', written(sheet, sheet)],
    ['is of a later version', written().replace('"version": 1', '"version": 3')],
  ])('is refused when it %s', (_what, text) => {
    expect(caught(() => parsePlaces(text)).code).toBe('places-damaged')
  })

  it('gets things, and loses them by name', () => {
    const both = addThing(addThing([], sheet), share)
    expect(removeThing(both, 'blue envelope')).toEqual([share])
    expect(caught(() => removeThing(both, 'red envelope')).code).toBe('place-absent')
    expect(caught(() => addThing(both, sheet)).code).toBe('place-known')
  })

  it('notes when a thing was seen', () => {
    const [, seen] = checkThing([sheet, share], 'share 1', '2026-12-24')
    expect(seen).toEqual({ ...share, checked: '2026-12-24' })
    expect(caught(() => checkThing([sheet], 'share 1', '2026-12-24')).code).toBe('place-absent')
    expect(caught(() => checkThing([sheet], 'blue envelope', 'Christmas')).code).toBe('place-invalid')
  })

  it('knows what somebody must go and look at', () => {
    const head: Thing = { ...sheet, kind: 'head' }
    expect([sheet, { ...sheet, is: 'store' } as Thing, head].map(isLookedAt)).toEqual([true, false, false])
  })

  it.each([
    ['a place of two kinds', { ...sheet, name: 'b', kind: 'bank' }, /already of the kind home/],
    ['another number of shares', { ...share, name: 'b', need: 3 }, /2 are needed/],
    ['one share that is enough', { ...share, name: 'b', of: 'daily', need: 1 }, /a phrase/],
    ['no day', { ...sheet, name: 'b', checked: '2026-02-30' }, /written as/],
    [
      'a key without how many sign',
      { ...sheet, name: 'b', is: 'device', share: 1 },
      /which one it is and how many/,
    ],
    ['keys beside shares', { ...share, name: 'b', is: 'device' }, /two wallets/],
    ['no share number', { ...share, name: 'b', share: 0 }, /1 to 255/],
  ])('takes no row with %s', (_what, row, reason) => {
    expect(caught(() => addThing([sheet, share], row)).message).toMatch(reason)
  })

  it.each([
    'panda eyebrow bullet gorilla call smoke muffin',
    'L1aW4aubDFB7yfras2S1mN3bqg9nwySY8nkoLmJebSLD5BWv3ENZ',
    '9f6a2878b2520799a44ef18bc7df394e7061a224d2c33cd015b157d746869863',
  ])('takes no name that could be a secret, and does not repeat it', (secret) => {
    for (const field of ['name', 'of', 'at', 'with']) {
      const error = caught(() => addThing([], { ...sheet, [field]: secret }))
      expect(error.code).toBe('place-invalid')
      expect(JSON.stringify([error.message, error.hint, error.details])).not.toContain(secret.slice(0, 8))
    }
  })
})
