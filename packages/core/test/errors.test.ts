import { readdirSync, readFileSync } from 'node:fs'
import { ERRORS } from '@cairn/core/errors.js'
import { expect, test } from 'vitest'

const folder = new URL('../src/errors/', import.meta.url)

test('the catalogue joins all tables, and no code is in two of them', () => {
  const tables = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), 'utf8'))
  const codes = tables.flatMap((table) => [...table.matchAll(/^ {2}'?([a-z0-9-]+)'?: \{\r?$/gm)])
  expect(codes.map(([, code]) => code).sort()).toEqual(Object.keys(ERRORS).sort())
})

test('no message counts words in a way that is wrong for one of them', () => {
  const counts = /\{\w+\} words\b/
  expect(Object.values(ERRORS).filter(({ message }) => counts.test(message))).toEqual([])
  expect('{words} words is not a length').toMatch(counts)
})

test('what a picture of text may end as says that it may be no plate', () => {
  for (const code of ['steel-unsure', 'steel-check', 'steel-missing', 'steel-foreign'] as const)
    expect(ERRORS[code].hint).toContain('if it is no steel plate')
})
