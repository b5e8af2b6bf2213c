/** What every command is told about its surroundings, read once from the flags and the environment. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

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

type Environment = Readonly<Record<string, string | undefined>>

export function makeContext(options: GlobalOptions, signal: AbortSignal): Context {
  const vault = options.vault ?? (process.env.CAIRN_VAULT || null)
  return {
    json: options.json === true,
    input: options.input !== false,
    quiet: options.quiet === true,
    vault: vault === null ? null : resolve(vault),
    home: stateFolder({ platform: process.platform, env: process.env, home: homedir() }),
    signal,
  }
}

/**
 * `CAIRN_HOME`, else the folder for state of the platform: `$XDG_STATE_HOME/cairn` or
 * `~/.local/state/cairn` (XDG Base Directory 0.8), `~/Library/Application Support/Cairn`, `%LOCALAPPDATA%\Cairn`.
 */
export function stateFolder(machine: { platform: string; env: Environment; home: string }): string {
  const { platform, env, home } = machine
  if (env.CAIRN_HOME) return resolve(env.CAIRN_HOME)
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Cairn')
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'Cairn')
  const xdg = env.XDG_STATE_HOME
  // "All paths set in these environment variables must be absolute. If [not], consider the path invalid and ignore it."
  return xdg?.startsWith('/') ? join(xdg, 'cairn') : join(home, '.local', 'state', 'cairn')
}
