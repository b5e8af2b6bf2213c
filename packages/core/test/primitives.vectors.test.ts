/** Wycheproof (C2SP) on every primitive that Cairn uses: what is valid must pass, what is invalid must be refused. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cbc } from '@noble/ciphers/aes.js'
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../test/corpus.js'
import { concat, equal, hex, unhex } from '../src/bytes.js'

type Result = 'valid' | 'invalid' | 'acceptable'

/** Fields in hex; those of the group stand beside those of the test. */
interface Vector {
  readonly tcId: number
  readonly comment: string
  readonly result: Result
  readonly [field: string]: unknown
}

interface File {
  readonly testGroups: readonly {
    readonly tests: readonly Vector[]
    readonly publicKey?: { readonly pk?: string }
  }[]
}

/** Returns whether the primitive accepts the vector and gives the stated answer; a throw is a refusal. */
type Check = (vector: Vector) => boolean

const bytes = (vector: Vector, field: string) => unhex(vector[field] as string)
const number = (vector: Vector, field: string) => vector[field] as number

const CHECKS: Readonly<Record<string, Check>> = {
  chacha20_poly1305_test: (v) => {
    const cipher = () => chacha20poly1305(bytes(v, 'key'), bytes(v, 'iv'), bytes(v, 'aad'))
    const sealed = concat(bytes(v, 'ct'), bytes(v, 'tag'))
    const opened = cipher().decrypt(sealed)
    return equal(opened, bytes(v, 'msg')) && equal(cipher().encrypt(opened), sealed)
  },
  aes_cbc_pkcs5_test: (v) => {
    const cipher = cbc(bytes(v, 'key'), bytes(v, 'iv'))
    return equal(cipher.decrypt(bytes(v, 'ct')), bytes(v, 'msg'))
  },
  x25519_test: (v) =>
    equal(x25519.getSharedSecret(bytes(v, 'private'), bytes(v, 'public')), bytes(v, 'shared')),
  ecdh_secp256k1_test: (v) => {
    const secret = unhex((v.private as string).padStart(64, '0').slice(-64))
    return equal(
      secp256k1.getSharedSecret(secret, publicPoint(v.public as string)).subarray(1),
      bytes(v, 'shared'),
    )
  },
  // As Cairn verifies: RFC 8032. The library's default (ZIP-215) accepts points that are not written canonically.
  ed25519_test: (v) => ed25519.verify(bytes(v, 'sig'), bytes(v, 'msg'), bytes(v, 'pk'), { zip215: false }),
  hmac_sha256_test: (v) => macHolds(hmac(sha256, bytes(v, 'key'), bytes(v, 'msg')), v),
  hmac_sha512_test: (v) => macHolds(hmac(sha512, bytes(v, 'key'), bytes(v, 'msg')), v),
  hkdf_sha256_test: (v) => {
    const okm = hkdf(sha256, bytes(v, 'ikm'), bytes(v, 'salt'), bytes(v, 'info'), number(v, 'size'))
    return equal(okm, bytes(v, 'okm'))
  },
  hkdf_sha512_test: (v) => {
    const okm = hkdf(sha512, bytes(v, 'ikm'), bytes(v, 'salt'), bytes(v, 'info'), number(v, 'size'))
    return equal(okm, bytes(v, 'okm'))
  },
  pbkdf2_hmacsha256_test: (v) =>
    equal(pbkdf2(sha256, bytes(v, 'password'), bytes(v, 'salt'), cost(v)), bytes(v, 'dk')),
  pbkdf2_hmacsha512_test: (v) =>
    equal(pbkdf2(sha512, bytes(v, 'password'), bytes(v, 'salt'), cost(v)), bytes(v, 'dk')),
}

function macHolds(mac: Uint8Array, vector: Vector): boolean {
  const tag = bytes(vector, 'tag')
  return equal(mac.subarray(0, tag.length), tag)
}

function cost(vector: Vector): { c: number; dkLen: number } {
  return { c: number(vector, 'iterationCount'), dkLen: number(vector, 'dkLen') }
}

/** The point of a SubjectPublicKeyInfo for secp256k1 (RFC 5480), compressed or not; Cairn itself meets points only. */
function publicPoint(der: string): Uint8Array {
  const point =
    /^3056301006072a8648ce3d020106052b8104000a034200(04.*)$|^3036301006072a8648ce3d020106052b8104000a032200(0[23].*)$/
  const match = point.exec(der)
  return unhex(match?.[1] ?? match?.[2] ?? '')
}

function vectors(folder: string, name: string): readonly Vector[] {
  const file = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as File
  return file.testGroups.flatMap(({ tests, publicKey }) =>
    tests.map((test) => (publicKey?.pk ? { ...test, pk: publicKey.pk } : test)),
  )
}

function accepts(check: Check, vector: Vector): boolean {
  try {
    return check(vector)
  } catch {
    return false
  }
}

/** The vectors that a primitive judges wrongly. `acceptable` ones may go either way. */
function misjudged(check: Check, all: readonly Vector[]): string[] {
  const wrong = all.filter((v) => v.result !== 'acceptable' && accepts(check, v) !== (v.result === 'valid'))
  return wrong.map(({ tcId, comment, result }) => `${tcId} ${comment}: ${result}`)
}

const folder = corpus('wycheproof')
describe.runIf(folder)('Wycheproof', () => {
  it.each(Object.entries(CHECKS))('%s', (name, check) => {
    const all = vectors(folder ?? '', name)
    expect(misjudged(check, all)).toEqual([])
    expect(all.filter(({ result }) => result === 'valid').length).toBeGreaterThan(30)
  })

  it('catches a cipher that does not look at the tag', () => {
    const check: Check = (v) => {
      const cipher = chacha20poly1305(bytes(v, 'key'), bytes(v, 'iv'), bytes(v, 'aad'))
      return hex(cipher.encrypt(bytes(v, 'msg'))).startsWith(v.ct as string)
    }
    expect(misjudged(check, vectors(folder ?? '', 'chacha20_poly1305_test')).length).toBeGreaterThan(20)
  })

  it('catches a signature check that accepts points in any spelling', () => {
    const check: Check = (v) => ed25519.verify(bytes(v, 'sig'), bytes(v, 'msg'), bytes(v, 'pk'))
    expect(misjudged(check, vectors(folder ?? '', 'ed25519_test')).length).toBeGreaterThan(0)
  })
})
