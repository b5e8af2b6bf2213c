/**
 * Encrypted PKCS#8 (RFC 5958, section 3) by PBES2 (RFC 8018, section 6.2): PBKDF2 or scrypt (RFC 7914, section 7), and
 * AES-CBC. Not the older schemes with DES and RC2. Nothing authenticates the content: a wrong password is told by
 * padding and content that make no sense, one in some 2^40 goes unseen there, and the key inside is checked besides.
 */
import { cbc } from '@noble/ciphers/aes.js'
import { sha1 } from '@noble/hashes/legacy.js'
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js'
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { utf8, wipe } from '../../bytes.js'
import { fail } from '../../errors.js'
import { random } from '../../random.js'
import { isWellFormed } from '../../words/text.js'
import { boundedCost, deriveWith } from '../kdf-cost.js'
import {
  type DerNode,
  readInteger,
  readNodes,
  readOctets,
  readOid,
  readSequence,
  TAG,
  writeInteger,
  writeNode,
  writeOctets,
  writeOid,
  writeSequence,
} from './der.js'

export interface SealedPkcs8 {
  readonly kdf: Kdf
  /** Bytes of the key of AES. */
  readonly keyBytes: 16 | 24 | 32
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
}

type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512'

type Kdf =
  | { readonly name: 'pbkdf2'; readonly hash: Hash; readonly rounds: number; readonly salt: Uint8Array }
  | {
      readonly name: 'scrypt'
      readonly N: number
      readonly r: number
      readonly p: number
      readonly salt: Uint8Array
    }

// RFC 8018, appendix A and B; RFC 7914, section 7; NIST's identifiers of AES in CBC mode.
const OID = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  scrypt: '1.3.6.1.4.1.11591.4.11',
  sha256: '1.2.840.113549.2.9',
  aes256: '2.16.840.1.101.3.4.1.42',
} as const
const HASHES = { sha1, sha256, sha384, sha512 } as const
const PRFS: Readonly<Record<string, Hash>> = {
  '1.2.840.113549.2.7': 'sha1',
  [OID.sha256]: 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}
const CIPHERS: Readonly<Record<string, SealedPkcs8['keyBytes']>> = {
  '2.16.840.1.101.3.4.1.2': 16,
  '2.16.840.1.101.3.4.1.22': 24,
  [OID.aes256]: 32,
}

const ROUNDS = 600_000 // with HMAC-SHA256, about a second
const MAX_SALT = 1024
const MAX_CIPHERTEXT = 4096

/** Reads an EncryptedPrivateKeyInfo. @throws CairnError `key-damaged`, `key-unsupported`, `wallet-cost`. */
export function parseSealedPkcs8(der: Uint8Array): SealedPkcs8 {
  const [algorithm, data] = readSequence(der) ?? damaged()
  const { oid, parameters } = algorithmOf(algorithm)
  if (oid !== OID.pbes2) return unsupported('it is encrypted with an old scheme')
  const [kdf, cipher] = childrenOf(parameters)
  const { oid: cipherOid, parameters: iv } = algorithmOf(cipher)
  const keyBytes = CIPHERS[cipherOid] ?? unsupported('its cipher is not AES-CBC')
  const ciphertext = readOctets(data) ?? damaged()
  const vector = readOctets(iv) ?? damaged()
  const isWhole = ciphertext.length > 0 && ciphertext.length % 16 === 0 && ciphertext.length <= MAX_CIPHERTEXT
  if (vector.length !== 16 || !isWhole) return damaged()
  return { kdf: kdfOf(kdf), keyBytes, iv: vector, ciphertext }
}

/** The PrivateKeyInfo inside. @throws CairnError `key-password`, `passphrase-text`. */
export async function openPkcs8(sealed: SealedPkcs8, password: string): Promise<Uint8Array> {
  const { kdf, keyBytes, iv, ciphertext } = sealed
  const key = await derive(kdf, { password: passwordBytes(password), length: keyBytes })
  const plain = decrypt(key, iv, ciphertext)
  wipe(key)
  return plain && readSequence(plain) ? plain : fail('key-password', { what: WHAT })
}

/** What is drawn: 16 bytes each. */
export interface PemDraw {
  readonly salt: Uint8Array
  readonly iv: Uint8Array
}

/** Encrypts a PrivateKeyInfo with AES-256 and PBKDF2 of 600,000 rounds, as every OpenSSL of today reads. */
export function sealPkcs8(der: Uint8Array, password: string): Promise<Uint8Array> {
  return sealPkcs8With(der, password, { salt: random(16), iv: random(16) })
}

/** The same with the draw given, and other rounds for tests. */
export async function sealPkcs8With(
  der: Uint8Array,
  password: string,
  { salt, iv, rounds = ROUNDS }: PemDraw & { readonly rounds?: number },
): Promise<Uint8Array> {
  const kdf = { name: 'pbkdf2', hash: 'sha256', rounds, salt } as const
  const key = await derive(kdf, { password: passwordBytes(password), length: 32 })
  const ciphertext = cbc(key, iv).encrypt(der)
  wipe(key)
  const prf = writeSequence(writeOid(OID.sha256), writeNode(TAG.null))
  const kdfPart = writeSequence(
    writeOid(OID.pbkdf2),
    writeSequence(writeOctets(salt), writeInteger(rounds), prf),
  )
  const cipher = writeSequence(writeOid(OID.aes256), writeOctets(iv))
  const algorithm = writeSequence(writeOid(OID.pbes2), writeSequence(kdfPart, cipher))
  return writeSequence(algorithm, writeOctets(ciphertext))
}

function kdfOf(node: DerNode | undefined): Kdf {
  const { oid, parameters } = algorithmOf(node)
  const [saltNode, ...rest] = childrenOf(parameters)
  const salt = readOctets(saltNode) ?? damaged()
  if (salt.length > MAX_SALT) return damaged()
  if (oid === OID.scrypt) {
    const [N, r, p] = rest.map((node) => readInteger(node) ?? damaged())
    if (!N || !r || !p) return damaged()
    boundedCost({ kdf: 'scrypt', N, r, p }, damaged)
    return { name: 'scrypt', N, r, p, salt }
  }
  if (oid !== OID.pbkdf2) return unsupported('its key derivation is neither PBKDF2 nor scrypt')
  const rounds = readInteger(rest[0]) ?? damaged()
  if (rounds < 1) return damaged()
  boundedCost({ kdf: 'pbkdf2', c: rounds }, damaged)
  const prf = rest.find(({ tag }) => tag === TAG.sequence)
  // RFC 8018, appendix A.2: HMAC-SHA1 when nothing is named
  const hash = prf ? PRFS[algorithmOf(prf).oid] : 'sha1'
  return { name: 'pbkdf2', hash: hash ?? unsupported('its hash function is not known'), rounds, salt }
}

function derive(
  kdf: Kdf,
  { password, length }: { readonly password: Uint8Array; readonly length: number },
): Promise<Uint8Array> {
  const { salt } = kdf
  if (kdf.name === 'scrypt') {
    const { N, r, p } = kdf
    return deriveWith({ password, salt, cost: { kdf: 'scrypt', N, r, p }, length })
  }
  return pbkdf2Async(HASHES[kdf.hash], password, salt, { c: kdf.rounds, dkLen: length })
}

/** Null when the padding is wrong. */
function decrypt(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array | null {
  try {
    return cbc(key, iv).decrypt(ciphertext)
  } catch {
    return null
  }
}

interface Algorithm {
  readonly oid: string
  readonly parameters: DerNode | undefined
}

function algorithmOf(node: DerNode | undefined): Algorithm {
  const [oid, parameters] = childrenOf(node)
  return { oid: readOid(oid) ?? damaged(), parameters }
}

function childrenOf(node: DerNode | undefined): readonly DerNode[] {
  return node?.tag === TAG.sequence ? (readNodes(node.content) ?? damaged()) : damaged()
}

function passwordBytes(password: string): Uint8Array {
  return isWellFormed(password) ? utf8(password) : fail('passphrase-text')
}

const WHAT = 'encrypted PEM key'

function damaged(reason = 'it cannot be read'): never {
  return fail('key-damaged', { what: WHAT, reason })
}

function unsupported(reason: string): never {
  return fail('key-unsupported', { what: WHAT, reason })
}
