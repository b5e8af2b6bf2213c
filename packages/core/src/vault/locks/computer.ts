/** A computer: its key, an age identity, lies on that machine. */
import * as z from 'zod'
import { keyedFields, keyedRow } from './row.js'

const schema = z.strictObject({ kind: z.literal('computer'), ...keyedFields })

export type ComputerFactor = Readonly<z.infer<typeof schema>>

export const computer = { ...keyedRow<ComputerFactor>(schema), schema }
