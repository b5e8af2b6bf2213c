import { Address, NETWORK, OutScript, p2pkh, p2sh, p2tr, p2wpkh, TEST_NETWORK } from '@scure/btc-signer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unhex } from '../../src/bytes.js'
import {
  addressToScript,
  type KeyAddressType,
  keyAddress,
  keyScript,
  parseAddress,
  scriptToAddress,
} from '../../src/keys/address.js'
import { ALL_NETWORKS } from '../../src/keys/network.js'
import { multisig, p2pk } from '../../src/keys/script.js'
import { publicKeyOf } from '../../src/keys/wif.js'
import { near, onlyThrows, SEED, thrown } from './fuzz.js'

const TYPES: readonly KeyAddressType[] = ['p2pkh', 'p2sh-p2wpkh', 'p2wpkh', 'p2tr']
const publicKey = publicKeyOf({ privateKey: unhex('01'.padStart(64, '0')), compressed: true })
const privateKeys = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .filter((k) => k[0] !== 0xff && k[31] !== 0)

describe('Bitcoin addresses', () => {
  it('are spelled by network', () => {
    const spelled = ALL_NETWORKS.map((network) => TYPES.map((type) => keyAddress(publicKey, type, network)))
    expect(spelled.map((row) => row.map((address) => address.slice(0, 5)))).toEqual([
      ['1BgGZ', '3JvL6', 'bc1qw', 'bc1pm'],
      ['mrCDr', '2NAUY', 'tb1qw', 'tb1pm'],
      ['mrCDr', '2NAUY', 'tb1qw', 'tb1pm'],
      ['mrCDr', '2NAUY', 'bcrt1', 'bcrt1'],
    ])
  })

  it('name all networks that spell them so', () => {
    const networks = TYPES.map((type) => parseAddress(keyAddress(publicKey, type, 'regtest')).networks)
    const test = ['testnet', 'signet', 'regtest']
    expect(networks).toEqual([test, test, ['regtest'], ['regtest']])
    expect(parseAddress(keyAddress(publicKey, 'p2tr')).networks).toEqual(['mainnet'])
  })

  it('name their type', () => {
    const types = TYPES.map((type) => parseAddress(keyAddress(publicKey, type)).type)
    expect(types).toEqual(['p2pkh', 'p2sh', 'p2wpkh', 'p2tr'])
    // The anchor of BIP-433 has version 1 and is not taproot.
    expect(parseAddress('bc1pfeessrawgf').type).toBe('witness')
  })

  it('are refused on another network', () => {
    expect(thrown(() => addressToScript(keyAddress(publicKey, 'p2wpkh', 'regtest'), 'testnet'))).toBe(
      'address-invalid',
    )
  })

  it.each([
    ['a bare public key', p2pk(publicKey)],
    ['bare multisig', multisig(1, [publicKey])],
    ['OP_RETURN', unhex('6a0400010203')],
    ['a program of version 0 with 21 bytes', unhex(`0015${'00'.repeat(21)}`)],
    ['a push that is not a version', unhex(`4f14${'00'.repeat(20)}`)],
    ['OP_RESERVED', unhex(`5014${'00'.repeat(20)}`)],
    ['P2PKH with a wrong last byte', unhex(`76a914${'00'.repeat(20)}88ad`)],
    ['nothing', new Uint8Array()],
  ])('do not exist for %s', (_, script) => {
    expect(scriptToAddress(script)).toBeNull()
  })

  it('agree with btc-signer for any key', () => {
    const property = fc.property(
      privateKeys,
      fc.constantFrom('mainnet' as const, 'testnet' as const),
      (privateKey, network) => {
        const key = publicKeyOf({ privateKey, compressed: true })
        const theirs = network === 'mainnet' ? NETWORK : TEST_NETWORK
        const expected = [p2pkh(key, theirs), p2sh(p2wpkh(key, theirs), theirs), p2wpkh(key, theirs)]
        const taproot = p2tr(key.subarray(1), undefined, theirs)
        expect(TYPES.map((type) => keyAddress(key, type, network))).toEqual(
          [...expected, taproot].map(({ address }) => address),
        )
        expect(keyScript(key, 'p2tr')).toEqual(taproot.script)
      },
    )
    fc.assert(property, { seed: SEED, numRuns: 50 })
  })

  it('lead to the script that btc-signer finds, and back', () => {
    const property = fc.property(privateKeys, fc.constantFrom(...TYPES), (privateKey, type) => {
      const address = keyAddress(publicKeyOf({ privateKey, compressed: true }), type)
      const { script } = parseAddress(address)
      expect(script).toEqual(OutScript.encode(Address(NETWORK).decode(address)))
      expect(scriptToAddress(script)).toBe(address)
    })
    fc.assert(property, { seed: SEED, numRuns: 50 })
  })

  it('find every change of one symbol', () => {
    for (const address of TYPES.map((type) => keyAddress(publicKey, type))) {
      for (let i = 0; i < address.length; i++) {
        const changed = address.slice(0, i) + (address[i] === 'z' ? 'y' : 'z') + address.slice(i + 1)
        expect(() => parseAddress(changed), changed).toThrow()
      }
    }
  })

  it('answers any text with an address or one error', () => {
    const samples = TYPES.map((type) => keyAddress(publicKey, type))
    onlyThrows(['address-invalid'], { inputs: near(samples), parse: parseAddress })
  })
})
