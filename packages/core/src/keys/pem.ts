/**
 * Keys in PEM (RFC 7468): `PRIVATE KEY`, `ENCRYPTED PRIVATE KEY`, `EC PRIVATE KEY` and `PUBLIC KEY`. The DER inside is
 * read in `pem/`. Not certificates, not the encryption of old OpenSSL that is named in headers, not OpenSSH's format.
 */
import { base64 } from '@scure/base'
import { fail } from '../errors.js'
import { openPkcs8, parseSealedPkcs8, type SealedPkcs8, sealPkcs8 } from './pem/pbes2.js'
import {
  type PemPrivateKey,
  type PemPublicKey,
  parsePkcs8,
  parseSec1,
  parseSpki,
  writePkcs8,
} from './pem/pkcs8.js'

export { type PemCurve, type PemPrivateKey, type PemPublicKey, publicKeyOfPem } from './pem/pkcs8.js'

export type Pem =
  | { readonly kind: 'private'; readonly key: PemPrivateKey }
  | { readonly kind: 'sealed'; readonly sealed: SealedPkcs8 }
  | { readonly kind: 'public'; readonly key: PemPublicKey }

const MAX_TEXT = 32_768
const BLOCK = /-----BEGIN ([A-Z ]{1,40})-----\r?\n([\s\S]*?)-----END \1-----/g

/** Reads a private key in PEM. @throws CairnError `key-damaged`, `key-unsupported`, `wallet-cost`. */
export function parsePem(text: string): Pem {
  if (text.length > MAX_TEXT) return damaged('it is too long')
  // OpenSSL puts a block with the name of the curve before an EC key.
  const blocks = Array.from(text.matchAll(BLOCK), ([, label = '', body = '']) => ({ label, body }))
  const [block, ...rest] = blocks.filter(({ label }) => label !== 'EC PARAMETERS')
  if (!block) return damaged('it has no beginning or no end')
  if (rest.length > 0) return fail('key-unsupported', { what: 'PEM file', reason: 'it holds several keys' })
  const read = READERS[block.label]
  if (!read) return fail('key-unsupported', { what: 'PEM file', reason: 'it holds another thing than a key' })
  if (block.body.includes(':')) {
    return fail('key-unsupported', { what: 'PEM key', reason: 'it is encrypted in the way of old OpenSSL' })
  }
  return read(decodeBody(block.body))
}

const READERS: Readonly<Record<string, (der: Uint8Array) => Pem>> = {
  'PRIVATE KEY': (der) => ({ kind: 'private', key: parsePkcs8(der) }),
  'EC PRIVATE KEY': (der) => ({ kind: 'private', key: parseSec1(der) }),
  'ENCRYPTED PRIVATE KEY': (der) => ({ kind: 'sealed', sealed: parseSealedPkcs8(der) }),
  'PUBLIC KEY': (der) => ({ kind: 'public', key: parseSpki(der) }),
}

/**
 * Decrypts an encrypted PKCS #8 key.
 * @throws CairnError `key-password`, and `key-damaged` for a content that is no key.
 */
export async function openPem(sealed: SealedPkcs8, password: string): Promise<PemPrivateKey> {
  return parsePkcs8(await openPkcs8(sealed, password))
}

/** Writes a private key in PEM. */
export function formatPem(key: PemPrivateKey): string {
  return block('PRIVATE KEY', writePkcs8(key))
}

/** The same under a password. */
export async function formatSealedPem(key: PemPrivateKey, password: string): Promise<string> {
  return block('ENCRYPTED PRIVATE KEY', await sealPkcs8(writePkcs8(key), password))
}

/** RFC 7468, section 2: lines of 64 symbols. */
function block(label: string, der: Uint8Array): string {
  const lines = base64.encode(der).match(/.{1,64}/g) as string[]
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

function decodeBody(body: string): Uint8Array {
  try {
    return base64.decode(body.replace(/\s/g, ''))
  } catch {
    return damaged('its Base64 is malformed')
  }
}

function damaged(reason: string): never {
  return fail('key-damaged', { what: 'PEM key', reason })
}
