/** What the files of a wallet look like from outside: nothing is opened. */
import type { Snapshot } from '../machine/memory.js'
import type { WalletEntry } from '../machine/wallets.js'
import type { Ports } from '../ports.js'

interface Look {
  /** Another text when any file is another. */
  readonly mark: string
  /** When the newest file was written to, in milliseconds. */
  readonly newestMs: number
}

const NOTHING: Look = { mark: '', newestMs: 0 }

/** Never rejects: what is not there or not allowed looks like nothing. */
export async function lookAt(
  { source }: Pick<WalletEntry, 'source'>,
  ports: Pick<Ports, 'openSource'>,
): Promise<Look> {
  try {
    const view = await ports.openSource(source).open()
    try {
      const files = view.groups.flat()
      return {
        mark: files.map(({ path, mark }) => `${path} ${mark}`).join('\n'),
        newestMs: Math.max(0, ...files.map(({ mtimeMs }) => mtimeMs)),
      }
    } finally {
      await view.close()
    }
  } catch {
    return NOTHING
  }
}

/** Names of the wallets that were written to after they were last saved, or never were saved. */
export async function changedSince(
  entries: readonly WalletEntry[],
  snapshots: readonly Snapshot[],
  ports: Pick<Ports, 'openSource'>,
): Promise<readonly string[]> {
  const names: string[] = []
  for (const entry of entries) {
    const saved = snapshots.findLast(({ wallets }) => wallets.includes(entry.name))
    const { newestMs } = await lookAt(entry, ports)
    if (newestMs > 0 && newestMs > Date.parse(saved?.time ?? '1970-01-01')) names.push(entry.name)
  }
  return names
}
