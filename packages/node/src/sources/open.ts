/** Which source a wallet comes from, by how it was named. */

import { SCHEME } from './bitcoin-rpc/spec.js'
import { bitcoinRpcSource } from './bitcoin-rpc.js'
import { fileSource } from './files.js'
import type { Source } from './source.js'

/**
 * `spec` is the path of a file or folder, or `bitcoin-rpc:…` for a wallet of a running node.
 * @throws CairnError `usage`, `secret-argument`.
 */
export function openSource(spec: string): Source {
  return spec.startsWith(SCHEME) ? bitcoinRpcSource(spec) : fileSource(spec)
}
