/**
 * Secrets that a vault had before it was rekeyed. Each is locked to the recipient of the newest one, so that whoever
 * opens the vault opens all its snapshots, and neither objects nor signed heads need to be written again. That a
 * description holds the secret of before also proves to a computer that knows the vault that its owner rekeyed it.
 */
import { z } from 'zod'
import { fail, isCairnError } from '../errors.js'
import { instant } from './head.js'
import { type Identity, recipientOf } from './identity.js'
import { LOCK_LIMIT_CHARACTERS, lockTo, openLock, parseLock } from './lock.js'

export const RETIRED_LIMIT = 64

/** A secret of before, as vault.json has it. */
export interface Retired {
  /** What objects were sealed to before. */
  readonly recipient: string
  /** When it was replaced. */
  readonly ended: string
  /** An armored age file for the recipient of the vault: the identity and a line feed. */
  readonly lock: string
}

export const retiredSchema = z
  .array(
    z.strictObject({
      recipient: z.string().regex(/^age1[0-9a-z]{20,100}$/),
      ended: instant,
      lock: z
        .string()
        .max(LOCK_LIMIT_CHARACTERS)
        .refine((lock) => parseLock(lock)?.kind === 'X25519'),
    }),
  )
  .min(1)
  .max(RETIRED_LIMIT)

/** A secret that was in force until `ended`. */
export interface Ending {
  readonly identity: string
  readonly ended: string
}

/**
 * Locks secrets of before to the recipient of the new one.
 * @param endings newest first
 * @throws CairnError `policy-invalid` when there are more than 64
 */
export async function retire(
  endings: readonly Ending[],
  to: Pick<Identity, 'recipient'>,
): Promise<readonly Retired[]> {
  if (endings.length > RETIRED_LIMIT) {
    return fail('policy-invalid', { reason: `a vault can be rekeyed ${RETIRED_LIMIT} times` })
  }
  return Promise.all(
    endings.map(async ({ identity, ended }) => ({
      recipient: recipientOf(identity),
      ended,
      lock: await lockTo(`${identity}\n`, to.recipient),
    })),
  )
}

/**
 * The secrets of before as age identities, newest first: each is what its recipient says.
 * @param identity of the vault
 * @throws CairnError `vault-damaged`
 */
export function openRetired(
  retired: readonly Retired[] | undefined,
  identity: string,
): Promise<readonly Ending[]> {
  return Promise.all((retired ?? []).map((each) => openOne(each, identity)))
}

async function openOne({ recipient, ended, lock }: Retired, identity: string): Promise<Ending> {
  const opened = await openLock(lock, { identity })
  const content = typeof opened === 'string' ? '' : opened.content.replace(/\n$/, '')
  return recipientOrNull(content) === recipient
    ? { identity: content, ended }
    : fail('vault-damaged', { reason: 'a secret of before it was rekeyed cannot be read' })
}

function recipientOrNull(identity: string): string | null {
  try {
    return recipientOf(identity)
  } catch (error) {
    if (isCairnError(error, 'key-invalid')) return null
    throw error
  }
}
