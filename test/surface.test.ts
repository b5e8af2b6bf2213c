import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const file = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const surface = () => execFileSync(process.execPath, [file('scripts/surface.js')], { encoding: 'utf8' })

test('the surface of the core is the one that is documented', () => {
  expect(surface()).toBe(readFileSync(file('docs/surface.md'), 'utf8'))
})

test('every function of it says what it does', () => {
  const silent = surface()
    .split('\n')
    .filter((line) => /^- `\w+`$/.test(line))
  expect(silent).toEqual([])
  expect(surface().match(/^- `\w+`: /gm)?.length).toBeGreaterThan(300)
})
