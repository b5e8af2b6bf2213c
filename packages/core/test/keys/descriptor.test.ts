import * as btc from '@scure/btc-signer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hex, unhex } from '../../src/bytes.js'
import { keyAddress } from '../../src/keys/address.js'
import { deriveKey, formatExtendedKey, fromSeed, neuter, publicChildren } from '../../src/keys/bip32.js'
import {
  type Descriptor,
  deriveAddress,
  deriveAddresses,
  deriveScripts,
  descriptorFingerprints,
  descriptorKeys,
  formatDescriptor,
  parseDescriptor,
  toPublic,
} from '../../src/keys/descriptor.js'
import { HARDENED, parsePath } from '../../src/keys/path.js'
import { encodeWif, publicKeyOf } from '../../src/keys/wif.js'
import { near, onlyThrows, SEED, thrown } from './fuzz.js'

// The BIP-39 seed of "abandon … about", whose master key has the fingerprint 73c5da0a; two more for multisig.
const ABANDON =
  '5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc19a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4'
const roots = [unhex(ABANDON), new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)].map((seed) =>
  fromSeed(seed),
)
const [root, second, third] = roots as [(typeof roots)[0], (typeof roots)[0], (typeof roots)[0]]
const ACCOUNT = parsePath('m/84h/0h/0h')
const xprv = formatExtendedKey(root)
const xpub = formatExtendedKey(neuter(deriveKey(root, ACCOUNT)))
const xpubs = roots.map((root) => formatExtendedKey(neuter(root)))
const wif = encodeWif({ privateKey: new Uint8Array(32).fill(7), compressed: true, network: 'mainnet' })
const WALLET = `wpkh([73c5da0a/84h/0h/0h]${xpub}/<0;1>/*)`

const payload = (descriptor: Descriptor) => formatDescriptor(descriptor).split('#')[0]

describe('output descriptors', () => {
  it('say what they hold', () => {
    const descriptor = parseDescriptor(WALLET)
    expect(descriptor).toMatchObject({ branches: 2, isRange: true, isPrivate: false, network: 'mainnet' })
    expect(descriptorKeys(descriptor)).toMatchObject([
      { origin: { fingerprint: '73c5da0a', path: ACCOUNT }, path: [[0, 1]], wildcard: 'plain' },
    ])
    expect(descriptorFingerprints(descriptor)).toEqual(['73c5da0a'])
  })

  it('give the fingerprint of a master key without an origin, and none of a child key', () => {
    expect(descriptorFingerprints(parseDescriptor(`pkh(${xprv}/0)`))).toEqual(['73c5da0a'])
    expect(descriptorFingerprints(parseDescriptor(`pkh(${xpub}/0)`))).toEqual([])
  })

  it('are written with h, lower-case hex and a checksum', () => {
    const text = `pkh([AABBCCDD/1']${hex(root.publicKey).toUpperCase()})`
    expect(payload(parseDescriptor(text))).toBe(`pkh([aabbccdd/1h]${hex(root.publicKey)})`)
  })

  it('derive the addresses of a wallet, receiving and change', () => {
    const descriptor = parseDescriptor(WALLET)
    const account = deriveKey(root, ACCOUNT)
    const expected = (branch: number, index: number) =>
      keyAddress(deriveKey(account, [branch, index]).publicKey, 'p2wpkh')
    expect(deriveAddress(descriptor)).toBe(expected(0, 0))
    expect(deriveAddress(descriptor, { branch: 1, index: 7 })).toBe(expected(1, 7))
    expect(deriveAddresses(descriptor, { branch: 1, start: 5, count: 3 })).toEqual(
      [5, 6, 7].map((index) => ({ address: expected(1, index), index })),
    )
  })

  it('give a descriptor without a range one address, however many are asked for', () => {
    expect(deriveAddresses(parseDescriptor(`wpkh(${wif})`), { count: 20 })).toHaveLength(1)
  })

  it('give combo three addresses and scripts without an address none', () => {
    expect(
      deriveAddresses(parseDescriptor(`combo(${wif})`), { count: 1 }).map(({ address }) => address[0]),
    ).toEqual(['1', 'b', '3'])
    for (const text of [`pk(${wif})`, `multi(1,${wif})`, 'raw(6a)']) {
      expect(deriveAddresses(parseDescriptor(text), { count: 1 })).toEqual([])
      expect(thrown(() => deriveAddress(parseDescriptor(text)))).toBe('descriptor-unsupported')
    }
    expect(thrown(() => deriveAddress(parseDescriptor(`combo(${wif})`)))).toBe('descriptor-unsupported')
  })

  it('spell addresses for the network of their keys, and refuse another', () => {
    const tpub = formatExtendedKey({ ...neuter(root), network: 'testnet' })
    const descriptor = parseDescriptor(`wpkh(${tpub}/*)`)
    expect(deriveAddress(descriptor).slice(0, 3)).toBe('tb1')
    expect(deriveAddress(descriptor, { network: 'regtest' }).slice(0, 5)).toBe('bcrt1')
    expect(thrown(() => deriveAddress(descriptor, { network: 'mainnet' }))).toBe('descriptor-invalid')
    expect(thrown(() => parseDescriptor(`multi(1,${tpub},${xpub})`))).toBe('descriptor-invalid')
    expect(deriveAddress(parseDescriptor(`wpkh(${hex(root.publicKey)})`), { network: 'regtest' })).toMatch(
      /^bcrt1/,
    )
  })

  it('keep the address of addr() as it is', () => {
    const address = keyAddress(root.publicKey, 'p2wpkh', 'regtest')
    expect(deriveAddress(parseDescriptor(`addr(${address})`))).toBe(address)
    expect(thrown(() => deriveAddress(parseDescriptor(`addr(${address})`), { network: 'signet' }))).toBe(
      'descriptor-invalid',
    )
  })

  it('refuse positions that they do not have', () => {
    const descriptor = parseDescriptor(WALLET)
    for (const position of [
      { branch: 2 },
      { branch: -1 },
      { index: HARDENED },
      { index: -1 },
      { index: 0.5 },
    ]) {
      expect(thrown(() => deriveScripts(descriptor, position))).toBe('path-invalid')
    }
  })

  it('refuse hardened steps below a public key when it comes to deriving', () => {
    for (const text of [`wpkh(${xpub}/0h/*)`, `wpkh(${xpub}/*h)`]) {
      expect(thrown(() => deriveScripts(parseDescriptor(text)))).toBe('key-hardened')
    }
  })
})

describe('descriptors that are not read', () => {
  const key = hex(root.publicKey)
  it.each([
    ['a repeated key', `wsh(and_v(v:pk(${key}),pk(${key})))`],
    ['a way without a signature', `wsh(or_d(pk(${key}),older(144)))`],
  ])('are miniscript that is not safe: %s', (_, text) => {
    expect(thrown(() => parseDescriptor(text))).toBe('descriptor-unsupported')
  })

  it.each([
    ['miniscript outside wsh', `sh(and_v(v:pk(${key}),older(144)))`],
    ['an unknown name', `foo(${key})`],
    ['a name of every object', `constructor(${key})`],
    ['a bad key before a script tree', `tr(02${'0'.repeat(64)},pk(${key}))`],
    ['a script after the end', `wpkh(${key}))`],
    ['a key of SLIP-132', `wpkh(${formatExtendedKey(neuter(root), { form: 'p2wpkh' })})`],
    ['four keys of bare multisig', `multi(1,${[key, key, key, key].join(',')})`],
    [
      'eight uncompressed keys in P2SH',
      `sh(multi(1,${new Array(8).fill(hex(publicKeyOf({ privateKey: new Uint8Array(32).fill(1), compressed: false }))).join(',')}))`,
    ],
    ['an x-only key outside taproot', `wpkh(${key.slice(2)})`],
    ['two multipath steps', `wpkh(${xpub}/<0;1>/<0;1>)`],
    ['a multipath that repeats a step', `wpkh(${xpub}/<0;0>/*)`],
    ['multipaths of two lengths', `wsh(multi(1,${xpub}/<0;1>/*,${xpub}/<0;1;2>/*))`],
    ['a wildcard before the end', `wpkh(${xpub}/*/0)`],
    ['a path below a single key', `wpkh(${wif}/0)`],
    ['a path below depth 255', `wpkh(${xpub}${'/0'.repeat(253)})`],
    ['white space', ` wpkh(${key})`],
    ['nothing', ''],
    ['too much', `raw(${'00'.repeat(10_000)})`],
  ])('are invalid: %s', (_, text) => {
    expect(thrown(() => parseDescriptor(text))).toBe('descriptor-invalid')
  })
})

describe('the public twin of a private descriptor', () => {
  it('moves hardened steps into the origin and derives the same', () => {
    const descriptor = parseDescriptor(`wpkh(${xprv}/84h/0h/0h/<0;1>/*)`)
    const twin = toPublic(descriptor)
    expect(payload(twin)).toBe(`wpkh([73c5da0a/84h/0h/0h]${xpub}/<0;1>/*)`)
    expect(twin.isPrivate).toBe(false)
    expect(deriveAddresses(twin, { branch: 1, count: 3 })).toEqual(
      deriveAddresses(descriptor, { branch: 1, count: 3 }),
    )
  })

  it('extends an origin that is there', () => {
    const child = formatExtendedKey(deriveKey(root, parsePath('84h')))
    const twin = toPublic(parseDescriptor(`wpkh([73c5da0a/84h]${child}/0h/0h/0/*)`))
    expect(payload(twin)).toBe(`wpkh([73c5da0a/84h/0h/0h]${xpub}/0/*)`)
  })

  it('of a single key is the public key, compressed or not', () => {
    const long = encodeWif({ privateKey: new Uint8Array(32).fill(7), compressed: false, network: 'mainnet' })
    const publicKey = (compressed: boolean) =>
      hex(publicKeyOf({ privateKey: new Uint8Array(32).fill(7), compressed }))
    expect(payload(toPublic(parseDescriptor(`pkh(${wif})`)))).toBe(`pkh(${publicKey(true)})`)
    expect(payload(toPublic(parseDescriptor(`pkh(${long})`)))).toBe(`pkh(${publicKey(false)})`)
  })

  it('only names the key where every child is hardened', () => {
    const twin = toPublic(parseDescriptor(`wpkh(${xprv}/0h/*h)`))
    expect(payload(twin)).toBe(`wpkh(${formatExtendedKey(neuter(root))}/0h/*h)`)
    expect(thrown(() => deriveScripts(twin))).toBe('key-hardened')
  })

  it('never holds a private key', () => {
    const property = fc.property(descriptors(), (text) => {
      const twin = toPublic(parseDescriptor(text))
      expect(twin.isPrivate).toBe(false)
      expect(formatDescriptor(twin)).not.toMatch(/prv/)
      expect(formatDescriptor(twin)).not.toContain(wif)
      expect(deriveScripts(twin, { index: 4 })).toEqual(deriveScripts(parseDescriptor(text), { index: 4 }))
    })
    fc.assert(property, { seed: SEED, numRuns: 100 })
  })
})

describe('btc-signer', () => {
  const children = roots.map((root) => publicChildren(neuter(root)))
  const index = fc.nat(HARDENED - 1)
  const outputs = {
    'sh(wpkh(K))': ([key]: Uint8Array[]) => btc.p2sh(btc.p2wpkh(key as Uint8Array)),
    'pkh(K)': ([key]: Uint8Array[]) => btc.p2pkh(key as Uint8Array),
    'wpkh(K)': ([key]: Uint8Array[]) => btc.p2wpkh(key as Uint8Array),
    'tr(K)': ([key]: Uint8Array[]) => btc.p2tr((key as Uint8Array).subarray(1)),
    'wsh(multi(2,KKK))': (keys: Uint8Array[]) => btc.p2wsh(btc.p2ms(2, keys)),
    'sh(multi(3,KKK))': (keys: Uint8Array[]) => btc.p2sh(btc.p2ms(3, keys)),
    'sh(wsh(sortedmulti(1,KKK)))': (keys: Uint8Array[]) =>
      btc.p2sh(
        btc.p2wsh(
          btc.p2ms(
            1,
            keys.toSorted((a, b) => (hex(a) < hex(b) ? -1 : 1)),
          ),
        ),
      ),
  }

  it.each(Object.entries(outputs))('agrees on %s', (template, output) => {
    const texts = template.replace(/K+/, (keys) =>
      xpubs
        .slice(0, keys.length)
        .map((key) => `${key}/*`)
        .join(','),
    )
    const descriptor = parseDescriptor(texts)
    const property = fc.property(index, (index) => {
      const { address } = output(children.map((child) => child(index)))
      expect(deriveAddress(descriptor, { index })).toBe(address)
    })
    fc.assert(property, { seed: SEED, numRuns: 20 })
  })
})

describe('reading and writing', () => {
  it('give back every descriptor', () => {
    const property = fc.property(descriptors(), (text) => {
      const written = formatDescriptor(parseDescriptor(text))
      expect(written.split('#')[0]).toBe(text)
      expect(parseDescriptor(written, { requireChecksum: true })).toEqual(parseDescriptor(text))
    })
    fc.assert(property, { seed: SEED })
  })

  it('answer any text with a descriptor or a named error', () => {
    const samples = [
      WALLET,
      formatDescriptor(parseDescriptor(WALLET)),
      `sh(wsh(sortedmulti(1,${wif},${xprv}/1h/*h)))`,
    ]
    onlyThrows(['descriptor-invalid', 'descriptor-checksum', 'descriptor-unsupported'], {
      inputs: near([
        ...samples,
        `tr(${hex(root.publicKey).slice(2)})`,
        `addr(${keyAddress(root.publicKey, 'p2tr')})`,
      ]),
      parse: parseDescriptor,
    })
  })

  it('never name a key in an error', () => {
    for (const text of [
      `wpkh(${xprv.slice(0, -1)}1/0)`,
      `pkh(${wif.slice(0, -1)}1)`,
      `${wif}(1)`,
      `multi(${wif},${xprv})`,
    ]) {
      try {
        parseDescriptor(text)
        expect.unreachable()
      } catch (error) {
        expect(JSON.stringify([error, String(error)])).not.toMatch(
          /xprv|L4rK|KwFfNUhSDaASSAwtG7ssQM1uVX8RgX5GHWnnLfhfiQDigjioWXHH/,
        )
      }
    }
  })
})

/** Supported descriptors in canonical spelling, without a checksum. */
function descriptors(): fc.Arbitrary<string> {
  const number = fc.nat({ max: HARDENED - 1 }).map(String)
  const step = fc.oneof(number, fc.constant('<0;1>'))
  const origin = fc.constantFrom('', '[00000000]', '[deadbeef/44h/0h/2147483647h]')
  const path = fc
    .tuple(fc.array(number, { maxLength: 2 }), step, fc.constantFrom([], ['*']))
    .map(([first, step, star]) => ['', ...first, step, ...star].join('/'))
  const extended = fc
    .tuple(fc.constantFrom(xprv, xpub, ...xpubs, `${xprv}/7h`), path)
    .map((parts) => parts.join(''))
  const single = fc.constantFrom(wif, hex(second.publicKey), hex(third.publicKey))
  const key = fc.tuple(origin, fc.oneof(extended, single)).map((parts) => parts.join(''))
  const simple = fc.tuple(
    fc.constantFrom('pkh(%)', 'wpkh(%)', 'tr(%)', 'sh(wpkh(%))', 'wsh(pk(%))', 'combo(%)'),
    key,
  )
  const wrap = fc.constantFrom('wsh(%)', 'sh(%)', 'sh(wsh(%))')
  const multi = fc
    .tuple(fc.constantFrom('multi', 'sortedmulti'), fc.array(key, { minLength: 2, maxLength: 4 }))
    .map(([name, keys]) => `${name}(2,${keys.join(',')})`)
  return fc.oneof(simple, fc.tuple(wrap, multi)).map(([template, inside]) => template.replace('%', inside))
}
