/** Debian's age opens what Cairn seals and the reverse; the SLIP-39 reference recombines the shares of a policy. */
import { hex, utf8 } from '@cairn/core/bytes.js'
import type { Primitives } from '@cairn/core/types.js'
import { identityWith, newIdentity, recipientOf } from '@cairn/core/vault/identity.js'
import { lockTo, lockWithPassphrase, openLock } from '@cairn/core/vault/lock.js'
import { anyOf, makePolicy } from '@cairn/core/vault/policy.js'
import { pure } from '@cairn/core/vault/primitives.js'
import { open, seal } from '@cairn/core/vault/seal.js'
import { sealFile } from '@cairn/core/vault/sealed-file.js'
import { armor } from 'age-encryption'
import { describe, expect, it } from 'vitest'
import * as age from '../../../test/peers/age.js'
import { present } from '../../../test/peers/peer.js'
import { combine, slip39Reference } from '../../../test/peers/slip39-reference.js'
import { native } from '../src/primitives.js'

const LENGTHS = [0, 1, 65_535, 65_536, 65_537, 200_000]
const PRIMITIVES: readonly (readonly [string, Primitives])[] = [
  ['native', native],
  ['pure', pure],
]
const CHEAP = { logN: 4 }

const hasAge = await present(age.age)
const hasReference = await present(slip39Reference)

describe.runIf(hasAge)("Debian's age", () => {
  it('agrees on the recipient of an identity', async () => {
    const made = await age.keygen()
    expect(recipientOf(made)).toBe(await age.recipientOf(made))
    const ours = newIdentity()
    expect(await age.recipientOf(ours.identity)).toBe(ours.recipient)
  })

  it.each(PRIMITIVES)('opens what is sealed with %s primitives, and the reverse', async (_, primitives) => {
    const { identity, recipient } = newIdentity()
    for (const length of LENGTHS) {
      const plain = Uint8Array.from({ length }, (_, i) => (i * 13) >> 3)
      const { bytes } = await seal(plain, recipient, primitives)
      expect((await age.decrypt(bytes, identity)).equals(plain)).toBe(true)
      const theirs = await age.encrypt(plain, [newIdentity().recipient, recipient])
      expect(Buffer.from(await open(new Uint8Array(theirs), { identity, primitives })).equals(plain)).toBe(
        true,
      )
    }
  })

  it('refuses what is sealed for another vault, and what was altered', async () => {
    const { identity, recipient } = newIdentity()
    const { bytes } = await seal(utf8('a stone on a stone'), recipient, native)
    await expect(age.decrypt(bytes, newIdentity().identity)).rejects.toThrow(/no identity matched/)
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1
    await expect(age.decrypt(bytes, identity)).rejects.toThrow()
  })

  it('opens a file that a passphrase seals', async () => {
    const plain = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 13) >> 3)
    const passphrase = 'Grüße aus dem Bergwerk'
    const sealed = await sealFile(plain, passphrase, CHEAP)
    expect((await age.decryptWithPassphrase(sealed, passphrase)).equals(plain)).toBe(true)
  })

  it.each(['seven-words-with-dashes', ' spaces  are kept ', 'Grüße und Küsse', 'パスワードは秘密'])(
    'opens a lock under the passphrase %j',
    async (passphrase) => {
      const lock = await lockWithPassphrase('the share', passphrase, CHEAP)
      expect(`${await age.decryptWithPassphrase(utf8(lock), passphrase)}`).toBe('the share')
    },
  )

  it('locks with a passphrase what Cairn opens', async () => {
    const theirs = armor.encode(await age.encryptWithPassphrase(utf8('their share'), 'Grüße und Küsse'))
    expect(await openLock(theirs, { passphrase: 'Grüße und Küsse' })).toEqual({ content: 'their share' })
  })

  it('opens a lock to a key', async () => {
    const { identity, recipient } = newIdentity()
    expect(`${await age.decrypt(utf8(await lockTo('the share', recipient)), identity)}`).toBe('the share')
  })
})

describe.runIf(hasAge && hasReference)('age and the SLIP-39 reference together', () => {
  it('open a vault from any two factors, without Cairn', async () => {
    const secret = Uint8Array.from({ length: 32 }, (_, i) => i * 5)
    const { identity, recipient } = identityWith(secret)
    const computer = newIdentity()
    const passphrase = 'correct horse battery staple'
    const plan = anyOf(2, [
      { kind: 'passphrase', name: 'passphrase', passphrase },
      { kind: 'computer', name: 'this computer', recipient: computer.recipient },
      { kind: 'sheet', name: 'sheet' },
    ])
    const { policy, sheets } = await makePolicy(secret, plan, CHEAP)
    const factors = policy.groups.flatMap((group) => group.factors)
    const [first, second] = factors as unknown as [{ lock: string }, { lock: string }]
    const shares = [
      `${await age.decryptWithPassphrase(utf8(first.lock), passphrase)}`,
      `${await age.decrypt(utf8(second.lock), computer.identity)}`,
      sheets[0]?.words ?? '',
    ].map((words) => words.trim())
    for (const left of [0, 1, 2]) {
      expect(await combine({ shares: shares.filter((_, i) => i !== left) })).toBe(hex(secret))
    }
    await expect(combine({ shares: shares.slice(0, 1) })).rejects.toThrow()
    const { bytes } = await seal(utf8('a wallet'), recipient, native)
    expect(`${await age.decrypt(bytes, identity)}`).toBe('a wallet')
  })
})
