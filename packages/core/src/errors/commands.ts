/** Errors of alarms, of the list of places, and of what a command is given. */
import type { Entry } from './entry.js'

export const commandErrors = {
  'channel-url': {
    kind: 'usage',
    message: 'alarms cannot be sent there: {reason}',
    hint: 'for example: desktop:, smtps://mail.example.org?to=me@example.org, https://chat.example.org/hook',
  },
  'channel-known': {
    kind: 'usage',
    message: 'there is already a way for alarms called {channel}',
    hint: 'remove it first: cairn alarm remove {channel}',
  },
  'channel-absent': {
    kind: 'absent',
    message: 'there is no way for alarms called {channel}',
    hint: 'see: cairn alarm list',
  },
  'places-absent': {
    kind: 'absent',
    message: 'no newest snapshot of the vault holds a list of places',
    hint: 'the list goes into every snapshot made after: cairn place add',
  },
  'places-damaged': {
    kind: 'damaged',
    message: 'the list of places on this computer cannot be read',
    hint: 'put back the copy of places.json that a backup has, or remove the file and list the places again',
  },
  'place-known': {
    kind: 'usage',
    message: 'the list of places already has a thing called {name}',
    hint: 'choose another name, or take the old row away: cairn place remove NAME',
  },
  'place-invalid': {
    kind: 'usage',
    message: 'this cannot be put on the list of places: {reason}',
    hint: 'for example: cairn place add "sheet in the bank" --is factor --of sheet --at bank --kind bank; once it is there: cairn place checked "sheet in the bank" --on 2026-11-26',
  },
  'place-absent': {
    kind: 'absent',
    message: 'the list of places has nothing of that name{suggestion}',
    hint: 'see: cairn place list',
  },
  'port-taken': {
    kind: 'refused',
    message: 'port {port} of this computer is taken or not allowed',
    hint: 'choose another one with --port, or 0 for any',
  },
  'message-unsent': {
    kind: 'unreachable',
    message: 'no alarm can be sent by {channel}: {reason}',
    hint: 'put that right, then: cairn alarm test {channel}; what was just being added is not kept: add it again',
  },
  'drill-differs': {
    kind: 'attention',
    message: 'the drill found differences',
    hint: 'read the report; do not rely on this backup',
  },
  'input-missing': {
    kind: 'usage',
    message: '{what} is needed, and nobody can be asked here',
    hint: 'give it with {option}',
  },
  'input-differs': {
    kind: 'usage',
    message: '{what}: the two entries are not the same',
    hint: 'nothing was changed; try again',
  },
  'input-not-text': {
    kind: 'usage',
    message: 'the input is not text (UTF-8)',
    hint: 'save the file as UTF-8 text',
  },
  'input-too-long': {
    kind: 'usage',
    message: 'the input is larger than {limit} bytes',
    hint: 'give only what was asked for',
  },
  'reveal-needed': {
    kind: 'refused',
    message: 'the result is a secret and is shown only on request',
    hint: 'add --reveal where nobody and no camera looks on',
  },
  'secret-argument': {
    kind: 'usage',
    message: '{what} was given as an argument: now it may be in the history of the shell',
    hint: 'delete it there; secrets are typed when asked, come from standard input or from a --…-file',
  },
  'usage-command': {
    kind: 'usage',
    message: '{reason}',
    hint: 'see: {command} --help',
  },
  usage: {
    kind: 'usage',
    message: '{reason}',
    hint: 'see: cairn --help',
  },
} as const satisfies Record<string, Entry>
