import { text, utf8 } from '@cairn/core/bytes.js'
import { isCairnError } from '@cairn/core/errors.js'
import { encodeLabels, parseLabels } from '@cairn/core/records/labels.js'
import type { Label } from '@cairn/core/types.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusal } from '../refusal.js'
import { anyLabel, SEED } from './wallet.js'

const parse = (lines: string) => parseLabels(utf8(lines))

describe('reading labels', () => {
  it('gives back exactly what was written, whatever the words are', () => {
    const property = fc.property(fc.array(anyLabel), (labels) => {
      expect(parseLabels(encodeLabels(labels))).toEqual(labels)
    })
    fc.assert(property, { seed: SEED })
  })

  it('passes over unknown fields, blank lines and carriage returns', () => {
    const line =
      '{"type":"addr","ref":"a","label":"x","keypath":"/1/123","heights":[],"__proto__":{"type":"tx"}}'
    expect(parse(`\n${line}\r\n  \t\r\n${line}`)).toEqual([
      { type: 'addr', ref: 'a', label: 'x' },
      { type: 'addr', ref: 'a', label: 'x' },
    ])
    expect(parse('')).toEqual([])
  })

  it('reads "spendable" in quotes as older files have it, and only of outputs', () => {
    const spendable = (type: string, value: string) =>
      parse(`{"type":"${type}","ref":"a","spendable":${value}}`)
    expect(spendable('output', '"false"')).toEqual([{ type: 'output', ref: 'a', spendable: false }])
    expect(spendable('output', '"true"')).toEqual([{ type: 'output', ref: 'a', spendable: true }])
    expect(spendable('tx', 'true')).toEqual([{ type: 'tx', ref: 'a' }])
  })

  it('keeps an empty label apart from none: an importer leaves the label alone when there is none', () => {
    expect(parse('{"type":"tx","ref":"a","label":""}\n{"type":"tx","ref":"a"}')).toEqual([
      { type: 'tx', ref: 'a', label: '' },
      { type: 'tx', ref: 'a' },
    ])
  })

  it.each([
    ['text that is not JSON', 'label'],
    ['a cut line', '{"type":"tx","ref":"a'],
    ['a list', '["tx","a"]'],
    ['null', 'null'],
    ['no type', '{"ref":"a"}'],
    ['no ref', '{"type":"tx"}'],
    ['an empty ref', '{"type":"tx","ref":""}'],
    ['a ref that is a number', '{"type":"tx","ref":1}'],
    ['a label that is a number', '{"type":"tx","ref":"a","label":1}'],
    ['an origin that is null', '{"type":"tx","ref":"a","origin":null}'],
    ['spendable that is a number', '{"type":"output","ref":"a","spendable":0}'],
  ])('refuses %s and names the line', (_, line) => {
    const error = refusal(() => parse(`{"type":"tx","ref":"a"}\n${line}\n`))
    expect(error).toMatchObject({ code: 'labels-invalid', details: { line: 2 } })
  })

  it('refuses bytes that are not UTF-8', () => {
    const bytes = new Uint8Array([...utf8('{"type":"tx","ref":"'), 0xff, ...utf8('"}')])
    expect(refusal(() => parseLabels(bytes)).details).toEqual({ line: 1 })
  })

  it('refuses a line above 64 KiB and more than a million lines', () => {
    const long = (length: number) => `{"type":"tx","ref":"${'a'.repeat(length - 22)}"}`
    expect(parse(long(65_536))).toHaveLength(1)
    expect(refusal(() => parse(`\n${long(65_537)}`)).details).toEqual({ line: 2 })
    expect(refusal(() => parse('\n'.repeat(1_000_001))).details).toEqual({ line: 1_000_001 })
  })

  it('meets any bytes with labels or with the error of the catalogue', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '"',
      'type',
      'tx',
      'ref',
      ':',
      ',',
      '\n',
      '\\u0000',
      'null',
      '1e999',
      '[',
    )
    const inputs = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(pieces, { maxLength: 40 }).map((words) => utf8(words.join(''))),
      fc.array(fc.json(), { maxLength: 5 }).map((values) => utf8(values.join('\n'))),
    )
    const property = fc.property(inputs, (bytes) => {
      try {
        expect(Array.isArray(parseLabels(bytes))).toBe(true)
      } catch (error) {
        if (!isCairnError(error, 'labels-invalid')) throw error
      }
    })
    fc.assert(property, { seed: SEED, numRuns: 2000 })
  })
})

describe('writing labels', () => {
  it('writes one object a line, keys sorted, and a line end after the last', () => {
    expect(text(encodeLabels([{ type: 'tx', ref: 'a', origin: 'o', label: 'two\nlines' }]))).toBe(
      '{"label":"two\\nlines","origin":"o","ref":"a","type":"tx"}\n',
    )
    expect(encodeLabels([])).toEqual(new Uint8Array())
  })

  it('refuses what no reader could make sense of', () => {
    const good: Label = { type: 'tx', ref: 'a' }
    for (const bad of [
      { type: 'tx', ref: '' },
      { type: 'addr', ref: 'a', spendable: true },
      { type: 'addr', ref: 'a', label: 'ä'.repeat(40_000) },
    ] as const) {
      expect(refusal(() => encodeLabels([good, bad]))).toMatchObject({
        code: 'labels-invalid',
        details: { line: 2 },
      })
    }
  })
})
