/**
 * A peer is a real program of others that our tests run against: the wallet itself, the reference
 * implementation. A missing peer fails in CI; elsewhere its suites are left out by name.
 */
import { leaveOut } from '../left-out.js'

export interface Peer {
  readonly name: string
  /** How it can be had, for the person who reads that it is missing. */
  readonly install: string
  /** It can vanish for reasons outside the project, so that even CI goes on without it. */
  readonly mayVanish?: true
  available(): Promise<boolean>
}

/** Use as `describe.runIf(await present(electrum))`. Throws in CI when the peer is missing. */
export async function present(peer: Peer): Promise<boolean> {
  if (await peer.available()) return true
  const evenInCi = peer.mayVanish ? { evenInCi: true as const } : {}
  leaveOut(`what needs ${peer.name}`, { because: `not on this machine (${peer.install})`, ...evenInCi })
  return false
}
