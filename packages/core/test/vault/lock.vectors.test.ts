/** C2SP's hostile kit (CCTV, age/testdata): the files in armor or under a passphrase. X25519: seal.vectors.test.ts. */
import { join } from 'node:path'
import { armor } from 'age-encryption'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { hex, utf8 } from '../../src/bytes.js'
import { newIdentity } from '../../src/vault/identity.js'
import { openLock } from '../../src/vault/lock.js'
import { pure } from '../../src/vault/primitives.js'
import { AGE_CASES } from '../fixtures/age.js'
import { type AgeCase, ageKit } from './age-kit.js'

const dir = corpus('age')

/** Damaged here where age is milder: a lock has the one form that Cairn writes, and a stanza of a known kind. */
const STRICTER = ['armor_no_eol', 'armor_whitespace_outside', 'scrypt_uppercase']

describe("files of age's hostile kit, passphrases", () => {
  it.each(AGE_CASES.filter(isForLocks))('$name: $expect', async (each) => {
    expect(await outcome(each)).toBe(expected(each))
  })
})

describe.runIf(dir)("all of age's hostile kit, armor and passphrases", () => {
  const cases = dir === null ? [] : ageKit(join(dir, 'testdata')).filter(isForLocks)

  it('has as many files as were counted when this was written', () => {
    expect(cases.length).toBe(37)
  })

  it.each(cases)('$name: $expect', async (each) => {
    expect(await outcome(each)).toBe(STRICTER.includes(each.name) ? 'damaged' : expected(each))
  })
})

function isForLocks({ armored, passphrases, identities }: AgeCase): boolean {
  const hybrid = identities.some((identity) => identity.startsWith('AGE-SECRET-KEY-PQ-1'))
  return (armored || passphrases.length > 0) && !hybrid
}

function expected({ expect: outcome, payload }: AgeCase): string {
  if (outcome === 'success') return `success ${payload}`
  return outcome === 'no match' ? 'foreign' : 'damaged'
}

async function outcome({ file, armored, identities, passphrases }: AgeCase): Promise<string> {
  const lock = armored ? new TextDecoder('latin1').decode(file) : armor.encode(file)
  const keys = [
    ...identities.map((identity) => ({ identity })),
    ...passphrases.map((passphrase) => ({ passphrase })),
  ]
  const opened = await openLock(lock, keys[0] ?? newIdentity())
  return typeof opened === 'string' ? opened : `success ${hex(pure.sha256(utf8(opened.content)))}`
}
