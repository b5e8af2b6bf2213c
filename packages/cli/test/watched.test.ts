import { describe, expect, test } from 'vitest'
import { bitcoinNode } from '../../../test/peers/bitcoin-node.js'
import { electrum } from '../../../test/peers/electrum.js'
import { present } from '../../../test/peers/peer.js'
import { useBuilt, useFolders } from './run.js'
import { watched } from './watched.js'

describe.runIf((await present(electrum)) && (await present(bitcoinNode)))('cairn watch beside', () => {
  useBuilt()
  const folder = useFolders()

  test.each(['Electrum', 'the Bitcoin node'] as const)(
    '%s has every settled state in a snapshot, whole',
    async (program) => {
      expect(await watched(await folder(), { program, changes: 2 })).toEqual({ tried: 2, lost: [] })
    },
  )

  test('a backup at the end, instead, is found to lack states', async () => {
    const { lost } = await watched(await folder(), { program: 'the Bitcoin node', changes: 2, by: 'none' })
    expect(lost).toEqual(['the Bitcoin node, change 0'])
  })
})
