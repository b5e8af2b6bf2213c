/** What every command is told about its surroundings, read once from the flags and the environment. */
import { resolve } from 'node:path'
import { homeFolder } from '@cairn/node/machine/home.js'

export interface Context {
  /** One JSON document on standard output, and nothing else there. */
  readonly json: boolean
  /** A person may be asked. */
  readonly input: boolean
  readonly quiet: boolean
  /** Folder of the vault that was named, or null. */
  readonly vault: string | null
  /** Folder of this machine's state. */
  readonly home: string
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

export interface GlobalOptions {
  readonly json?: boolean
  readonly input?: boolean
  readonly quiet?: boolean
  readonly vault?: string
}

export function makeContext(options: GlobalOptions, signal: AbortSignal): Context {
  const vault = options.vault ?? (process.env.CAIRN_VAULT || null)
  return {
    json: options.json === true,
    input: options.input !== false,
    quiet: options.quiet === true,
    vault: vault === null ? null : resolve(vault),
    home: homeFolder(process.env),
    signal,
  }
}
