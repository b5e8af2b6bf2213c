/** The options `--passphrase` and `--passphrase-file` of commands where a passphrase may go with the words. */
import { askNewSecret, askSecret } from './ask.js'
import type { Context } from './context.js'

export interface PassphraseOptions {
  readonly passphrase?: boolean
  readonly passphraseFile?: string
}

/** The passphrase, or an empty one when neither option was given. */
export async function askPassphrase(
  context: Context,
  what: string,
  options: PassphraseOptions,
): Promise<string> {
  if (!options.passphrase && options.passphraseFile === undefined) return ''
  return askSecret(context, { what, option: '--passphrase-file' }, options.passphraseFile)
}

/** The same for a passphrase that is chosen now: typed twice. */
export async function askNewPassphrase(
  context: Context,
  what: string,
  options: PassphraseOptions,
): Promise<string> {
  if (!options.passphrase && options.passphraseFile === undefined) return ''
  return askNewSecret(context, { what, option: '--passphrase-file' }, options.passphraseFile)
}
