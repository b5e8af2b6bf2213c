import { hex, unhex, utf8 } from '@cairn/core/bytes.js'
import { CairnError, isCairnError } from '@cairn/core/errors.js'
import { parseEthereumAddress } from '@cairn/core/keys/ethereum.js'
import { openKeystore, parseKeystore } from '@cairn/core/keys/keystore.js'
import { ethereumKeystore } from '@cairn/core/wallets/keystore.js'
import { scrypt } from '@noble/hashes/scrypt.js'
import { keccak_256 } from '@noble/hashes/sha3.js'
import fc from 'fast-check'
import { privToLegacyKeystore } from 'micro-eth-signer/keystore.js'
import { describe, expect, it } from 'vitest'
import { refusal } from '../refusal.js'

const SEED = 20_263_30
const KEY = unhex('01'.repeat(32))
const ADDRESS = '0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1'
const PASSWORD = 'correct horse'

type Json = { [name: string]: Json | string | number | boolean | null }

/** A keystore that another program wrote, as cheap as the format allows. */
async function made(options: object = {}, key = KEY, password = PASSWORD): Promise<Json> {
  return (await privToLegacyKeystore(key, password, {
    n: 2,
    r: 1,
    p: 1,
    c: 1,
    ...options,
  })) as unknown as Json
}

/** The same keystore with the member at a path like `crypto.kdfparams.n` set, or removed when undefined. */
function altered(keystore: Json, path: string, value: unknown): Json {
  const [name = '', ...rest] = path.split('.')
  const { [name]: old, ...others } = keystore
  if (rest.length > 0) return { ...others, [name]: altered(old as Json, rest.join('.'), value) }
  return value === undefined ? others : { ...others, [name]: value as string }
}

const file = (json: Json) => ({ path: 'UTC--x', bytes: utf8(JSON.stringify(json)) })
const parse = (json: Json) => parseKeystore(file(json).bytes)

async function refusalOf(run: Promise<unknown>): Promise<CairnError> {
  const error = await run.then(
    () => null,
    (error: unknown) => error,
  )
  if (error instanceof CairnError) return error
  throw error ?? new Error('expected a refusal, and nothing was refused')
}

describe('reading a keystore', () => {
  it('gives its address without a password, and says that it is locked', async () => {
    expect(await ethereumKeystore.read(file(await made()))).toEqual({
      kind: 'ethereum-keystore',
      encrypted: true,
      opened: false,
      identity: { fingerprints: [], descriptors: [], chain: 'ethereum', network: null },
      addresses: [{ address: ADDRESS, origin: 'imported' }],
      labels: [],
      transactions: [],
      importedKeys: 1,
      keys: { private: 0, failed: [] },
      beyondSeed: [{ what: 'imported-keys', count: 1 }],
      restore: 'anytime',
    })
  })

  it.each(['scrypt', 'pbkdf2'])('opens what another program locked with %s', async (kdf) => {
    const keys = fc
      .uint8Array({ minLength: 32, maxLength: 32 })
      .filter((key) => key[0] !== 0xff && key[31] !== 0)
    const property = fc.asyncProperty(keys, fc.string({ unit: 'binary' }), async (key, password) => {
      const keystore = await made({ kdf }, key, password)
      expect(await openKeystore(parse(keystore), password)).toEqual(key)
      const wallet = await ethereumKeystore.read(file(keystore), { password })
      expect(wallet).toMatchObject({ opened: true, keys: { private: 1, failed: [] } })
    })
    await fc.assert(property, { seed: SEED, numRuns: 30 })
  })

  it('takes the empty password for a password', async () => {
    const keystore = await made({}, KEY, '')
    expect((await ethereumKeystore.read(file(keystore), { password: '' })).opened).toBe(true)
    expect((await ethereumKeystore.read(file(keystore))).opened).toBe(false)
  })

  it('opens with the password as geth spells it and as ethers does', async () => {
    const typed = 'Å ﬁ' // a compatibility form, which NFKC writes otherwise
    expect(typed.normalize('NFKC')).not.toBe(typed)
    for (const spelling of [typed, typed.normalize('NFKC')]) {
      const keystore = parse(await made({}, KEY, spelling))
      expect(await openKeystore(keystore, typed)).toEqual(KEY)
    }
  })

  it('finds the address with the password where the file does not say it', async () => {
    const silent = file(altered(await made(), 'address', undefined))
    expect((await ethereumKeystore.read(silent)).addresses).toEqual([])
    const opened = await ethereumKeystore.read(silent, { password: PASSWORD })
    expect(opened.addresses).toEqual([{ address: ADDRESS, origin: 'imported' }])
    expect(opened.keys).toEqual({ private: 1, failed: [] })
  })

  it('reports an address that the key does not lead to', async () => {
    const other = `0x${'ab'.repeat(20)}`
    const wallet = await ethereumKeystore.read(file(altered(await made(), 'address', other)), {
      password: PASSWORD,
    })
    expect(wallet.keys).toEqual({ private: 1, failed: [parseEthereumAddress(other)] })
  })

  it('reads upper case, 0x and mixed names of fields', async () => {
    const { crypto, ...rest } = await made()
    const { mac, ...others } = crypto as Json
    const keystore = { ...rest, Crypto: { ...others, MAC: `0x${String(mac).toUpperCase()}` } }
    expect((await ethereumKeystore.read(file(keystore), { password: PASSWORD })).opened).toBe(true)
    expect(refusal(() => parse({ ...rest, Crypto: others, crypto: others } as Json)).code).toBe(
      'wallet-unreadable',
    )
  })

  it('tells a wrong password, and an altered file, from a right one', async () => {
    const keystore = await made()
    const crypto = keystore.crypto as Json
    const flipped = flip(String(crypto.ciphertext))
    for (const [json, password] of [
      [keystore, `${PASSWORD} `],
      [keystore, ''],
      [altered(keystore, 'crypto.ciphertext', flipped), PASSWORD],
      [altered(keystore, 'crypto.mac', flip(String(crypto.mac))), PASSWORD],
    ] as const) {
      expect((await refusalOf(ethereumKeystore.read(file(json), { password }))).code).toBe('wallet-password')
    }
  })

  it('refuses a key that is no private key', async () => {
    const keystore = altered(await made(), 'address', undefined)
    const error = await refusalOf(ethereumKeystore.read(file(zeroKey(keystore)), { password: PASSWORD }))
    expect(error.code).toBe('wallet-unreadable')
  })
})

describe('the costs of a keystore', () => {
  it.each([
    ['N of 2^30', { n: 2 ** 30, r: 8, p: 1 }],
    ['N of 2^21 with 2 GiB', { n: 2 ** 21, r: 8, p: 1 }],
    ['an r of 2^30', { n: 2, r: 2 ** 30, p: 1 }],
    ['a p of 2^30', { n: 2, r: 1, p: 2 ** 30 }],
    ['N and p that are harmless alone', { n: 2 ** 18, r: 8, p: 16 }],
    ['a number beyond all numbers', { n: 1e300, r: 8, p: 1 }],
  ])('refuse scrypt with %s at once, with and without a password', async (_, cost) => {
    let keystore = await made()
    for (const [name, value] of Object.entries(cost))
      keystore = altered(keystore, `crypto.kdfparams.${name}`, value)
    expect(refusal(() => parse(keystore)).code).toBe('wallet-cost')
    expect((await refusalOf(ethereumKeystore.read(file(keystore), { password: PASSWORD }))).code).toBe(
      'wallet-cost',
    )
  })

  it('refuse pbkdf2 with more than ten million rounds', async () => {
    const keystore = await made({ kdf: 'pbkdf2' })
    expect(parse(altered(keystore, 'crypto.kdfparams.c', 10_000_000)).cost).toEqual({
      kdf: 'pbkdf2',
      c: 10_000_000,
    })
    expect(refusal(() => parse(altered(keystore, 'crypto.kdfparams.c', 10_000_001))).code).toBe('wallet-cost')
  })

  it('allow what geth, ethers and others write, up to 1 GiB', async () => {
    for (const [n, r, p] of [
      [262_144, 8, 1],
      [4096, 8, 6],
      [262_144, 1, 8],
      [8, 8, 16],
      [2 ** 20, 8, 1],
    ] as const) {
      let keystore = await made()
      for (const [name, value] of Object.entries({ n, r, p }))
        keystore = altered(keystore, `crypto.kdfparams.${name}`, value)
      expect(parse(keystore).cost).toEqual({ kdf: 'scrypt', N: n, r, p })
    }
  })
})

describe('refusing a keystore', () => {
  it.each([
    ['crypto.kdfparams.n', 3, 'wallet-unreadable'],
    ['crypto.kdfparams.n', 1, 'wallet-unreadable'],
    ['crypto.kdfparams.n', 0, 'wallet-unreadable'],
    ['crypto.kdfparams.n', -2, 'wallet-unreadable'],
    ['crypto.kdfparams.n', 2.5, 'wallet-unreadable'],
    ['crypto.kdfparams.n', '262144', 'wallet-unreadable'],
    ['crypto.kdfparams.r', 0, 'wallet-unreadable'],
    ['crypto.kdfparams.p', undefined, 'wallet-unreadable'],
    ['crypto.kdfparams.dklen', 31, 'wallet-unreadable'],
    ['crypto.kdfparams.salt', 'abc', 'wallet-unreadable'],
    ['crypto.kdfparams.salt', '00'.repeat(1025), 'wallet-unreadable'],
    ['crypto.kdfparams', undefined, 'wallet-unreadable'],
    ['crypto.cipherparams.iv', '00'.repeat(15), 'wallet-unreadable'],
    ['crypto.cipherparams.iv', '0g'.repeat(16), 'wallet-unreadable'],
    ['crypto.ciphertext', '', 'wallet-unreadable'],
    ['crypto.ciphertext', '00'.repeat(33), 'wallet-unreadable'],
    ['crypto.mac', '00'.repeat(31), 'wallet-unreadable'],
    ['crypto', [], 'wallet-unreadable'],
    ['address', '0x00', 'wallet-unreadable'],
    ['address', 7, 'wallet-unreadable'],
    ['crypto.cipher', 'aes-128-cbc', 'wallet-unsupported'],
    ['crypto.kdf', 'argon2id', 'wallet-unsupported'],
    ['version', 2, 'wallet-unsupported'],
    ['version', 4, 'wallet-unsupported'],
    ['version', undefined, 'wallet-unsupported'],
  ])('with %s of %j', async (path, value, code) => {
    const keystore = altered(await made(), path, value)
    expect(refusal(() => parse(keystore)).code).toBe(code)
  })

  it('with a pseudo-random function other than HMAC-SHA256', async () => {
    const keystore = altered(await made({ kdf: 'pbkdf2' }), 'crypto.kdfparams.prf', 'hmac-sha1')
    expect(refusal(() => parse(keystore)).code).toBe('wallet-unsupported')
  })

  it('above 64 KiB, without parsing it', () => {
    const error = refusal(() => parseKeystore(new Uint8Array(65_537).fill(0x20)))
    expect(error).toMatchObject({ code: 'wallet-too-large', details: { bytes: 65_537, limit: 65_536 } })
  })

  it('cut off anywhere: it is still recognised, and reported as damaged', async () => {
    const { bytes } = file(await made())
    for (let length = Math.floor(bytes.length / 2); length < bytes.length; length++) {
      const cut = { path: 'wallet', bytes: bytes.subarray(0, length) }
      expect(ethereumKeystore.detect(cut.bytes, cut.path)).toBe(true)
      expect((await refusalOf(ethereumKeystore.read(cut))).code).toBe('wallet-unreadable')
    }
  })

  it('with no word of it, and none of the password, in the error', async () => {
    const canary = 'canarycanary'
    const secret = altered(await made(), 'crypto.mac', canary)
    const wrong = ethereumKeystore.read(file(await made()), { password: canary })
    for (const error of [refusal(() => parse(secret)), await refusalOf(wrong)]) {
      expect(JSON.stringify([error.message, error.hint, error.details, error.stack])).not.toContain(canary)
    }
  })

  it('meets any change of its bytes and fields with a wallet or an error of the catalogue', async () => {
    const json = JSON.stringify(await made())
    const edits = fc.record({
      at: fc.nat(json.length),
      drop: fc.nat(20),
      insert: fc.string({ unit: 'binary', maxLength: 5 }),
    })
    const property = fc.asyncProperty(fc.array(edits, { minLength: 1, maxLength: 3 }), async (all) => {
      const changed = all.reduce(
        (old, { at, drop, insert }) => old.slice(0, at) + insert + old.slice(at + drop),
        json,
      )
      const bytes = utf8(changed)
      ethereumKeystore.detect(bytes, 'x')
      try {
        expect((await ethereumKeystore.read({ path: 'x', bytes })).kind).toBe('ethereum-keystore')
      } catch (error) {
        if (!isCairnError(error)) throw error
      }
    })
    await fc.assert(property, { seed: SEED, numRuns: 1000 })
  })
})

describe('recognising a keystore', () => {
  it('never throws, and is not taken in by other JSON', () => {
    const property = fc.property(fc.oneof(fc.uint8Array(), fc.json().map(utf8)), (bytes) => {
      expect(ethereumKeystore.detect(bytes, 'x')).toBe(false)
    })
    fc.assert(property, { seed: SEED })
    for (const other of [
      '',
      '{}',
      '{"crypto":{}}',
      '{"crypto":"kdf"}',
      '{"keystore":{"type":"bip32"},"seed_version":18}',
    ]) {
      expect(ethereumKeystore.detect(utf8(other), 'x')).toBe(false)
    }
  })
})

function flip(digits: string): string {
  return (digits.startsWith('0') ? '1' : '0') + digits.slice(1)
}

/** The keystore with a key of zeros under the same password: CTR turns a known key into any other. */
function zeroKey(keystore: Json): Json {
  const crypto = keystore.crypto as {
    readonly ciphertext: string
    readonly kdfparams: { readonly salt: string }
  }
  const sealed = unhex(crypto.ciphertext).map((byte) => byte ^ 0x01)
  const derived = scrypt(utf8(PASSWORD), unhex(crypto.kdfparams.salt), { N: 2, r: 1, p: 1, dkLen: 32 })
  const mac = keccak_256(new Uint8Array([...derived.subarray(16), ...sealed]))

  return altered(altered(keystore, 'crypto.ciphertext', hex(sealed)), 'crypto.mac', hex(mac))
}
