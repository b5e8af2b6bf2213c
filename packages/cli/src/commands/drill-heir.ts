/**
 * `cairn drill --heir NAME --to DIR`: somebody who comes after the owner walks the way once, with a sample wallet in a throwaway
 * vault of the same shape. The first call lays out the sheets and the copy and, on a terminal, goes on at once; the second one,
 * with the sheets, restores, takes the time, and keeps the result without a word of the sheets.
 */
import { join, resolve } from 'node:path'
import { EXIT_CODES, fail, isCairnError } from '@cairn/core/errors.js'
import type { Machine } from '@cairn/node/machine/open.js'
import { realPorts as ports } from '@cairn/node/real.js'
import type { SheetFormat } from '@cairn/node/sheets/make.js'
import {
  copyOf,
  finishHeirDrill,
  type HeirDrill,
  noteHeirDrill,
  prepareHeirDrill,
  readHeirDrill,
} from '@cairn/node/vault/heir-drill.js'
import { planRehearsals } from '@cairn/node/vault/rehearsals.js'
import { askEnter, canAsk } from '../ask.js'
import type { Context } from '../context.js'
import type { FactorOptions } from '../factors.js'
import { type Outcome, say } from '../outcome.js'
import { bold, columns, good, safe, today } from '../output.js'
import { type PlanHere, planHere } from '../plan-here.js'
import { samplePath } from '../samples.js'
import { deliverNew } from '../sheets.js'
import { unlockElsewhere } from '../unlock.js'

export interface HeirOptions extends FactorOptions {
  readonly heir: string
  readonly to?: string
  readonly format?: SheetFormat | 'txt'
}

export async function drillHeir(context: Context, options: HeirOptions): Promise<Outcome> {
  const folder = resolve(
    options.to ?? fail('usage', { reason: 'say where the rehearsal may lie: --to DIR, a new folder' }),
  )
  const here = await planHere(context)
  const known = here.heirs.holders.map(({ name }) => name)
  if (!known.includes(options.heir)) {
    const who = known.length === 0 ? 'nobody but you' : `only ${known.map(safe).join(', ')}`
    return fail('usage', {
      reason: `${who} holds something on the list of places; add what they hold: cairn place add … --with NAME`,
    })
  }
  const there = await readHeirDrill(folder, ports)
  const begun = there ?? (await prepare(context, { options, here, folder }))
  const isGiven = (options.sheetFile ?? []).length > 0
  if (!isGiven && !canAsk(context)) return prepared(folder, begun)
  if (there === undefined) say(context, layout(folder, begun))
  if (!isGiven)
    await askEnter(context, {
      what: `Press Enter when ${safe(begun.heir)} is ready: then the clock runs.`,
      option: '--sheet-file FILE',
    })
  return walk(context, { options, here, folder, drill: begun })
}

interface Preparing {
  readonly options: HeirOptions
  readonly here: PlanHere
  readonly folder: string
}

/** The sheets go into files, named after the factors. */
async function prepare(context: Context, { options, here, folder }: Preparing): Promise<HeirDrill> {
  const { machine, heirs } = here
  const ending = options.format ?? 'pdf'
  return prepareHeirDrill(
    {
      ...{ folder, heir: options.heir, policy: machine.description.policy, heirs, sample: samplePath() },
      deliver: (sheets, description) =>
        deliverNew(context, {
          sheets: sheets.map(({ name, words }) => ({ name: `${name}, REHEARSAL ONLY`, words })),
          description,
          files: sheets.map(({ name }, i) => join(folder, `sheet-${i + 1}-${fileName(name)}.${ending}`)),
          places: [copyOf(folder)],
          date: today(),
        }),
    },
    ports,
  )
}

function fileName(name: string): string {
  return name.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 32)
}

function layout(folder: string, { heir }: HeirDrill): string {
  return [
    bold(`A rehearsal for ${safe(heir)}`),
    '',
    columns([
      ['  the copy of the vault', safe(copyOf(folder))],
      ['  the sheets that people would have', safe(join(folder, 'sheet-*'))],
    ]),
    '',
    'In it lies a sample wallet that holds nothing. What would be gone with you is given to nobody.',
    `Print the sheets, lay them where the real ones are, or hand them to the people, and let ${safe(heir)} do the rest:`,
    '',
    '  1. collect the sheets, as the letter says',
    '  2. sit down at this computer',
    '  3. type their words when they are asked for; a mistake does no harm',
    '  4. find the sample wallet in the folder that is named at the end',
    '',
  ].join('\n')
}

function prepared(folder: string, drill: HeirDrill): Outcome {
  return {
    json: { result: 'prepared', heir: drill.heir, folder, copy: copyOf(folder) },
    text: layout(folder, drill),
    next: [
      `When the sheets are collected: cairn drill --heir '${safe(drill.heir)}' --to '${safe(folder)}' --sheet-file FILE …`,
    ],
  }
}

interface Walking {
  readonly options: HeirOptions
  readonly here: PlanHere
  readonly folder: string
  readonly drill: HeirDrill
}

/** Wrong or too few sheets are a result too, and one that is good to have now. */
async function walk(context: Context, { options, here, folder, drill }: Walking): Promise<Outcome> {
  const { machine, heirs } = here
  // nobody has the words of what would be gone
  const unasked = heirs.gone.map(({ name }) => name)
  const since = ports.now()
  try {
    const opened = await unlockElsewhere(context, [copyOf(folder)], { ...options, unasked })
    const result = await finishHeirDrill(folder, { drill, opened, since }, ports)
    await noteHeirDrill(machine, { drill, result }, ports)
    return await told(machine, { drill, folder, result })
  } catch (error) {
    if (isCairnError(error) && (error.kind === 'mismatch' || error.kind === 'refused')) {
      const seconds = Math.round((ports.now().getTime() - since.getTime()) / 1000)
      await noteHeirDrill(machine, { drill, result: { ok: false, seconds } }, ports)
    }
    throw error
  }
}

interface Told {
  readonly drill: HeirDrill
  readonly folder: string
  readonly result: { readonly ok: boolean; readonly seconds: number }
}

async function told(machine: Machine, { drill, folder, result: { ok, seconds } }: Told): Promise<Outcome> {
  const next = (await planRehearsals(machine, ports)).find(
    ({ what, name }) => what === 'heir' && name === drill.heir,
  )
  const time = seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`
  return {
    json: {
      result: ok ? 'restored' : 'differs',
      heir: drill.heir,
      seconds,
      folder,
      ...(next ? { next: next.by } : {}),
    },
    text: ok
      ? `${good(`${safe(drill.heir)} got in`)}, in ${time}. The sample wallet lies in ${safe(join(folder, 'restored'))}.`
      : 'What came back is not the sample wallet.',
    next: [
      `Delete ${safe(folder)} and the sheets of the rehearsal: nothing in them is worth anything, and they must not be mixed up with the real ones.`,
      ...(next ? [`Next time by ${next.by.slice(0, 10)}, or when the plan changes.`] : []),
    ],
    exit: ok ? 0 : EXIT_CODES.mismatch,
  }
}
