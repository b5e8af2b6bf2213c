/** A set of shares that was made: how it is told, shown and written to files; for `share split` and `refresh`. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Scheme } from '@cairn/core/words/shares.js'
import { failFile, writePrivate } from './input.js'
import type { Outcome } from './outcome.js'
import { count } from './output.js'
import type { Plan } from './share-plan.js'

export interface ShareSet {
  readonly scheme: Scheme
  readonly plan: Plan
  /** One list a group. */
  readonly shares: readonly (readonly string[])[]
  /** What the set is called in its own shares; null where the scheme has no such thing. */
  readonly set: string | null
  /** What is under the shares, in words; null when nobody can tell. */
  readonly holds: string | null
}

export interface SetOptions {
  readonly outDir?: string
  readonly reveal?: boolean
}

/** Writes the files that were asked for and tells of the set. What is more to be said comes from the command. */
export async function outcomeOf(
  made: ShareSet,
  options: SetOptions,
): Promise<Outcome & { readonly json: object }> {
  const files = options.outDir === undefined ? [] : await writeShares(options.outDir, made)
  const revealed = options.reveal === true
  const { scheme, plan, shares, set } = made
  const groups = plan.groups.map(({ threshold, count }, i) => ({
    need: threshold,
    of: count,
    ...(revealed ? { shares: shares[i] } : {}),
  }))
  return {
    json: {
      scheme: scheme.name,
      set,
      groups_need: plan.groupThreshold,
      groups,
      ...(files.length > 0 ? { files } : {}),
    },
    text: [...labelOf(made), ...files.map((file) => `wrote ${file}`)].join('\n'),
    ...(revealed ? { secret: shares.flat().join('\n'), page: page(made) } : {}),
    next:
      files.length > 0
        ? ['The files are as secret as what they hold: print or copy them, then delete them.']
        : [],
  }
}

/** What the set is, for the person and for the paper; no secret. */
function labelOf({ scheme, plan, set, holds }: ShareSet): readonly string[] {
  const name = set === null ? '' : `, set ${set}`
  return [`${scheme.title}${name}: ${sayPlan(plan)}`, ...(holds === null ? [] : [`They hold ${holds}.`])]
}

function sayPlan({ groups, groupThreshold }: Plan): string {
  const [only] = groups
  if (groups.length === 1 && only) {
    const needed = only.threshold === only.count ? 'all' : String(only.threshold)
    return `${count(only.count, 'share')}; ${needed} of them bring the secret back, fewer tell nothing.`
  }
  const each = groups.map(({ threshold, count }, i) => `group ${i + 1}: ${threshold} of ${count}`)
  return `${count(groups.length, 'group')}, ${groupThreshold} of them are needed (${each.join(', ')}).`
}

/** One file a share and one that says what they are, for their owner only, in a new folder. */
async function writeShares(folder: string, made: ShareSet): Promise<readonly string[]> {
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => failFile(error, folder))
  const named = nameAll(made)
  for (const { name, share } of named) await writePrivate(join(folder, `${name}.txt`), `${share}\n`)
  await writePrivate(join(folder, 'about.txt'), `${labelOf(made).join('\n')}\n`)
  return named.map(({ name }) => join(folder, `${name}.txt`))
}

function nameAll({ plan, shares }: ShareSet): readonly { readonly name: string; readonly share: string }[] {
  return shares.flatMap((members, g) =>
    members.map((share, m) => {
      const name = `share-${m + 1}-of-${plan.groups[g]?.count}`
      return { name: plan.groups.length === 1 ? name : `group-${g + 1}-${name}`, share }
    }),
  )
}

function page(made: ShareSet): string {
  const shares = nameAll(made).map(({ name, share }) => `${name.replaceAll('-', ' ')}\n${number(share)}`)
  return [labelOf(made).join('\n'), ...shares].join('\n\n')
}

/** The words with their numbers, four a line, as one writes them down; a share without spaces in fours of capitals. */
function number(share: string): string {
  const words = share.split(' ')
  if (words.length === 1) return (share.toUpperCase().match(/.{1,4}/g) ?? []).join(' ')
  const width = Math.max(...words.map((word) => word.length)) + 1
  const cells = words.map((word, i) => `${String(i + 1).padStart(2)} ${word.padEnd(width)}`)
  const lines: string[] = []
  for (let i = 0; i < cells.length; i += 4)
    lines.push(
      cells
        .slice(i, i + 4)
        .join(' ')
        .trimEnd(),
    )
  return lines.join('\n')
}
