import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ROWS } from '@cairn/core/keys/table.js'
import { WALLETS } from '@cairn/core/keys/wallet-paths.js'
import { KINDS } from '@cairn/core/words/kinds.js'
import { describe, expect, test } from 'vitest'

const root = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url))

describe('docs/wallet-paths.md', () => {
  test('is what the tables say: run scripts/wallets-doc.js when this fails', () => {
    const printed = execFileSync(process.execPath, [root('scripts/wallets-doc.js')], { encoding: 'utf8' })
    expect(readFileSync(root('docs/wallet-paths.md'), 'utf8')).toBe(printed)
  })

  test('has a page behind every row, and names places and kinds that there are', () => {
    const places = ROWS.map(({ chain, standard }) => `${chain} ${standard}`)
    const kinds = [...KINDS.map(({ kind }) => kind as string), 'polyseed', 'ton']
    for (const { wallet, takes, looks, sources } of WALLETS) {
      expect(sources.length, wallet).toBeGreaterThan(0)
      for (const url of sources) expect(url, wallet).toMatch(/^https:\/\/\S+$/)
      for (const kind of Object.keys(takes)) expect(kinds, wallet).toContain(kind)
      for (const [chain, standards] of Object.entries(looks)) {
        for (const standard of standards) expect(places, wallet).toContain(`${chain} ${standard}`)
      }
    }
    expect(new Set(WALLETS.map(({ wallet }) => wallet)).size).toBe(WALLETS.length)
    expect(WALLETS.length).toBeGreaterThan(40)
  })
})
