/** Errors of a computer: its files, its node, and what it keeps of a vault. */
import type { Entry } from './entry.js'

export const machineErrors = {
  'disk-full': {
    kind: 'unreachable',
    message: 'the disk is full',
    hint: 'free some space and try again; nothing older was changed',
  },
  'file-absent': {
    kind: 'absent',
    message: 'there is no file or folder at {path}',
    hint: 'check the path',
  },
  'file-denied': {
    kind: 'unreachable',
    message: 'this computer may not read or write {path}',
    hint: 'check the permissions, or run as the user who owns it',
  },
  'file-changing': {
    kind: 'unreachable',
    message: '{path} keeps changing while it is copied',
    hint: 'close the wallet program and try again',
  },
  'file-exists': {
    kind: 'refused',
    message: 'there is already a file at {path}',
    hint: 'choose another name; nothing is written over',
  },
  'file-special': {
    kind: 'refused',
    message: '{path} is neither a file nor a folder',
    hint: 'sockets, devices and pipes are not backed up',
  },
  'file-folder': {
    kind: 'refused',
    message: '{path} is a folder, and a file is meant',
    hint: 'name the file in it that is meant',
  },
  'file-unreadable': {
    kind: 'unreachable',
    message: 'the disk does not give out {path}',
    hint: 'close the program that uses it; when it happens again, check the disk',
  },
  'file-name': {
    kind: 'refused',
    message: 'a name in {path} is not valid text',
    hint: 'give that file or folder a name in UTF-8',
  },
  'folder-too-large': {
    kind: 'refused',
    message: 'there are more than {limit} files and folders in {path}',
    hint: 'name the folder of the wallet itself',
  },
  'node-unreachable': {
    kind: 'unreachable',
    message: 'the Bitcoin node at {url} does not answer',
    hint: 'start the node, or add the wallet file instead',
  },
  'node-refused': {
    kind: 'refused',
    message: 'the Bitcoin node refused: {reason}',
    hint: 'check that the wallet is loaded and that the cookie file is the one of this node',
  },
  'password-file-open': {
    kind: 'refused',
    message: '{path} holds a password, and other users of this computer can read it',
    hint: 'take that away with: chmod 600 {path}',
  },
  'vault-absent': {
    kind: 'absent',
    message: 'no vault is known here',
    hint: 'make one with: cairn init, or name it with --vault DIR',
  },
  'vault-exists': {
    kind: 'refused',
    message: 'there is already something at {path}',
    hint: 'choose an empty or new folder',
  },
  'device-unknown': {
    kind: 'refused',
    message: 'this computer may not write to the vault {vault}',
    hint: 'add it with cairn join, or restore with --from',
  },
  'device-removed': {
    kind: 'refused',
    message: 'this computer was removed from the vault on {date}',
    hint: 'what it saved before can be restored; to save again, remove {path} and run: cairn join',
  },
  'device-absent': {
    kind: 'absent',
    message: 'the vault has no device {device}; it has: {known}',
    hint: 'list them with: cairn device list',
  },
  'device-known': {
    kind: 'refused',
    message: 'another device of the vault is called {device}',
    hint: 'choose another name with --name',
  },
  'device-own': {
    kind: 'refused',
    message: 'this is the computer that the command runs on',
    hint: 'remove it from another computer of the vault',
  },
  'devices-many': {
    kind: 'refused',
    message: 'a vault has {limit} devices at most, removed ones included',
    hint: 'make another vault with: cairn init',
  },
  'device-choose': {
    kind: 'refused',
    message: '{what} was saved by several devices: {devices}',
    hint: 'say which one with --device',
  },
  'anchor-mistyped': {
    kind: 'usage',
    message: 'this is no anchor: {reason}',
    hint: 'compare it with the line that cairn anchor printed; spaces and capitals do not matter',
  },
  'anchor-foreign': {
    kind: 'mismatch',
    message: 'the anchor is of the vault {vault}, and this one is {known}',
    hint: 'take the anchor of this vault, or the stores of the other one',
  },
  'anchor-unmet': {
    kind: 'mismatch',
    message: 'no store shows snapshot {seq} of {date}, of which the anchor knows: {state}',
    hint: 'something newer is hidden or gone; try other copies, or restore without --anchor what is there',
  },
  'vault-overtaken': {
    kind: 'refused',
    message:
      'another computer changed the vault at the same moment, in {store}; what was asked for here may be lost',
    hint: 'look with cairn device list and cairn policy show, then do it again',
  },
  'state-damaged': {
    kind: 'damaged',
    message: "the file {path} in this computer's Cairn folder is damaged",
    hint: 'the vault itself is not touched; restore from the store with --from',
  },
  'memory-damaged': {
    kind: 'damaged',
    message: 'what this computer remembers of its snapshots is damaged: {path}',
    hint: 'run: cairn backup, which writes it anew; the snapshots themselves are not touched',
  },
  'wallets-damaged': {
    kind: 'damaged',
    message: 'the list of wallets of this computer is damaged: {path}',
    hint: 'move it away and add the wallets again with cairn wallet add; their snapshots are not touched',
  },
  'vault-busy': {
    kind: 'refused',
    message: 'another cairn is working on this vault (process {pid})',
    hint: 'wait until it has finished',
  },
  'schedule-none': {
    kind: 'absent',
    message: 'no system that runs jobs was found here',
    hint: 'cairn schedule install --with systemd, launchd, windows or cron names one; let anything else run every hour: cairn backup --due',
  },
  'schedule-refused': {
    kind: 'refused',
    message: '{program} did not do what it was asked to',
    hint: 'see what would be installed with cairn schedule install --print, and try {program} by hand',
  },
  'schedule-path': {
    kind: 'refused',
    message:
      'a path of the vault or of Cairn is too long for a job of this system, or has a character that it cannot take',
    hint: 'use shorter paths without line breaks, and on Windows without " and %',
  },
  'wallet-name': {
    kind: 'usage',
    message:
      'a wallet name has 1 to 64 letters, digits, dots, dashes or underscores, and starts with a letter or digit',
    hint: 'for example: savings',
  },
  'wallet-known': {
    kind: 'refused',
    message: 'there is already a wallet named {name}',
    hint: 'choose another name, or remove the old one with: cairn wallet remove {name}',
  },
  'wallet-reserved': {
    kind: 'usage',
    message: 'the name {name} is taken by the list of places, which goes into every snapshot by itself',
    hint: 'choose another name for the wallet',
  },
  'wallet-absent': {
    kind: 'absent',
    message: 'no wallet is named {name}',
    hint: 'list them with: cairn wallet list',
  },
  'no-wallets': {
    kind: 'absent',
    message: 'no wallet was added yet',
    hint: 'find them with: cairn wallet scan, then: cairn wallet add NAME PATH',
  },
  'snapshot-absent': {
    kind: 'absent',
    message: 'there is no such snapshot',
    hint: 'list them with: cairn snapshots',
  },
  'destination-exists': {
    kind: 'refused',
    message: '{path} is not empty, and nothing is ever written over an existing wallet',
    hint: 'choose a new folder with --to, or add --overwrite to keep the old files under another name',
  },
  'rehearsal-folder': {
    kind: 'refused',
    message: '{path} is not empty, and a rehearsal needs a folder of its own',
    hint: 'choose a new folder with --to',
  },
  'restore-once': {
    kind: 'refused',
    message: 'restoring {path} can lose money: {reason}',
    hint: 'add --force only when the newer one is gone for good',
  },
  'words-no-identity': {
    kind: 'absent',
    message: 'no words belong to this wallet: it has no key that comes from a phrase',
    hint: 'its file is its only backup; drill without --words',
  },
} as const satisfies Record<string, Entry>
