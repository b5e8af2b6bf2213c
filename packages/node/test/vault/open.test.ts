import { CairnError } from '@cairn/core/errors.js'
import { vaultFingerprint } from '@cairn/core/vault/description.js'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../src/stores/store.js'
import { readClaims } from '../../src/vault/open.js'
import { makeWorld, storesOf } from '../sim/world.js'

const gone = async () => {
  throw new CairnError('store-unreachable', { store: 'away', reason: 'the folder is not there' })
}

/** Some stores of a vault, under other names, and the fingerprint of the vault. */
async function vaultIn(...names: readonly string[]) {
  const { machine, ports } = await makeWorld({ stores: names.length })
  const stores = storesOf(machine, ports).map((store, i): Store => ({ ...store, name: names[i] as string }))
  return { stores, fingerprint: vaultFingerprint(machine.description) }
}

describe('what the stores say that a new computer is given', () => {
  it('is told of each by the fingerprint when they show different vaults, whichever comes first', async () => {
    const ours = await vaultIn('drive', 'cloud')
    const theirs = await vaultIn('liar')
    const away: Store = { ...(ours.stores[0] as Store), name: 'away', get: gone }
    const [drive, cloud] = ours.stores as [Store, Store]
    const [liar] = theirs.stores as [Store]
    const vaults = [`drive ${ours.fingerprint}`, `liar ${theirs.fingerprint}`, `cloud ${ours.fingerprint}`]
    await expect(readClaims([drive, away, liar, cloud])).rejects.toMatchObject({
      code: 'stores-differ',
      details: { vaults: vaults.join(', ') },
    })
    await expect(readClaims([liar, drive])).rejects.toMatchObject({
      details: { vaults: `liar ${theirs.fingerprint}, drive ${ours.fingerprint}` },
    })
    expect(await readClaims([drive, cloud, away])).toHaveLength(3)
  })
})
