/**
 * Folders of Bitcoin Core and Knots that the usual places do not tell: `datadir` and `walletdir` in bitcoin.conf
 * (doc/bitcoin-conf.md). Not those of a command line or of the first start's window, which are kept elsewhere.
 */
import { join, resolve } from 'node:path'
import { type Access, readStart } from './access.js'

/** A configuration has some hundred lines. */
const MAX_BYTES = 1024 * 1024

/** Further folders to be looked through like the given ones. */
export async function bitcoinFolders(roots: readonly string[], access: Access): Promise<readonly string[]> {
  const folders: string[] = []
  for (const root of roots) {
    const settings = await readStart(join(root, 'bitcoin.conf'), MAX_BYTES, access).catch(
      () => new Uint8Array(),
    )
    folders.push(...configured(new TextDecoder().decode(settings), root))
  }
  return folders
}

/** Values of `datadir` and `walletdir`, of every section and network. */
export function configured(text: string, root: string): readonly string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const value =
      /^\s*(?:(?:main|test|testnet4|signet|regtest)\.)?(?:datadir|walletdir)\s*=\s*(.+?)\s*$/.exec(
        line.replace(/#.*/, ''),
      )?.[1]
    return value === undefined ? [] : [resolve(root, value)]
  })
}
