/**
 * The public identity of an Electrum wallet: an output descriptor an account. The script type is in the form of the
 * master public key (`zpub` and so on); the keys of cosigners are sorted (electrum/wallet.py, `txin_type`).
 */
import { hex } from '../../bytes.js'
import type { KeyForm } from '../../keys/bip32.js'
import { addChecksum, formatKeyExpression } from '../../keys/descriptor.js'
import type { Identity, Network } from '../../types.js'
import { damaged, unsupported } from './damaged.js'
import type { Holdings, Root } from './holdings.js'
import type { MasterKey } from './master-key.js'

const SINGLE: Partial<Record<KeyForm, (key: string) => string>> = {
  plain: (key) => `pkh(${key})`,
  'p2sh-p2wpkh': (key) => `sh(wpkh(${key}))`,
  p2wpkh: (key) => `wpkh(${key})`,
}

const MULTISIG: Partial<Record<KeyForm, (script: string) => string>> = {
  plain: (script) => `sh(${script})`,
  'p2sh-p2wsh': (script) => `sh(wsh(${script}))`,
  p2wsh: (script) => `wsh(${script})`,
}

/** @throws CairnError `wallet-unreadable`, `wallet-unsupported`. */
export function identityOf({ accounts }: Holdings, network: Network | null): Identity {
  const roots = accounts.map(({ root }) => root)
  const old = roots.find((root) => root.kind === 'old')
  const fingerprints = roots.flatMap((root) =>
    root.kind === 'old' ? [] : root.keys.flatMap(({ fingerprint }) => fingerprint ?? []),
  )
  return {
    fingerprints: [...new Set(fingerprints)].sort(),
    descriptors: roots.flatMap((root) => (root.kind === 'old' ? [] : [addChecksum(scriptOf(root))])),
    ...(old && { electrumOldMasterKey: hex(old.publicKey) }),
    chain: 'bitcoin',
    network,
  }
}

function scriptOf({ keys, threshold }: Extract<Root, { kind: 'bip32' }>): string {
  const form = keys[0]?.key.form ?? 'plain'
  if (keys.some(({ key }) => key.form !== form))
    unsupported('its cosigners have master keys of different kinds')
  const expressions = keys.map(expressionOf)
  if (threshold === null) return (SINGLE[form] ?? misplaced)(expressions.join())
  return (MULTISIG[form] ?? misplaced)(`sortedmulti(${[threshold, ...expressions].join()})`)
}

function misplaced(): never {
  return damaged('its master key is of a kind that does not fit the wallet')
}

function expressionOf({ key, origin }: MasterKey): string {
  return formatKeyExpression({
    origin,
    key: { kind: 'extended', extended: key },
    path: [[0, 1]],
    wildcard: 'plain',
  })
}
