/** A vault that is quick to make (no passphrase to stretch), with a keystore in it, in a folder of its own. */
import { writeFile } from 'node:fs/promises'
import { type Ran, type RunOptions, run } from './run.js'

// Web3 Secret Storage Definition, section "Test Vectors", PBKDF2-SHA-256; its password is `testpassword`.
const KEYSTORE = {
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
    ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
    kdf: 'pbkdf2',
    kdfparams: {
      c: 262144,
      dklen: 32,
      prf: 'hmac-sha256',
      salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
    },
    mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
  },
  id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
  version: 3,
}
export const KEYSTORE_ADDRESS = '0x008AeEda4D805471dF9b2A5B0f38A0C3bCBA786b'
export const KEYSTORE_PASSWORD = 'testpassword'

export interface Made {
  readonly cwd: string
  /** Runs a command on this machine, in this folder. */
  readonly cairn: (args: readonly string[], options?: RunOptions) => Promise<Ran>
  /** The same with `--json`. */
  readonly json: (
    args: readonly string[],
    options?: RunOptions,
  ) => Promise<{ exit: number | null; json: unknown }>
}

/** A machine without a vault: `keystore.json`, its password in `password`, and a folder `notes` of plain files. */
export async function makeMachine(cwd: string): Promise<Made> {
  await writeFile(`${cwd}/keystore.json`, JSON.stringify(KEYSTORE))
  await writeFile(`${cwd}/password`, `${KEYSTORE_PASSWORD}\n`)
  await writeFile(`${cwd}/wrong`, 'wrong password\n')
  const cairn = (args: readonly string[], options: RunOptions = {}) =>
    run(args, { cwd, home: `${cwd}/home`, ...options })
  const json = async (args: readonly string[], options: RunOptions = {}) => {
    const { exit, out } = await cairn([...args, '--json'], options)
    return { exit, json: JSON.parse(out) as unknown }
  }
  return { cwd, cairn, json }
}

/** The vault `vault` with the factors computer and sheet (`sheet.txt`), and no wallet in it. */
export async function makeEmptyVault(cwd: string): Promise<Made> {
  const made = await makeMachine(cwd)
  const factors = ['--factor', 'computer', '--factor', 'sheet', '--sheet-out', 'sheet.txt']
  await well(made, ['init', 'vault', '--no-input', ...factors])
  return made
}

/** The same with the wallet `savings` in it. */
export async function makeVault(cwd: string): Promise<Made> {
  const made = await makeEmptyVault(cwd)
  await well(made, ['wallet', 'add', 'savings', 'keystore.json', '--password-file', 'password'])
  return made
}

/** Runs what a test is set up with. @throws Error when it does not end with 0 */
export async function well({ cairn }: Made, args: readonly string[]): Promise<void> {
  const { exit, err } = await cairn(args)
  if (exit !== 0) throw new Error(`cairn ${args.join(' ')} ended with ${exit}: ${err}`)
}
