/** Keys in PEM, held against Node's OpenSSL in both directions. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hex, unhex } from '../../src/bytes.js'
import {
  readInteger,
  readNodes,
  readOid,
  writeInteger,
  writeOctets,
  writeOid,
  writeSequence,
} from '../../src/keys/pem/der.js'
import { openPkcs8, parseSealedPkcs8, sealPkcs8With } from '../../src/keys/pem/pbes2.js'
import { writePkcs8 } from '../../src/keys/pem/pkcs8.js'
import {
  formatPem,
  formatSealedPem,
  openPem,
  type PemCurve,
  type PemPrivateKey,
  parsePem,
  publicKeyOfPem,
} from '../../src/keys/pem.js'
import { near, onlyThrows, thrown } from './fuzz.js'

const CURVES: readonly PemCurve[] = ['secp256k1', 'p256', 'ed25519']

/** A key that OpenSSL made. */
function made(curve: PemCurve): KeyObject {
  if (curve === 'ed25519') return generateKeyPairSync('ed25519').privateKey
  return generateKeyPairSync('ec', { namedCurve: curve === 'p256' ? 'prime256v1' : curve }).privateKey
}

function secretOf(key: KeyObject): string {
  return Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url').toString('hex')
}

function opened(text: string): PemPrivateKey {
  const pem = parsePem(text)
  return pem.kind === 'private' ? pem.key : expect.unreachable()
}

// RFC 8410, section 10.3: a private key of Ed25519; the public key is that of section 10.1.
const RFC8410 = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
`

describe('keys in PEM', () => {
  it('has the key of RFC 8410', () => {
    const key = opened(RFC8410)
    expect(hex(publicKeyOfPem(key))).toBe('19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1')
    expect(formatPem(key)).toBe(RFC8410)
  })

  it.each(CURVES)('is what OpenSSL wrote, and what it reads: %s', (curve) => {
    const theirs = made(curve)
    const types = curve === 'ed25519' ? (['pkcs8'] as const) : (['pkcs8', 'sec1'] as const)
    for (const type of types) {
      const key = opened(theirs.export({ type: type as 'pkcs8', format: 'pem' }) as string)
      expect([key.curve, hex(key.privateKey)]).toEqual([curve, secretOf(theirs)])
      expect(secretOf(createPrivateKey(formatPem(key)))).toBe(secretOf(theirs))
      expect(formatPem(key)).toBe(theirs.export({ type: 'pkcs8', format: 'pem' }))
    }
    const open = parsePem(createPublicKey(theirs).export({ type: 'spki', format: 'pem' }) as string)
    const key = opened(theirs.export({ type: 'pkcs8', format: 'pem' }) as string)
    expect(open).toEqual({ kind: 'public', key: { curve, publicKey: publicKeyOfPem(key) } })
  })

  it.each(['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc'])(
    'is opened as OpenSSL encrypted it: %s',
    async (cipher) => {
      const theirs = made('secp256k1')
      const text = theirs.export({ type: 'pkcs8', format: 'pem', cipher, passphrase: 'pässwort' }) as string
      const pem = parsePem(text)
      const sealed = pem.kind === 'sealed' ? pem.sealed : expect.unreachable()
      expect(hex((await openPem(sealed, 'pässwort')).privateKey)).toBe(secretOf(theirs))
      await expect(openPem(sealed, 'passwort')).rejects.toMatchObject({ code: 'key-password' })
    },
  )

  it('is encrypted as OpenSSL opens it', async () => {
    const key = opened(made('secp256k1').export({ type: 'pkcs8', format: 'pem' }) as string)
    const text = await formatSealedPem(key, 'pässwort')
    expect(secretOf(createPrivateKey({ key: text, passphrase: 'pässwort' }))).toBe(hex(key.privateKey))
  })

  it('is opened when scrypt protects it', async () => {
    // openssl pkcs8 -topk8 -scrypt -scrypt_N 1024 -scrypt_r 8 -scrypt_p 1, password "x", of the key of RFC 8410
    const text = SCRYPT_PEM
    const pem = parsePem(text)
    const sealed = pem.kind === 'sealed' ? pem.sealed : expect.unreachable()
    expect(formatPem(await openPem(sealed, 'x'))).toBe(RFC8410)
  })

  it('is the same for the same draw', async () => {
    const draw = { salt: new Uint8Array(16), iv: new Uint8Array(16).fill(1), rounds: 1 }
    const der = writePkcs8(opened(RFC8410))
    const sealed = await sealPkcs8With(der, 'x', draw)
    expect(await sealPkcs8With(der, 'x', draw)).toEqual(sealed)
    expect(await openPkcs8(parseSealedPkcs8(sealed), 'x')).toEqual(der)
    expect(await sealPkcs8With(der, 'x', { ...draw, iv: new Uint8Array(16) })).not.toEqual(sealed)
  })
})

describe('refusing a PEM file', () => {
  const pem = (label: string, der: string) =>
    `-----BEGIN ${label}-----\n${Buffer.from(der, 'hex').toString('base64')}\n-----END ${label}-----\n`
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  const p384 = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey

  it.each([
    ['nothing', '', 'key-damaged'],
    ['no end', RFC8410.slice(0, 60), 'key-damaged'],
    ['another end', RFC8410.replace('END PRIVATE', 'END PUBLIC'), 'key-damaged'],
    ['a symbol that is none', RFC8410.replace('MC4C', 'MC4*'), 'key-damaged'],
    ['too much', ' '.repeat(40_000), 'key-damaged'],
    ['two keys', RFC8410 + RFC8410, 'key-unsupported'],
    ['a certificate', RFC8410.replaceAll('PRIVATE KEY', 'CERTIFICATE'), 'key-unsupported'],
    ['RSA', rsa.export({ type: 'pkcs8', format: 'pem' }) as string, 'key-unsupported'],
    ['another curve', p384.export({ type: 'pkcs8', format: 'pem' }) as string, 'key-unsupported'],
    [
      'the headers of old OpenSSL',
      made('p256').export({ type: 'sec1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }) as string,
      'key-unsupported',
    ],
    ['a length in more bytes than needed', pem('PRIVATE KEY', '30810302010'.padEnd(12, '0')), 'key-damaged'],
    ['a length beyond the end', pem('PRIVATE KEY', '307f020100'), 'key-damaged'],
    ['an indefinite length', pem('PRIVATE KEY', '30800201000000'), 'key-damaged'],
  ])('with %s', (_, text, code) => {
    expect(thrown(() => parsePem(text))).toBe(code)
  })

  it('whose public key is another one', () => {
    const [one, other] = [made('p256'), made('p256')].map((key) =>
      key.export({ type: 'sec1', format: 'der' }),
    )
    const mixed = Buffer.concat([(one as Buffer).subarray(0, 60), (other as Buffer).subarray(60)])
    expect(thrown(() => parsePem(pem('EC PRIVATE KEY', mixed.toString('hex'))))).toBe('key-damaged')
  })

  it('that asks for absurd work, before doing any', () => {
    const sealed = (rounds: number) => {
      const kdf = writeSequence(
        writeOid('1.2.840.113549.1.5.12'),
        writeSequence(writeOctets(new Uint8Array(8)), writeInteger(rounds)),
      )
      const cipher = writeSequence(writeOid('2.16.840.1.101.3.4.1.42'), writeOctets(new Uint8Array(16)))
      const scheme = writeSequence(writeOid('1.2.840.113549.1.5.13'), writeSequence(kdf, cipher))
      return writeSequence(scheme, writeOctets(new Uint8Array(16)))
    }
    expect(parseSealedPkcs8(sealed(10_000_000)).kdf).toMatchObject({ rounds: 10_000_000, hash: 'sha1' })
    expect(thrown(() => parseSealedPkcs8(sealed(10_000_001)))).toBe('wallet-cost')
    expect(thrown(() => parseSealedPkcs8(sealed(0)))).toBe('key-damaged')
  })

  it('or reading it, whatever it holds', () => {
    const samples = [
      RFC8410,
      SCRYPT_PEM,
      formatPem(opened(made('p256').export({ type: 'sec1', format: 'pem' }) as string)),
    ]
    onlyThrows(['key-damaged', 'key-unsupported', 'wallet-cost'], { inputs: near(samples), parse: parsePem })
  })
})

describe('DER', () => {
  it('reads the numbers and names that it writes', () => {
    for (const value of [0, 1, 127, 128, 255, 256, 600_000, 2 ** 31]) {
      expect(readInteger(readNodes(writeInteger(value))?.[0])).toBe(value)
    }
    for (const oid of ['1.2.840.113549.1.5.13', '1.3.101.112', '2.16.840.1.101.3.4.1.42', '0.9', '2.999.3']) {
      expect(readOid(readNodes(writeOid(oid))?.[0])).toBe(oid)
    }
  })

  it('refuses numbers that are negative or longer than they need to be', () => {
    for (const text of ['0201ff', '02020001', '0200', '0206010203040506']) {
      expect(readInteger(readNodes(unhex(text))?.[0])).toBe(null)
    }
  })
})

const SCRYPT_PEM = `-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGTME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAhlD/+u5/LlRgICBAAC
AQgCAQEwHQYJYIZIAWUDBAEqBBApTU0Fcrt0vg3eagE5NVq7BECCUK4tAlD2A1C3
jPSa10L50pXrp6qDAGRgPP6UA9zOmUnwvNJd3wRgkig6QFeh9Jq61XQAQ0XAlW1S
XCA2Tj3N
-----END ENCRYPTED PRIVATE KEY-----
`
