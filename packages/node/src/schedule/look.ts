/** What the files of a wallet look like from outside: nothing is opened. */
import { hex, utf8 } from '@cairn/core/bytes.js'
import type { Snapshot } from '../machine/memory.js'
import type { WalletEntry } from '../machine/wallets.js'
import type { Ports } from '../ports.js'
import type { Appearance, Source } from '../sources/source.js'

type LookingPorts = Pick<Ports, 'openSource' | 'primitives'>

const NOTHING: Appearance = { mark: '', newestMs: 0 }

/** Never rejects: what is not there or not allowed looks like nothing. */
export async function lookAt(
  { source }: Pick<WalletEntry, 'source'>,
  ports: LookingPorts,
): Promise<Appearance> {
  try {
    const opened = ports.openSource(source)
    return await (opened.look?.() ?? lookThrough(opened, ports))
  } catch {
    return NOTHING
  }
}

async function lookThrough(source: Source, { primitives }: LookingPorts): Promise<Appearance> {
  const view = await source.open()
  try {
    const files = view.groups.flat()
    const marks = files.map(({ path, mark }) => `${path}\0${mark}\n`)
    return {
      mark: hex(primitives.sha256(utf8(marks.join('')))),
      newestMs: Math.max(0, ...files.map(({ mtimeMs }) => mtimeMs)),
    }
  } finally {
    await view.close()
  }
}

/** Names of the wallets that were written to after they were last saved, or never were saved. */
export async function changedSince(
  entries: readonly WalletEntry[],
  snapshots: readonly Snapshot[],
  ports: LookingPorts,
): Promise<readonly string[]> {
  const names: string[] = []
  for (const entry of entries) {
    const saved = snapshots.findLast(({ wallets }) => wallets.includes(entry.name))
    const { newestMs } = await lookAt(entry, ports)
    if (newestMs > 0 && newestMs > Date.parse(saved?.time ?? '1970-01-01')) names.push(entry.name)
  }
  return names
}
