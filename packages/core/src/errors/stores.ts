/** Errors of the places where a vault is kept. */
import type { Entry } from './entry.js'

export const storeErrors = {
  'store-unreachable': {
    kind: 'unreachable',
    message: 'the store {store} cannot be reached: {reason}',
    hint: 'is the drive plugged in, the network up? nothing was lost, the next backup catches up',
  },
  'store-away': {
    kind: 'unreachable',
    message: 'the drive of the store {store} is not plugged in: {found} is in its place',
    hint: 'to use several drives in turn, give each a name of its own: cairn store add NAME PATH',
  },
  'store-absent': {
    kind: 'absent',
    message: 'there is no Cairn vault at {store}',
    hint: 'name the folder that contains vault.json',
  },
  'store-full': {
    kind: 'unreachable',
    message: 'the store {store} is full',
    hint: 'free some space; older snapshots are untouched',
  },
  'store-denied': {
    kind: 'unreachable',
    message: 'this computer may not read or write in the store {store}',
    hint: 'check the permissions of the folder, or what the provider lets this account do',
  },
  'store-foreign': {
    kind: 'mismatch',
    message: 'the store {store} belongs to another vault',
    hint: 'another drive may be plugged in under the same name',
  },
  'stores-differ': {
    kind: 'mismatch',
    message: 'the stores show different vaults: {vaults}',
    hint: 'compare these fingerprints with a recovery sheet, and leave out each store that shows another one',
  },
  'store-history': {
    kind: 'mismatch',
    message: 'the history in store {store} is {history}',
    hint: 'do not trust this store until you know why: cairn check; then: cairn check --repair --accept {store}',
  },
  'store-lies': {
    kind: 'damaged',
    message: 'the store {store} gave back other bytes than it was given',
    hint: 'the snapshot is not saved there; the drive may be failing',
  },
  'store-name': {
    kind: 'usage',
    message:
      'a store name has 1 to 64 letters, digits, dots, dashes or underscores, and starts with a letter or digit',
    hint: 'for example: usb-stick',
  },
  'store-known': {
    kind: 'refused',
    message: 'there is already a store of that name or at that place: {name}',
    hint: 'one place under two names is one copy; list the stores with: cairn store list',
  },
  'store-nested': {
    kind: 'refused',
    message: 'this place and the store {name} lie one inside the other',
    hint: 'they would be lost together: choose a folder of its own, better on another drive',
  },
  'store-unknown': {
    kind: 'absent',
    message: 'no store is named {name}',
    hint: 'list them with: cairn store list',
  },
  'store-last': {
    kind: 'refused',
    message: '{name} is the only store of this vault',
    hint: 'add another one first with: cairn store add',
  },
  'store-bucket': {
    kind: 'absent',
    message: 'the store {store} has no bucket {bucket}',
    hint: 'check its name, region and endpoint; a new bucket is made with the tools of the provider',
  },
  'store-credentials': {
    kind: 'refused',
    message: 'the store {store} does not accept the credentials',
    hint: 'they may be mistyped, expired or revoked: cairn store add NAME URL --credentials-file FILE gives new ones',
  },
  'store-clock': {
    kind: 'refused',
    message: 'the clock of this computer and that of the store {store} differ by {minutes} minutes',
    hint: 'set the clock of this computer; a store does not accept requests of another time',
  },
  'store-kind': {
    kind: 'usage',
    message: 'no kind of store has such a URL; known are: {known}',
    hint: 'give a path, or a URL such as s3://bucket/prefix?endpoint=https://host&region=name',
  },
  'host-key-changed': {
    kind: 'refused',
    message: 'the server of the store {store} shows the key {found}, and not {known}',
    hint: 'someone may stand in between: nothing was sent; if its owner confirms the new key, {remedy}',
  },
  'credentials-missing': {
    kind: 'refused',
    message: 'the store {store} needs credentials: {what}',
    hint: 'give them with --credentials-file FILE; see docs/stores.md',
  },
  'password-plain': {
    kind: 'refused',
    message: 'the password of the store {store} could be read by anyone on the way',
    hint: 'use https://…; where the whole way is yours, add plain_http = "allowed" to the credentials file',
  },
  'rclone-absent': {
    kind: 'unreachable',
    message: 'the store {store} needs the program rclone, which is not on this computer',
    hint: 'install it (Debian, Ubuntu: apt-get install rclone; elsewhere: https://rclone.org/install) and try again',
  },
  'credentials-invalid': {
    kind: 'damaged',
    message: 'the credentials file {path} cannot be used: {reason}',
    hint: 'it is TOML, one entry a line, such as: password = "…"; see docs/stores.md',
  },
} as const satisfies Record<string, Entry>
