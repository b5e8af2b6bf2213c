/** Master public keys of keystores, and where they come from (electrum/keystore.py, `Xpub`, `Old_KeyStore`). */
import { hex } from '../../bytes.js'
import { isCairnError } from '../../errors.js'
import { type ExtendedKey, fingerprint, neuter, parseExtendedKey } from '../../keys/bip32.js'
import type { KeyOrigin } from '../../keys/descriptor.js'
import { parseOldMasterPublicKey } from '../../keys/electrum-old.js'
import { type Path, parsePath } from '../../keys/path.js'
import { damaged } from './damaged.js'
import { at, type JsonObject, textAt } from './json.js'

export interface MasterKey {
  readonly key: ExtendedKey
  /** Of the key at the top, 8 hex digits; null when nobody knows it, as with old files of hardware wallets. */
  readonly fingerprint: string | null
  /** From the top to this key; null when one of its parts is not known, or this key is the top. */
  readonly origin: KeyOrigin | null
}

export function readMasterKey(keystore: JsonObject): MasterKey {
  const key = readXpub(textAt(keystore, 'xpub'))
  const { fingerprint = null, path } = recordedOrigin(keystore, key) ?? followingOrigin(key)
  const isComplete = fingerprint !== null && path !== undefined && path.length > 0
  return { key, fingerprint, origin: isComplete ? { fingerprint, path } : null }
}

export function masterKeyOf(xpub: string | undefined): MasterKey {
  return readMasterKey(xpub === undefined ? {} : { xpub })
}

export function readXpub(text: string | undefined): ExtendedKey {
  if (text === undefined) return damaged('a master public key is missing')
  return guarded(() => neuter(parseExtendedKey(text)))
}

/** 64 bytes. */
export function readOldMasterKey(text: string | undefined): Uint8Array {
  if (text === undefined) return damaged('the master public key is missing')
  return guarded(() => parseOldMasterPublicKey(text))
}

interface Origin {
  readonly fingerprint?: string
  readonly path?: Path
}

/** What the file says, unless the key itself says otherwise. */
function recordedOrigin(keystore: JsonObject, key: ExtendedKey): Origin | null {
  const fingerprint = textAt(keystore, 'root_fingerprint')?.toLowerCase() ?? coldcardFingerprint(keystore)
  const derivation = textAt(keystore, 'derivation')
  const path = derivation === undefined ? undefined : readPath(derivation)
  if (fingerprint === undefined || path === null || !/^[0-9a-f]{8}$/.test(fingerprint)) return null
  if (path === undefined) return { fingerprint }
  return fits(key, { fingerprint, path }) ? { fingerprint, path } : null
}

function fits(key: ExtendedKey, { fingerprint: top, path }: KeyOrigin): boolean {
  if (path.length !== key.depth) return false
  if (key.depth === 0) return top === fingerprint(key)
  return path.at(-1) === key.index && (key.depth > 1 || key.parent === top)
}

/** BIP-32 writes into a key its depth, its last step and its parent: down to depth 1 that is everything. */
function followingOrigin(key: ExtendedKey): Origin {
  if (key.depth === 0) return { fingerprint: fingerprint(key), path: [] }
  return key.depth === 1 ? { fingerprint: key.parent, path: [key.index] } : {}
}

/** As a number, little-endian. */
function coldcardFingerprint(keystore: JsonObject): string | undefined {
  const value = at(keystore, 'ckcc_xfp')
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 0xffff_ffff)
    return undefined
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return hex(bytes)
}

function readPath(text: string): Path | null {
  try {
    return parsePath(text)
  } catch (error) {
    if (isCairnError(error)) return null
    throw error
  }
}

function guarded<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (isCairnError(error)) return damaged('a master public key is not valid')
    throw error
  }
}
