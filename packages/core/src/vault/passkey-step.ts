/**
 * What is asked of a browser for a passkey, and what it answers, as JSON: whoever talks to the authenticator (a page, or
 * the command through a page that it serves) does these two steps and no other. Bytes are in hex.
 */
import * as z from 'zod'
import { hex, unhex } from '../bytes.js'
import { fail } from '../errors.js'
import { random } from '../random.js'
import {
  type EvaluatePrf,
  encodePasskey,
  type PasskeyPlace,
  type PrfInputs,
  parseAuthenticatorData,
  parsePasskey,
} from './passkey.js'

/** Make a passkey, or use the one with this id. */
export type PasskeyStep =
  | {
      readonly step: 'create'
      readonly rp: string
      /** Under which the browser lists it. */
      readonly user: string
      readonly userId: string
      readonly challenge: string
    }
  | {
      readonly step: 'use'
      readonly rp: string
      readonly id: string
      readonly transports: readonly string[]
      readonly first: string
      readonly second: string
      readonly challenge: string
    }

/** Does a step with a person at a browser, and gives what `answers` of this file reads. */
export type DoStep = (step: PasskeyStep) => Promise<unknown>

const bytes = (least: number, most: number) =>
  z
    .string()
    .max(2 * most)
    .regex(new RegExp(`^([0-9a-f]{2}){${least},}$`))

const createdSchema = z.strictObject({
  id: bytes(1, 1_023),
  transports: z.array(z.string().max(32)).max(16),
  data: bytes(37, 16_384),
  prf: z.boolean(),
})

const usedSchema = z.strictObject({
  id: bytes(1, 1_023),
  data: bytes(37, 16_384),
  first: bytes(32, 32).nullable(),
  second: bytes(32, 32).nullable(),
})

export interface CreatedPasskey {
  /** `AGE-PLUGIN-FIDO2PRF-1…` */
  readonly passkey: string
  readonly synced: boolean
}

/**
 * Has a passkey made for the site `rp`.
 * @param user under which the browser lists it
 * @throws CairnError `passkey-failed`, `random-broken`, and what `doStep` throws
 */
export async function createPasskey(rp: string, user: string, doStep: DoStep): Promise<CreatedPasskey> {
  const answer = await doStep({ step: 'create', rp, user, userId: hex(random(16)), challenge: challenge() })
  const parsed = createdSchema.safeParse(answer)
  if (!parsed.success) return fail('passkey-failed', { reason: UNREADABLE })
  const { id, transports, data, prf } = parsed.data
  if (!prf) fail('passkey-failed', { reason: NO_PRF })
  const { synced } = verified(unhex(data), rp)
  const known = transports.filter((each) => TRANSPORTS.includes(each))
  return { passkey: encodePasskey({ id: unhex(id), rp, transports: known }), synced }
}

/** A passkey as `wrapByPasskey` and `unwrapByPasskey` ask for it. @throws CairnError `key-invalid` */
export function passkeyAt(passkey: string, doStep: DoStep): EvaluatePrf {
  const place = parsePasskey(passkey)
  return async (inputs) => used(place, await doStep(useStep(place, inputs)))
}

function useStep({ id, rp, transports }: PasskeyPlace, { first, second }: PrfInputs): PasskeyStep {
  return {
    step: 'use',
    rp,
    id: hex(id),
    transports,
    first: hex(first),
    second: hex(second),
    challenge: challenge(),
  }
}

/** @throws CairnError `passkey-failed` */
function used(place: PasskeyPlace, answer: unknown) {
  const parsed = usedSchema.safeParse(answer)
  if (!parsed.success) return fail('passkey-failed', { reason: UNREADABLE })
  const { id, data, first, second } = parsed.data
  if (id !== hex(place.id)) return fail('passkey-failed', { reason: 'it is another one' })
  verified(unhex(data), place.rp)
  if (first === null || second === null) return fail('passkey-failed', { reason: NO_PRF })
  return { first: unhex(first), second: unhex(second) }
}

function verified(data: Uint8Array, rp: string) {
  const state = parseAuthenticatorData(data, rp)
  return state.verified
    ? state
    : fail('passkey-failed', { reason: 'it did not ask for a PIN or a biometric' })
}

/** Nothing is signed for us: what a passkey proves here is that it opens its lock. */
function challenge(): string {
  return hex(random(16))
}

const NO_PRF = 'it has no PRF extension; newer systems, browsers and security keys have it'
const UNREADABLE = 'what the browser says of it cannot be read'
/** WebAuthn level 3, section 5.8.4. */
const TRANSPORTS = ['usb', 'nfc', 'ble', 'smart-card', 'hybrid', 'internal']
