/**
 * Passkeys as keys of age: the format `fido2prf` of age-encryption (typage) and age-plugin-fido2prf, so that what is
 * sealed here opens with those (https://github.com/FiloSottile/typage, src/webauthn.ts). A passkey with the PRF
 * extension (WebAuthn level 3, section 10.1.4) gives 32 secret bytes for each input; two of them, for inputs made of a
 * fresh nonce, wrap the file key. Two, "to prevent an attacker from decrypting two files at once with a single user
 * presence check".
 *
 * No browser is touched here: what asks for the passkey is an argument. The authenticator must verify the person, by
 * PIN or biometrics: a passkey has two outputs for each input, and the one without verification is another one.
 */
import { extract } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { base64nopad, bech32 } from '@scure/base'
import { concat, text as decodeText, equal, utf8, wipe } from '../bytes.js'
import { fail } from '../errors.js'
import { random } from '../random.js'
import type { Stanza } from './age-header.js'
import { FILE_KEY_BYTES } from './age-header.js'
import { pure } from './primitives.js'
import type { UnwrapFileKey, WrapFileKey } from './sealed-key.js'

const LABEL = 'age-encryption.org/fido2prf'
const NONCE_BYTES = 16
const PRF_BYTES = 32
const WRAPPED_BYTES = FILE_KEY_BYTES + 16
/** "The nonce is 12 zero bytes": each wrapping key is used once. */
const ZERO_NONCE = new Uint8Array(12)

/** Two inputs of the PRF extension; public. */
export interface PrfInputs {
  readonly first: Uint8Array
  readonly second: Uint8Array
}

/** What the passkey made of them, 32 bytes each; secret. */
export interface PrfOutputs {
  readonly first: Uint8Array
  readonly second: Uint8Array
}

/** Asks the person for the passkey. Null when it is not there. */
export type EvaluatePrf = (inputs: PrfInputs) => Promise<PrfOutputs | null>

/** Where a passkey is found again; public. */
export interface PasskeyPlace {
  /** Credential id, 1 to 1,023 bytes (WebAuthn level 3, section 4). */
  readonly id: Uint8Array
  /** Relying party id: the host name of the page, as `localhost`. */
  readonly rp: string
  /** Hints how a browser reaches it, as `internal`, `usb`, `hybrid`. */
  readonly transports: readonly string[]
}

/** What an authenticator says of a passkey and of this use of it. */
export interface PasskeyState {
  readonly verified: boolean
  /** "Backup eligible": its provider may copy it to other devices, and then has it too. */
  readonly synced: boolean
}

/** Wraps file keys with a passkey; the person is asked. @throws CairnError `passkey-failed`, `random-broken` */
export function wrapByPasskey(evaluate: EvaluatePrf): WrapFileKey {
  return async (fileKey) => [await wrapWith(fileKey, random(NONCE_BYTES), evaluate)]
}

/** The pure inside: the same nonce and outputs give the same stanza. Never reuse a nonce. */
export async function wrapWith(
  fileKey: Uint8Array,
  nonce: Uint8Array,
  evaluate: EvaluatePrf,
): Promise<Stanza> {
  const key = wrappingKey(await evaluate(prfInputs(nonce)))
  if (key === null) return fail('passkey-failed', { reason: NO_PRF })
  const body = pure.encrypt(key, ZERO_NONCE, fileKey)
  wipe(key)
  return { args: [LABEL, base64nopad.encode(nonce)], body }
}

/** Unwraps file keys with a passkey; the person is asked once a stanza. @throws CairnError `passkey-failed` */
export function unwrapByPasskey(evaluate: EvaluatePrf): UnwrapFileKey {
  return async (stanzas) => {
    for (const { args, body } of stanzas) {
      const nonce = isStanza({ args, body }) ? decodeNonce(args[1] as string) : null
      if (nonce === null) continue
      const key = wrappingKey(await evaluate(prfInputs(nonce)))
      const fileKey = key && pure.decrypt(key, ZERO_NONCE, body)
      if (key !== null) wipe(key)
      if (fileKey !== null) return fileKey
    }
    return null
  }
}

/** True when every stanza is one of a passkey and whole. */
export function isPasskeySealed(stanzas: readonly Stanza[]): boolean {
  return stanzas.every((stanza) => isStanza(stanza) && decodeNonce(stanza.args[1] as string) !== null)
}

const NO_PRF = 'it has no PRF extension; newer systems, browsers and security keys have it'

/** The inputs for a nonce: the label, 1 or 2, and the nonce. */
function prfInputs(nonce: Uint8Array): PrfInputs {
  const input = (number: number) => concat(utf8(LABEL), Uint8Array.of(number), nonce)
  return { first: input(1), second: input(2) }
}

/** HKDF-Extract (RFC 5869) with the label as salt over both outputs; null when they are not what PRF gives. */
function wrappingKey(outputs: PrfOutputs | null): Uint8Array | null {
  if (outputs?.first.length !== PRF_BYTES || outputs.second.length !== PRF_BYTES) return null
  if (equal(outputs.first, outputs.second)) return null
  return extract(sha256, concat(outputs.first, outputs.second), utf8(LABEL))
}

function isStanza({ args, body }: Stanza): boolean {
  return args[0] === LABEL && args.length === 2 && body.length === WRAPPED_BYTES
}

function decodeNonce(text: string): Uint8Array | null {
  const bytes = /^[A-Za-z0-9+/]{22}$/.test(text) ? decodeOrNull(() => base64nopad.decode(text)) : null
  return bytes?.length === NONCE_BYTES && base64nopad.encode(bytes) === text ? bytes : null
}

/**
 * The state that the authenticator data tells (WebAuthn level 3, section 6.1): SHA-256 of the relying party id,
 * a byte of flags, and more.
 * @throws CairnError `passkey-failed` when it is of another relying party or cut short
 */
export function parseAuthenticatorData(data: Uint8Array, rp: string): PasskeyState {
  const flags = data[32]
  if (data.length < 37 || flags === undefined || !equal(data.subarray(0, 32), sha256(utf8(rp))))
    return fail('passkey-failed', { reason: 'it belongs to another site' })
  return { verified: (flags & USER_VERIFIED) !== 0, synced: (flags & BACKUP_ELIGIBLE) !== 0 }
}

const USER_VERIFIED = 0x04
const BACKUP_ELIGIBLE = 0x08

const PREFIX = 'age-plugin-fido2prf-'
const VERSION = 1
const ID_LIMIT_BYTES = 1_023
const RP_LIMIT_BYTES = 253
const TRANSPORTS_LIMIT = 8
const PLACE_LIMIT_CHARACTERS = 2_400
const TRANSPORT = /^[a-z][a-z-]{0,31}$/
/** Host names in lower case; an international one is in its ASCII form (WebAuthn level 3, section 5.1.2). */
const HOST = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/

/**
 * `AGE-PLUGIN-FIDO2PRF-1…`: in Bech32, the CBOR items version, credential id, relying party id, transports.
 * @throws CairnError `key-invalid` for one that no browser gives
 */
export function encodePasskey(place: PasskeyPlace): string {
  if (!isPlace(place)) return fail('key-invalid', { what: 'passkey' })
  const { id, rp, transports } = place
  const items = [
    cborHead(0, VERSION),
    cborHead(2, id.length),
    id,
    cborHead(3, rp.length),
    utf8(rp),
    cborHead(4, transports.length),
    ...transports.flatMap((each) => [cborHead(3, each.length), utf8(each)]),
  ]
  return bech32.encode(PREFIX, bech32.toWords(concat(...items)), false).toUpperCase()
}

/** Reads where a passkey is found again. @throws CairnError `key-invalid` when it is not in its one spelling */
export function parsePasskey(text: string): PasskeyPlace {
  const bytes = text.length <= PLACE_LIMIT_CHARACTERS ? decodeOrNull(() => payloadOf(text)) : null
  const place = bytes && decodeOrNull(() => readPlace(bytes))
  return place && isPlace(place) && encodePasskey(place) === text
    ? place
    : fail('key-invalid', { what: 'passkey' })
}

function payloadOf(text: string): Uint8Array | null {
  const { prefix, words } = bech32.decode(text as `${string}1${string}`, false)
  return prefix.toLowerCase() === PREFIX ? bech32.fromWords(words) : null
}

function isPlace({ id, rp, transports }: PasskeyPlace): boolean {
  const isIdFit = id.length >= 1 && id.length <= ID_LIMIT_BYTES && transports.length <= TRANSPORTS_LIMIT
  return (
    isIdFit &&
    rp.length <= RP_LIMIT_BYTES &&
    HOST.test(rp) &&
    transports.every((each) => TRANSPORT.test(each))
  )
}

/** Throws anything on bytes that are no place. */
function readPlace(bytes: Uint8Array): PasskeyPlace | null {
  let at = 0
  const take = (length: number): Uint8Array => {
    at += length
    if (at > bytes.length) throw new RangeError()
    return bytes.subarray(at - length, at)
  }
  const head = (major: number): number => {
    const [first = 0] = take(1)
    if (first >> 5 !== major) throw new RangeError()
    const short = first & 0x1f
    if (short < 24) return short
    const [high = 0, low = 0] = short === 24 ? [0, ...take(1)] : short === 25 ? take(2) : []
    return high * 256 + low
  }
  if (head(0) !== VERSION) return null
  const id = take(head(2)).slice()
  const rp = decodeText(take(head(3)))
  const count = head(4)
  if (count > TRANSPORTS_LIMIT) return null
  const transports = Array.from({ length: count }, () => decodeText(take(head(3))))
  return at === bytes.length ? { id, rp, transports } : null
}

/** RFC 8949, section 3: the major type and an argument below 65,536, in the shortest form. */
function cborHead(major: number, argument: number): Uint8Array {
  if (argument < 24) return Uint8Array.of((major << 5) | argument)
  if (argument < 256) return Uint8Array.of((major << 5) | 24, argument)
  return Uint8Array.of((major << 5) | 25, argument >> 8, argument & 0xff)
}

function decodeOrNull<T>(decode: () => T): T | null {
  try {
    return decode()
  } catch {
    return null
  }
}
