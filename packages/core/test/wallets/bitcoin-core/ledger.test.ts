import { describe, expect, it } from 'vitest'
import type { Outpoint } from '../../../src/wallets/bitcoin/transaction.js'
import { keepLedger } from '../../../src/wallets/bitcoin-core/ledger.js'
import type { WalletTransaction } from '../../../src/wallets/bitcoin-core/transaction.js'

const OWN = Uint8Array.of(1)
const OTHER = Uint8Array.of(2)
const scripts = new Set(['01'])

const own = (value: bigint) => ({ script: OWN, value })
const other = (value: bigint) => ({ script: OTHER, value })
const coin = (txid: string, index = 0): Outpoint => ({ txid, index })

let order = 0
function tx(
  txid: string,
  inputs: readonly Outpoint[],
  outputs: WalletTransaction['transaction']['outputs'],
  more: Partial<WalletTransaction> = {},
): WalletTransaction {
  const transaction = { txid, inputs, outputs, isCoinbase: inputs.length === 0 }
  return { transaction, state: 'confirmed', time: 1, order: order++, comment: '', replaced: false, ...more }
}

const received = tx('received', [coin('elsewhere')], [own(100n)])
const amounts = (all: readonly WalletTransaction[]) =>
  keepLedger(all, scripts).transactions.map(({ txid, delta, fee }) => [txid, delta, fee])

describe('the ledger of a Bitcoin Core wallet', () => {
  it('knows what was received, sent, paid as a fee and came back as change', () => {
    const sent = tx('sent', [coin('received')], [other(60n), own(30n)])
    expect(amounts([received, sent])).toEqual([
      ['received', '100', undefined],
      ['sent', '-70', '10'],
    ])
    expect(keepLedger([received, sent], scripts).balance).toEqual({ confirmed: '30', unconfirmed: '0' })
  })

  it('tells no fee when it does not know all that was spent', () => {
    const shared = tx('shared', [coin('received'), coin('foreign')], [other(120n)])
    expect(amounts([received, shared])[1]).toEqual(['shared', '-100', undefined])
  })

  it('keeps coins of others apart until a block has them, and not its own change', () => {
    const pending = { state: 'pending' } as const
    const change = tx('change', [coin('received')], [own(90n)], pending)
    const gift = tx('gift', [coin('stranger')], [own(7n)], pending)
    const mixed = tx('mixed', [coin('change'), coin('gift')], [own(95n)], pending)
    const next = tx('next', [coin('change')], [own(80n)], pending)
    const balance = (...all: WalletTransaction[]) => keepLedger([received, ...all], scripts).balance
    expect(balance(change, gift)).toEqual({ confirmed: '90', unconfirmed: '7' })
    expect(balance(next, change, gift)).toEqual({ confirmed: '80', unconfirmed: '7' })
    expect(balance(change, gift, mixed)).toEqual({ confirmed: '0', unconfirmed: '95' })
  })

  it.each<[string, Partial<WalletTransaction>]>([
    ['abandoned', { state: 'abandoned' }],
    ['conflicting with a block', { state: 'conflicted' }],
    ['replaced by a fee bump', { state: 'pending', replaced: true }],
  ])('does not count what is %s, nor what spends it', (_, more) => {
    const dead = tx('dead', [coin('received')], [own(90n)], more)
    const child = tx('child', [coin('dead')], [own(80n)], { state: 'pending' })
    const grandchild = tx('grandchild', [coin('child')], [own(70n)], { state: 'pending' })
    const ledger = keepLedger([grandchild, child, dead, received], scripts)
    expect(ledger.balance).toEqual({ confirmed: '100', unconfirmed: '0' })
    expect(ledger.transactions.filter(({ delta }) => delta !== undefined)).toHaveLength(1)
    expect(ledger.transactions).toHaveLength(4)
  })

  it('does not count a pending transaction whose coin a block has spent, nor a reward that is in no block', () => {
    const spent = tx('spent', [coin('received')], [other(95n)])
    const rival = tx('rival', [coin('received')], [own(99n)], { state: 'pending' })
    const orphan = tx('orphan', [], [own(50n)], { state: 'pending' })
    expect(keepLedger([received, spent, rival, orphan], scripts).balance).toEqual({
      confirmed: '0',
      unconfirmed: '0',
    })
  })

  it('follows a chain of any length', () => {
    const chain = Array.from({ length: 20_000 }, (_, i) =>
      tx(`${i + 1}`, [coin(`${i}`)], [own(5n)], { state: i === 0 ? 'abandoned' : 'pending' }),
    )
    expect(keepLedger(chain, scripts).balance).toEqual({ confirmed: '0', unconfirmed: '0' })
  })

  it('leaves amounts out when not all scripts are known', () => {
    expect(keepLedger([received], null)).toEqual({ transactions: [{ txid: 'received', time: 1 }] })
  })
})
