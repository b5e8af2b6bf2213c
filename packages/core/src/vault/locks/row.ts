/**
 * What the table of locks knows of one kind of factor: how vault.json has it, how its share is locked, and what must
 * hold of what was read. A kind is one file here and one row in table.ts.
 */
import { base64 } from '@scure/base'
import * as z from 'zod'
import { parseRecipient } from '../identity.js'
import { LOCK_LIMIT_CHARACTERS, lockTo, parseLock } from '../lock.js'

const NAME_LIMIT_CHARACTERS = 64
const RECIPIENT_LIMIT_CHARACTERS = 90

/** No control, format, private or unassigned characters: names are shown on terminals and printed on sheets. */
export const factorName = z
  .string()
  .min(1)
  .max(NAME_LIMIT_CHARACTERS)
  .regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u)

export const lockText = z.string().max(LOCK_LIMIT_CHARACTERS)

export interface Locking {
  /** What the lock holds: the words of a share, padded. */
  readonly content: string
  /** scrypt cost of passphrases, log2 of N. */
  readonly logN: number
}

export interface Named {
  readonly kind: string
  readonly name: string
}

/** `Plan`: what is asked for. `Made`: as vault.json has it. */
export interface LockRow<Plan extends Named, Made extends Named> {
  readonly schema: z.ZodType<Made>
  readonly lock: (plan: Plan, locking: Locking) => Promise<Made>
  /** The lock is of the kind and cost that the factor says. */
  readonly fits: (made: Made) => boolean
  /**
   * The plan of a factor that stays and gets a new share.
   * @param passphrases by the name of the factor that each opens
   */
  readonly stay: (made: Made, passphrases: ReadonlyMap<string, string>) => Plan
}

/** Fields of every factor whose share is locked to an X25519 recipient: a new share needs nobody's presence. */
export const keyedFields = {
  name: factorName,
  recipient: z.string().max(RECIPIENT_LIMIT_CHARACTERS),
  lock: lockText,
}

export interface Keyed extends Named {
  readonly recipient: string
  readonly lock: string
}

/**
 * The row of a kind with an X25519 recipient; all its fields but the lock stay as they are.
 * @param isWhole holds for the further fields of the kind
 */
export function keyedRow<Made extends Keyed>(
  schema: z.ZodType<Made>,
  isWhole: (made: Made) => boolean = () => true,
): LockRow<Omit<Made, 'lock'> & Named, Made> {
  return {
    schema,
    lock: async (plan, { content }) => ({ ...plan, lock: await lockTo(content, plan.recipient) }) as Made,
    fits: (made) => parseLock(made.lock)?.kind === 'X25519' && isRecipient(made.recipient) && isWhole(made),
    stay: ({ lock: _, ...plan }) => plan,
  }
}

function isRecipient(text: string): boolean {
  try {
    return parseRecipient(text) === text
  } catch {
    return false
  }
}

/** Bytes in canonical base64 (RFC 4648, section 4), at least one and at most so many. */
export function base64Bytes(most: number): z.ZodType<string> {
  const characters = Math.ceil(most / 3) * 4
  return z
    .string()
    .min(4)
    .max(characters)
    .refine((encoded) => isCanonical(encoded))
}

function isCanonical(encoded: string): boolean {
  try {
    return base64.encode(base64.decode(encoded)) === encoded
  } catch {
    return false
  }
}
