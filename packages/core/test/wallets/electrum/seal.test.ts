import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { text, utf8 } from '../../../src/bytes.js'
import { inflate } from '../../../src/wallets/electrum/inflate.js'
import { electrum, MAX_ELECTRUM_BYTES } from '../../../src/wallets/electrum.js'
import { codeOfReading, dataOf, fixture, PASSWORD, readBytes, sealWhole } from './samples.js'

const plain = JSON.stringify(dataOf('xpub.plain'))
const read = (bytes: Uint8Array) => codeOfReading(readBytes(bytes, { password: PASSWORD }))

describe('a file that is encrypted as a whole', () => {
  it('opens what is encrypted as Electrum does it, also with a line break behind it', async () => {
    const opened = await readBytes(fixture('xpub.encrypted'), { password: PASSWORD })
    expect(await readBytes(sealWhole(plain), { password: PASSWORD })).toEqual(opened)
    expect(await readBytes(utf8(`${text(sealWhole(plain))}\n`), { password: PASSWORD })).toEqual(opened)
  })

  it('is named when only a hardware wallet can open it', async () => {
    const sealed = sealWhole(plain, { magic: 'BIE2' })
    expect(electrum.detect(sealed, '')).toBe(true)
    expect(await codeOfReading(readBytes(sealed))).toBe('wallet-unsupported')
    expect(await read(sealed)).toBe('wallet-unsupported')
  })

  it('is refused when it is cut off, in nearly all places before any password is asked', async () => {
    const sealed = sealWhole(plain)
    const codes = new Map<string | null, number>()
    for (let end = 6; end < sealed.length; end += 1) {
      const code = await codeOfReading(readBytes(sealed.slice(0, end)))
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
    // one length in 64 leaves whole blocks: what is missing then shows by the password alone
    expect([...codes.keys()].sort()).toEqual(['wallet-unreadable', null].sort())
    expect(codes.get(null)).toBeLessThan(sealed.length / 48)
  })

  it('is refused with any symbol changed', async () => {
    const sealed = sealWhole(plain)
    for (let at = 6; at < sealed.length; at += 41) {
      const changed = sealed.slice()
      changed[at] = changed[at] === 0x41 ? 0x42 : 0x41
      expect(await read(changed)).toMatch(/^wallet-(?:password|unreadable)$/)
    }
  })

  it.each([
    ['that does not inflate', { compressed: utf8('not zlib at all') }],
    ['that inflates in part', { compressed: new Uint8Array(deflateSync(plain).subarray(0, 500)) }],
    ['of nothing', { compressed: new Uint8Array(deflateSync('')) }],
    ['of no wallet', { compressed: new Uint8Array(deflateSync('hello')) }],
  ])('is refused when it holds something %s', async (_, options) => {
    expect(await read(sealWhole(plain, options))).toBe('wallet-unreadable')
  })

  it('is refused when it inflates without end, and stops long before', async () => {
    const bomb = new Uint8Array(deflateSync(new Uint8Array(MAX_ELECTRUM_BYTES + 1)))
    expect(bomb.length).toBeLessThan(100_000)
    expect(await read(sealWhole(plain, { compressed: bomb }))).toBe('wallet-too-large')
  })

  it('is refused when it is larger than any wallet', async () => {
    expect(await read(new Uint8Array(MAX_ELECTRUM_BYTES + 1).fill(0x41))).toBe('wallet-too-large')
  })
})

describe('inflate', () => {
  const bytes = utf8('Miete '.repeat(50_000))
  const deflated = new Uint8Array(deflateSync(bytes))

  it('gives all up to the limit, and nothing beyond', async () => {
    expect(await inflate(deflated, bytes.length)).toEqual(bytes)
    expect(await inflate(deflated, bytes.length - 1)).toBe('too-large')
  })

  it('gives nothing of what is cut off or altered', async () => {
    for (const end of [0, 1, 2, 100, deflated.length - 1])
      expect(await inflate(deflated.slice(0, end), 1e6)).toBe(null)
    const altered = deflated.slice()
    altered[altered.length - 1] = ~(altered.at(-1) as number)
    expect(await inflate(altered, 1e6)).toBe(null)
  })
})
