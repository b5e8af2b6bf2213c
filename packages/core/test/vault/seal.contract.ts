/** The suites that sealing passes with any implementation of `Primitives`. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { hex } from '../../src/bytes.js'
import { isCairnError } from '../../src/errors.js'
import type { Primitives } from '../../src/types.js'
import { newIdentity } from '../../src/vault/identity.js'
import { open } from '../../src/vault/seal.js'
import { AGE_CASES } from '../fixtures/age.js'
import { type AgeCase, ageKit } from './age-kit.js'

const dir = corpus('age')

/** C2SP's hostile kit (CCTV, age/testdata): the files for X25519; armor and scrypt are in lock.vectors.test.ts. */
export function holdsAgeKit(name: string, primitives: Primitives): void {
  describe(`files of age's hostile kit with ${name} primitives`, () => {
    it.each(AGE_CASES.filter(isForX25519))('$name: $expect', async (each) => {
      expect(await outcome(each, primitives)).toBe(expected(each))
    })
  })
  describe.runIf(dir)(`all of age's hostile kit with ${name} primitives`, () => {
    const cases = dir === null ? [] : ageKit(join(dir, 'testdata')).filter(isForX25519)

    it('has as many files as were counted when this was written', () => {
      expect(cases.length).toBe(45)
    })

    it.each(cases)('$name: $expect', async (each) => {
      expect(await outcome(each, primitives)).toBe(expected(each))
    })
  })
}

function isForX25519({ armored, passphrases, identities }: AgeCase): boolean {
  const hybrid = identities.some((identity) => identity.startsWith('AGE-SECRET-KEY-PQ-1'))
  return !armored && !hybrid && passphrases.length === 0
}

/** What is told apart: damage, a foreign object, and success with exactly the plaintext of the vector. */
function expected({ expect: outcome, payload }: AgeCase): string {
  if (outcome === 'success') return `success ${payload}`
  return outcome === 'no match' ? 'object-foreign' : 'object-damaged'
}

async function outcome(each: AgeCase, primitives: Primitives): Promise<string> {
  const identities = each.identities.length > 0 ? each.identities : [newIdentity().identity]
  const outcomes: string[] = []
  for (const identity of identities) {
    try {
      return `success ${hex(primitives.sha256(await open(each.file, { identity, primitives })))}`
    } catch (error) {
      outcomes.push(isCairnError(error) ? error.code : `uncatalogued ${String(error)}`)
    }
  }
  return outcomes.find((code) => code !== 'object-foreign') ?? 'object-foreign'
}
