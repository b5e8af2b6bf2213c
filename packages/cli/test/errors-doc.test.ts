import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ERRORS } from '@cairn/core/errors.js'
import { describe, expect, test } from 'vitest'

const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

describe('docs/errors.md', () => {
  const document = readFileSync(root('docs/errors.md'), 'utf8')

  test('is what scripts/errors-doc.js makes of the catalogue', () => {
    const made = execFileSync(process.execPath, [root('scripts/errors-doc.js')], { encoding: 'utf8' })
    expect(document).toBe(made)
  })

  test('lists every code of the catalogue once', () => {
    const listed = [...document.matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map(([, code]) => code)
    expect(listed).toEqual(Object.keys(ERRORS))
  })
})
