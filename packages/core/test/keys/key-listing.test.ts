import { describe, expect, it } from 'vitest'
import { hex } from '../../src/bytes.js'
import { deriveKey, formatExtendedKey, fromSeed, neuter } from '../../src/keys/bip32.js'
import { parseDescriptor } from '../../src/keys/descriptor.js'
import { type ListingOptions, listKeys } from '../../src/keys/key-listing.js'
import { parsePath } from '../../src/keys/path.js'
import { decodeWif, publicKeyOf } from '../../src/keys/wif.js'
import { toSeed } from '../../src/words/bip39.js'
import { thrown } from './fuzz.js'

const root = fromSeed(toSeed(`${'abandon '.repeat(11)}about`))
const account = neuter(deriveKey(root, parsePath("m/84'/0'/0'")))
const OPTIONS: ListingOptions = { from: 0, to: 1, branches: [0], network: 'mainnet', withPrivate: false }
// BIP-84, "Test vectors"
const [FIRST, SECOND, CHANGE] = [
  'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu',
  'bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g',
  'bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el',
]

describe('listing addresses', () => {
  it('gives a range of an account, and both branches', () => {
    const extended = { kind: 'extended', extended: account } as const
    expect(listKeys(extended, OPTIONS).map(({ address, path }) => [path, address])).toEqual([
      ['m/0/0', FIRST],
      ['m/0/1', SECOND],
    ])
    expect(listKeys(extended, { ...OPTIONS, from: 1 }).map(({ address }) => address)).toEqual([SECOND])
    const both = listKeys(extended, { ...OPTIONS, to: 0, branches: [0, 1] })
    expect(both.map(({ branch, address }) => [branch, address])).toEqual([
      [0, FIRST],
      [1, CHANGE],
    ])
  })

  it('goes down to the standard account from a master key, and to a path that is named', () => {
    const master = { kind: 'extended', extended: root } as const
    expect(listKeys(master, OPTIONS)[0]).toMatchObject({ path: "m/84'/0'/0'/0/0", address: FIRST })
    expect(listKeys(master, { ...OPTIONS, type: 'p2pkh' })[0]?.address).toBe(
      '1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA',
    )
    expect(listKeys(master, { ...OPTIONS, path: "m/84'/0'/0'" })[0]?.address).toBe(FIRST)
  })

  it('gives private keys that lead to the public ones, only where they are', () => {
    const master = { kind: 'extended', extended: root } as const
    for (const row of listKeys(master, { ...OPTIONS, withPrivate: true })) {
      expect(hex(publicKeyOf(decodeWif(row.private ?? '')))).toBe(row.public)
    }
    const open = { kind: 'extended', extended: account } as const
    expect(thrown(() => listKeys(open, { ...OPTIONS, withPrivate: true }))).toBe('key-public')
    expect(listKeys(master, OPTIONS)[0]).not.toHaveProperty('private')
  })

  it('gives those of a descriptor', () => {
    const descriptor = parseDescriptor(`wpkh(${formatExtendedKey(account)}/<0;1>/*)`)
    const material = { kind: 'descriptor', descriptor } as const
    expect(listKeys(material, { ...OPTIONS, to: 0, branches: [0, 1] }).map(({ address }) => address)).toEqual(
      [FIRST, CHANGE],
    )
    const single = {
      kind: 'descriptor',
      descriptor: parseDescriptor(`wpkh(${formatExtendedKey(account)}/0/*)`),
    } as const
    expect(thrown(() => listKeys(single, { ...OPTIONS, branches: [1] }))).toBe('usage')
  })

  it('is bounded', () => {
    const extended = { kind: 'extended', extended: account } as const
    for (const bad of [{ from: 2 }, { to: 200_000 }, { to: 2 ** 31 }]) {
      expect(thrown(() => listKeys(extended, { ...OPTIONS, ...bad }))).toBe('usage')
    }
    expect(thrown(() => listKeys({ kind: 'address', address: FIRST ?? '' }, OPTIONS))).toBe('key-conversion')
    const multisig = { kind: 'extended', extended: { ...account, form: 'p2wsh' } } as const
    expect(thrown(() => listKeys(multisig, OPTIONS))).toBe('usage')
  })
})
