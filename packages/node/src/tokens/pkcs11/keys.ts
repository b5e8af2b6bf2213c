/**
 * Keys on a token (PKCS#11 2.40): which there are, their public halves, and the two things that one does here: RSA
 * decryption and ECDH.
 */
import { createPublicKey, type JsonWebKey, X509Certificate } from 'node:crypto'
import { hex } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import {
  type Answer,
  type AttributeValue,
  attributes,
  byteArray,
  sized,
  uint32,
  ulong,
} from '../p11-kit/message.js'
import { checked, find, plainText, ROOM_BYTES, read, type Session } from './session.js'

const CKO = { certificate: 1, publicKey: 2, privateKey: 3, secretKey: 4 } as const
const CKK = { rsa: 0, ec: 3, genericSecret: 0x10 } as const
const CKA = {
  class: 0x0,
  token: 0x1,
  label: 0x3,
  value: 0x11,
  keyType: 0x100,
  id: 0x102,
  sensitive: 0x103,
  decrypt: 0x105,
  derive: 0x10c,
  modulus: 0x120,
  publicExponent: 0x122,
  valueLength: 0x161,
  extractable: 0x162,
  ecParams: 0x180,
  ecPoint: 0x181,
} as const

export interface PrivateKey {
  readonly object: number
  /** CKA_ID in hex. */
  readonly id: string
  readonly label: string
  readonly type: 'rsa' | 'ec' | 'other'
  /** It does what its type is used for here. */
  readonly isFit: boolean
}

/** After `logIn`. */
export async function privateKeys(session: Session): Promise<readonly PrivateKey[]> {
  const keys: PrivateKey[] = []
  for (const object of await find(session, [[CKA.class, CKO.privateKey]])) {
    const found = await read(session, object, [CKA.id, CKA.label, CKA.keyType, CKA.decrypt, CKA.derive])
    const type = typeOf(found.get(CKA.keyType))
    // a token that does not tell may well do it
    const does = found.get(type === 'rsa' ? CKA.decrypt : CKA.derive)?.[0] !== 0
    const label = plainText(found.get(CKA.label) ?? new Uint8Array(0))
    keys.push({
      object,
      id: hex(found.get(CKA.id) ?? new Uint8Array(0)),
      label,
      type,
      isFit: does && type !== 'other',
    })
  }
  return keys
}

function typeOf(value: Uint8Array | undefined): PrivateKey['type'] {
  const type = value === undefined ? -1 : Number(Buffer.from(value).readBigUInt64BE())
  if (type === CKK.rsa) return 'rsa'
  return type === CKK.ec ? 'ec' : 'other'
}

/** SubjectPublicKeyInfo of the public key or the certificate with this id; null when the token shows neither. */
export async function publicKeyOf(session: Session, id: string): Promise<Uint8Array | null> {
  const ckaId = Buffer.from(id, 'hex')
  const types = [CKA.keyType, CKA.modulus, CKA.publicExponent, CKA.ecParams, CKA.ecPoint]
  for (const object of await find(session, [
    [CKA.class, CKO.publicKey],
    [CKA.id, ckaId],
  ])) {
    const spki = spkiOf(await read(session, object, types))
    if (spki !== null) return spki
  }
  for (const object of await find(session, [
    [CKA.class, CKO.certificate],
    [CKA.id, ckaId],
  ])) {
    const spki = spkiOfCertificate((await read(session, object, [CKA.value])).get(CKA.value))
    if (spki !== null) return spki
  }
  return null
}

/** OBJECT IDENTIFIER of P-256 in DER. */
const P256 = '06082a8648ce3d030107'

function spkiOf(found: ReadonlyMap<number, Uint8Array>): Uint8Array | null {
  const [modulus, exponent, point] = [CKA.modulus, CKA.publicExponent, CKA.ecPoint].map((type) =>
    found.get(type),
  )
  const url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')
  if (typeOf(found.get(CKA.keyType)) === 'rsa' && modulus?.length && exponent?.length)
    return fromJwk({ kty: 'RSA', n: url(modulus), e: url(exponent) })
  if (hex(found.get(CKA.ecParams) ?? new Uint8Array(0)) !== P256 || !point || point.length < 65) return null
  // in an OCTET STRING of DER, or as it is: tokens do both
  const [x, y] = [point.slice(-64, -32), point.slice(-32)]
  return fromJwk({ kty: 'EC', crv: 'P-256', x: url(x), y: url(y) })
}

function fromJwk(jwk: JsonWebKey): Uint8Array | null {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' }).export({ format: 'der', type: 'spki' })
  } catch {
    return null
  }
}

function spkiOfCertificate(der: Uint8Array | undefined): Uint8Array | null {
  try {
    return der ? new X509Certificate(der).publicKey.export({ format: 'der', type: 'spki' }) : null
  } catch {
    return null
  }
}

// PKCS#11 2.40, mechanisms: CKM_RSA_PKCS_OAEP with CKM_SHA_1, CKG_MGF1_SHA1, CKZ_DATA_SPECIFIED and no label
const OAEP = { mechanism: 0x9, params: [ulong(0x220), ulong(1), ulong(1), sized(null)] }

/** What was encrypted to an RSA key; null when p11-kit does not take the mechanism in this form. */
export async function decrypt(
  session: Session,
  { object }: PrivateKey,
  sealed: Uint8Array,
): Promise<Uint8Array | null> {
  const { handle, factor, remote } = session
  const begun = await remote.call('C_DecryptInit', ulong(handle), encoded(session, OAEP), ulong(object))
  if (!isTaken(begun)) return null
  checked(begun, factor)
  const done = await remote.call('C_Decrypt', ulong(handle), byteArray(sealed), uint32(ROOM_BYTES))
  if (done !== null && NOT_FOR_THIS_KEY.includes(done.rv)) return fail('token-other', { factor })
  return checked(done, factor).body.byteArray()
}

/** CKR_GENERAL_ERROR, CKR_FUNCTION_FAILED, CKR_ENCRYPTED_DATA_INVALID, _LEN_RANGE: what padding that is wrong is called. */
const NOT_FOR_THIS_KEY = [0x5, 0x6, 0x40, 0x41]

/**
 * The x coordinate that a P-256 key has in common with a public point: CKM_ECDH1_DERIVE with CKD_NULL. Null when
 * p11-kit does not take the mechanism in this form.
 */
export async function derive(
  session: Session,
  { object }: PrivateKey,
  point: Uint8Array,
): Promise<Uint8Array | null> {
  const { handle, factor, remote } = session
  const ecdh = encoded(session, { mechanism: 0x1050, params: [ulong(1), sized(null), sized(point)] })
  const derived = await remote.call('C_DeriveKey', ulong(handle), ecdh, ulong(object), attributes(SHARED))
  if (!isTaken(derived)) return null
  const shared = await read(session, checked(derived, factor).body.ulong(), [CKA.value])
  return shared.get(CKA.value) ?? new Uint8Array(0)
}

const SHARED: readonly (readonly [number, AttributeValue])[] = [
  [CKA.class, CKO.secretKey],
  [CKA.keyType, CKK.genericSecret],
  [CKA.token, false],
  [CKA.sensitive, false],
  [CKA.extractable, true],
  [CKA.valueLength, 32],
]

interface Mechanism {
  readonly mechanism: number
  readonly params: readonly Uint8Array[]
}

/** Since p11-kit 0.25.6 a byte says that there are parameters; its protocol kept the number of its version. */
function encoded({ remote }: Session, { mechanism, params }: Mechanism): Uint8Array {
  const flag = remote.form === 'flagged' ? [Uint8Array.of(1)] : []
  return Buffer.concat([uint32(mechanism), ...flag, ...params])
}

const DEVICE_ERROR = 0x30

/** A form that p11-kit cannot read ends it, or is told as an error of the device. */
function isTaken(answer: Answer | null): boolean {
  return answer !== null && answer.rv !== DEVICE_ERROR
}
