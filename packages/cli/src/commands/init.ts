/**
 * `cairn init [DIR]`: makes a vault. On a terminal, without `--factor`, it guides (`init-guide.ts`); otherwise
 * everything comes from options, and only secrets that no option gave are asked for.
 */
import { join, resolve } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import type { VaultDescription } from '@cairn/core/vault/description.js'
import type { SheetWords } from '@cairn/core/vault/policy.js'
import { policySentences } from '@cairn/core/vault/quorum.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { folderOf, isFolder, storeUrl } from '@cairn/node/stores/open.js'
import { type InitReport, init } from '@cairn/node/vault/init.js'
import { canAsk } from '../ask.js'
import type { Context } from '../context.js'
import { givenCredentials } from '../credentials.js'
import { refuseSameTpm } from '../devices.js'
import { makeFactors } from '../factor-make.js'
import type { Choices, InitOptions } from '../init-guide.js'
import { openHere } from '../machine.js'
import { rate } from '../new-passphrase.js'
import type { Outcome } from '../outcome.js'
import { columns, good, safe } from '../output.js'
import { askedPolicy, saysPolicy } from '../policy-spec.js'
import { deliverNew, requireSheetFiles } from '../sheets.js'

const DEFAULT = ['passphrase', 'computer', 'sheet']

export async function run(context: Context, options: InitOptions, dir: string | undefined): Promise<Outcome> {
  const choices = await choose(context, options, dir ?? context.vault ?? undefined)
  const store = { name: 'main', url: storeUrl(options.store ?? join(choices.folder, 'store')) }
  const { folder, policy, sheetFiles } = choices
  const given = await givenCredentials(options.credentialsFile)
  const where = isFolder(store) ? folderOf(store) : store.url
  const deliver = (sheets: readonly SheetWords[], description: VaultDescription) =>
    deliverNew(context, { sheets, description, files: sheetFiles, places: [where] })
  const credentials = given ? { credentials: { [store.name]: given } } : {}
  const plan = {
    home: context.home,
    folder,
    stores: [store],
    ...credentials,
    policy,
    deliver,
    rate,
    ...accepted(options),
  }
  const report = await init(plan, ports)
  return outcome(report, {
    ...choices,
    store: where,
    isUsual: await isUsualVault(context, folder),
  })
}

/** A policy that one stolen thing opens is refused, unless it is accepted. Secrets are kept in files, unless said. */
function accepted({ accept, keep }: InitOptions) {
  return { ...(accept ? { accept } : {}), ...(keep ? { keep } : {}) }
}

async function choose(context: Context, options: InitOptions, folder: string | undefined): Promise<Choices> {
  // A terminal that does not know its width has no room to draw a choice in.
  const canGuide = canAsk(context) && process.stdin.isTTY && process.stderr.columns > 0
  if (!saysPolicy(options) && canGuide) {
    const { guide } = await import('../init-guide.js')
    return guide(context, options, folder)
  }
  const specs = await askedPolicy(options, DEFAULT)
  const sheetFiles = (options.sheetOut ?? []).map((file) => resolve(file))
  requireSheetFiles(context, specs, sheetFiles)
  await refuseSameTpm(specs.groups.flatMap(({ factors }) => factors))
  return {
    folder: resolve(folder ?? fail('usage', { reason: 'say where to make the vault: cairn init DIR' })),
    policy: await makeFactors(context, specs, {
      passphraseFiles: options.passphraseFile,
      pinFiles: options.pinFile,
      pinOption: '--pin-file',
    }),
    sheetFiles,
  }
}

interface Made extends Choices {
  readonly store: string
  readonly isUsual: boolean
}

function outcome(report: InitReport, made: Made): Outcome {
  const { description, fingerprint } = report
  const { folder, policy, sheetFiles, store, isUsual } = made
  const names = policy.groups.flatMap(({ factors }) => factors.map(({ name }) => name))
  const rows = [
    ['fingerprint', fingerprint],
    ['store', safe(store)],
    ...sheetFiles.map((file) => ['recovery sheet', safe(file)]),
  ]
  return {
    json: { vault: description.id, fingerprint, factors: names, ...needJson(policy), store },
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

/** Of one group, how many of its factors are needed; of several, how many groups, and what is in them. */
function needJson({ need, groups }: Choices['policy']): object {
  const [only] = groups
  if (groups.length === 1) return { need: only?.need }
  return {
    need,
    groups: groups.map((group) => ({ ...group, factors: group.factors.map(({ name }) => name) })),
  }
}

/** Commands find this vault without `--vault`. */
async function isUsualVault(context: Context, folder: string): Promise<boolean> {
  return (await openHere({ ...context, vault: null })).folder === folder
}
