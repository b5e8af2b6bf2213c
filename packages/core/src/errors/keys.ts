/** Errors of keys, addresses and descriptors. */
import type { Entry } from './entry.js'

export const keyErrors = {
  'path-invalid': {
    kind: 'usage',
    message: 'this is not a derivation path',
    hint: "write it like m/84h/0h/0h/0/5 or m/84'/0'/0'/0/5",
  },
  'key-invalid': {
    kind: 'damaged',
    message: 'this is not a valid {what}',
    hint: 'compare it with the original; one character may be wrong',
  },
  'key-unreadable': {
    kind: 'damaged',
    message: 'this is not a key or a key file that Cairn knows',
    hint: 'give one key, address or key file; for a phrase: cairn phrase check, for a wallet: cairn wallet inspect',
  },
  'key-damaged': {
    kind: 'damaged',
    message: 'this {what} is damaged: {reason}',
    hint: 'compare it with the original, or use another copy',
  },
  'key-unsupported': {
    kind: 'refused',
    message: 'this {what} is of a form that is not supported: {reason}',
    hint: 'open it with the program that made it',
  },
  'key-password': {
    kind: 'mismatch',
    message: 'the password does not open this {what}',
    hint: 'check upper and lower case, spaces and the keyboard layout',
  },
  'key-password-needed': {
    kind: 'refused',
    message: 'this {what} is encrypted and its password is needed',
    hint: 'give it when asked, or with --password-file',
  },
  'key-public': {
    kind: 'refused',
    message: 'this {what} holds no private key',
    hint: 'give the private key or the phrase that it comes from',
  },
  'key-conversion': {
    kind: 'usage',
    message: 'this {what} cannot be written as {format}: {reason}',
    hint: 'see what can be written with: cairn key export --help',
  },
  'key-hardened': {
    kind: 'refused',
    message: 'hardened keys cannot be derived from an extended public key',
    hint: 'give the private key or the phrase, or the extended public key of the account',
  },
  'address-invalid': {
    kind: 'damaged',
    message: 'this is not a valid address',
    hint: 'copy the address again; one character may be wrong',
  },
  'descriptor-invalid': {
    kind: 'damaged',
    message: 'this output descriptor cannot be read: {reason}',
    hint: 'copy the descriptor again, with its checksum',
  },
  'descriptor-checksum': {
    kind: 'damaged',
    message: 'the checksum of the output descriptor is wrong',
    hint: 'copy the descriptor again; a character was changed or lost',
  },
  'descriptor-unsupported': {
    kind: 'refused',
    message: 'this kind of output descriptor is not supported yet: {reason}',
    hint: 'the wallet is still saved as a file; only its addresses cannot be derived',
  },
} as const satisfies Record<string, Entry>
