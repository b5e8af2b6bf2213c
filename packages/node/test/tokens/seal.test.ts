import { createECDH, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { p256 } from '@noble/curves/nist.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, it } from 'vitest'
import { openWithShared, sealableKey, sealToKey, sealToPointWith } from '../../src/tokens/pkcs11/seal.js'

const TEXT = 'AGE-SECRET-KEY-1 and the rest of it'

function keyPair() {
  const ecdh = createECDH('prime256v1')
  const point = ecdh.generateKeys()
  // RFC 5480: the algorithm and the curve before the point
  const spki = Buffer.concat([
    Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
    point,
  ])
  return { ecdh, point, spki, scalar: ecdh.getPrivateKey() }
}

const der = (key: KeyObject) => key.export({ format: 'der', type: 'spki' })
const ec = (namedCurve: string) => der(generateKeyPairSync('ec', { namedCurve }).publicKey)
const rsa = (modulusLength: number) => der(generateKeyPairSync('rsa', { modulusLength }).publicKey)

describe('what is sealed to a P-256 key', () => {
  it('opens with what its private half derives', () => {
    const { ecdh, spki } = keyPair()
    const sealed = sealToKey(spki, TEXT)
    expect(openWithShared(spki, sealed, ecdh.computeSecret(sealed.subarray(0, 65)))).toBe(TEXT)
    expect(openWithShared(spki, sealed, Buffer.alloc(32))).toBeNull()
    expect(openWithShared(spki, sealed.subarray(0, 70), Buffer.alloc(32))).toBeNull()
  })

  it('is of the form that docs/format.md has: another implementation opens it', () => {
    const { point, scalar } = keyPair()
    const sealed = sealToPointWith(
      point,
      TEXT,
      Uint8Array.from({ length: 32 }, (_, i) => i + 1),
    )
    const ephemeral = sealed.subarray(0, 65)
    const shared = p256.getSharedSecret(scalar, ephemeral).subarray(1)
    const key = hkdf(sha256, shared, Buffer.concat([ephemeral, point]), Buffer.from('cairn pkcs11 1'), 32)
    const opened = chacha20poly1305(key, new Uint8Array(12)).decrypt(sealed.subarray(65))
    expect(Buffer.from(opened).toString()).toBe(TEXT)
  })
})

describe('a key that is sealed to', () => {
  it.each([
    ['P-256', ec('P-256'), 'p-256'],
    ['RSA of 2048 bits', rsa(2048), 'rsa'],
    ['RSA of 1024 bits', rsa(1024), null],
    ['P-384', ec('P-384'), null],
    ['no key', Buffer.from('stone'), null],
  ])('may be %s', (_, spki, kind) => {
    expect(sealableKey(spki)).toBe(kind)
  })
})
