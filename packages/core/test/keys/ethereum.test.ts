import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { unhex } from '../../src/bytes.js'
import { CairnError } from '../../src/errors.js'
import { ethereumAddress, parseEthereumAddress } from '../../src/keys/ethereum.js'
import { publicKeyOf } from '../../src/keys/wif.js'
import { readCases } from './cases.js'
import { near, onlyThrows } from './fuzz.js'

// EIP-55 "Test Cases".
const CHECKSUMMED = [
  '0x52908400098527886E0F7030069857D2E4169EE7',
  '0x8617E340B3D01FA5F11F306F4090FD50E238070D',
  '0xde709f2102306220921060314715629080e2fb77',
  '0x27b1fdb04752bbc536007a920d24acb045561c26',
  '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
  '0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB',
  '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb',
]

describe('Ethereum addresses', () => {
  it.each(CHECKSUMMED)('gives %s its checksum', (address) => {
    expect(parseEthereumAddress(address)).toBe(address)
    expect(parseEthereumAddress(address.toLowerCase())).toBe(address)
    expect(parseEthereumAddress(address.slice(2).toUpperCase())).toBe(address)
  })

  it('finds a letter in the wrong case', () => {
    expect(() => parseEthereumAddress('0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed')).toThrow(CairnError)
  })

  it.each([
    '',
    '0x',
    `0x${'0'.repeat(39)}`,
    `0x${'0'.repeat(41)}`,
    `0X${'0'.repeat(40)}`,
    `0x${'g'.repeat(40)}`,
  ])('refuses %j', (text) => expect(() => parseEthereumAddress(text)).toThrow(CairnError))

  it('is made from a public key of either length, and from nothing else', () => {
    const privateKey = unhex('01'.padStart(64, '0'))
    const address = '0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf'
    expect(ethereumAddress(publicKeyOf({ privateKey, compressed: true }))).toBe(address)
    expect(ethereumAddress(publicKeyOf({ privateKey, compressed: false }))).toBe(address)
    expect(() => ethereumAddress(new Uint8Array(33))).toThrow(CairnError)
  })

  it('answers any text with an address or one error', () => {
    onlyThrows(['address-invalid'], { inputs: near(CHECKSUMMED), parse: parseEthereumAddress })
  })
})

const folder = corpus('bip44-addresses')
describe.runIf(folder)('accounts of ethers', () => {
  it('have the address of their private key', () => {
    const cases = folder
      ? readCases<{ privateKey: string; address: string }>(folder, 'ethers-accounts.json')
      : []
    for (const { privateKey, address } of cases) {
      const publicKey = publicKeyOf({ privateKey: unhex(privateKey.slice(2)), compressed: true })
      expect(ethereumAddress(publicKey)).toBe(address)
    }
    expect(cases.length).toBeGreaterThan(100)
  })
})
