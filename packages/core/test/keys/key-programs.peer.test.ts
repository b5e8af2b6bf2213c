/** What Cairn writes for Bitcoin Core, taken by a real node: it owns the addresses afterwards. */
import { describe, expect, it } from 'vitest'
import { bitcoinNode, startNode } from '../../../../test/peers/bitcoin-node.js'
import { present } from '../../../../test/peers/peer.js'
import { deriveKey, fromSeed, neuter } from '../../src/keys/bip32.js'
import { PROGRAMS, writeFor } from '../../src/keys/key-programs.js'
import { type Material, publicPart, singleMaterial } from '../../src/keys/material.js'
import { parsePath } from '../../src/keys/path.js'

const HOME = { chain: 'bitcoin', network: 'regtest' } as const
const root = fromSeed(new Uint8Array(32).fill(8), { network: 'regtest' })
const account = deriveKey(root, parsePath("m/84'/1'/0'"))
const KEYS: Readonly<Record<string, Material>> = {
  'a single key': singleMaterial('secp256k1', new Uint8Array(32).fill(9)),
  'an uncompressed key': singleMaterial('secp256k1', new Uint8Array(32).fill(9), { compressed: false }),
  'an account': { kind: 'extended', extended: account },
  'a public account': { kind: 'extended', extended: neuter(account) },
}

describe.runIf(await present(bitcoinNode))('the file for Bitcoin Core', () => {
  it('makes a real node own every address of it', async () => {
    const core = PROGRAMS.find(({ name }) => name === 'bitcoin-core') as (typeof PROGRAMS)[number]
    const node = await startNode()
    try {
      for (const [name, material] of Object.entries(KEYS)) {
        const isPublic = name === 'a public account'
        await node.rpc('createwallet', [name, isPublic, true])
        const type = name === 'an uncompressed key' ? {} : ({ type: 'p2wpkh' } as const)
        const requests: unknown = JSON.parse(await writeFor(core, { material, home: HOME, ...type }))
        const results = await node.rpc<readonly { success: boolean }[]>('importdescriptors', [requests], name)
        expect(
          results.map(({ success }) => success),
          name,
        ).not.toContain(false)
        const shown = publicPart(material, HOME).addresses.filter(({ form }) => /^p2wpkh|^p2pkh$/.test(form))
        const own =
          name === 'an uncompressed key' ? shown : shown.filter(({ form }) => form.startsWith('p2wpkh'))
        expect(own).toHaveLength(1)
        for (const { address } of own) {
          const info = await node.rpc<{ ismine: boolean }>('getaddressinfo', [address], name)
          expect(info.ismine, name).toBe(true)
        }
      }
    } finally {
      await node.stop()
    }
  })
})
