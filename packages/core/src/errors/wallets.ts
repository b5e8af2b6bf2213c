/** Errors of wallet files and of what is recorded beside them. */
import type { Entry } from './entry.js'

export const walletErrors = {
  'wallet-unreadable': {
    kind: 'damaged',
    message: 'the {kind} wallet cannot be read: {reason}',
    hint: 'the file may be cut off or altered; look for an older copy',
  },
  'wallet-too-large': {
    kind: 'refused',
    message: 'the wallet is too large to be read: {bytes} bytes, the limit is {limit}',
    hint: 'it is saved as a plain file instead; add it with --as file',
  },
  'wallet-cost': {
    kind: 'refused',
    message: 'the wallet asks for an absurd amount of work or memory to check a password',
    hint: 'the file was altered or is hostile; do not open it',
  },
  'wallet-password': {
    kind: 'mismatch',
    message: 'the password does not open this wallet',
    hint: 'check upper and lower case and the keyboard layout',
  },
  'wallet-password-needed': {
    kind: 'refused',
    message: 'this wallet is encrypted and its password is needed',
    hint: 'give it when asked, or with --password-file',
  },
  'wallet-unsupported': {
    kind: 'refused',
    message: 'this {kind} wallet is of a form that is not supported: {reason}',
    hint: 'add it with --as file: it is then saved as it is',
  },
  'labels-invalid': {
    kind: 'damaged',
    message: 'line {line} of the labels is not BIP-329',
    hint: 'each line is one JSON object with "type" and "ref"',
  },
  'records-invalid': {
    kind: 'damaged',
    message: 'line {line} of the recorded {what} cannot be read',
    hint: 'the wallet files are saved apart from it and can be restored',
  },
} as const satisfies Record<string, Entry>
