/** `--from-paper`: a vault as it was printed, from scans of its sheets, unlocked with the factors at hand. */
import { fail } from '@cairn/core/errors.js'
import { missingSheets, type ReadSheets } from '@cairn/core/sheets/paper.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { readScans, type ScannedSheets } from '@cairn/node/sheets/paper-scans.js'
import type { PictureFile } from '@cairn/node/sheets/picture.js'
import { capsuleStore, openCapsuleStore } from '@cairn/node/vault/from-capsule.js'
import type { Context } from './context.js'
import type { FactorOptions } from './factors.js'
import { count, moment, safe } from './output.js'
import { openPicture } from './pictures.js'
import { withProgress } from './progress.js'
import { type Opened, unlockStores } from './unlock.js'

export interface PaperOptions extends FactorOptions {
  /** Of the files with scans, or `-`. */
  readonly fromPaper?: readonly string[]
  /** The eight digits of the print that is meant. */
  readonly printId?: string
}

export interface OpenedPaper {
  readonly opened: Opened
  readonly scanned: ScannedSheets
}

/** @throws CairnError of `readScans`, `capsuleStore`, `unlockStores` and `openCapsuleStore` */
export async function unlockPaper(context: Context, options: PaperOptions): Promise<OpenedPaper> {
  const scanned = await readFiles(context, options)
  const capsule = await capsuleStore(scanned.content, ports.primitives)
  const vault = await unlockStores(context, [capsule.store], options)
  const heads = await openCapsuleStore(capsule, vault)
  const past = { heads, chain: [], forgotten: [], stores: [] }
  return { opened: { ...vault, past }, scanned }
}

async function readFiles(
  context: Context,
  { fromPaper = [], printId: print }: PaperOptions,
): Promise<ScannedSheets> {
  if (print !== undefined && !/^[0-9a-f]{8}$/i.test(print))
    fail('usage', { reason: '--print-id is the eight digits that stand on each page of a print' })
  const files: PictureFile[] = []
  for (const name of fromPaper) files.push(await openPicture(context, name))
  return withProgress(context, 'Reading', (progress) =>
    readScans(files, { only: print?.toLowerCase(), progress }),
  )
}

/** What of the print was not there although it was enough: the next loss may be one too many. */
export function paperAdvice({ state, without }: ScannedSheets, time: string | undefined): readonly string[] {
  const names = without.map(safe).join(', ')
  const advice =
    without.length === 0 ? [] : [`No codes of a print: ${names}. The pages of instructions have none.`]
  const asOf =
    time === undefined
      ? []
      : [`This is as it was on ${moment(new Date(time))}. A store may have newer snapshots.`]
  return [...advice, ...lostAdvice(state), ...asOf]
}

function lostAdvice(state: ReadSheets['state']): readonly string[] {
  const sheets = missingSheets(state)
  const lost = [...(sheets?.whole ?? []), ...(sheets?.partly ?? []).map(({ sheet }) => sheet)]
  if (lost.length === 0) return []
  const which = lost.sort((a, b) => a - b).join(', ')
  return [
    `${count(lost.length, 'page')} of the print ${state.set.id} ${lost.length === 1 ? 'was' : 'were'} missing or could not be read whole: ${which}. Print it anew before more are lost: cairn sheet snapshot`,
  ]
}
