import { CairnError } from '@cairn/core/errors.js'
import { vaultFingerprint } from '@cairn/core/vault/description.js'
import { MAX_HEAD_BYTES } from '@cairn/core/vault/head.js'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../src/stores/store.js'
import {
  MOST_HEADS,
  MOST_RECORDS,
  MOST_RECORDS_BYTES,
  readClaims,
  readHeads,
  readPast,
} from '../../src/vault/open.js'
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

describe('a store that gives more than it should', () => {
  /** The store of a vault that shows these under a prefix besides, and gives the same bytes for each. */
  async function showing(prefix: string, { count, bytes }: { count: number; bytes: Uint8Array }) {
    const { machine, ports } = await makeWorld()
    const [store] = storesOf(machine, ports) as [Store]
    const keys = Array.from({ length: count }, (_, i) => ({ key: `${prefix}${i}.json`, size: 100 }))
    let given = 0
    const liar: Store = {
      ...store,
      list: async (asked) => (asked === prefix ? keys : store.list(asked)),
      get: async (key) => {
        if (!key.startsWith(prefix)) return store.get(key)
        given++
        return bytes
      },
    }
    const past = async () => (await readPast([liar], machine.description)).stores[0]
    return { liar, past, given: () => given }
  }

  const tooMany = {
    code: 'store-unreachable',
    details: { reason: 'it shows more records than a vault can have' },
  }

  it('is not asked for more records than a vault can have', async () => {
    const { past, given } = await showing('forgotten/', { count: MOST_RECORDS + 1, bytes: new Uint8Array(1) })
    expect((await past())?.failure).toMatchObject(tooMany)
    expect(given()).toBe(0)
  })

  it('is not read on when its records come to more bytes than a vault can have', async () => {
    const large = { count: 1000, bytes: new Uint8Array(MOST_RECORDS_BYTES / 100) }
    const { past, given } = await showing('forgotten/', large)
    expect((await past())?.failure).toMatchObject(tooMany)
    expect(given()).toBeLessThan(150)
  })

  it('is not asked for more heads than a vault can have', async () => {
    const { past, given } = await showing('heads/', { count: MOST_HEADS + 1, bytes: new Uint8Array(1) })
    expect((await past())?.failure).toMatchObject({
      code: 'store-unreachable',
      details: { reason: 'it shows more heads than a vault can have' },
    })
    expect(given()).toBe(0)
  })

  it('has nothing kept of a head that is larger than it was listed', async () => {
    const { liar } = await showing('heads/', { count: 3, bytes: new Uint8Array(MAX_HEAD_BYTES + 1) })
    const { files } = await readHeads(liar)
    expect(files.map(({ bytes }) => bytes.length)).toEqual([0, 0, 0])
  })
})
