import { describe, expect, it } from 'vitest'
import { hex } from '../../src/bytes.js'
import { formatExtendedKey, fromSeed, neuter } from '../../src/keys/bip32.js'
import { readKey } from '../../src/keys/key-file.js'
import { publicPart } from '../../src/keys/material.js'
import { moneroKeys } from '../../src/keys/monero.js'
import { formatPem } from '../../src/keys/pem.js'
import { formatSolanaBase58, formatSolanaId, solanaPair } from '../../src/keys/solana-keypair.js'
import { encodeWif } from '../../src/keys/wif.js'
import { near, onlyThrows, thrown } from './fuzz.js'

const KEY = { privateKey: new Uint8Array(32).fill(5), compressed: true, network: 'mainnet' } as const
const WIF = encodeWif(KEY)
const root = fromSeed(new Uint8Array(32).fill(4))
const pair = solanaPair(new Uint8Array(32).fill(6))
const monero = moneroKeys(new Uint8Array(32).fill(7))
const SPEND = hex(monero.privateSpendKey)
const VIEW = hex(monero.privateViewKey)

const SAMPLES = [
  ['wif', WIF, 'bitcoin'],
  ['wif', encodeWif({ ...KEY, network: 'testnet' }), 'bitcoin'],
  ['wif', 'T33ydQRKp4FCW5LCLLUB7deioUMoveiwekdwUwyfRDeGZm76aUjV', 'litecoin'],
  ['electrum', `p2wpkh:${WIF}`, 'bitcoin'],
  ['hex', '05'.repeat(32), null],
  ['hex', `0x${'05'.repeat(32)}`, 'ethereum'],
  ['mini', 'S6c56bnXQiBjk9mqSYE7ykVQ7NzrRy', 'bitcoin'],
  ['bip38', '6PYLtMnXvfG3oJde97zRyLYFZCYizPU5T3LwgdYJz1fRhh16bU7u6PPmY7', 'bitcoin'],
  ['xprv', formatExtendedKey(root), 'bitcoin'],
  ['xpub', formatExtendedKey(neuter(root), { form: 'p2wpkh' }), 'bitcoin'],
  ['descriptor', `wpkh(${formatExtendedKey(root)}/84h/0h/0h/<0;1>/*)`, 'bitcoin'],
  [
    'policy',
    JSON.stringify({ descriptor_template: 'wpkh(@0/**)', keys_info: [formatExtendedKey(neuter(root))] }),
    'bitcoin',
  ],
  ['solana-id', formatSolanaId(pair), 'solana'],
  ['solana-base58', formatSolanaBase58(pair), 'solana'],
  ['monero', `${SPEND}\n${VIEW}`, 'monero'],
  ['pem', formatPem({ curve: 'secp256k1', privateKey: KEY.privateKey }), null],
  ['public-key', hex(root.publicKey), null],
  ['address', 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu', 'bitcoin'],
  ['address', '0x9858EfFD232B4033E47d90003D41EC34EcaEda94', 'ethereum'],
] as const

describe('reading a key', () => {
  it.each(SAMPLES)('tells %s', (format, text, chain) => {
    for (const spaced of [text, `\n  ${text} \n`]) {
      expect(readKey(spaced)).toMatchObject({ format, home: { chain }, encrypted: format === 'bip38' })
    }
  })

  it('gives addresses of the key, for its chain', () => {
    const addresses = (text: string) => {
      const { material, home } = readKey(text)
      return (
        material &&
        publicPart(material, home).addresses.map(({ form, address }) => [form, address.slice(0, 3)])
      )
    }
    expect(addresses(WIF)?.map(([form]) => form)).toEqual(['p2pkh', 'p2sh-p2wpkh', 'p2wpkh', 'p2tr'])
    expect(addresses(encodeWif({ ...KEY, compressed: false }))?.map(([form]) => form)).toEqual(['p2pkh'])
    expect(addresses(`0x${'05'.repeat(32)}`)?.map(([form]) => form)).toEqual(['eip55'])
    expect(addresses('T33ydQRKp4FCW5LCLLUB7deioUMoveiwekdwUwyfRDeGZm76aUjV')?.[0]).toEqual(['p2pkh', 'LVu'])
    expect(addresses(formatSolanaId(pair))?.[0]?.[0]).toBe('base58')
  })

  it('gives the addresses below a hardened wildcard of a private descriptor', () => {
    // BIP-382, the first of three scripts: a9149a4d9901d6af519b2a23d4a2f51650fcba87ce7b87
    const text =
      'sh(wpkh(xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi/10/20/30/40/*h))'
    const { material, home } = readKey(text)
    const part = material && publicPart(material, home)
    expect(part?.addresses[0]).toEqual({ form: '0', address: '3Fktwfew1dVGUoDoA1g8jJHFmPTgdq7Wwk' })
    expect(part?.public).not.toContain('prv')
  })

  it('knows the spend key of Monero from the view key, in either order', () => {
    const one = readKey(`${SPEND} ${VIEW}`)
    const other = readKey(`${VIEW}\n${SPEND}`)
    expect(other.material).toEqual(one.material)
    expect(readKey(`Spend key: ${SPEND}\nView key: ${VIEW}`).material).toEqual(one.material)
    expect(one.material).toEqual({ kind: 'monero', keys: monero })
  })

  it('refuses what is none', () => {
    for (const text of [
      '',
      'hello',
      '{}',
      '{"version":9}',
      '[1,2]',
      'a'.repeat(70_000),
      '0'.repeat(64),
      '{"crypto":{}}',
    ])
      expect(thrown(() => readKey(text))).not.toBe(null)
  })

  it('answers any text with a key or an error of the catalogue', () => {
    const codes = [
      'key-unreadable',
      'key-invalid',
      'key-damaged',
      'key-unsupported',
      'descriptor-invalid',
      'descriptor-checksum',
      'descriptor-unsupported',
      'wallet-unreadable',
      'wallet-unsupported',
      'wallet-cost',
      'address-invalid',
    ] as const
    onlyThrows(codes, { inputs: near(SAMPLES.map(([, text]) => text)), parse: readKey, runs: 1500 })
  })
})
