import { describe, expect, it } from 'vitest'
import { utf8 } from '../../../src/bytes.js'
import { parseDatabase } from '../../../src/wallets/electrum/database.js'
import { parseLiteral } from '../../../src/wallets/electrum/literal.js'
import { codeOf } from '../../refusal.js'

const parse = (text: string) => parseDatabase(utf8(text))
const refused = (text: string) => codeOf(() => parse(text))
const change = (op: string, path: string, value?: unknown) => JSON.stringify({ op, path, value })

describe('JSON with patches appended', () => {
  it('applies what was appended, in order', () => {
    const base = '{"labels": {"a": "old", "gone": "x"}, "list": [1, 2]}'
    const log = [
      change('replace', '/labels/a', 'new'),
      change('remove', '/labels/gone'),
      change('add', '/labels/with~1slash~0tilde', ''),
      change('add', '/list/2', 3),
      change('add', '/list/-', 4),
      change('remove', '/list/0'),
      change('replace', '/list/0', null),
      change('add', '/list/0', 0),
      change('add', '/fresh', { deep: {} }),
      change('add', '/fresh/deep/1', [true]),
    ]
    expect(parse([base, ...log].join(',\n'))).toEqual({
      labels: { a: 'new', 'with/slash~tilde': '' },
      list: [0, null, 3, 4],
      fresh: { deep: { 1: [true] } },
    })
  })

  it('leaves out a last change that was cut off, as Electrum does', () => {
    const whole = `{"labels": {}},\n${change('add', '/labels/a', 'kept')}`
    const last = `,\n${change('add', '/labels/b', 'lost }{ "')}`
    for (let end = 0; end < last.length; end++) {
      expect(parse(whole + last.slice(0, end))).toEqual({ labels: { a: 'kept' } })
    }
    expect(parse(whole + last)).toEqual({ labels: { a: 'kept', b: 'lost }{ "' } })
  })

  it('takes keys of every object for keys of the wallet only', () => {
    const found = parse(`{"a": {}},${change('add', '/a/__proto__', 1)},${change('add', '/a/constructor', 2)}`)
    expect(Object.entries(found.a as object)).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ])
    expect(refused(`{"a": {}},${change('replace', '/a/toString', 1)}`)).toBe('wallet-unreadable')
    expect(refused(`{"a": {}},${change('add', '/constructor/prototype', 1)}`)).toBe('wallet-unreadable')
  })

  it.each([
    ['a path to nothing', change('replace', '/b', 1)],
    ['a path through nothing', change('add', '/b/c', 1)],
    ['a path through a text', change('add', '/text/c', 1)],
    ['a path without its slash', change('add', 'a', 1)],
    ['a place behind the end of a list', change('add', '/list/2', 1)],
    ['a place in a list with a leading zero', change('add', '/list/00', 1)],
    ['a place in a list that is no number', change('add', '/list/x', 1)],
    ['the place behind a list, removed', change('remove', '/list/-')],
    ['no value', change('add', '/a')],
    ['another operation', change('move', '/a', 1)],
    ['no operation', '{"path": "/a", "value": 1}'],
    ['no path', '{"op": "add", "value": 1}'],
    ['a list', '[]'],
    ['a number', '7'],
  ])('refuses a change with %s', (_, text) => {
    expect(refused(`{"a": {}, "text": "x", "list": [1]},\n${text}`)).toBe('wallet-unreadable')
  })

  it('refuses to move a long list a million times', () => {
    const list = `{"list": [${Array(20_000).fill(0).join()}]}`
    expect(refused(`${list},${change('remove', '/list/0')}`)).toBe('wallet-unreadable')
    expect(parse(`${list},${change('add', '/list/-', 1)}`).list).toHaveLength(20_001)
  })
})

describe('what is no wallet', () => {
  it.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['half a wallet', '{"labels": {"a": "b"}, "seed'],
    ['a list', '[1, 2]'],
    ['a text', '"{}"'],
    ['a number', '5'],
    ['a key without a value', '{"labels"}'],
    ['a comma too many', '{"labels": {},}'],
    ['a wallet in brackets that do not match', '{"labels": [}'],
    ['words behind the wallet', '{"labels": {}} and more'],
    ['half a literal', "{'labels': {1: u'a'"],
    ['a literal that calls', "{'labels': open('x')}"],
    ['a literal with an unknown escape', "{'a': '\\q'}"],
    ['a literal with half an escape', "{'a': '\\x4'}"],
    ['a literal beyond Unicode', "{'a': u'\\U00110000'}"],
    ['a literal with two dots in a number', "{'a': 1.2.3}"],
    ['a literal with an object for a key', "{'a': 1, {}: 2}"],
    ['a literal without a comma', "{'a': 1 'b': 2}"],
    ['a literal and more', "{'a': 1} {}"],
    ['two literals with nothing in them', "{'a':}"],
  ])('refuses %s', (_, text) => {
    expect(refused(text)).toBe('wallet-unreadable')
  })

  it('refuses bytes that are no UTF-8', () => {
    expect(codeOf(() => parseDatabase(Uint8Array.of(0x7b, 0xff, 0x7d)))).toBe('wallet-unreadable')
  })

  it.each([
    ['JSON', '{"a":'],
    ['JSON in a list', '{"a":['],
    ['a literal', "{'a':"],
    ['a literal with tuples', "{'a':("],
  ])('refuses %s that is nested without end', (_, opening) => {
    for (const depth of [80, 1_000_000]) expect(refused(opening.repeat(depth))).toBe('wallet-unreadable')
  })
})

describe('Python literals', () => {
  it('reads what repr of Python 2 writes', () => {
    const text = String.raw`{'text': u'caf\xe9 \u03a9 \U0001d11e "\'\\\n', "it's": 'a\tb', 3: (1, -2L, 1.5, 1e+20), 'none': None, 'b': [True, False], 'e': {}, 't': ()}`
    expect(parseLiteral(text)).toEqual({
      text: 'café Ω 𝄞 "\'\\\n',
      "it's": 'a\tb',
      3: [1, -2, 1.5, 1e20],
      none: null,
      b: [true, false],
      e: {},
      t: [],
    })
  })

  it('takes a text of bytes for UTF-8, and for itself where it is none', () => {
    expect(parseLiteral(String.raw`['caf\xc3\xa9', 'caf\xe9', u'caf\xc3\xa9']`)).toEqual([
      'café',
      'café',
      'cafÃ©',
    ])
  })

  it('makes a property of every key', () => {
    expect(Object.keys(parseLiteral("{'__proto__': 1}") as object)).toEqual(['__proto__'])
  })
})
