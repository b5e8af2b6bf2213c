import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { concat, hex } from '../../src/bytes.js'
import { addChecksum } from '../../src/keys/descriptor.js'
import { hash256 } from '../../src/keys/hash.js'
import type { TransactionRecord } from '../../src/types.js'
import { bitcoinCore } from '../../src/wallets/bitcoin-core.js'
import { SEED } from '../keys/fuzz.js'
import { codeOfRejection } from '../refusal.js'
import {
  edited,
  factsOf,
  NAMES,
  type NodeFacts,
  PASSPHRASE,
  put,
  read,
  recordKey,
  recordsOf,
  sats,
  text,
  walletBytes,
} from './bitcoin-core/fixtures.js'
import { nearFiles, tryRead } from './fuzz.js'

/** What the node's entries, one an output, say of each transaction; the fee is negative and in each entry of a payment. */
function entriesByTransaction({ transactions }: NodeFacts): readonly TransactionRecord[] {
  return [...new Set(transactions.map(({ txid }) => txid))].map((txid) => {
    const entries = transactions.filter((entry) => entry.txid === txid)
    const fee = entries.find((entry) => entry.fee !== undefined)?.fee
    const delta = entries.reduce((sum, { amount }) => sum + sats(amount), sats(fee ?? 0))
    const time = entries[0]?.time as number
    return { txid, time, delta: String(delta), ...(fee !== undefined && { fee: String(-sats(fee)) }) }
  })
}

const byTxid = (a: TransactionRecord, b: TransactionRecord) => (a.txid < b.txid ? -1 : 1)

describe.each(NAMES)('bitcoin-core: %s as the node tells it', (name) => {
  const facts = factsOf(name)
  const wallet = read(walletBytes(name))

  it('has the descriptors of listdescriptors, in its order', async () => {
    expect((await wallet).identity).toMatchObject({
      descriptors: facts.descriptors.map(({ desc }) => desc),
      chain: 'bitcoin',
      network: 'regtest',
    })
  })

  it('has the addresses of deriveaddresses, and knows those for change', async () => {
    const { addresses } = await wallet
    expect(addresses.map(({ address }) => address)).toEqual(facts.addresses.flat())
    const change = facts.addresses.filter((_, i) => facts.descriptors[i]?.internal).flat()
    expect(addresses.filter((record) => record.change).map(({ address }) => address)).toEqual(change)
  })

  it('has the labels of addresses, comments and locked coins', async () => {
    const labels = Object.entries(facts.labels)
      .filter(([label]) => label !== '')
      .flatMap(([label, addresses]) => Object.keys(addresses).map((ref) => ({ type: 'addr', ref, label })))
    const comments = new Map(
      facts.transactions.flatMap(({ txid, comment }) => (comment ? [[txid, comment]] : [])),
    )
    expect(new Set((await wallet).labels)).toEqual(
      new Set([
        ...labels,
        ...Array.from(comments, ([ref, label]) => ({ type: 'tx', ref, label })),
        ...facts.locked.map(({ txid, vout }) => ({
          type: 'output',
          ref: `${txid}:${vout}`,
          spendable: false,
        })),
      ]),
    )
  })

  it('has the transactions with the same amounts, fees and times', async () => {
    const { transactions } = await wallet
    expect(transactions.toSorted(byTxid)).toEqual(entriesByTransaction(facts).toSorted(byTxid))
  })

  it('has the same balance', async () => {
    const { trusted, untrusted_pending, immature } = facts.balances.mine
    expect((await wallet).balance).toEqual({
      confirmed: String(sats(trusted) + sats(immature)),
      unconfirmed: String(sats(untrusted_pending)),
    })
  })
})

describe('bitcoin-core: private keys', () => {
  it('leads from the master key to every cached key, and counts a key once', async () => {
    expect((await read(walletBytes('plain'))).keys).toEqual({ private: 1, failed: [] })
    expect((await read(walletBytes('multisig-2of3'))).keys).toEqual({ private: 1, failed: [] })
    expect((await read(walletBytes('watch-only'))).keys).toEqual({ private: 0, failed: [] })
  })

  it('counts imported keys, watched addresses, labels and cosigners as beyond any seed', async () => {
    const single = await read(walletBytes('imported-keys'))
    expect(single.importedKeys).toBe(2)
    expect(single.addresses.map(({ origin, from }) => [origin, from])).toEqual([
      ['imported', undefined],
      ['imported', undefined],
    ])
    expect(single.beyondSeed).toEqual([
      { what: 'imported-keys', count: 2 },
      { what: 'labels', count: 2 },
    ])
    expect((await read(walletBytes('multisig-2of3'))).beyondSeed).toContainEqual({
      what: 'cosigners',
      count: 2,
    })
    expect((await read(walletBytes('watch-only'))).beyondSeed).toContainEqual({
      what: 'watched-addresses',
      count: 1,
    })
  })

  it('names a public key that its private key does not lead to', async () => {
    let swapped = ''
    const bytes = await edited(walletBytes('imported-keys'), (database) => {
      const [[key], [, value]] = recordsOf(database, 'walletdescriptorkey') as [
        [Uint8Array],
        [never, Uint8Array],
      ]
      const [publicKey, der] = [key.slice(-33), value.slice(1, -32)]
      swapped = hex(publicKey)
      put(database, key, concat(value.slice(0, 1), der, hash256(concat(publicKey, der))))
    })
    expect((await read(bytes)).keys).toEqual({ private: 1, failed: [swapped] })
  })

  it('refuses a private key whose check does not hold', async () => {
    const bytes = await edited(walletBytes('imported-keys'), (database) => {
      const [key, value] = recordsOf(database, 'walletdescriptorkey')[0] as [Uint8Array, Uint8Array]
      put(database, key, value.with(20, (value[20] as number) ^ 1))
    })
    expect(await codeOfRejection(() => read(bytes))).toBe('wallet-unreadable')
  })

  it('refuses cached keys that contradict each other', async () => {
    const bytes = await edited(walletBytes('plain'), (database) => {
      const [key, value] = recordsOf(database, 'walletdescriptorlhcache')[0] as [Uint8Array, Uint8Array]
      put(database, key, value.with(20, (value[20] as number) ^ 1)) // within the chain code
    })
    expect(await codeOfRejection(() => read(bytes))).toBe('wallet-unreadable')
  })

  it('names a cached key that the master key does not lead to', async () => {
    const bytes = await edited(walletBytes('plain'), (database) => {
      const [key, value] = recordsOf(database, 'walletdescriptorlhcache')[0] as [Uint8Array, Uint8Array]
      put(database, key, value.with(20, (value[20] as number) ^ 1))
      for (const [other] of recordsOf(database, 'walletdescriptorcache')) {
        database.run('DELETE FROM main WHERE key = ?', [other])
      }
    })
    const { keys } = await read(bytes)
    expect(keys.failed).toEqual([expect.stringMatching(/^tpub/)])
  })
})

describe('bitcoin-core: passwords', () => {
  it('gives all but the check of the keys without the password', async () => {
    const wallet = await read(walletBytes('encrypted'))
    expect(wallet).toMatchObject({ encrypted: true, opened: false, keys: { private: 0, failed: [] } })
  })

  it('checks the keys with the password, and gives the same in all else', async () => {
    const closed = await read(walletBytes('encrypted'))
    const open = await read(walletBytes('encrypted'), PASSPHRASE)
    expect(open).toEqual({ ...closed, opened: true, keys: { private: 1, failed: [] } })
  })

  it('refuses a wrong password', async () => {
    for (const wrong of ['', PASSPHRASE.toLowerCase(), `${PASSPHRASE} `]) {
      expect(await codeOfRejection(() => read(walletBytes('encrypted'), wrong))).toBe('wallet-password')
    }
  })

  it('needs no password for a wallet that is not encrypted', async () => {
    expect(await read(walletBytes('imported-keys'), 'whatever')).toMatchObject({
      encrypted: false,
      opened: true,
    })
  })

  /** The master key record with other rounds and another method. */
  const withParameters = (rounds: number, method = 0) =>
    edited(walletBytes('encrypted'), (database) => {
      const [key, value] = recordsOf(database, 'mkey')[0] as [Uint8Array, Uint8Array]
      const view = new DataView(value.buffer, value.byteOffset)
      view.setUint32(58, method, true)
      view.setUint32(62, rounds, true)
      put(database, key, value)
    })

  it('refuses an absurd number of rounds before any work', async () => {
    for (const rounds of [2_500_001, 0xffff_ffff]) {
      const bytes = await withParameters(rounds)
      expect(await codeOfRejection(() => read(bytes, PASSPHRASE))).toBe('wallet-cost')
    }
  })

  it('refuses many master keys that only together ask for an absurd number of rounds', async () => {
    const bytes = await edited(walletBytes('encrypted'), (database) => {
      const [, value] = recordsOf(database, 'mkey')[0] as [Uint8Array, Uint8Array]
      for (let id = 1; id < 100; id++) put(database, recordKey('mkey', Uint8Array.of(id, 0, 0, 0)), value)
    })
    expect(await codeOfRejection(() => read(bytes, PASSPHRASE))).toBe('wallet-cost')
  })

  it('refuses no rounds, and a key derivation it does not know', async () => {
    const [none, other] = [await withParameters(0), await withParameters(25_000, 1)]
    expect(await codeOfRejection(() => read(none, PASSPHRASE))).toBe('wallet-unreadable')
    expect(await codeOfRejection(() => read(other, PASSPHRASE))).toBe('wallet-unsupported')
  })

  it('names a key that the right password does not open', async () => {
    let damaged = ''
    const bytes = await edited(walletBytes('encrypted'), (database) => {
      for (const [key, value] of recordsOf(database, 'walletdescriptorckey')) {
        damaged = hex(key.slice(-33))
        put(database, key, value.with(10, (value[10] as number) ^ 1))
      }
    })
    expect((await read(bytes, PASSPHRASE)).keys).toEqual({ private: 0, failed: [damaged] })
  })
})

describe('bitcoin-core: descriptors that are not derived from', () => {
  const key = '[a1b2c3d4]03e5a2f4e548ca5251ec8c85fc4b935e2b7fbc7d00e09d9451e278a2a5d8474086'
  // Insane: on one of its ways no signature is needed, so that nothing is derived from it.
  const miniscript = addChecksum(`wsh(or_i(pk(${key}),older(100)))`)
  const address = 'bcrt1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qzf4jry'

  it('keeps the descriptor and the addresses that were handed out, and leaves amounts out', async () => {
    const bytes = await edited(walletBytes('plain'), (database) => {
      const descriptor = concat(text(miniscript), new Uint8Array(20))
      put(database, recordKey('walletdescriptor', new Uint8Array(32).fill(7)), descriptor)
      put(database, recordKey('purpose', text(address)), text('receive'))
    })
    const [wallet, before] = [await read(bytes), await read(walletBytes('plain'))]
    expect(wallet.identity.descriptors).toEqual([...before.identity.descriptors, miniscript].sort())
    expect(wallet.identity.fingerprints).toEqual(['a1b2c3d4', ...before.identity.fingerprints])
    expect(wallet.addresses.at(-1)).toEqual({ address, origin: 'derived' })
    expect(wallet.transactions.map(({ txid }) => txid)).toEqual(before.transactions.map(({ txid }) => txid))
    expect(wallet.transactions.some(({ delta }) => delta !== undefined)).toBe(false)
    expect(wallet.balance).toBeUndefined()
  })

  it('refuses a descriptor that was changed', async () => {
    const bytes = await edited(walletBytes('watch-only'), (database) => {
      const [key, value] = recordsOf(database, 'walletdescriptor')[0] as [Uint8Array, Uint8Array]
      put(database, key, value.with(10, (value[10] as number) ^ 1))
    })
    expect(await codeOfRejection(() => read(bytes))).toBe('wallet-unreadable')
  })
})

describe('bitcoin-core: damaged and hostile files', () => {
  const plain = walletBytes('plain')

  it('refuses a file that is cut in half, and at every page', async () => {
    expect(await codeOfRejection(() => read(plain.slice(0, plain.length / 2)))).toBe('wallet-unreadable')
    for (let length = 512; length < plain.length; length += 4096) {
      expect(await codeOfRejection(() => read(plain.slice(0, length)))).toBe('wallet-unreadable')
    }
  })

  it('reads or refuses by the catalogue whatever is done to a file', async () => {
    const small = walletBytes('imported-keys')
    await fc.assert(
      fc.asyncProperty(nearFiles(small), async (bytes) => void (await tryRead(bitcoinCore, bytes))),
      { seed: SEED, numRuns: 1500 },
    )
    await fc.assert(
      fc.asyncProperty(nearFiles(plain), async (bytes) => void (await tryRead(bitcoinCore, bytes))),
      { seed: SEED, numRuns: 60 },
    )
  }, 120_000)

  it('finds every changed byte of a transaction', async () => {
    const flips = fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 255 }))
    await fc.assert(
      fc.asyncProperty(flips, async ([which, at, mask]) => {
        const bytes = await edited(walletBytes('watch-only'), (database) => {
          const all = recordsOf(database, 'tx')
          const [key, value] = all[which % all.length] as [Uint8Array, Uint8Array]
          const i = at % 100 // the raw transaction comes first, and none is shorter; its witness is at the end
          put(database, key, value.with(i, (value[i] as number) ^ mask))
        })
        expect(await codeOfRejection(() => read(bytes))).toBe('wallet-unreadable')
      }),
      { seed: SEED, numRuns: 40 },
    )
  })

  it('finds a page that its parent forgot', async () => {
    const bytes = await edited(walletBytes('imported-keys'), (database) => {
      for (let i = 0; i < 400; i++)
        put(database, recordKey('zz', Uint8Array.of(i >> 8, i)), new Uint8Array(100))
    })
    expect((await read(bytes)).importedKeys).toBe(2)
    const view = new DataView(bytes.buffer)
    const pages = Array.from({ length: bytes.length / 4096 }, (_, i) => i * 4096)
    const parent = pages.find((page) => bytes[page] === 0x05) as number
    view.setUint16(parent + 3, view.getUint16(parent + 3) - 1) // one cell, and so one child, less
    expect(await codeOfRejection(() => read(bytes))).toBe('wallet-unreadable')
  })

  it('runs nothing that stands in a schema', async () => {
    const endless =
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS key, i AS value FROM n'
    const bytes = await edited(plain, (database) => {
      database.exec(`DROP TABLE main; CREATE VIEW main AS ${endless}`)
    })
    expect(await codeOfRejection(() => read(bytes))).toBe('wallet-unreadable')
  })

  it('refuses a range that would take hours to derive', async () => {
    const bytes = await edited(plain, (database) => {
      for (const [key, value] of recordsOf(database, 'walletdescriptor')) {
        new DataView(value.buffer, value.byteOffset).setInt32(value.length - 12, 0x7fff_ffff, true)
        put(database, key, value)
      }
    })
    expect(await codeOfRejection(() => read(bytes))).toBe('wallet-unsupported')
  })

  it('refuses a file above its limit', async () => {
    const large = new Uint8Array(256 * 1024 * 1024 + 1)
    expect(await codeOfRejection(() => read(large))).toBe('wallet-too-large')
  })

  it('knows the wallets of other coins and legacy wallets, and says so', async () => {
    const other = plain.slice()
    other.set([0xfb, 0xc0, 0xb6, 0xdb], 68) // Litecoin's message start
    expect(await codeOfRejection(() => read(other))).toBe('wallet-unsupported')
    const legacy = new Uint8Array(8192)
    legacy.set([0x62, 0x31, 0x05, 0x00], 12)
    expect(bitcoinCore.detect(legacy, 'wallet.dat')).toBe(true)
    expect(await codeOfRejection(() => read(legacy))).toBe('wallet-unsupported')
  })

  it('detects its own files by their content, never by their name', () => {
    expect(NAMES.every((name) => bitcoinCore.detect(walletBytes(name), 'x'))).toBe(true)
    expect(bitcoinCore.detect(new Uint8Array(4096), 'wallet.dat')).toBe(false)
    expect(bitcoinCore.detect(new Uint8Array(), 'wallet.dat')).toBe(false)
  })
})

const files = corpus('wallet-files')
describe.runIf(files)('bitcoin-core: wallets of others', async () => {
  const { readFile } = await import('node:fs/promises')
  const bytesOf = async (name: string) => new Uint8Array(await readFile(`${files}/btcrecover/${name}`))

  it('opens an encrypted wallet of Bitcoin Core 0.21.1, which kept other caches', async () => {
    const bytes = await bytesOf('bitcoincore-0.21.1-wallet.dat')
    const wallet = await read(bytes, 'btcr-test-password')
    expect(wallet).toMatchObject({ encrypted: true, opened: true, keys: { private: 1, failed: [] } })
    expect(wallet.identity).toMatchObject({ network: 'mainnet', fingerprints: ['8cf1aff0'] })
    expect(wallet.identity.descriptors).toHaveLength(6)
    expect(wallet.addresses).toHaveLength(6 * 20)
    expect(await codeOfRejection(() => read(bytes, 'btcr-test-passwort'))).toBe('wallet-password')
  })

  it('recognises legacy wallets of Bitcoin and Litecoin', async () => {
    for (const name of ['bitcoincore-wallet.dat', 'litecoincore-0.18.1-wallet.dat']) {
      const bytes = await bytesOf(name)
      expect(bitcoinCore.detect(bytes, name)).toBe(true)
      expect(await codeOfRejection(() => read(bytes))).toBe('wallet-unsupported')
    }
  })
})
