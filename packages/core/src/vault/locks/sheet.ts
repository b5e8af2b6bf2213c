/** A sheet: the share itself, on paper. The policy records its name and nothing of its words. */
import * as z from 'zod'
import { factorName, type LockRow } from './row.js'

const schema = z.strictObject({ kind: z.literal('sheet'), name: factorName })

export type SheetFactor = Readonly<z.infer<typeof schema>>

export const sheet: LockRow<SheetFactor, SheetFactor> & { readonly schema: typeof schema } = {
  schema,
  lock: async ({ kind, name }) => ({ kind, name }),
  fits: () => true,
  stay: ({ kind, name }) => ({ kind, name }),
}
