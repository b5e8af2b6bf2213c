/**
 * `cairn share split`: makes SLIP-39 shares of a secret: the entropy of a BIP-39 phrase, or bytes in
 * hexadecimal. Shares of a phrase bring back the phrase; typed into a hardware wallet as they are they
 * lead to another wallet, since SLIP-39 takes its secret for the seed itself. The person is told.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { unhex, wipe } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import type { Language } from '@cairn/core/words/bip39.js'
import { split } from '@cairn/core/words/slip39.js'
import { askInput } from '../../ask.js'
import type { Context } from '../../context.js'
import { failFile, writePrivate } from '../../input.js'
import { needReveal, type Outcome } from '../../outcome.js'
import { count } from '../../output.js'
import { askNewPassphrase, type PassphraseOptions } from '../../passphrase.js'

interface Options extends PassphraseOptions {
  readonly need?: number
  readonly of?: number
  readonly group?: readonly string[]
  readonly groupsNeed?: number
  readonly outDir?: string
  readonly language?: Language
  readonly reveal?: boolean
}

interface Group {
  readonly threshold: number
  readonly count: number
}

interface Plan {
  readonly groups: readonly Group[]
  readonly groupThreshold: number
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  const plan = parsePlan(options)
  if (options.outDir === undefined) needReveal(options)
  const question = { what: 'the phrase, or the secret in hexadecimal', option: 'standard input' }
  const { secret, language } = await parseSecret(await askInput(context, question), options.language)
  const passphrase = await askNewPassphrase(context, 'a passphrase for the shares', options)
  const shares = split({ secret, passphrase, ...plan })
  wipe(secret)
  const files = options.outDir === undefined ? [] : await writeShares(options.outDir, plan, shares)
  return outcome({ plan, shares, files, language }, options)
}

/** `--need 2 --of 3`, or `--group 2of3 --group 3of5 --groups-need 2`. @throws CairnError `usage` */
export function parsePlan(options: Pick<Options, 'need' | 'of' | 'group' | 'groupsNeed'>): Plan {
  const { need, of, group, groupsNeed } = options
  const single = need !== undefined && of !== undefined
  if (group === undefined && groupsNeed === undefined && single) {
    return { groups: [{ threshold: need, count: of }], groupThreshold: 1 }
  }
  if (group !== undefined && need === undefined && of === undefined) {
    const groups = group.map(parseGroup)
    if (groupsNeed !== undefined) return { groups, groupThreshold: groupsNeed }
    if (groups.length === 1) return { groups, groupThreshold: 1 }
  }
  return fail('usage', {
    reason: 'say which shares to make: --need 2 --of 3, or --group 2of3 --group 3of5 --groups-need 2',
  })
}

function parseGroup(text: string): Group {
  const [, threshold, count] = /^(\d{1,2})of(\d{1,2})$/.exec(text) ?? []
  if (threshold === undefined || count === undefined)
    return fail('usage', { reason: '--group is written like 2of3' })
  return { threshold: Number(threshold), count: Number(count) }
}

interface Parsed {
  readonly secret: Uint8Array
  /** Of the phrase: its words are needed to bring the wallet back, not only the bytes. Null for hexadecimal. */
  readonly language: Language | null
}

async function parseSecret(typed: string, language: Language | undefined): Promise<Parsed> {
  const text = typed.trim()
  if (/^(?:[0-9a-fA-F]{2})+$/.test(text)) return { secret: unhex(text), language: null }
  const { check, toEntropy } = await import('@cairn/core/words/bip39.js')
  const secret = toEntropy(text, language)
  return { secret, language: language ?? check(text).language }
}

/** One file a share, readable by its owner only, in a new folder. Returns their paths. */
async function writeShares(
  folder: string,
  plan: Plan,
  shares: readonly (readonly string[])[],
): Promise<readonly string[]> {
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => failFile(error, folder))
  const files: string[] = []
  for (const [g, members] of shares.entries()) {
    for (const [m, share] of members.entries()) {
      const path = join(folder, `${fileName(plan, { group: g, member: m })}.txt`)
      await writePrivate(path, `${share}\n`)
      files.push(path)
    }
  }
  return files
}

function fileName({ groups }: Plan, at: { readonly group: number; readonly member: number }): string {
  const share = `share-${at.member + 1}-of-${groups[at.group]?.count}`
  return groups.length === 1 ? share : `group-${at.group + 1}-${share}`
}

interface Made {
  readonly plan: Plan
  readonly shares: readonly (readonly string[])[]
  readonly files: readonly string[]
  readonly language: Language | null
}

function outcome(made: Made, options: Options): Outcome {
  const { plan, shares, files } = made
  const revealed = options.reveal === true
  const groups = plan.groups.map(({ threshold, count }, i) => ({
    need: threshold,
    of: count,
    ...(revealed ? { shares: shares[i] } : {}),
  }))
  const text = [sayPlan(plan), ...files.map((file) => `wrote ${file}`)].join('\n')
  return {
    json: {
      scheme: 'slip39',
      groups_need: plan.groupThreshold,
      groups,
      ...(files.length > 0 ? { files } : {}),
    },
    text,
    ...(revealed ? { secret: shares.flat().join('\n'), page: page(plan, shares) } : {}),
    next: advice(made),
  }
}

function sayPlan({ groups, groupThreshold }: Plan): string {
  const [only] = groups
  if (groups.length === 1 && only) {
    return `${count(only.count, 'share')}; ${only.threshold} of them bring the secret back, fewer tell nothing.`
  }
  const each = groups.map(({ threshold, count }, i) => `group ${i + 1}: ${threshold} of ${count}`)
  return `${count(groups.length, 'group')}, ${groupThreshold} of them are needed (${each.join(', ')}).`
}

function page(plan: Plan, shares: readonly (readonly string[])[]): string {
  const named = shares.flatMap((members, group) =>
    members.map(
      (share, member) => `${fileName(plan, { group, member }).replaceAll('-', ' ')}\n${number(share)}`,
    ),
  )
  return named.join('\n\n')
}

/** The words with their numbers, four a line, as one writes them down. */
function number(share: string): string {
  const words = share.split(' ').map((word, i) => `${String(i + 1).padStart(2)} ${word.padEnd(9)}`)
  const lines: string[] = []
  for (let i = 0; i < words.length; i += 4)
    lines.push(
      words
        .slice(i, i + 4)
        .join(' ')
        .trimEnd(),
    )
  return lines.join('\n')
}

function advice({ files, language }: Made): readonly string[] {
  const lines = []
  if (language !== null) {
    const words = language === 'english' ? '' : ` --language ${language}`
    lines.push(
      `These shares hold your phrase: cairn share combine --as bip39${words} --reveal brings it back.`,
    )
    lines.push('Do not type them into a hardware wallet: it would take them for another wallet.')
  }
  if (files.length > 0)
    lines.push('The files are as secret as the phrase: print or copy them, then delete them.')
  return lines
}
