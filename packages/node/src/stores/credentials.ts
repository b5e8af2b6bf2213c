/**
 * What opens a store that is not a folder: a small TOML file of names and strings, the same for every kind; each
 * kind takes from it what it needs. It is read when a store is first used, and its contents go nowhere else: not
 * into errors (not even its TOML error, which would quote the line), the configuration or the vault.
 */
import { text } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'

/** Every name that some kind of store takes; another one is a slip of the pen and is refused. */
const NAMES = [
  // S3
  'access_key',
  'secret_key',
  'session_token',
  // SFTP: `password`, or the private key in `key_file`, opened with `passphrase`; WebDAV: `user` and `password`
  'user',
  'password',
  'key_file',
  'passphrase',
  // SFTP: fingerprint of the key that the server must show, `SHA256:…`
  'host_key',
  // WebDAV: `allowed` when the password may go over a line that anyone can read
  'plain_http',
] as const

export type CredentialName = (typeof NAMES)[number]
export type Credentials = Readonly<Partial<Record<CredentialName, string>>>

/** More than any credentials need, so that a wrong file is not read on and on. */
const LIMIT_BYTES = 65_536

/**
 * @param path named in errors
 * @throws CairnError `credentials-invalid`
 */
export async function parseCredentials(bytes: Uint8Array, path: string): Promise<Credentials> {
  if (bytes.length > LIMIT_BYTES) fail('credentials-invalid', { path, reason: 'it is too large' })
  const entries = Object.entries(await parseToml(bytes, path))
  for (const [name, value] of entries) {
    if (!(NAMES as readonly string[]).includes(name))
      fail('credentials-invalid', { path, reason: 'it has an entry of a name that is not known' })
    if (typeof value !== 'string' || value === '')
      fail('credentials-invalid', { path, reason: `${name} is not a text in quotes` })
  }
  return Object.fromEntries(entries) as Credentials
}

async function parseToml(bytes: Uint8Array, path: string): Promise<Record<string, unknown>> {
  const { parse } = await import('smol-toml')
  try {
    return parse(text(bytes))
  } catch (error) {
    const line = error instanceof Error && 'line' in error ? `line ${error.line} is` : 'it is'
    return fail('credentials-invalid', { path, reason: `${line} not TOML` })
  }
}
