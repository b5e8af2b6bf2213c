/** Any file or folder as it is: saved byte for byte, and nothing is read out of it. */
import type { Wallet } from '../types.js'

/** What is known of `count` files that no reader understands. */
export function plainFiles(count: number): Wallet {
  return {
    kind: 'file',
    encrypted: false,
    opened: true,
    identity: { fingerprints: [], descriptors: [], chain: null, network: null },
    addresses: [],
    labels: [],
    transactions: [],
    importedKeys: 0,
    keys: { private: 0, failed: [] },
    beyondSeed: [{ what: 'file', count }],
    restore: 'anytime',
  }
}
