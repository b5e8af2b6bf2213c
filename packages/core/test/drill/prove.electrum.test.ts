import { describe, expect, it } from 'vitest'
import { prove } from '../../src/drill/prove.js'
import type { AddressRecord, Wallet } from '../../src/types.js'
import { fixture, PASSWORD, readBytes } from '../wallets/electrum/samples.js'

const files = { expected: 1, intact: 1 }
const again = 'addresses derived again from the restored keys'

function drilled(recorded: Wallet, found: Wallet) {
  const { result, checks } = prove({ recorded, found, files })
  return { result, derived: checks.find(({ what }) => what === again) }
}

describe('the drill of an Electrum wallet', () => {
  it.each(['seed-segwit', 'seed-standard', 'seed-old', 'multisig-2of3', 'xpub'])(
    'derives the addresses of %s again',
    async (name) => {
      const found = await readBytes(fixture(`${name}.encrypted`), { password: PASSWORD })
      expect(drilled(found, found)).toEqual({
        result: 'proven',
        derived: { what: again, expected: '30', found: '30', ok: true },
      })
    },
  )

  it.each(['seed-segwit', 'seed-old'])(
    'finds an address of %s that its keys do not lead to',
    async (name) => {
      const read = await readBytes(fixture(`${name}.plain`))
      const [first, second, ...rest] = read.addresses as [AddressRecord, AddressRecord, ...AddressRecord[]]
      const addresses = [
        { ...first, address: second.address },
        { ...second, address: first.address },
        ...rest,
      ]
      const found = { ...read, addresses }
      expect(drilled(found, found)).toEqual({
        result: 'differs',
        derived: { what: again, expected: '30', found: '28', ok: false },
      })
    },
  )

  it('finds another master key of before 2.0', async () => {
    const found = await readBytes(fixture('seed-old.plain'))
    const key = found.identity.electrumOldMasterKey ?? ''
    for (const other of [key.replace(/^./, 'f'), `${key.slice(64)}${key.slice(0, 64)}`]) {
      const identity = { ...found.identity, electrumOldMasterKey: other }
      expect(drilled(found, { ...found, identity }).derived?.found).toBe('0')
    }
  })
})
