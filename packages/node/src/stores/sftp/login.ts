/**
 * What proves to an SSH server who comes (RFC 4252): the private key of a file, a password, or the keys of the agent
 * when the credentials file names neither. A password also answers the one question that servers ask instead
 * of the password method (RFC 4256, keyboard-interactive), as many drives at home do.
 */
import { fail } from '@cairn/core/errors.js'
import type { AnyAuthMethod } from 'ssh2'
import type { Disk } from '../../disk.js'
import type { Credentials } from '../credentials.js'

export interface LoginOptions {
  readonly store: string
  readonly user: string
  readonly credentials: Credentials
  readonly disk: Disk
  /** Path of the socket of the SSH agent, where one runs. */
  readonly agent: string | undefined
}

/** Ways to try, in order. @throws CairnError `credentials-invalid`, `credentials-missing` */
export async function loginMethods(options: LoginOptions): Promise<AnyAuthMethod[]> {
  const { store, user, credentials, agent } = options
  const { key_file: path, password } = credentials
  const methods: AnyAuthMethod[] = []
  if (path !== undefined)
    methods.push({ type: 'publickey', username: user, key: await readKey(options, path) })
  if (password !== undefined) methods.push(...passwordMethods(user, password))
  if (methods.length === 0 && agent !== undefined) methods.push({ type: 'agent', username: user, agent })
  return methods.length > 0 ? methods : fail('credentials-missing', { store, what: 'key_file or password' })
}

function passwordMethods(username: string, password: string): AnyAuthMethod[] {
  return [
    { type: 'password', username, password },
    {
      type: 'keyboard-interactive',
      username,
      // the one hidden question is the password's; whatever else is asked gets no answer
      prompt: (_name, _instructions, _language, prompts, finish) =>
        finish(prompts.map(({ echo }) => (echo || prompts.length > 1 ? '' : password))),
    },
  ]
}

/** More than any private key needs. */
const KEY_LIMIT_BYTES = 65_536

async function readKey({ disk, credentials }: LoginOptions, path: string) {
  const bytes = await disk
    .read(path)
    .catch(() => fail('credentials-invalid', { path, reason: 'the key file cannot be read' }))
  if (bytes.length > KEY_LIMIT_BYTES) fail('credentials-invalid', { path, reason: 'it is no private key' })
  const { default: ssh2 } = await import('ssh2')
  const key = ssh2.utils.parseKey(Buffer.from(bytes), credentials.passphrase)
  // its message may quote the file
  if (key instanceof Error)
    return fail('credentials-invalid', { path, reason: 'it is no private key that its passphrase opens' })
  return key
}
