import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

test('docs/calendar.md is what the tables say: run scripts/calendar-doc.js when this fails', () => {
  const printed = execFileSync(process.execPath, [root('scripts/calendar-doc.js')], { encoding: 'utf8' })
  expect(readFileSync(root('docs/calendar.md'), 'utf8')).toBe(printed)
})
