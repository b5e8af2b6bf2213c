import { makeUrAccount, parseUrAccount } from '@cairn/core/keys/ur-account.js'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../refusal.js'

const XPUB =
  'xpub6BkU445MSEBXbPjD3g2c2ch6mn8yy1SXXQUM7EwjgYiq6Wt1NDwDZ45npqWcV8uQC5oi2gHuVukoCoZZyT4HKq8EpotPMqGqxdZRuapCQ23'

describe('the account of descriptors', () => {
  test.each([
    [
      'of two master keys',
      [`wpkh([37b5eed4/84h/0h/0h]${XPUB}/<0;1>/*)`, `tr([00b5eed4/84h/0h/0h]${XPUB}/<0;1>/*)`],
    ],
    ['that tell no master key', [`wpkh(${XPUB}/<0;1>/*)`]],
    ['of a key below the account', [`wpkh([37b5eed4/84h/0h/0h]${XPUB}/0/*)`]],
    [
      'of a key that is no extended one',
      ['wpkh([37b5eed4/84h/0h/0h]02c6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5)'],
    ],
  ])('%s is refused', (_, descriptors) => {
    expect(codeOf(() => makeUrAccount(descriptors, 'crypto-account'))).toBe('usage')
  })

  test('is told apart from what is none', () => {
    for (const item of [7, new Map(), new Map<number, never[] | number>([[1, 7]]), new Map([[2, []]])])
      expect(codeOf(() => parseUrAccount({ type: 'crypto-account', item }))).toBe('ur-invalid')
    const empty = new Map<number, never[] | number>([
      [1, 7],
      [2, Array(65).fill(0) as never[]],
    ])
    expect(codeOf(() => parseUrAccount({ type: 'crypto-account', item: empty }))).toBe('ur-invalid')
    expect(codeOf(() => parseUrAccount({ type: 'seed', item: empty }))).toBe('ur-invalid')
  })
})
