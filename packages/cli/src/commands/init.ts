/**
 * `cairn init [DIR]`: makes a vault. On a terminal, without `--factor`, it guides (`init-guide.ts`); otherwise
 * everything comes from options, and only secrets that no option gave are asked for.
 */
import { join, resolve } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import { type VaultDescription, vaultFingerprint } from '@cairn/core/vault/description.js'
import type { SheetWords } from '@cairn/core/vault/policy.js'
import { policySentences } from '@cairn/core/vault/quorum.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { folderOf, storeUrl } from '@cairn/node/stores/open.js'
import { type AskedFactor, type InitReport, init } from '@cairn/node/vault/init.js'
import { askNewSecret, canAsk } from '../ask.js'
import type { Context } from '../context.js'
import { type FactorSpec, parseFactors } from '../factor-spec.js'
import type { Choices, InitOptions } from '../init-guide.js'
import { openHere } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { columns, good, safe } from '../output.js'
import { deliverSheets } from '../sheets.js'

const DEFAULT_FACTORS = ['passphrase', 'computer', 'sheet']
const DEFAULT_NEED = 2

export async function run(context: Context, options: InitOptions, dir: string | undefined): Promise<Outcome> {
  const choices = await choose(context, options, dir ?? context.vault ?? undefined)
  const store = { name: 'main', url: storeUrl(options.store ?? join(choices.folder, 'store')) }
  const { folder, factors, need, sheetFiles } = choices
  const deliver = (sheets: readonly SheetWords[], description: VaultDescription) => {
    const common = {
      vault: vaultFingerprint(description),
      policy: policySentences(description.policy),
      places: [folderOf(store)],
      date: description.created.slice(0, 10),
      newest: null,
    }
    return deliverSheets(context, {
      sheets: sheets.map((sheet) => ({ ...common, ...sheet })),
      files: sheetFiles,
    })
  }
  const report = await init({ home: context.home, folder, stores: [store], factors, need, deliver }, ports)
  return outcome(report, {
    ...choices,
    store: folderOf(store),
    isUsual: await isUsualVault(context, folder),
  })
}

async function choose(context: Context, options: InitOptions, folder: string | undefined): Promise<Choices> {
  // A terminal that does not know its width has no room to draw a choice in.
  const canGuide = canAsk(context) && process.stdin.isTTY && process.stderr.columns > 0
  if (options.factor === undefined && canGuide) {
    const { guide } = await import('../init-guide.js')
    return guide(context, options, folder)
  }
  const specs = parseFactors(options.factor ?? DEFAULT_FACTORS)
  const sheetFiles = (options.sheetOut ?? []).map((file) => resolve(file))
  const sheets = specs.filter(({ kind }) => kind === 'sheet').length
  if (sheetFiles.length < sheets && !canAsk(context)) {
    return fail('input-missing', { what: 'a file for the recovery sheet', option: '--sheet-out FILE' })
  }
  return {
    folder: resolve(folder ?? fail('usage', { reason: 'say where to make the vault: cairn init DIR' })),
    factors: await askPassphrases(context, specs, options.passphraseFile ?? []),
    need: options.need ?? Math.min(DEFAULT_NEED, specs.length),
    sheetFiles,
  }
}

/** The n-th passphrase factor takes the n-th file. */
async function askPassphrases(
  context: Context,
  specs: readonly FactorSpec[],
  files: readonly string[],
): Promise<readonly AskedFactor[]> {
  const factors: AskedFactor[] = []
  let next = 0
  for (const spec of specs) {
    if (spec.kind !== 'passphrase') factors.push(spec)
    else {
      const question = { what: 'the new passphrase of the vault', option: '--passphrase-file' }
      factors.push({ ...spec, passphrase: await askNewSecret(context, question, files[next++]) })
    }
  }
  return factors
}

interface Made extends Choices {
  readonly store: string
  readonly isUsual: boolean
}

function outcome(report: InitReport, made: Made): Outcome {
  const { description, fingerprint } = report
  const { folder, factors, need, sheetFiles, store, isUsual } = made
  const names = factors.map(({ name }) => name)
  const rows = [
    ['fingerprint', fingerprint],
    ['store', safe(store)],
    ...sheetFiles.map((file) => ['recovery sheet', safe(file)]),
  ]
  return {
    json: { vault: description.id, fingerprint, factors: names, need, store },
    text: [
      `${good('The vault is made')} in ${safe(folder)}`,
      '',
      columns(rows.map(([what = '', value = '']) => [`  ${what}`, value])),
      '',
      ...policySentences(description.policy),
    ].join('\n'),
    next: [
      ...sheetFiles.map((file) => `Print ${safe(file)}, put it away, and delete the file.`),
      `Next: cairn wallet scan${isUsual ? '' : ` --vault ${safe(folder)}`}`,
    ],
  }
}

/** Commands find this vault without `--vault`. */
async function isUsualVault(context: Context, folder: string): Promise<boolean> {
  return (await openHere({ ...context, vault: null })).folder === folder
}
