/** What `policy add`, `remove` and `rekey` share: unlocking, the new sheets, and what is to be said afterwards. */
import { resolve } from 'node:path'
import type { RecoverySheet } from '@cairn/core/sheets/recovery-sheet.js'
import { anchorOf, formatAnchor } from '@cairn/core/vault/anchor.js'
import type { VaultDescription } from '@cairn/core/vault/description.js'
import type { SignedHead } from '@cairn/core/vault/head.js'
import type { Factor, Grouped, Policy, SheetWords } from '@cairn/core/vault/policy.js'
import { policySentences } from '@cairn/core/vault/quorum.js'
import type { Keep } from '@cairn/node/machine/kept.js'
import type { Machine } from '@cairn/node/machine/open.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { ownNewest } from '@cairn/node/vault/anchored.js'
import { type ChangePlan, type ChangeReport, changePolicy } from '@cairn/node/vault/change-policy.js'
import type { Accepted } from '@cairn/node/vault/exposed.js'
import { openStores } from '@cairn/node/vault/open-stores.js'
import type { AskedFactor } from '@cairn/node/vault/own-keys.js'
import { claimedPolicy } from '@cairn/node/vault/unlock-here.js'
import { askSecret, canAsk } from './ask.js'
import type { Context } from './context.js'
import type { NewSecrets } from './factor-make.js'
import type { FactorOptions } from './factors.js'
import { openHere } from './machine.js'
import { rate } from './new-passphrase.js'
import type { Outcome } from './outcome.js'
import { good, safe } from './output.js'
import { deliverNew, requireSheetFiles } from './sheets.js'
import { collectHere } from './unlock.js'

export interface ChangeOptions extends FactorOptions {
  readonly newPassphraseFile?: readonly string[]
  readonly newPinFile?: readonly string[]
  readonly sheetOut?: readonly string[]
  readonly accept?: readonly Accepted[]
  readonly keep?: Keep
}

export interface Change {
  readonly options: ChangeOptions
  readonly edit: (policy: Policy) => Grouped<Factor | AskedFactor>
  readonly secret: ChangePlan['secret']
  /** What the command has to say of copies made before. */
  readonly warnings: (report: ChangeReport) => readonly string[]
}

/** Where what new factors need comes from. */
export function newSecrets({ newPassphraseFile, newPinFile }: ChangeOptions): NewSecrets {
  return { passphraseFiles: newPassphraseFile, pinFiles: newPinFile, pinOption: '--new-pin-file' }
}

/** The policy changed in some stores only. */
const ATTENTION = 8

export async function change(
  context: Context,
  { options, edit, secret, warnings }: Change,
): Promise<Outcome> {
  const machine = await openHere(context)
  const files = (options.sheetOut ?? []).map((file) => resolve(file))
  // a mistake in what is asked for is told before anybody types a secret
  requireSheetFiles(context, edit(await claimedPolicy(machine, ports)), files)
  const given = await collectHere(context, machine, options)
  const report = await changePolicy(
    machine,
    {
      given,
      edit,
      secret,
      rate,
      deliver: await delivery(context, machine, files),
      ...(options.accept ? { accept: options.accept } : {}),
      ...(options.keep ? { keep: options.keep } : {}),
      ...asking(context),
    },
    ports,
  )
  return outcome(report, files, warnings(report))
}

function asking(context: Context): Pick<ChangePlan, 'passphraseOf'> {
  if (!canAsk(context)) return {}
  return {
    passphraseOf: (name) =>
      askSecret(context, {
        what: `The passphrase "${safe(name)}", which stays`,
        option: '--passphrase-file',
      }),
  }
}

async function delivery(
  context: Context,
  machine: Machine,
  files: readonly string[],
): Promise<ChangePlan['deliver']> {
  const last = await ownNewest(machine, ports)
  const places = openStores(machine, ports).map((store) => store.place)
  const date = ports.now().toISOString().slice(0, 10)
  return (sheets: readonly SheetWords[], description: VaultDescription) => {
    const newest = last ? newestOn(description, last) : null
    return deliverNew(context, { sheets, description, files, places, date, newest })
  }
}

/** Of this computer, for a sheet. */
export async function newestSnapshot(machine: Machine): Promise<RecoverySheet['newest']> {
  const last = await ownNewest(machine, ports)
  return last ? newestOn(machine.description, last) : null
}

/** What a sheet says of the newest snapshot; its anchor has the fingerprint that stands on the sheet. */
function newestOn(description: VaultDescription, last: SignedHead): RecoverySheet['newest'] {
  const { seq, time } = last.head
  return { seq, date: time.slice(0, 10), anchor: formatAnchor(anchorOf(description, last)) }
}

function outcome(report: ChangeReport, files: readonly string[], warnings: readonly string[]): Outcome {
  const { description, fingerprint, stores } = report
  const { id: vault, revision, policy } = description
  const behind = stores.filter(({ state }) => state === 'behind')
  const groups = policy.groups.map(({ name, need, factors }) => ({
    name,
    need,
    factors: factors.map((factor) => factor.name),
  }))
  return {
    json: { vault, fingerprint, revision, need: policy.need, groups, sheets: files, stores },
    text: [
      `${good('The policy is changed')}; the fingerprint of the vault is ${fingerprint}.`,
      '',
      ...policySentences(policy),
    ].join('\n'),
    next: [
      ...files.map((file) => `Print ${safe(file)}, put it away, and delete the file.`),
      ...sheetAdvice(policy, report.before.policy),
      ...warnings,
      ...behind.map(
        ({ name }) =>
          `The store ${safe(name)} was not reached: the factors of before open it until the next cairn backup.`,
      ),
    ],
    exit: behind.length > 0 ? ATTENTION : 0,
  }
}

function sheetAdvice(after: Policy, before: Policy): readonly string[] {
  const has = (policy: Policy, isMeant: (factor: Factor) => boolean) =>
    policy.groups.some(({ factors }) => factors.some(isMeant))
  const old = has(before, ({ kind }) => kind === 'sheet')
    ? ['Sheets made before do not fit the new shares. Destroy them when the new ones are put away.']
    : []
  return has(after, (factor) => 'lock' in factor)
    ? [...old, 'Passphrases and keys that stay are used as before; they hold new shares.']
    : old
}

/** Said after `add` and `remove`. */
export function oldCopies({ before }: ChangeReport): readonly string[] {
  const { revision } = before
  return [
    `Whoever has a copy of vault.json from before (revision ${revision} or lower) and enough factors of before opens the vault still, later snapshots too. cairn policy rekey ends that for what is saved from then on.`,
  ]
}
