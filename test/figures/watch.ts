/** `cairn watch` beside the real Electrum and the real Bitcoin node. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { watched } from '../../packages/cli/test/watched.js'
import { figure, isShort, row } from './rows.js'

const CHANGES = isShort ? 10 : 200

it('watch', () =>
  figure('watch', async () => {
    const root = mkdtempSync(join(tmpdir(), 'cairn-figures-'))
    const cwd = () => mkdtempSync(join(root, 'own-'))
    try {
      const electrum = await watched(cwd(), { program: 'Electrum', changes: CHANGES })
      const node = await watched(cwd(), { program: 'the Bitcoin node', changes: CHANGES })
      const none = await watched(cwd(), { program: 'the Bitcoin node', changes: 10, by: 'none' })
      expect(none.lost.length).toBeGreaterThan(0)
      const twin = `one backup at the end: ${none.lost.length} of ${none.tried} lost`
      return [
        row(
          'cairn watch: every settled state of a wallet file that Electrum writes is in a snapshot, whole',
          electrum,
          twin,
        ),
        row('cairn watch: likewise of a wallet file that the Bitcoin node writes', node, twin),
      ]
    } finally {
      rmSync(root, { recursive: true, force: true })
    }
  }))
