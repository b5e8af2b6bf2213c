/** Errors of the format of a vault, and of the policy that says who opens it. */
import type { Entry } from './entry.js'

export const vaultErrors = {
  'vault-newer': {
    kind: 'refused',
    message: 'this vault has format version {version}; this Cairn reads up to version {known}',
    hint: 'install a newer Cairn, nothing was changed',
  },
  'vault-damaged': {
    kind: 'damaged',
    message: 'the description of the vault (vault.json) is damaged: {reason}',
    hint: 'take vault.json from another copy of the store',
  },
  'vault-forged': {
    kind: 'mismatch',
    message: 'vault.json was changed by somebody who does not hold the vault secret',
    hint: 'do not trust this store; use another copy',
  },
  'object-damaged': {
    kind: 'damaged',
    message: 'object {object} is damaged: {reason}',
    hint: 'restore from another store with --from; cairn check, then cairn backup stores it again',
  },
  'object-missing': {
    kind: 'absent',
    message: 'object {object} is missing from the store',
    hint: 'restore from another store with --from; cairn check, then cairn backup stores it again',
  },
  'object-unreadable': {
    kind: 'unreachable',
    message: 'object {object} in the store {store} cannot be read: {reason}',
    hint: 'the drive may be failing: cairn check --repair writes it again from another store; then think of a new drive',
  },
  'object-foreign': {
    kind: 'mismatch',
    message: 'object {object} is not sealed for this vault',
    hint: 'the store holds objects of another vault',
  },
  'manifest-damaged': {
    kind: 'damaged',
    message: 'the manifest of snapshot {snapshot} is damaged: {reason}',
    hint: 'restore an older snapshot: cairn snapshots',
  },
  'head-damaged': {
    kind: 'damaged',
    message: 'head {head} is damaged: {reason}',
    hint: 'run: cairn check',
  },
  'head-forged': {
    kind: 'mismatch',
    message: 'head {head} is not signed by a device of this vault',
    hint: 'do not trust this store; use another copy',
  },

  // policy and factors
  'policy-invalid': {
    kind: 'usage',
    message: 'this unlock policy cannot be made: {reason}',
    hint: 'for example: --factor passphrase --factor computer --factor sheet --need 2',
  },
  'factor-passphrase': {
    kind: 'mismatch',
    message: 'the passphrase is wrong',
    hint: 'check upper and lower case, spaces and the keyboard layout',
  },
  'factor-key': {
    kind: 'mismatch',
    message: 'the key does not open the factor {factor}',
    hint: 'use the key file that was made for this vault',
  },
  'factor-sheet': {
    kind: 'mismatch',
    message: 'the sheet does not belong to this vault',
    hint: 'compare the fingerprint on the sheet with the one of the vault; when they agree, the policy was changed between the two: use the newer sheet, or another store',
  },
} as const satisfies Record<string, Entry>
