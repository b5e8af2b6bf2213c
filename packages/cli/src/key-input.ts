/** Reading one key for the `key` commands: a file, standard input or a prompt without echo; its password when it needs one. */
import { fail, isCairnError } from '@cairn/core/errors.js'
import { parseChain } from '@cairn/core/keys/chain-names.js'
import { type KeyFile, MAX_KEY_FILE, type Opened, readKey } from '@cairn/core/keys/key-file.js'
import { type Damage, diagnose } from '@cairn/core/keys/repair.js'
import type { AccountChain } from '@cairn/core/keys/row.js'
import type { Network } from '@cairn/core/types.js'
import { askInput, askSecret, canAsk } from './ask.js'
import type { Context } from './context.js'
import { readBounded, readSecret, secretText } from './input.js'

export interface KeyOptions {
  readonly passwordFile?: string
  readonly chain?: string
  readonly network?: Network
}

/** The text of the file, or what was typed. @throws CairnError of reading. */
export async function readKeyText(context: Context, file: string | undefined): Promise<string> {
  if (file !== undefined && file !== '-') return secretText(await readBounded(file, MAX_KEY_FILE)).trim()
  return (
    await askInput(context, { what: 'the key', option: 'standard input, or a file' }, MAX_KEY_FILE)
  ).trim()
}

/** A key, or what is wrong with a text that is nearly one. */
export type Read = { readonly file: KeyFile } | { readonly damage: Damage }

/** @throws CairnError for a text that is no key, and looks like none. */
export function readOrDiagnose(text: string): Read {
  try {
    return { file: readKey(text) }
  } catch (error) {
    if (!isCairnError(error, 'key-invalid', 'key-unreadable')) throw error
    const damage = diagnose(text)
    if (damage) return { damage }
    throw error
  }
}

/** The key, or an error that says what is wrong with it. */
export function readWhole(text: string): KeyFile {
  const read = readOrDiagnose(text)
  if ('file' in read) return read.file
  const count = read.damage.repairs.length
  return fail('key-damaged', {
    what: 'key',
    reason: count === 0 ? 'its check does not hold' : 'its check does not hold; cairn key inspect says where',
  })
}

/** Opened with its password when that can be had, else null. @throws CairnError for a wrong password. */
export async function tryOpen(
  context: Context,
  file: KeyFile,
  { passwordFile }: KeyOptions,
): Promise<Opened | null> {
  const { material, home, unlock } = file
  if (!unlock) return material && { material, home }
  if (passwordFile === undefined && !canAsk(context)) return null
  const question = { what: 'the password of the key (Enter: without it)', option: '--password-file' }
  const password =
    passwordFile === undefined ? await askSecret(context, question) : await readSecret(passwordFile)
  return password === '' && passwordFile === undefined ? null : unlock(password)
}

/** Opened for sure. @throws CairnError `key-password-needed`. */
export async function openWhole(context: Context, file: KeyFile, options: KeyOptions): Promise<Opened> {
  const opened = await tryOpen(context, file, options)
  return opened ?? fail('key-password-needed', { what: 'key' })
}

/** The chain and network that a person names, over those of the file. */
export function placed(
  opened: Opened,
  chain: AccountChain | undefined,
  network: Network | undefined,
): Opened {
  const home = {
    chain: chain ?? opened.home.chain,
    network: network ?? opened.home.network,
  }
  return { ...opened, home }
}

/** The chain that was named. @throws CairnError `usage`. */
export function chainOption({ chain }: KeyOptions): AccountChain | undefined {
  const named = chain === undefined ? undefined : parseChain(chain)
  return named === 'all' ? fail('usage', { reason: 'a key is of one chain' }) : named
}
