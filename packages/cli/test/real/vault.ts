/**
 * A vault as the README has it: any two of a passphrase, this computer, the sheet. For the tests with real wallets,
 * which lose the machine and restore on another one from a store, the passphrase and the sheet.
 */
import { writeFile } from 'node:fs/promises'
import { expect } from 'vitest'
import { runJson } from '../run.js'

export const VAULT_PASSPHRASE = 'seven words that nobody else would ever choose'

export interface RealVault {
  readonly cwd: string
  /** Runs a command on the machine that has the wallets; fails unless it ends with this code. */
  readonly cairn: (args: readonly string[], exit?: number) => Promise<unknown>
  /** Restores on a machine that never saw the vault, into the folder `to`. */
  readonly restoreElsewhere: (args: readonly string[], to: string) => Promise<Restored>
}

export interface Restored {
  readonly snapshot: string
  readonly files: readonly { readonly wallet: string; readonly path: string; readonly sha256: string }[]
  readonly verified: boolean
}

export const TWO_FACTORS = ['--passphrase-file', 'pass', '--sheet-file', 'sheet.txt']

/** Makes the vault in this folder. It finds its own computer factor; `elsewhere` has none. */
export async function realVault(cwd: string): Promise<RealVault> {
  await writeFile(`${cwd}/pass`, `${VAULT_PASSPHRASE}\n`)
  const told = async (args: readonly string[], options: { home: string; exit: number }) => {
    const { exit, json } = await runJson([...args, '--no-input'], { cwd, home: options.home })
    expect({ args, exit, json }).toEqual({ args, exit: options.exit, json })
    return json
  }
  const cairn = (args: readonly string[], exit = 0) => told(args, { home: `${cwd}/home`, exit })
  await cairn(['init', 'vault', '--passphrase-file', 'pass', '--sheet-out', 'sheet.txt'])
  const restoreElsewhere = async (args: readonly string[], to: string) => {
    const restore = ['restore', ...args, '--from', 'vault/store', '--to', to, ...TWO_FACTORS]
    return (await told(restore, { home: `${cwd}/elsewhere`, exit: 0 })) as Restored
  }
  return { cwd, cairn, restoreElsewhere }
}

export interface Drilled {
  readonly result: string
  readonly wallets: readonly {
    readonly name: string
    readonly result: string
    readonly not_covered: readonly string[]
    readonly checks: readonly {
      readonly what: string
      readonly expected: string
      readonly found: string
      readonly ok: boolean
    }[]
  }[]
}
