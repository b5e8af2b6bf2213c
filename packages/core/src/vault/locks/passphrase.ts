/** A passphrase: the share under age's scrypt recipient. A new share needs the passphrase again. */
import * as z from 'zod'
import { fail } from '../../errors.js'
import { LOG_N_LIMIT, lockWithPassphrase, parseLock } from '../lock.js'
import { parsePassphrase } from '../passphrase.js'
import { factorName, type LockRow, lockText } from './row.js'

export interface PassphrasePlan {
  readonly kind: 'passphrase'
  readonly name: string
  readonly passphrase: string
}

const schema = z.strictObject({
  kind: z.literal('passphrase'),
  name: factorName,
  /** The scrypt cost of the lock, as its own header says too. */
  logN: z.number().int().min(1).max(LOG_N_LIMIT),
  lock: lockText,
})

export type PassphraseFactor = Readonly<z.infer<typeof schema>>

export const passphrase: LockRow<PassphrasePlan, PassphraseFactor> & { readonly schema: typeof schema } = {
  schema,
  async lock({ kind, name, passphrase: typed }, { content, logN }) {
    const lock = await lockWithPassphrase(content, parsePassphrase(typed), { logN })
    return { kind, name, logN, lock }
  },
  fits({ lock, logN }) {
    const found = parseLock(lock)
    return found?.kind === 'scrypt' && found.logN === logN
  },
  stay({ kind, name }, passphrases) {
    return { kind, name, passphrase: passphrases.get(name) ?? fail('passphrase-needed', { factor: name }) }
  },
}
