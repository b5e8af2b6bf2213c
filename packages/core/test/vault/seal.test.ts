import { beforeAll, describe, expect, it } from 'vitest'
import { concat, equal, utf8 } from '../../src/bytes.js'
import { isCairnError } from '../../src/errors.js'
import { parseHeader } from '../../src/vault/age-header.js'
import { CHUNK_BYTES } from '../../src/vault/age-payload.js'
import { newIdentity } from '../../src/vault/identity.js'
import { pure } from '../../src/vault/primitives.js'
import {
  OBJECT_LIMIT_BYTES,
  objectId,
  open,
  openWithFileKey,
  type Sealed,
  seal,
  sealWith,
} from '../../src/vault/seal.js'
import {
  flips,
  headerForgeries,
  ignoringLastChunk,
  ignoringMac,
  ignoringTags,
  insertions,
  type Opener,
  outcome,
  rearrangements,
  releasingEarly,
  splices,
  tally,
  truncations,
} from './seal.attacks.js'

const vault = newIdentity()
const stranger = newIdentity()
const whole: Opener = (sealed) => open(sealed, { identity: vault.identity, primitives: pure })
const withFileKey =
  (fileKey: Uint8Array): Opener =>
  (sealed) =>
    openWithFileKey(sealed, { fileKey, primitives: pure })

describe('seal and open', () => {
  it.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])(
    'gives back %i bytes, to the vault secret and to the key of the object',
    async (length) => {
      const plain = content(length)
      const { bytes, fileKey } = await seal(plain, vault.recipient, pure)
      expect(equal(await whole(bytes), plain)).toBe(true)
      expect(equal(await withFileKey(fileKey)(bytes), plain)).toBe(true)
    },
  )

  it('draws another file key, another ephemeral key and another nonce each time', async () => {
    const plain = content(100)
    const [one, two] = [await seal(plain, vault.recipient, pure), await seal(plain, vault.recipient, pure)]
    expect(one.fileKey).not.toEqual(two.fileKey)
    expect(headerOf(one)).not.toEqual(headerOf(two))
    expect(one.bytes.slice(-140, -116)).not.toEqual(two.bytes.slice(-140, -116))
  })

  it('depends on nothing but its arguments inside', async () => {
    const { bytes, fileKey } = await seal(content(100), vault.recipient, pure)
    const header = headerOf({ bytes, fileKey })
    const nonce = bytes.slice(header.length, header.length + 16)
    expect(sealWith(content(100), { header, fileKey, nonce }, pure)).toEqual(bytes)
  })

  it('tells an object of another vault from a damaged one', async () => {
    const { bytes } = await seal(content(100), stranger.recipient, pure)
    expect(await outcome(bytes, whole)).toBe('object-foreign')
    expect(await outcome(bytes.subarray(0, 150), whole)).toBe('object-damaged')
  })

  it('names the object by its id, and nothing of its content', async () => {
    const { bytes } = await seal(utf8('abandon ability able'), vault.recipient, pure)
    const id = objectId(bytes, pure)
    expect(await open(bytes, { identity: vault.identity, primitives: pure, id })).toEqual(
      utf8('abandon ability able'),
    )
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1
    const error = await open(bytes, { identity: vault.identity, primitives: pure, id }).catch((e) => e)
    expect(isCairnError(error, 'object-damaged')).toBe(true)
    expect(error.details).toEqual({ object: id, reason: 'its bytes are not those that were written' })
  })

  it('refuses another key of the object', async () => {
    const { bytes, fileKey } = await seal(content(100), vault.recipient, pure)
    const other = fileKey.slice()
    other[0] = (other[0] as number) ^ 1
    expect(await outcome(bytes, withFileKey(other))).toBe('object-damaged')
    expect(await outcome(bytes, withFileKey(fileKey.subarray(0, 15)))).toBe('object-damaged')
  })

  it.each(['', 'age1', stranger.identity, vault.recipient.toUpperCase(), `${vault.recipient}x`])(
    'does not seal to %j',
    async (recipient) => {
      await expect(seal(content(1), recipient, pure)).rejects.toMatchObject({ code: 'key-invalid' })
    },
  )

  it.each(['', vault.recipient, vault.identity.toLowerCase()])('does not open with %j', async (identity) => {
    const { bytes } = await seal(content(1), vault.recipient, pure)
    await expect(open(bytes, { identity, primitives: pure })).rejects.toMatchObject({ code: 'key-invalid' })
  })
})

describe('bounds', () => {
  it('neither makes nor opens an object above 64 MiB', async () => {
    const nothing = { ...pure, encrypt: () => new Uint8Array(0), decrypt: () => new Uint8Array(0) }
    const by = { header: new Uint8Array(200), fileKey: new Uint8Array(16), nonce: new Uint8Array(16) }
    expect(() => sealWith(new Uint8Array(OBJECT_LIMIT_BYTES), by, nothing)).toThrow(RangeError)
    const { bytes } = await seal(content(1), vault.recipient, pure)
    const large = concat(bytes, new Uint8Array(OBJECT_LIMIT_BYTES))
    expect(await outcome(large, (sealed) => open(sealed, { ...vault, primitives: nothing }))).toBe(
      'object-damaged',
    )
  })

  it('reads headers of up to 16 KiB and 20 stanzas', () => {
    const end = `--- ${'A'.repeat(43)}\n`
    const header = (stanzas: string) => utf8(`age-encryption.org/v1\n${stanzas}${end}`)
    const body = `${'A'.repeat(64)}\n`
    expect(parseHeader(header('-> a\n\n'.repeat(20)))?.stanzas).toHaveLength(20)
    expect(parseHeader(header('-> a\n\n'.repeat(21)))).toBeNull()
    expect(parseHeader(header(`-> a\n${body.repeat(250)}\n`))?.stanzas).toHaveLength(1)
    expect(parseHeader(header(`-> a\n${body.repeat(252)}\n`))).toBeNull()
    expect(parseHeader(header(''))).toBeNull()
  })

  it('reads a header in one form only', () => {
    const mac = 'A'.repeat(43)
    const read = (text: string) => parseHeader(utf8(text))
    const good = `age-encryption.org/v1\n-> X25519 abc\nAAAA\n--- ${mac}\n`
    expect(read(good)?.stanzas).toEqual([{ args: ['X25519', 'abc'], body: new Uint8Array(3) }])
    expect(read(`${good}the payload`)?.bytes).toEqual(utf8(good))
    const bad: readonly (readonly [string, string])[] = [
      ['v1\n', 'v2\n'],
      ['v1\n', 'v1\r\n'],
      ['v1\n', 'v1 \n'],
      ['-> X', '->  X'],
      ['-> X', '->X'],
      ['abc\n', 'abc \n'],
      ['abc\n', 'ab\u00e9\n'],
      ['AAAA\n', 'AAAA=\n'],
      ['AAAA\n', 'AAAAA\n'],
      ['AAAA\n', 'AB\n'],
      ['AAAA\n', ''],
      ['AAAA\n', `${'A'.repeat(64)}\n`],
      ['AAAA\n', `${'A'.repeat(65)}\nA\n`],
      [`--- ${mac}`, `---  ${mac}`],
      [`--- ${mac}`, `---${mac}`],
      [`--- ${mac}`, `--- ${mac}A`],
      [`--- ${mac}`, `--- ${mac.slice(1)}B`],
      [`--- ${mac}\n`, `--- ${mac}`],
    ]
    for (const [from, to] of bad) expect(read(good.replace(from, to)), JSON.stringify(to)).toBeNull()
  })
})

describe('an altered object', () => {
  let small: Sealed
  let large: Sealed
  let other: Sealed
  beforeAll(async () => {
    small = await seal(content(10_240), vault.recipient, pure)
    large = await seal(content(4 * CHUNK_BYTES + 1_000), vault.recipient, pure)
    other = await seal(content(4 * CHUNK_BYTES + 1_000), vault.recipient, pure)
  })

  it('is refused for any flipped bit of the header, and every 64th of the payload', async () => {
    const header = headerOf(small).length * 8
    const [inHeader, after] = [
      await tally(flips(small.bytes, { to: header }), whole),
      await tally(flips(small.bytes, { from: header, step: 64 }), whole),
    ]
    expect(inHeader.tried).toBe(header)
    expect(sum(inHeader.outcomes, 'object-damaged', 'object-foreign')).toBe(header)
    expect(after.outcomes).toEqual({ 'object-damaged': after.tried })
  })

  it('is refused for every 16th flipped bit of all by the key of the object', async () => {
    const { tried, outcomes } = await tally(flips(small.bytes, { step: 16 }), withFileKey(small.fileKey))
    expect(tried).toBeGreaterThan(5_000)
    expect(outcomes).toEqual({ 'object-damaged': tried })
  })

  it('is damaged, never foreign, where its id is known', async () => {
    const id = objectId(small.bytes, pure)
    const opener: Opener = (sealed) => open(sealed, { identity: vault.identity, primitives: pure, id })
    const { tried, outcomes } = await tally(flips(small.bytes, { step: 8 }), opener)
    expect(outcomes).toEqual({ 'object-damaged': tried })
  })

  it('is refused when cut at any length or lengthened by a byte', async () => {
    const opener = withFileKey(small.fileKey)
    const cut = await tally(truncations(small.bytes), opener)
    expect(cut.outcomes).toEqual({ 'object-damaged': small.bytes.length })
    const lengthened = await tally(insertions(small.bytes, { step: 7 }), opener)
    expect(lengthened.outcomes).toEqual({ 'object-damaged': lengthened.tried })
  })

  it('is refused when chunks are left out, repeated, exchanged, or cut at a boundary', async () => {
    const { tried, outcomes } = await tally(rearrangements(large.bytes), whole)
    expect(tried).toBe(29)
    expect(outcomes).toEqual({ 'object-damaged': 29 })
  })

  it('is refused when parts of another object of the vault are put in', async () => {
    const { tried, outcomes } = await tally(splices(large.bytes, other.bytes), whole)
    expect(outcomes).toEqual({ 'object-damaged': tried })
  })

  it('is refused when its header says more than it did', async () => {
    for (const opener of [whole, withFileKey(small.fileKey)]) {
      expect((await tally(headerForgeries(small.bytes), opener)).outcomes).toEqual({ 'object-damaged': 4 })
    }
  })

  it('would be opened by twins that skip the MAC, the tags or the last chunk, or that release early', async () => {
    const withoutTags = await tally(
      flips(small.bytes, { from: 2_400, step: 4_000 }),
      ignoringTags(small.fileKey),
    )
    expect(withoutTags.outcomes.released).toBe(withoutTags.tried)
    const withoutMac = await tally(headerForgeries(small.bytes), ignoringMac(small.fileKey))
    expect(withoutMac.outcomes.released).toBe(4)
    const withoutLast = await tally(rearrangements(large.bytes), ignoringLastChunk(vault.identity))
    expect(withoutLast.outcomes.released).toBeGreaterThan(1)
    const early = await tally(
      flips(large.bytes, { from: 80_000 * 8, step: 400_000 }),
      releasingEarly(vault.identity),
    )
    expect(early.outcomes.released).toBeGreaterThan(0)
  })
})

function content(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + (i >> 8) * 7) & 255)
}

function headerOf({ bytes }: Sealed): Uint8Array {
  return parseHeader(bytes)?.bytes ?? new Uint8Array(0)
}

function sum(outcomes: Readonly<Record<string, number>>, ...names: readonly string[]): number {
  return names.reduce((total, name) => total + (outcomes[name] ?? 0), 0)
}
