import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/bytes.js'
import { prove } from '../../src/drill/prove.js'
import { withTold } from '../../src/records/told.js'
import { bitcoinDescriptors } from '../../src/wallets/bitcoin-descriptors.js'
import { read, walletBytes } from '../wallets/bitcoin-core/fixtures.js'

const files = { expected: 1, intact: 1 }

/** The master key of the BIP-32 test vector 1. */
const MASTER =
  'xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi'

describe('the drill of a wallet of a Bitcoin node', () => {
  it('proves it, although the height of the chain is not in its file', async () => {
    const found = await read(walletBytes('plain'))
    const recorded = withTold(found, { tip: 140 })
    const { result, not_covered } = prove({ recorded, found, files })
    expect(result).toBe('proven')
    expect(not_covered).toContainEqual(expect.stringContaining('height of the chain'))
  })

  it.each(['combo', 'pkh'])('derives the addresses of %s() again', async (script) => {
    for (const path of ['0h/*', '0h/*h']) {
      const bytes = utf8(`${script}(${MASTER}/${path})`)
      const found = await bitcoinDescriptors.read({ path: 'list', bytes })
      expect(prove({ recorded: found, found, files }).result).toBe('proven')
      const [first, ...rest] = found.addresses
      const moved = {
        ...found,
        addresses: [...rest, { ...first, address: `${first?.address}x` } as typeof first & {}],
      }
      expect(prove({ recorded: found, found: moved, files }).result).toBe('differs')
    }
  })
})
