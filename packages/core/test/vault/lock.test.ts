import { armor, Encrypter } from 'age-encryption'
import { describe, expect, it } from 'vitest'
import { newIdentity } from '../../src/vault/identity.js'
import { LOG_N_LIMIT, lockTo, lockWithPassphrase, openLock, parseLock } from '../../src/vault/lock.js'
import { flips } from './seal.attacks.js'

const CHEAP = { logN: 2 }
const passphrase = 'correct horse battery staple'
const key = newIdentity()
const share = 'the words of a share'

describe('a lock', () => {
  it('opens with its passphrase and with no other', async () => {
    const lock = await lockWithPassphrase(share, passphrase, CHEAP)
    expect(await openLock(lock, { passphrase })).toEqual({ content: share })
    expect(await openLock(lock, { passphrase: `${passphrase} ` })).toBe('foreign')
    expect(await openLock(lock, { passphrase: '' })).toBe('foreign')
    expect(await openLock(lock, key)).toBe('foreign')
  })

  it('opens with its key and with no other', async () => {
    const lock = await lockTo(share, key.recipient)
    expect(await openLock(lock, key)).toEqual({ content: share })
    expect(await openLock(lock, newIdentity())).toBe('foreign')
    expect(await openLock(lock, { passphrase })).toBe('foreign')
  })

  it('opens with the same passphrase in another Unicode form', async () => {
    const lock = await lockWithPassphrase(share, 'me\u0301lange de mots', CHEAP)
    expect(await openLock(lock, { passphrase: 'm\u00e9lange de mots' })).toEqual({ content: share })
    expect(await openLock(lock, { passphrase: 'me\u0301lange de mots' })).toEqual({ content: share })
  })

  it('tells its kind and its cost without being opened', async () => {
    expect(parseLock(await lockWithPassphrase(share, passphrase, { logN: 5 }))).toEqual({
      kind: 'scrypt',
      logN: 5,
    })
    expect(parseLock(await lockTo(share, key.recipient))).toEqual({ kind: 'X25519' })
  })

  it('is another text each time', async () => {
    expect(await lockTo(share, key.recipient)).not.toBe(await lockTo(share, key.recipient))
  })

  it('is refused, without deriving anything, when it asks for too much work', async () => {
    const lock = await lockWithPassphrase(share, passphrase, { logN: 5 })
    for (const cost of [LOG_N_LIMIT + 1, 30, 63, 99]) {
      const costly = withCost(lock, `${cost}`)
      expect(parseLock(costly)).toBeNull()
      expect(await openLock(costly, { passphrase })).toBe('damaged')
    }
    expect(parseLock(withCost(lock, `${LOG_N_LIMIT}`))).toEqual({ kind: 'scrypt', logN: LOG_N_LIMIT })
  })

  it.each(['0', '-1', '05', '+5', '5.0', '0x5', '1e1', '100', '5a'])(
    'is refused when its cost is %s',
    async (cost) => {
      const lock = await lockWithPassphrase(share, passphrase, { logN: 5 })
      expect(parseLock(withCost(lock, cost))).toBeNull()
    },
  )

  it('is refused in any form but the canonical one', async () => {
    const lock = await lockTo(share, key.recipient)
    const others = [
      '',
      `\n${lock}`,
      `${lock}\n`,
      lock.trimEnd(),
      lock.replaceAll('\n', '\r\n'),
      lock.replace('BEGIN', 'Begin'),
      `${lock}${lock}`,
      lock.padEnd(5_000),
      lock.replace(/\n(.{64})\n(.{64})/, '\n$1$2'),
    ]
    for (const other of others) {
      expect(parseLock(other)).toBeNull()
      expect(await openLock(other, key)).toBe('damaged')
    }
  })

  it('does not open with any bit of it flipped', async () => {
    const lock = armor.decode(await lockTo(share, key.recipient))
    for (const { name, bytes } of flips(lock, { step: 3 })) {
      expect(['foreign', 'damaged'], name).toContain(await openLock(armor.encode(bytes), key))
    }
  })

  it('does not open when what it holds is no text', async () => {
    const encrypter = new Encrypter()
    encrypter.addRecipient(key.recipient)
    const lock = armor.encode(await encrypter.encrypt(Uint8Array.of(0xc3, 0x28)))
    expect(await openLock(lock, key)).toBe('damaged')
  })

  it('does not open with a second stanza beside its own', async () => {
    const lock = new TextDecoder('latin1').decode(armor.decode(await lockTo(share, key.recipient)))
    const bytes = Uint8Array.from(lock.replace('\n---', '\n-> other\n\n---'), (c) => c.charCodeAt(0))
    expect(parseLock(armor.encode(bytes))).toBeNull()
  })
})

function withCost(lock: string, cost: string): string {
  const text = new TextDecoder('latin1').decode(armor.decode(lock))
  const changed = text.replace(/(-> scrypt \S+ )\S+/, `$1${cost}`)
  return armor.encode(Uint8Array.from(changed, (character) => character.charCodeAt(0)))
}
