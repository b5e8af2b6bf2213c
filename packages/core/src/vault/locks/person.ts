/** A person: the share is locked to the age recipient that they gave. */
import * as z from 'zod'
import { keyedFields, keyedRow } from './row.js'

const schema = z.strictObject({ kind: z.literal('person'), ...keyedFields })

export type PersonFactor = Readonly<z.infer<typeof schema>>

export const person = { ...keyedRow<PersonFactor>(schema), schema }
