/** Sheets handed over: into a new file, sealed with a passphrase if asked, to a printer, or both. Nothing else is left. */
import { rm } from 'node:fs/promises'
import { fail } from '@cairn/core/errors.js'
import { LOG_N_DEFAULT } from '@cairn/core/vault/lock.js'
import { sealFile } from '@cairn/core/vault/sealed-file.js'
import type { PrintJob } from '@cairn/node/sheets/print.js'
import { publish } from '@cairn/node/sheets/publish.js'
import type { Context } from './context.js'
import { failFile } from './input.js'
import { refuseExisting } from './new-file.js'
import { askNewPassphrase } from './new-passphrase.js'
import { safe } from './output.js'
import {
  type Confirmed,
  clearAdvice,
  confirmPrinter,
  type Holding,
  type Printed,
  type PrintOptions,
  printSheet,
  sayPrinted,
} from './print-sheet.js'

export interface DeliveryOptions extends PrintOptions {
  readonly out?: string
  /** Ask for a passphrase that seals the file. */
  readonly seal?: boolean
  readonly sealPassphraseFile?: string
}

export interface Prepared {
  readonly printer: Confirmed | undefined
  readonly passphrase: string | undefined
}

export interface Delivered {
  readonly json: { readonly out?: string; readonly printed?: Printed }
  readonly text: readonly string[]
  readonly next: readonly string[]
}

/**
 * Before anything secret is asked for or drawn: where the sheet goes, and what seals it.
 * @throws CairnError `usage`, `file-exists`, `file-absent` for the folder, those of `confirmPrinter` and of asking for a
 * passphrase
 */
export async function prepareDelivery(
  context: Context,
  options: DeliveryOptions,
  holding: Holding,
): Promise<Prepared> {
  const { out, print, sealPassphraseFile: file } = options
  if (out === undefined && print === undefined)
    return fail('usage', { reason: 'say where it goes: --out FILE or --print [PRINTER]' })
  if (print === undefined && options.yesPrint !== undefined)
    return fail('usage', { reason: '--yes-print goes with --print' })
  const isSealed = isSealing(options)
  if (isSealed && out === undefined)
    return fail('usage', { reason: 'a sheet is sealed in a file: --out FILE' })
  if (out !== undefined) await refuseExisting(isSealed ? sealedName(out) : out)
  const printer = print === undefined ? undefined : await confirmPrinter(context, options, holding)
  const question = { what: 'a new passphrase for the file', option: '--seal-passphrase-file' }
  const passphrase = isSealed ? await askNewPassphrase(context, question, file) : undefined
  return { printer, passphrase }
}

function isSealing({ seal, sealPassphraseFile }: DeliveryOptions): boolean {
  return seal === true || sealPassphraseFile !== undefined
}

/** Whether there is a file then that opens for whoever gets it. */
export function leavesOpenFile(options: DeliveryOptions): boolean {
  return options.out !== undefined && !isSealing(options)
}

export interface Delivery extends Prepared {
  readonly options: DeliveryOptions
  readonly request: PrintJob
}

/** @throws CairnError `file-exists`, `disk-full` and others of writing, `print-failed`; no file is left behind then */
export async function deliverSheet(context: Context, delivery: Delivery): Promise<Delivered> {
  const { options, printer, request } = delivery
  const written = await write(delivery)
  const printed =
    printer &&
    (await printSheet(context, printer, request).catch(async (error: unknown) => {
      if (written) await rm(written, { force: true })
      throw error
    }))
  return {
    json: { ...(written ? { out: written } : {}), ...(printed ? { printed } : {}) },
    text: [...(written ? [`Written to ${safe(written)}`] : []), ...(printed ? [sayPrinted(printed)] : [])],
    next: [
      ...(written && written !== options.out
        ? [`Open it with: age -d ${safe(written)} >${safe(options.out ?? '')}`]
        : []),
      ...(printed ? clearAdvice(printed) : []),
    ],
  }
}

/** It ends in `.age`. */
function sealedName(out: string): string {
  return out.endsWith('.age') ? out : `${out}.age`
}

/** The name of the file. */
async function write({ options: { out }, passphrase, request }: Delivery): Promise<string | undefined> {
  if (out === undefined) return undefined
  const isSealed = passphrase !== undefined
  const path = isSealed ? sealedName(out) : out
  const bytes = isSealed
    ? await sealFile(request.content, passphrase, { logN: LOG_N_DEFAULT })
    : request.content
  await publish(path, bytes).catch((error: unknown) => failFile(error, path))
  return path
}
