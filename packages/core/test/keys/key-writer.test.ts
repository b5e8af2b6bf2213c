import { describe, expect, it } from 'vitest'
import { isCairnError } from '../../src/errors.js'
import { deriveKey, formatExtendedKey, fromSeed } from '../../src/keys/bip32.js'
import { deriveFromPhrase } from '../../src/keys/key-derivation.js'
import { readKey } from '../../src/keys/key-file.js'
import { PROGRAMS, programsFor, writeFor } from '../../src/keys/key-programs.js'
import {
  ENCRYPTED_FORMATS,
  PLAIN_FORMATS,
  PUBLIC_FORMATS,
  secrecyOf,
  usualFormat,
  type Writing,
  type WrittenFormat,
  writeKey,
} from '../../src/keys/key-writer.js'
import { isSpendable, type Material, publicPart, singleMaterial } from '../../src/keys/material.js'
import { moneroKeys } from '../../src/keys/monero.js'
import { parsePhrase } from '../../src/words/phrase.js'
import { codeOfRejection } from '../refusal.js'

const BYTES = new Uint8Array(32).fill(5)
const root = fromSeed(BYTES)
const BITCOIN = { chain: 'bitcoin', network: 'mainnet' } as const
const MATERIALS: Readonly<Record<string, Material>> = {
  'a compressed key': singleMaterial('secp256k1', BYTES),
  'an uncompressed key': singleMaterial('secp256k1', BYTES, { compressed: false }),
  'a key of Ed25519': singleMaterial('ed25519', BYTES),
  'a key of P-256': singleMaterial('p256', BYTES),
  'a key of BLS': singleMaterial('bls12-381', BYTES),
  'an extended key': { kind: 'extended', extended: root },
  'a pair of Monero': { kind: 'monero', keys: moneroKeys(BYTES) },
}

const spent = (material: Material) =>
  material.kind === 'single'
    ? material.privateKey
    : material.kind === 'extended'
      ? material.extended.privateKey
      : null

/** Null where the key has no such form. */
async function textOrNull(writing: Writing): Promise<string | null> {
  try {
    return await writeKey(writing)
  } catch (error) {
    if (isCairnError(error, 'key-conversion')) return null
    throw error
  }
}

describe('writing a key', () => {
  // the slow formats are written in their own tests
  it.each(Object.entries(MATERIALS))(
    '%s comes back from every plain and public format it has',
    async (_, material) => {
      const written: string[] = []
      for (const format of [...PLAIN_FORMATS, ...PUBLIC_FORMATS]) {
        const text = await textOrNull({ material, home: BITCOIN, format })
        if (text === null) continue
        written.push(format)
        if (format === 'public') continue
        const read = readKey(text).material as Material
        expect(isSpendable(read)).toBe(secrecyOf(format) === 'plain')
        if (isSpendable(read) && read.kind === material.kind) expect(spent(read)).toEqual(spent(material))
      }
      expect(written.length).toBeGreaterThan(1)
    },
  )

  it('refuses the private forms of a public key', async () => {
    const { publicKey } = root
    const material = {
      kind: 'single',
      curve: 'secp256k1',
      privateKey: null,
      publicKey,
      compressed: true,
    } as const
    for (const format of [...ENCRYPTED_FORMATS, ...PLAIN_FORMATS])
      expect(await codeOfRejection(() => writeKey({ material, home: BITCOIN, format }))).toBe('key-public')
    expect(await writeKey({ material, home: BITCOIN, format: 'descriptor' })).toMatch(/^wpkh\(0[23]/)
  })

  it('takes the encrypted format that programs of the chain read', () => {
    const usual = (name: string, chain: 'bitcoin' | 'ethereum' | 'solana') =>
      usualFormat(MATERIALS[name] as Material, { chain, network: 'mainnet' })
    expect(usual('a compressed key', 'bitcoin')).toBe('bip38')
    expect(usual('a compressed key', 'ethereum')).toBe('keystore')
    expect(usual('a key of Ed25519', 'solana')).toBe('pem')
    expect(usual('a key of BLS', 'ethereum')).toBe('eip2335')
    expect(usual('an extended key', 'bitcoin')).toBe(null)
  })

  it('names the master key in a descriptor', async () => {
    const extended = deriveKey(root, [84 + 2 ** 31])
    const origin = { fingerprint: 'deadbeef', path: '84h' }
    const text = await writeKey({
      material: { kind: 'extended', extended },
      home: BITCOIN,
      format: 'descriptor',
      origin,
      type: 'p2tr',
    })
    expect(text).toMatch(/^tr\(\[deadbeef\/84h\]xpub\w+\/<0;1>\/\*\)#\w{8}$/)
  })
})

describe('the key of a phrase', () => {
  const phrase = parsePhrase(`${'abandon '.repeat(11)}about`)
  const derive = (
    format: WrittenFormat,
    chain: 'bitcoin' | 'ethereum' | 'solana' | 'dogecoin',
    path?: string,
  ) => deriveFromPhrase(phrase, '', { chain, network: 'mainnet', format, ...(path ? { path } : {}) })
  const addresses = ({ material, home }: ReturnType<typeof derive>) =>
    publicPart(material, home).addresses.map(({ address }) => address)

  // The first addresses that BIP-84, MetaMask, Phantom and Dogecoin wallets show for this phrase.
  it.each([
    ['wif', 'bitcoin', 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu', "m/84'/0'/0'/0/0"],
    ['keystore', 'ethereum', '0x9858EfFD232B4033E47d90003D41EC34EcaEda94', "m/44'/60'/0'/0/0"],
    ['solana-id', 'solana', 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk', "m/44'/501'/0'/0'"],
    ['wif', 'dogecoin', 'DBus3bamQjgJULBJtYXpEzDWQRwF5iwxgC', "m/44'/3'/0'/0/0"],
  ] as const)('leads to the first address: %s of %s', (format, chain, address, path) => {
    const derived = derive(format, chain)
    expect(derived.path).toBe(path)
    expect(addresses(derived)).toContain(address)
  })

  it('is the account where the format is extended', async () => {
    const derived = derive('zpub', 'bitcoin')
    // BIP-84, "Test vectors"
    expect(await writeKey({ ...derived, path: '', format: 'zpub' })).toBe(
      'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs',
    )
    expect(derived.origin).toEqual({ fingerprint: '73c5da0a', path: '84h/0h/0h' })
  })

  it('is that of a validator for its keystore', () => {
    const { material, path } = derive('eip2335', 'bitcoin')
    expect(path).toBe('m/12381/3600/0/0/0')
    expect(material).toMatchObject({ kind: 'single', curve: 'bls12-381' })
  })

  it('is at any path that is named', () => {
    const [third] = addresses(derive('wif', 'bitcoin', "m/44'/0'/0'/0/0"))
    expect(third).toBe('1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA')
  })
})

describe('wallet programs', () => {
  it('take what they are given', async () => {
    for (const [name, material] of Object.entries(MATERIALS)) {
      const programs = programsFor(material, { chain: null, network: 'mainnet' })
      if (name !== 'a key of P-256') expect(programs.length, name).toBeGreaterThan(0)
      for (const program of programs) {
        if (program.format === 'keystore' || program.format === 'eip2335') continue // written in their own tests
        const text = await writeFor(program, { material, home: BITCOIN })
        expect(text.length, program.name).toBeGreaterThan(20)
      }
    }
  })

  it('refuse what they do not take', async () => {
    const phantom = PROGRAMS.find(({ name }) => name === 'phantom') as (typeof PROGRAMS)[number]
    const material = MATERIALS['a compressed key'] as Material
    expect(await codeOfRejection(() => writeFor(phantom, { material, home: BITCOIN }))).toBe('key-conversion')
  })

  it('of Bitcoin Core gets every address of a single key, and an account with its range', async () => {
    const core = PROGRAMS.find(({ name }) => name === 'bitcoin-core') as (typeof PROGRAMS)[number]
    const single = JSON.parse(
      await writeFor(core, { material: MATERIALS['a compressed key'] as Material, home: BITCOIN }),
    ) as { desc: string }[]
    expect(single.map(({ desc }) => desc.replace(/\(.*/, ''))).toEqual(['pkh', 'sh', 'wpkh', 'tr'])
    const account = JSON.parse(
      await writeFor(core, { material: { kind: 'extended', extended: root }, home: BITCOIN }),
    )
    expect(account).toEqual([
      {
        desc: expect.stringContaining(`wpkh(${formatExtendedKey(root)}`),
        timestamp: 0,
        range: [0, 999],
        active: true,
      },
    ])
  })
})
