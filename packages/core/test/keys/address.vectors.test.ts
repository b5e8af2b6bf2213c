/** Addresses that BIP-173, BIP-350, BIP-341 ("Wallet test vectors"), BIP-49, BIP-84 and BIP-86 print. */
import { describe, expect, it } from 'vitest'
import { hex, unhex } from '../../src/bytes.js'
import { CairnError } from '../../src/errors.js'
import { addressToScript, keyAddress, parseAddress, scriptToAddress } from '../../src/keys/address.js'
import { p2tr } from '../../src/keys/script.js'

// BIP-350 "Test vectors for v0-v16 native segregated witness addresses".
const SEGWIT = [
  ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', '0014751e76e8199196d454941c45d1b3a323f1433bd6'],
  [
    'tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7',
    '00201863143c14c5166804bd19203356da136c985678cd4d27a1b8c6329604903262',
  ],
  [
    'bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y',
    '5128751e76e8199196d454941c45d1b3a323f1433bd6751e76e8199196d454941c45d1b3a323f1433bd6',
  ],
  ['BC1SW50QGDZ25J', '6002751e'],
  ['bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs', '5210751e76e8199196d454941c45d1b3a323'],
  [
    'tb1qqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesrxh6hy',
    '0020000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433',
  ],
  [
    'tb1pqqqqp399et2xygdj5xreqhjjvcmzhxw4aywxecjdzew6hylgvsesf3hn0c',
    '5120000000c4a5cad46221b2a187905e5266362b99d5e91c6ce24d165dab93e86433',
  ],
  [
    'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0',
    '512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
  ],
] as const

const REFUSED = [
  ['an unknown prefix', 'tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut'],
  ['bech32 where bech32m is due', 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd'],
  ['bech32 where bech32m is due', 'tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf'],
  ['bech32 where bech32m is due', 'BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL'],
  ['bech32m where bech32 is due', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh'],
  ['bech32m where bech32 is due', 'tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47'],
  ['an invalid symbol in the checksum', 'bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4'],
  ['version 17', 'BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R'],
  ['a program of 1 byte', 'bc1pw5dgrnzv'],
  ['a program of 41 bytes', 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav'],
  ['a length that version 0 forbids', 'BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P'],
  ['mixed case', 'tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq47Zagq'],
  ['more than 4 bits of padding', 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf'],
  ['padding that is not zero', 'tb1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vpggkg4j'],
  ['no data', 'bc1gmk9yu'],
] as const

describe('BIP-350', () => {
  it.each(SEGWIT)('reads %s', (address, script) => {
    const parsed = parseAddress(address)
    expect(hex(parsed.script)).toBe(script)
    expect(parsed.address).toBe(address.toLowerCase())
    const network = address.toLowerCase().startsWith('bc') ? 'mainnet' : 'testnet'
    expect(scriptToAddress(unhex(script), network)).toBe(address.toLowerCase())
  })

  it.each(REFUSED)('refuses %s', (_, address) => {
    expect(() => parseAddress(address)).toThrow(CairnError)
  })
})

describe('BIP-341 wallet test vector without a script tree', () => {
  it('tweaks the key by itself', () => {
    const internalKey = unhex('d6889cb081036e0faefa3a35157ad71086b123b2b144b649798b494c300a961d')
    const script = '512053a1f6e454df1aa2776a2814a721372d6258050de330b3c6d10ee8f4e0dda343'
    expect(hex(p2tr(internalKey))).toBe(script)
    expect(scriptToAddress(unhex(script))).toBe(
      'bc1p2wsldez5mud2yam29q22wgfh9439spgduvct83k3pm50fcxa5dps59h4z5',
    )
  })
})

const FROM_KEYS = [
  {
    bip: 'BIP-49',
    publicKey: '03a1af804ac108a8a51782198c2d034b28bf90c8803f5a53f76276fa69a4eae77f',
    type: 'p2sh-p2wpkh',
    network: 'testnet',
    address: '2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2',
  },
  {
    bip: 'BIP-84',
    publicKey: '0330d54fd0dd420a6e5f8d3624f5f3482cae350f79d5f0753bf5beef9c2d91af3c',
    type: 'p2wpkh',
    network: 'mainnet',
    address: 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu',
  },
  {
    bip: 'BIP-86',
    publicKey: '03cc8a4bc64d897bddc5fbc2f670f7a8ba0b386779106cf1223c6fc5d7cd6fc115',
    type: 'p2tr',
    network: 'mainnet',
    address: 'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
  },
] as const

describe.each(FROM_KEYS)('$bip', ({ publicKey, type, network, address }) => {
  it('gives the public key its address', () => {
    expect(keyAddress(unhex(publicKey), type, network)).toBe(address)
    expect(scriptToAddress(addressToScript(address, network), network)).toBe(address)
  })
})
