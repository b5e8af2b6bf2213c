/**
 * `cairn sheet vault`: prints a recovery sheet anew. No new share is made: the words are those of the sheet that is there, typed
 * or read from it, and held against the policy of today. Where that is lost, only `cairn policy rekey` makes new ones.
 */
import { fail } from '@cairn/core/errors.js'
import type { Factor, Policy } from '@cairn/core/vault/policy.js'
import { factorOf } from '@cairn/core/vault/unlock.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { openStores } from '@cairn/node/vault/open-stores.js'
import { noteFactor } from '@cairn/node/vault/rehearsals.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { bold, safe, today } from '../../output.js'
import { newestSnapshot } from '../../policy-change.js'
import { askSheet } from '../../sheet-file.js'
import { type OutOptions, prepareOut, sendOut, sheetJson } from '../../sheet-out.js'
import { drawnSheet, recoverySheets } from '../../sheets.js'

interface Options extends OutOptions {
  readonly sheetFile?: string
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  const prepared = await prepareOut(context, options, { holds: 'secret' })
  const machine = await openHere(context)
  const { description } = machine
  const { policy } = description
  const words = await askSheet(context, {
    what: 'The words of the sheet that is there',
    file: options.sheetFile,
    wrong: async (typed) => ((await sheetOf(policy, typed)) === undefined ? FOREIGN : null),
  })
  const factor = (await sheetOf(policy, words)) ?? fail('factor-sheet')
  const sheets = recoverySheets({
    sheets: [{ name: factor.name, words }],
    description,
    places: openStores(machine, ports).map((store) => store.place),
    date: today(),
    newest: await newestSnapshot(machine),
  })
  const drawings = sheets.map((sheet) => drawnSheet(sheet, options.paper))
  const sent = await sendOut(context, drawings, prepared)
  await noteFactor(machine, { factor, ok: true }, ports)
  return {
    json: { ...sheetJson(sent, prepared), factor: factor.name },
    text: [bold(`the sheet "${safe(factor.name)}", with the words that it has`), ...sent.text].join('\n'),
    next: [
      ...sent.files.map((file) => `Print ${safe(file)}, put it away, and delete the file.`),
      'Both papers hold the same words now: whoever finds one has the factor. Keep or destroy the old one, and tell the list of places.',
      ...sent.next,
    ],
  }
}

const FOREIGN =
  'This sheet is of another vault, or from before the policy changed. Type the words of another one.'

/** The factor whose share these words are. @throws CairnError `share-…` for words that are miswritten */
async function sheetOf(policy: Policy, words: string): Promise<Factor | undefined> {
  const name = await factorOf(policy, { sheet: words })
  return policy.groups.flatMap(({ factors }) => factors).find((factor) => factor.name === name)
}
