/**
 * Tags: names that a person gives to snapshots, `before-upgrade`. They stand in manifests, sealed, so that a store learns
 * nothing of them, and signed by way of the head. A manifest is never changed: it says which tags its own snapshot has,
 * and which ones earlier snapshots of its device have by now. Of all that is said of a snapshot the newest counts.
 */
import * as z from 'zod'
import { fail } from '../errors.js'

export const MAX_TAGS = 32
export const MAX_TAGGED = 10_000

/** 1 to 64 characters, none of them a comma, control, format, private or unassigned. */
const tag = z
  .string()
  .max(64)
  .regex(/^[^\p{C}\p{Z},](?:[^\p{C}\p{Zl}\p{Zp},]*[^\p{C}\p{Z},])?$/u)

/** Tags of one snapshot of a device, by its number; an empty list says that it has none any more. */
const taggedSchema = z.strictObject({ seq: z.int().min(1), tags: z.array(tag).max(MAX_TAGS) })

export const taggedList = z.array(taggedSchema).max(MAX_TAGGED)

export type Tagged = z.infer<typeof taggedSchema>

/** Tags by the number of the snapshot. */
export type Tags = ReadonlyMap<number, readonly string[]>

/** A tag as a person typed it. @throws CairnError `usage` */
export function parseTag(text: string): string {
  const parsed = tag.safeParse(text.normalize('NFC'))
  return parsed.success
    ? parsed.data
    : fail('usage', { reason: 'a tag has 1 to 64 characters, no comma, no space at its ends' })
}

/** What is known of the snapshots of one device. @param said lists of several manifests, what was said first at the beginning */
export function tagsOf(said: readonly (readonly Tagged[])[]): Tags {
  return new Map(said.flat().map(({ seq, tags }) => [seq, tags]))
}

/** For a manifest or a memory: what is known of each snapshot, by number. @throws CairnError `usage` when there are too many */
export function taggedOf(tags: Tags): Tagged[] {
  if (tags.size > MAX_TAGGED) fail('usage', { reason: `${MAX_TAGGED} snapshots at most have tags` })
  return [...tags].sort(([a], [b]) => a - b).map(([seq, names]) => ({ seq, tags: [...names] }))
}

/** Adds and removes. @throws CairnError `usage` when there are too many */
export function retag(
  before: readonly string[],
  { add, remove }: { readonly add: readonly string[]; readonly remove: readonly string[] },
): readonly string[] {
  const after = [...new Set([...before, ...add])].filter((name) => !remove.includes(name)).sort()
  return after.length <= MAX_TAGS
    ? after
    : fail('usage', { reason: `a snapshot has ${MAX_TAGS} tags at most` })
}
