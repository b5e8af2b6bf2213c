/**
 * Who holds which sheet, share, phrase, device or store, where, and when somebody last looked: a list that a person
 * keeps, and no secret in it. One row is one copy of one thing. Cairn's own format, JSON; not a place of snapshots
 * itself (stores), and not the policy, which the rows name only.
 */
import * as z from 'zod'
import { fail } from '../errors.js'
import { suggestion } from './near-names.js'

export const THING_KINDS = ['factor', 'store', 'phrase', 'share', 'device', 'recovery'] as const
export type ThingKind = (typeof THING_KINDS)[number]

export const PLACE_KINDS = [
  'home',
  'office',
  'bank',
  'relative',
  'friend',
  'notary',
  'cloud',
  'carried',
  'head',
  'elsewhere',
] as const
export type PlaceKind = (typeof PLACE_KINDS)[number]

/** The owner, where a row names nobody else. */
export const OWNER = 'me'
export const MAX_THINGS = 100
export const MAX_PLACES_BYTES = 64 * 1024
/** In a snapshot the list goes as a file of its own, under this name: a Cairn that does not know of it restores it as one. */
export const PLACES_NAME = 'cairn-places'
export const PLACES_FILE = 'places.json'
/** Shorter than a private key in any usual form, and than a phrase of twelve words. */
const MAX_NAME = 40
const MAX_WORDS = 6

const name = z
  .string()
  .regex(/^[^\p{C}\s]+( [^\p{C}\s]+)*$/u)
  .max(MAX_NAME)
  .refine((text) => text.split(' ').length <= MAX_WORDS)
const day = z.iso.date()
const counted = z.int().min(1).max(255)

const fields = {
  name,
  /** Factor of the policy, store, or wallet. */
  of: name,
  at: name,
  kind: z.enum(PLACE_KINDS),
  with: name,
  /** The day when somebody saw it there. */
  checked: day.nullable(),
}
const thingSchema = z.discriminatedUnion('is', [
  z.strictObject({ ...fields, is: z.enum(['factor', 'store', 'recovery']) }),
  /** Without numbers it is the whole wallet; with them a key of one that takes several signatures. */
  z.strictObject({
    ...fields,
    is: z.enum(['phrase', 'device']),
    share: counted.optional(),
    need: counted.optional(),
  }),
  /** Any `need` shares with different numbers give the phrase of the wallet. */
  z.strictObject({ ...fields, is: z.literal('share'), share: counted, need: counted }),
])
const list = { format: z.literal('cairn-places'), things: z.array(thingSchema).max(MAX_THINGS) }
/** Version 1 did not say when it was changed. */
const placesSchema = z.discriminatedUnion('version', [
  z.strictObject({ ...list, version: z.literal(1) }),
  z.strictObject({ ...list, version: z.literal(2), changed: z.iso.datetime() }),
])

/** One copy of one thing. */
export type Thing = z.infer<typeof thingSchema>

export interface PlacesList {
  readonly things: readonly Thing[]
  /** When somebody last changed it, an instant: of two lists the later one counts. Null when it does not say. */
  readonly changed: string | null
}

/** Reads the list. @throws CairnError `places-damaged` */
export function parsePlaces(text: string): PlacesList {
  if (text.length > MAX_PLACES_BYTES) return fail('places-damaged')
  const parsed = placesSchema.safeParse(parseJson(text))
  if (!parsed.success) return fail('places-damaged')
  const { things } = parsed.data
  if (things.some((thing, i) => problemOf(things.slice(0, i), thing) !== null)) fail('places-damaged')
  return { things, changed: parsed.data.version === 2 ? parsed.data.changed : null }
}

/** The list as a file. */
export function formatPlaces({ things, changed }: PlacesList): string {
  const when = changed === null ? { version: 1 } : { version: 2, changed }
  return `${JSON.stringify({ format: 'cairn-places', ...when, things }, null, 2)}\n`
}

/** The list with one thing more. @throws CairnError `place-known`, `place-invalid` */
export function addThing(things: readonly Thing[], thing: unknown): readonly Thing[] {
  const parsed = thingSchema.safeParse(thing)
  if (!parsed.success) return fail('place-invalid', { reason: wrongField(parsed.error) })
  const added = parsed.data
  if (things.some((known) => known.name === added.name)) fail('place-known', { name: added.name })
  if (things.length >= MAX_THINGS) fail('place-invalid', { reason: `the list holds ${MAX_THINGS} things` })
  const reason = problemOf(things, added)
  if (reason !== null) fail('place-invalid', { reason })
  return [...things, added]
}

/** The list without one thing. @throws CairnError `place-absent` */
export function removeThing(things: readonly Thing[], gone: string): readonly Thing[] {
  const rest = things.filter((thing) => thing.name !== gone)
  return rest.length < things.length ? rest : absent(things, gone)
}

/** Of what was typed nothing is told but the row that is near it. */
function absent(things: readonly Thing[], typed: string): never {
  const names = things.map(({ name }) => name)
  return fail('place-absent', { suggestion: suggestion(typed, names) })
}

/** The list once somebody has seen a thing where it should be. @param on the day @throws CairnError `place-absent`, `place-invalid` */
export function checkThing(things: readonly Thing[], name: string, on: string): readonly Thing[] {
  if (!day.safeParse(on).success) fail('place-invalid', { reason: WRONG.checked as string })
  if (things.every((thing) => thing.name !== name)) absent(things, name)
  return things.map((thing) => (thing.name === name ? { ...thing, checked: on } : thing))
}

/** What somebody has to go and look at: not what lies in a head, which is rehearsed, nor stores, which `check` reads. */
export function isLookedAt({ is, kind }: Thing): boolean {
  return is !== 'store' && kind !== 'head'
}

export interface Part {
  readonly share: number
  readonly need: number
}

/** Which share or key it is, and how many different ones are needed; null for a thing that is enough. */
export function partOf(thing: Thing): Part | null {
  if (!('share' in thing) || thing.share === undefined || thing.need === undefined) return null
  return { share: thing.share, need: thing.need }
}

/** What the row says otherwise than those before it, or null. */
function problemOf(things: readonly Thing[], added: Thing): string | null {
  if (things.some((known) => known.name === added.name)) return 'two things have the same name'
  const same = things.find(({ at }) => at === added.at)
  if (same !== undefined && same.kind !== added.kind)
    return `the place of this thing is already of the kind ${same.kind}`
  if ('share' in added && (added.share === undefined) !== (added.need === undefined))
    return WRONG.need as string
  const part = partOf(added)
  if (part === null) return null
  if (part.need < 2)
    return 'one share that is enough is a phrase, and a phrase or device that is enough has no number'
  const other = things.find((known) => known.of === added.of && partOf(known) !== null)
  if (other === undefined) return null
  if ((other.is === 'share') !== (added.is === 'share'))
    return 'shares of one phrase and keys of several signatures are two wallets on this list: name one of them otherwise'
  const { need } = partOf(other) as Part
  return need === part.need ? null : `of the other shares of this wallet ${need} are needed`
}

const WRONG: Readonly<Record<string, string>> = {
  checked: 'the day of the check is written as 2026-11-26',
  share: 'a share has a number from 1 to 255',
  need: 'of a share, or of a key where several must sign, it must be said which one it is and how many are needed, 2 to 255',
  kind: `the kind of place is one of ${PLACE_KINDS.join(', ')}`,
  is: `it is one of ${THING_KINDS.join(', ')}`,
}

/** Never what was typed: it could be a phrase in the wrong place. */
function wrongField({ issues: [issue] }: z.ZodError): string {
  return (
    WRONG[String(issue?.path[0])] ??
    `names have 1 to ${MAX_NAME} printable characters and at most ${MAX_WORDS} words; never write a secret here`
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
