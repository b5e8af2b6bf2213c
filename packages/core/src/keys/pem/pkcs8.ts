/**
 * Private keys in DER: PKCS#8 (RFC 5958) with the keys of elliptic curves (RFC 5915, the form of SEC 1) on secp256k1 and
 * P-256, and of Ed25519 (RFC 8410); and public keys (RFC 5280, SubjectPublicKeyInfo) of the same. Not RSA, not X25519.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256 } from '@noble/curves/nist.js'
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { equal } from '../../bytes.js'
import { fail } from '../../errors.js'
import {
  type DerNode,
  readBits,
  readInteger,
  readNodes,
  readOctets,
  readOid,
  readSequence,
  TAG,
  writeBits,
  writeInteger,
  writeNode,
  writeOctets,
  writeOid,
  writeSequence,
} from './der.js'

export type PemCurve = 'secp256k1' | 'p256' | 'ed25519'

export interface PemPrivateKey {
  readonly curve: PemCurve
  /** 32 bytes: a number, or the seed of Ed25519. A secret. */
  readonly privateKey: Uint8Array
}

export interface PemPublicKey {
  readonly curve: PemCurve
  /** 33 bytes, or 32 of Ed25519. */
  readonly publicKey: Uint8Array
}

const EC_KEY = '1.2.840.10045.2.1' // RFC 5480, section 2.1.1
const OIDS: Readonly<Record<PemCurve, string>> = {
  secp256k1: '1.3.132.0.10', // SEC 2, appendix A
  p256: '1.2.840.10045.3.1.7', // RFC 5480, section 2.1.1.1
  ed25519: '1.3.101.112', // RFC 8410, section 3
}
const CURVES = { secp256k1, p256 } as const

/** A PrivateKeyInfo. @throws CairnError `key-damaged`, `key-unsupported`. */
export function parsePkcs8(der: Uint8Array): PemPrivateKey {
  const [version, algorithm, key] = readSequence(der) ?? damaged()
  if ((readInteger(version) ?? 2) > 1) return damaged()
  const curve = curveOf(algorithm)
  const bytes = readOctets(key) ?? damaged()
  if (curve !== 'ed25519') return parseSec1(bytes, curve)
  // RFC 8410, section 7: "the private key is always an OCTET STRING" within the OCTET STRING
  const [inner] = readNodes(bytes) ?? []
  return checked({ curve, privateKey: readOctets(inner) ?? damaged() }, null)
}

/** An ECPrivateKey, which names its curve unless what is around it does. @throws CairnError as above. */
export function parseSec1(der: Uint8Array, named?: 'secp256k1' | 'p256'): PemPrivateKey {
  const [version, key, ...rest] = readSequence(der) ?? damaged()
  if (readInteger(version) !== 1) return damaged()
  const [parameters] = readTagged(rest, 0xa0) ?? []
  const own = parameters ? curveByOid(readOid(parameters)) : null
  const curve = own ?? named ?? damaged()
  if (curve === 'ed25519' || (named && curve !== named)) return damaged()
  const [point] = readTagged(rest, 0xa1) ?? []
  // RFC 5915, section 3: the length of the order; some programs leave zeros out
  const bytes = readOctets(key) ?? damaged()
  if (bytes.length > 32) return damaged()
  const privateKey = new Uint8Array(32)
  privateKey.set(bytes, 32 - bytes.length)
  return checked({ curve, privateKey }, point ? (readBits(point) ?? damaged()) : null)
}

/** A SubjectPublicKeyInfo. @throws CairnError as above. */
export function parseSpki(der: Uint8Array): PemPublicKey {
  const [algorithm, key] = readSequence(der) ?? damaged()
  const curve = curveOf(algorithm)
  const bytes = readBits(key) ?? damaged()
  if (curve === 'ed25519') return bytes.length === 32 ? { curve, publicKey: bytes } : damaged()
  try {
    return { curve, publicKey: CURVES[curve].Point.fromBytes(bytes).toBytes(true) }
  } catch {
    return damaged()
  }
}

/** Compressed, 33 bytes; 32 of Ed25519. */
export function publicKeyOfPem({ curve, privateKey }: PemPrivateKey): Uint8Array {
  return curve === 'ed25519' ? ed25519.getPublicKey(privateKey) : CURVES[curve].getPublicKey(privateKey, true)
}

/** A PrivateKeyInfo as OpenSSL writes it: with the public key of a curve, without that of Ed25519. */
export function writePkcs8({ curve, privateKey }: PemPrivateKey): Uint8Array {
  if (curve === 'ed25519') {
    const algorithm = writeSequence(writeOid(OIDS.ed25519))
    return writeSequence(writeInteger(0), algorithm, writeOctets(writeOctets(privateKey)))
  }
  const point = CURVES[curve].getPublicKey(privateKey, false)
  const key = writeSequence(writeInteger(1), writeOctets(privateKey), writeNode(0xa1, writeBits(point)))
  const algorithm = writeSequence(writeOid(EC_KEY), writeOid(OIDS[curve]))
  return writeSequence(writeInteger(0), algorithm, writeOctets(key))
}

function curveOf(algorithm: DerNode | undefined): PemCurve {
  if (algorithm?.tag !== TAG.sequence) return damaged()
  const [type, parameters] = (readNodes(algorithm.content) ?? damaged()).map(readOid)
  if (type === OIDS.ed25519) return 'ed25519'
  return type === EC_KEY ? curveByOid(parameters ?? null) : unsupported('it is not of an elliptic curve')
}

function curveByOid(oid: string | null): PemCurve {
  const [curve] = (['secp256k1', 'p256'] as const).filter((name) => OIDS[name] === oid)
  return curve ?? unsupported('its curve is neither secp256k1 nor P-256 nor Ed25519')
}

/** The content of the optional part with a tag of its own. */
function readTagged(nodes: readonly DerNode[], tag: number): readonly DerNode[] | null {
  const node = nodes.find((node) => node.tag === tag)
  return node ? (readNodes(node.content) ?? damaged()) : null
}

/** A key in its range that leads to the public key beside it. */
function checked(key: PemPrivateKey, stated: Uint8Array | null): PemPrivateKey {
  const { curve, privateKey } = key
  if (curve === 'ed25519') return privateKey.length === 32 ? key : damaged()
  if (!CURVES[curve].utils.isValidSecretKey(privateKey)) return damaged()
  const forms = [true, false].map((compressed) => CURVES[curve].getPublicKey(privateKey, compressed))
  return !stated || forms.some((form) => equal(form, stated)) ? key : damaged('its public key is another one')
}

function damaged(reason = 'it cannot be read'): never {
  return fail('key-damaged', { what: 'PEM key', reason })
}

function unsupported(reason: string): never {
  return fail('key-unsupported', { what: 'PEM key', reason })
}
