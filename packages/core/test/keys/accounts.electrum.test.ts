/** What Electrum says of its own wallets in fixtures/wallets/electrum: from the words to keys and addresses. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Account } from '../../src/keys/accounts.js'
import { fingerprint, fromSeed } from '../../src/keys/bip32.js'
import type { Network } from '../../src/types.js'
import { toSeed } from '../../src/words/electrum.js'
import { stretchOldSeed, toHexSeed } from '../../src/words/electrum-old.js'
import { seedAccount } from './source.js'

interface Keystore {
  readonly seed: string
  readonly seed_type: 'standard' | 'segwit' | 'old'
  readonly passphrase?: string
  readonly derivation?: string
  readonly root_fingerprint?: string
  readonly xpub?: string
  readonly mpk?: string
}

interface Expected {
  readonly name: string
  readonly network: Network
  readonly type: string
  readonly seed?: string
  readonly receiving: readonly string[]
  readonly keystores: readonly Keystore[]
}

const file = new URL('../fixtures/wallets/electrum/expected.json', import.meta.url)
const { wallets } = JSON.parse(readFileSync(file, 'utf8')) as { wallets: readonly Expected[] }
const singles = wallets.filter(({ seed, type }) => seed && type === 'standard')

function accountOf({ seed = '', network, keystores }: Expected): Account {
  const { seed_type, passphrase = '' } = keystores[0] as Keystore
  const bytes = seed_type === 'old' ? stretchOldSeed(toHexSeed(seed)) : toSeed(seed, passphrase)
  return seedAccount(bytes, { standard: `electrum-${seed_type}`, network, count: 20 })
}

describe('Electrum', () => {
  it.each(singles)('gives $name the same master public key and addresses', (wallet) => {
    const { xpub, mpk, derivation = 'm' } = wallet.keystores[0] as Keystore
    expect(accountOf(wallet)).toMatchObject({
      xpub: xpub ?? mpk,
      path: derivation,
      addresses: wallet.receiving,
    })
  })

  it('names the root of a seed by the same fingerprint', () => {
    const named = singles.filter(({ keystores }) => keystores[0]?.root_fingerprint)
    const ours = named.map(({ seed = '', keystores }) =>
      fingerprint(fromSeed(toSeed(seed, keystores[0]?.passphrase))),
    )
    expect(ours).toEqual(named.map(({ keystores }) => keystores[0]?.root_fingerprint))
    expect(ours.length).toBeGreaterThan(3)
  })
})
