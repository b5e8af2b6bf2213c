/** A session with a token (PKCS#11 2.40, Cryptoki): finding tokens, logging in, finding and reading objects. */
import { utf8 } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import {
  type Answer,
  type AttributeValue,
  attributes,
  byteArray,
  type Call,
  uint32,
  ulong,
  wanted,
} from '../p11-kit/message.js'
import type { Remote } from '../p11-kit/remote.js'

export interface Token {
  readonly slot: number
  readonly label: string
  readonly serial: string
  /** CK_TOKEN_INFO.flags */
  readonly flags: number
}

export interface Session {
  readonly remote: Remote
  readonly handle: number
  /** Of the factor, for errors. */
  readonly factor: string
}

const CKF = {
  userPinInitialized: 0x8,
  ownPinPad: 0x100,
  userPinLocked: 0x4_0000,
  tokenInitialized: 0x400,
} as const
const MOST = 64
/** For one value, or for what was decrypted. */
export const ROOM_BYTES = 8_192

/** Those that somebody can log in to. */
export async function tokensOf(remote: Remote, factor: string): Promise<readonly Token[]> {
  const ask = asking(remote, factor)
  const slots = (await ask('C_GetSlotList', Uint8Array.of(1), uint32(MOST))).body.ulongs()
  const tokens: Token[] = []
  for (const slot of slots) {
    const answer = await remote.call('C_GetTokenInfo', ulong(slot))
    if (answer?.rv === 0) tokens.push(tokenOf(slot, answer))
  }
  return tokens.filter(
    ({ flags }) => (flags & CKF.tokenInitialized) !== 0 && (flags & CKF.userPinInitialized) !== 0,
  )
}

function tokenOf(slot: number, { body }: Answer): Token {
  const [label = '', , , serial = ''] = Array.from({ length: 4 }, () => plainText(body.sized()))
  return { slot, label, serial, flags: body.ulong() }
}

/** Space-padded UTF-8; what could not be shown on a terminal is left out. */
export function plainText(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes).toString('utf8')
  return raw.replace(/[\p{C}\p{Zl}\p{Zp}\ufffd]/gu, '').trim()
}

const SERIAL_SESSION = 4

export async function openSession(remote: Remote, { slot }: Token, factor: string): Promise<Session> {
  const handle = (
    await asking(remote, factor)('C_OpenSession', ulong(slot), ulong(SERIAL_SESSION))
  ).body.ulong()
  return { remote, handle, factor }
}

const CKU_USER = 1
const ALREADY_LOGGED_IN = 0x100

/** @throws CairnError `pin-wrong`, `pin-locked` */
export async function logIn(
  { remote, handle, factor }: Session,
  { flags }: Token,
  pin: string,
): Promise<void> {
  if (flags & CKF.userPinLocked) fail('pin-locked', { factor })
  // a token with keys of its own to type it on takes none from here
  const typed = flags & CKF.ownPinPad && pin === '' ? null : utf8(pin)
  const answer = await remote.call('C_Login', ulong(handle), ulong(CKU_USER), byteArray(typed))
  if (answer?.rv !== ALREADY_LOGGED_IN) checked(answer, factor)
}

/** Handles of the objects with these attributes. */
export async function find(
  { remote, handle, factor }: Session,
  like: readonly (readonly [number, AttributeValue])[],
): Promise<readonly number[]> {
  const ask = asking(remote, factor)
  await ask('C_FindObjectsInit', ulong(handle), attributes(like))
  const found = (await ask('C_FindObjects', ulong(handle), uint32(MOST))).body.ulongs()
  await ask('C_FindObjectsFinal', ulong(handle))
  return found
}

/** What the object tells of these attributes. */
export async function read({ remote, handle, factor }: Session, object: number, types: readonly number[]) {
  const ask = asking(remote, factor)
  return (
    await ask('C_GetAttributeValue', ulong(handle), ulong(object), wanted(types, ROOM_BYTES))
  ).body.attributes()
}

/** Calls of which each must succeed. */
export function asking(remote: Remote, factor: string) {
  return async (call: Call, ...args: readonly Uint8Array[]): Promise<Answer> =>
    checked(await remote.call(call, ...args), factor)
}

const WRONG_PIN = [0xa0, 0xa1, 0xa2] // CKR_PIN_INCORRECT, _INVALID, _LEN_RANGE
const PIN_LOCKED = 0xa4
const GONE = [0x32, 0xe0] // CKR_DEVICE_REMOVED, CKR_TOKEN_NOT_PRESENT

/** @throws CairnError when it is not CKR_OK */
export function checked(answer: Answer | null, factor: string): Answer {
  if (answer === null) return fail('token-failed', { factor, reason: 'p11-kit ended' })
  const { rv } = answer
  if (rv === 0) return answer
  if (WRONG_PIN.includes(rv)) return fail('pin-wrong', { factor })
  if (rv === PIN_LOCKED) return fail('pin-locked', { factor })
  if (GONE.includes(rv)) return fail('token-absent', { token: factor })
  return fail('token-failed', { factor, reason: `it answered 0x${rv.toString(16)}` })
}
