/** `cairn wallet inspect FILE`: what a wallet holds; never a key. */
import type { Wallet } from '@cairn/core/types.js'
import { titleOf } from '@cairn/core/wallets/read.js'
import type { Context } from '../../context.js'
import type { Outcome } from '../../outcome.js'
import { bold, columns, count, safe } from '../../output.js'
import { sayRecovery } from '../../recovery-words.js'
import { type LookOptions, look } from '../../wallet-password.js'

export async function run(context: Context, options: LookOptions, file: string): Promise<Outcome> {
  const wallet = await look(context, file, options)
  return { json: toJson(wallet), text: await say(wallet), next: advice(wallet, file) }
}

function toJson({
  kind,
  encrypted,
  opened,
  identity,
  addresses,
  labels,
  transactions,
  ...rest
}: Wallet): unknown {
  return {
    kind,
    encrypted,
    opened,
    fingerprints: identity.fingerprints,
    descriptors: identity.descriptors,
    addresses: addresses.map(({ address }) => address),
    labels,
    transactions: transactions.length,
    imported_keys: rest.importedKeys,
    restore: rest.restore,
    ...(rest.recovery ? { recovery: rest.recovery } : {}),
  }
}

const SHOWN = 5

async function say(wallet: Wallet): Promise<string> {
  if (wallet.kind === 'file') return 'Not a wallet that Cairn reads.'
  if (wallet.recovery) return sayRecovery(wallet.recovery).join('\n')
  const { kind, identity, addresses, labels, transactions, importedKeys } = wallet
  const rows = [
    ['network', [identity.chain, identity.network].filter(Boolean).join(' ')],
    ['fingerprints', identity.fingerprints.join(' ')],
    ['addresses', count(addresses.length, 'address', 'addresses')],
    ['labels', count(labels.length, 'label')],
    ['transactions', count(transactions.length, 'transaction')],
    ['imported keys', importedKeys === 0 ? '' : count(importedKeys, 'key')],
  ].filter(([, value]) => value !== '')
  const first = addresses.slice(0, SHOWN).map(({ address }) => `  ${safe(address)}`)
  const more = addresses.length > SHOWN ? [`  and ${addresses.length - SHOWN} more`] : []
  const lost = wallet.beyondSeed.map(({ what, count: n }) => `  ${BEYOND[what]}: ${n}`)
  return [
    `${bold(await titleOf(kind))}${wallet.encrypted ? `, encrypted${wallet.opened ? ' and opened' : ''}` : ''}`,
    columns(rows.map(([name = '', value = '']) => [`  ${name}`, value])),
    ...section('Addresses', [...first, ...more]),
    ...section(
      'Descriptors',
      identity.descriptors.map((descriptor) => `  ${safe(descriptor)}`),
    ),
    ...section('Its seed words alone would not bring back', lost),
  ].join('\n')
}

const BEYOND: Readonly<Record<Wallet['beyondSeed'][number]['what'], string>> = {
  'imported-keys': 'imported private keys',
  'watched-addresses': 'watched addresses',
  labels: 'labels',
  notes: 'notes',
  cosigners: 'keys of the cosigners',
  passphrase: 'the passphrase beside the words',
  channels: 'Lightning channels',
  transactions: 'transactions',
  file: 'files',
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines]
}

function advice({ kind, encrypted, opened, recovery }: Wallet, file: string): readonly string[] {
  if (recovery)
    return [
      'Whoever sends both transactions moves these coins: keep it as you keep a share, not in public.',
      `Next: cairn wallet add NAME ${safe(file)}`,
    ]
  if (encrypted && !opened) return ['Some of it is encrypted: --password-file shows the rest.']
  if (kind === 'file') return [`It can be saved as it is: cairn wallet add NAME ${safe(file)}`]
  return [`Next: cairn wallet add NAME ${safe(file)}`]
}
