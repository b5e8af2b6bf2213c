/** `cairn wallet scan`: wallets in the usual places of their programs. Opens nothing, changes nothing. */
import { homedir } from 'node:os'
import { isCairnError } from '@cairn/core/errors.js'
import { readWallets } from '@cairn/node/machine/wallets.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { type FoundWallet, type ScanReport, scan } from '@cairn/node/sources/scan.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { columns, good, safe } from '../../output.js'

export async function run(context: Context): Promise<Outcome> {
  const { found, denied } = await scan({ home: homedir(), platform: process.platform, env: process.env })
  const added = await addedSources(context)
  return {
    json: toJson({ found, denied }, added),
    text: say(found, added),
    next: advice({ found, denied }, added),
  }
}

/** Where the wallets that were added already lie; none while there is no vault. */
async function addedSources(context: Context): Promise<ReadonlySet<string>> {
  try {
    const wallets = await readWallets(ports.disk, (await openHere(context)).home)
    return new Set(wallets.map(({ source }) => source))
  } catch (error) {
    if (isCairnError(error, 'vault-absent')) return new Set()
    throw error
  }
}

function toJson({ found, denied }: ScanReport, added: ReadonlySet<string>): unknown {
  const rows = found.map(({ suggestedName, ...wallet }) => ({
    ...wallet,
    name: suggestedName,
    added: added.has(wallet.path),
  }))
  return { found: rows, denied }
}

function say(found: readonly FoundWallet[], added: ReadonlySet<string>): string {
  if (found.length === 0) return 'No wallet was found in the usual places.'
  return columns(
    found.map(({ program, path, encrypted, network, suggestedName }) => [
      safe(suggestedName),
      program,
      network ?? '',
      encrypted ? 'encrypted' : '',
      added.has(path) ? good('added') : '',
      safe(path),
    ]),
  )
}

function advice({ found, denied }: ScanReport, added: ReadonlySet<string>): readonly string[] {
  const first = found.find(({ path }) => !added.has(path))
  const next = first
    ? `Next: cairn wallet add ${first.suggestedName} ${quoted(first.path)}`
    : 'A wallet elsewhere is added by its path: cairn wallet add NAME PATH'
  return [...denied.map((path) => `Not allowed to look into ${safe(path)}`), next]
}

/** As a shell takes it. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${safe(path).replaceAll("'", "'\\''")}'`
}
