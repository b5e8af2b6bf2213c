/** `--print`: what is known of the printer is told before the page goes there, and how to clear it up afterwards. */
import { setTimeout as wait } from 'node:timers/promises'
import { fail } from '@cairn/core/errors.js'
import {
  clearing,
  isPending,
  type Kept,
  keptBy,
  lookAt,
  type Printer,
  type PrintJob,
  print,
} from '@cairn/node/sheets/print.js'
import { askLine, canAsk } from './ask.js'
import type { Context } from './context.js'
import { safe } from './output.js'

export interface PrintOptions {
  /** The name of the printer; true for the default one. */
  readonly print?: string | true
  /** The name of the printer again, in the place of a yes. */
  readonly yesPrint?: string
}

/** What the sheet is to whoever gets a copy of it. */
export interface Holding {
  /** Whether it opens something by itself, is sealed, is for all who may watch, or is a form without anything on it. */
  readonly holds: 'secret' | 'sealed' | 'public' | 'nothing'
  /** The command that draws the same sheet to be filled in by hand. */
  readonly blank?: string
}

/** A printer that the person wants although it is as it is. */
export interface Confirmed {
  readonly printer: Printer
  readonly warnings: readonly Warning[]
}

export interface Printed {
  readonly printer: string
  readonly job: string
  readonly warnings: readonly Warning[]
  /** The printer has not taken all of it yet. */
  readonly pending: boolean
  /** What clears the queue. */
  readonly clear: string
}

type Warning = 'spool' | 'shared' | 'network' | 'internet' | 'disk' | 'file' | 'unknown'

/** How long a printer gets before the command ends without it. */
const PATIENCE_MS = 120_000
const LOOK_MS = 500

/**
 * The printer that is meant, after a yes. Asked before anything secret is typed or drawn.
 * @throws CairnError of `lookAt`; `print-unconfirmed`, `input-missing`
 */
export async function confirmPrinter(
  context: Context,
  options: PrintOptions,
  holding: Holding,
): Promise<Confirmed> {
  const printer = await lookAt(options.print === true ? undefined : options.print)
  const kept = await keptBy()
  const warnings = warningsOf(printer, kept)
  const lines = [...warnings.map((what) => SAY[what](printer, kept)), ...handAdvice(holding)]
  await confirm(context, { printer, options, lines })
  return { printer, warnings }
}

/** @throws CairnError `print-failed` */
export async function printSheet(
  { signal }: Context,
  { printer, warnings }: Confirmed,
  request: PrintJob,
): Promise<Printed> {
  const job = await print(printer, request)
  const until = Date.now() + PATIENCE_MS
  let pending = await isPending(job)
  while (pending && Date.now() < until && !signal.aborted) {
    await wait(LOOK_MS)
    pending = await isPending(job)
  }
  return { printer: printer.name, job, warnings, pending, clear: clearing(printer) }
}

function warningsOf({ reach, isShared, hasDisk }: Printer, kept: Kept): readonly Warning[] {
  const far: readonly Warning[] = reach === 'cable' ? [] : [reach]
  return [
    ...(kept === 'not' ? [] : (['spool'] as const)),
    ...far,
    ...(isShared ? (['shared'] as const) : []),
    ...(hasDisk ? (['disk'] as const) : []),
  ]
}

const KEPT: Readonly<Record<Kept, string>> = {
  not: '',
  'a while': 'for a day or as long as its configuration says',
  always: 'until it is cleared',
  unknown: 'as a rule for a day',
}

const SAY: Readonly<Record<Warning, (printer: Printer, kept: Kept) => string>> = {
  spool: (_, kept) => `CUPS keeps a copy of the page in its spool folder, ${KEPT[kept]}.`,
  network: ({ device }) =>
    `It is on the network (${safe(device)}): the page travels there, often unencrypted, and passes through its memory.`,
  internet: ({ device }) =>
    `It is a service on the internet (${safe(device)}): strangers handle the page and may keep it.`,
  shared: () => 'It is shared: other computers see its queue.',
  disk: () => 'Its driver knows of a disk or of stored jobs in it: it may keep what it printed for years.',
  file: () => 'It prints into a file, not on paper: look where that file goes.',
  unknown: () => 'Cairn does not know this kind of printer, nor where it sends the page.',
}

function handAdvice({ holds, blank }: Holding): readonly string[] {
  if (holds === 'nothing') return []
  if (holds === 'public')
    return [
      'The page has public keys: whoever gets a copy of it sees every payment of the wallet, and spends nothing.',
    ]
  if (holds === 'sealed')
    return ['The pages are sealed: who gets a copy of them opens nothing without the factors of the vault.']
  return [
    'The page is a secret: whoever gets a copy of it has what is on it.',
    ...(blank === undefined ? [] : [`Safer: print the blank form and write it by hand: ${blank}`]),
  ]
}

interface Confirming {
  readonly printer: Printer
  readonly options: PrintOptions
  readonly lines: readonly string[]
}

async function confirm(context: Context, { printer, options, lines }: Confirming): Promise<void> {
  const { name, model } = printer
  const title = `${safe(name)}${model === '' ? '' : ` (${safe(model)})`}`
  if (!context.quiet)
    process.stderr.write(`Printing on ${title}.\n${lines.map((line) => `- ${line}\n`).join('')}`)
  if (options.yesPrint === name) return
  if (options.yesPrint !== undefined || !canAsk(context)) return fail('print-unconfirmed', { printer: name })
  const typed = await askLine(context, {
    what: 'Print it? y: yes (Enter: no)',
    option: `--yes-print ${name}`,
  })
  if (!/^y(es)?$/i.test(typed.trim())) fail('print-unconfirmed', { printer: name })
}

/** What a person reads afterwards. */
export function sayPrinted({ printer, job, pending }: Printed): string {
  const where = `on ${safe(printer)} (job ${safe(job)})`
  return pending ? `Sent, and not printed yet ${where}` : `Printed ${where}`
}

export function clearAdvice({ job, pending, clear, warnings }: Printed): readonly string[] {
  return [
    ...(pending ? [`The printer has not taken it yet. To take it back: cancel ${safe(job)}`] : []),
    ...(warnings.includes('spool')
      ? [`Clear what CUPS kept, with every other job of this printer (as administrator): ${safe(clear)}`]
      : []),
    'Take the pages from the tray now, count them, and switch the printer off and on: that empties its memory.',
  ]
}
