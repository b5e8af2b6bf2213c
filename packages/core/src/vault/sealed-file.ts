/**
 * A file that a passphrase opens: age v1 (C2SP age.md) with one scrypt stanza, so that `age -d` opens it. For sheets that
 * are kept as files. Not for the vault, whose secret is never under a passphrase alone.
 */
import { Encrypter } from 'age-encryption'
import { random } from '../random.js'
import type { Primitives } from '../types.js'
import { isAuthentic, parseHeader, unwrap } from './age-header.js'
import { decryptPayload, NONCE_BYTES, payloadKey } from './age-payload.js'
import { LOG_N_LIMIT } from './lock.js'
import { normalize, parsePassphrase } from './passphrase.js'

/**
 * The bytes of the sealed file; the passphrase is taken in its normal form.
 * @param cost log2 of the scrypt N: 18 takes about a second and 256 MiB
 * @throws CairnError `passphrase-weak`, `input-too-long`, `random-broken`
 */
export async function sealFile(
  plain: Uint8Array,
  passphrase: string,
  cost: { readonly logN: number },
): Promise<Uint8Array> {
  random(16) // proves the generator that the library draws from
  const encrypter = new Encrypter()
  encrypter.setPassphrase(parsePassphrase(passphrase))
  encrypter.setScryptWorkFactor(cost.logN)
  return encrypter.encrypt(plain)
}

/** Whether the bytes begin as a file that a passphrase opens, at a cost that is borne here. */
export function isSealedFile(bytes: Uint8Array): boolean {
  const [stanza] = parseHeader(bytes)?.stanzas ?? []
  const [kind, , cost] = stanza?.args ?? []
  return kind === 'scrypt' && /^[1-9][0-9]?$/.test(cost ?? '') && Number(cost) <= LOG_N_LIMIT
}

/** What is in it; `foreign` for another passphrase, `damaged` for a file that is not whole. */
export async function openFile(
  bytes: Uint8Array,
  passphrase: string,
  primitives: Primitives,
): Promise<Uint8Array | 'foreign' | 'damaged'> {
  const header = parseHeader(bytes)
  if (header === null || !isSealedFile(bytes)) return 'damaged'
  const fileKey = await unwrap(header, { passphrase: normalize(passphrase) })
  if (!(fileKey instanceof Uint8Array)) return fileKey
  const start = header.bytes.length + NONCE_BYTES
  if (!isAuthentic(header, fileKey) || bytes.length < start) return 'damaged'
  const key = payloadKey(fileKey, bytes.subarray(header.bytes.length, start))
  return decryptPayload(bytes.subarray(start), key, primitives) ?? 'damaged'
}
