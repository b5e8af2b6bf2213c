import { armor, Encrypter } from 'age-encryption'
import { describe, expect, it } from 'vitest'
import { encodeStanza, endsStanza, parseStanza, type Stanza } from '../../src/vault/age-header.js'
import { isPluginIdentity, pluginOfIdentity, pluginOfRecipient } from '../../src/vault/age-plugin.js'
import { newIdentity } from '../../src/vault/identity.js'
import { lockTo, lockWithPassphrase } from '../../src/vault/lock.js'
import { openKey, sealKey, stanzasOf, type WrapFileKey } from '../../src/vault/sealed-key.js'
import { flips } from './seal.attacks.js'

const { identity, recipient } = newIdentity()
/** A device that keeps file keys in clear. */
const bare: WrapFileKey = async (fileKey) => [{ args: ['bare', 'x'], body: fileKey }]
const unwrap = async (stanzas: readonly Stanza[]) =>
  stanzas.find(({ args }) => args[0] === 'bare')?.body ?? null

describe('a sealed key', () => {
  it('opens with its device and with no other', async () => {
    const key = await sealKey(identity, bare)
    expect(await openKey({ key, recipient }, unwrap)).toEqual({ identity })
    expect(await openKey({ key, recipient }, async () => null)).toBe('foreign')
    expect(await openKey({ key, recipient }, async () => new Uint8Array(16))).toBe('damaged')
    expect(await openKey({ key, recipient }, async () => new Uint8Array(3))).toBe('damaged')
  })

  it('is believed only when it is the key of the recipient that the factor names', async () => {
    const key = await sealKey(identity, bare)
    expect(await openKey({ key, recipient: newIdentity().recipient }, unwrap)).toBe('damaged')
    expect(await openKey({ key: await sealKey('no identity', bare), recipient }, unwrap)).toBe('damaged')
  })

  it('does not open with any bit of it flipped', async () => {
    const sealed = armor.decode(await sealKey(identity, bare))
    for (const { name, bytes } of flips(sealed, { step: 3 })) {
      const key = armor.encode(bytes)
      expect(['foreign', 'damaged'], name).toContain(await openKey({ key, recipient }, unwrap))
    }
  })

  it('is not made from what is no stanza, from none, or from too much', async () => {
    const stanzas: readonly (readonly Stanza[])[] = [
      [],
      [{ args: [''], body: new Uint8Array(0) }],
      [{ args: ['two words'], body: new Uint8Array(0) }].map((each) => ({
        ...each,
        args: ['a', 'b c', '\u00e9'],
      })),
      [{ args: ['x'.repeat(5_000)], body: new Uint8Array(0) }],
      [{ args: ['x'], body: new Uint8Array(4_000) }],
    ]
    for (const written of stanzas)
      await expect(sealKey(identity, async () => written)).rejects.toMatchObject({ code: 'key-invalid' })
  })

  it('is never one under a passphrase, which can be guessed at', async () => {
    const guessable = await lockWithPassphrase(`${identity}\n`, 'correct horse', { logN: 2 })
    expect(stanzasOf(guessable)).toBeNull()
    expect(await openKey({ key: guessable, recipient }, unwrap)).toBe('damaged')
    const scrypt: WrapFileKey = async (fileKey) => [{ args: ['scrypt', 'AAAA', '2'], body: fileKey }]
    await expect(sealKey(identity, scrypt)).rejects.toMatchObject({ code: 'key-invalid' })
  })

  it('is refused when it is no armored age file', async () => {
    for (const key of ['', 'x', `${await sealKey(identity, bare)}\n`]) {
      expect(stanzasOf(key)).toBeNull()
      expect(await openKey({ key, recipient }, unwrap)).toBe('damaged')
    }
  })

  it('is refused when what it holds is no text', async () => {
    const encrypter = new Encrypter()
    encrypter.addRecipient(recipient)
    const key = armor.encode(await encrypter.encrypt(Uint8Array.of(0xc3, 0x28)))
    expect(await openKey({ key, recipient }, async () => new Uint8Array(16))).toBe('damaged')
    expect(stanzasOf(await lockTo('x', recipient))).toHaveLength(1)
  })
})

describe('a stanza', () => {
  it('is written so that it is read the same, whatever the length of its body', () => {
    for (const length of [0, 1, 47, 48, 49, 96, 144, 200]) {
      const stanza = { args: ['tag', 'a', 'b'], body: new Uint8Array(length).fill(7) }
      const lines = encodeStanza(stanza).split('\n').slice(0, -1)
      expect(lines.slice(1).map(endsStanza).indexOf(true)).toBe(lines.length - 2)
      expect(parseStanza(lines)).toEqual(stanza)
    }
  })
})

describe('the strings of a plugin', () => {
  const pair = {
    recipient: 'age1stone15t7vryzvmmuseqsy6nxg4c6xu6rza0ltl4e9xqmzpud7m74cmu4ssz0rlg',
    identity: 'AGE-PLUGIN-STONE-10Q79PEWC7FF9YQ40GC55P7T8T6XU4WZ0QJXHU20CKQQYZ9NFS9MQATP7UA',
  }

  it('name the plugin', () => {
    expect(pluginOfRecipient(pair.recipient)).toBe('stone')
    expect(pluginOfIdentity(pair.identity)).toBe('stone')
    expect(isPluginIdentity(pair.identity)).toBe(true)
    expect(isPluginIdentity(identity)).toBe(false)
  })

  it.each([
    ['the other case', pair.recipient.toUpperCase()],
    ['a native recipient', recipient],
    ['an identity', pair.identity],
    ['a wrong letter', pair.recipient.replace('t7', 't8')],
    ['nothing', ''],
    ['no bech32', 'age1stone'],
    ['more than any recipient has', `age1stone1${'q'.repeat(3_000)}`],
    ['a way out of the folder', 'age1../../x1qqqqqqqqqqqqqqqq'],
  ])('are refused as a recipient: %s', (_, text) => {
    expect(() => pluginOfRecipient(text)).toThrow(/recipient of an age plugin/)
  })

  it.each([
    ['the other case', pair.identity.toLowerCase()],
    ['a native identity', identity],
    ['a recipient', pair.recipient],
    ['a wrong letter', pair.identity.replace('Q79', 'Q78')],
  ])('are refused as an identity: %s', (_, text) => {
    expect(() => pluginOfIdentity(text)).toThrow(/identity of an age plugin/)
  })
})
