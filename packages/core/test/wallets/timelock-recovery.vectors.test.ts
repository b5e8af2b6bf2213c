import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/bytes.js'
import { isCairnError } from '../../src/errors.js'
import type { TimelockRecovery } from '../../src/types.js'
import { detectKind, readWallet } from '../../src/wallets/read.js'
import { planChecksum } from '../../src/wallets/timelock-recovery/format.js'
import { readTimelockRecovery } from '../../src/wallets/timelock-recovery.js'
import { EXAMPLE } from '../fixtures/timelock-recovery.js'

type Fields = Readonly<Record<string, unknown>>

const file = (fields: Fields) => utf8(JSON.stringify(fields, null, 2))
const read = (changes: Fields = {}) => readTimelockRecovery(file({ ...EXAMPLE, ...changes }))
/** As a program would write it that says something else. */
const consistent = (changes: Fields) => {
  const plan = { ...EXAMPLE, ...changes }
  return readTimelockRecovery(file({ ...plan, checksum: planChecksum(plan).slice(0, 16) }))
}
const wrong = ({ checks }: TimelockRecovery) =>
  checks.filter(({ ok }) => ok === false).map(({ what }) => what)

describe('the example of BIP-128', () => {
  it('has the checksum that it carries', () => {
    expect(planChecksum(EXAMPLE).slice(0, 8)).toBe(EXAMPLE.checksum)
  })

  it('is read: who gets what, from where, and after how long', () => {
    expect(read()).toMatchObject({
      id: EXAMPLE.id,
      program: 'RITREK Service 1.0.1',
      days: 2,
      alert: {
        txid: EXAMPLE.alert_txid,
        from: null,
        inputs: EXAMPLE.alert_inputs,
        to: { address: EXAMPLE.alert_address, amount: '22048' },
        anchors: [{ address: EXAMPLE.anchor_addresses[0], amount: '600' }],
      },
      recovery: {
        txid: EXAMPLE.recovery_txid,
        from: null,
        // round(2 * 86400 / 512) = 338 units of 512 seconds
        seconds: 338 * 512,
        to: [{ address: EXAMPLE.recovery_outputs[0][0], amount: '21926', label: 'My Backup Wallet' }],
      },
    })
  })

  it('stands every check, its signature too, but for the one that only the chain can tell', () => {
    const { checks } = read()
    expect(checks.filter(({ ok }) => ok === null)).toHaveLength(1)
    expect(checks.every(({ ok }) => ok !== false)).toBe(true)
  })

  it('is recognised, and read as a wallet without a key', async () => {
    const bytes = file(EXAMPLE)
    expect(await detectKind({ path: 'plan.json', bytes })).toBe('timelock-recovery')
    const wallet = await readWallet([{ path: 'plan.json', bytes }])
    expect(wallet).toMatchObject({ kind: 'timelock-recovery', opened: true, importedKeys: 0 })
    expect(wallet.addresses.map(({ address }) => address)).toEqual([EXAMPLE.alert_address])
  })
})

describe('a timelock recovery plan', () => {
  it.each([
    ['another kind', { kind: 'timelock' }],
    ['no id', { id: '' }],
    ['one day', { timelock_days: 1 }],
    ['389 days', { timelock_days: 389 }],
    ['a local time', { created_at: '2025-11-24T12:39:53' }],
    ['a name that is too long', { name: 'a'.repeat(201) }],
    ['a transaction in lower case', { alert_tx: EXAMPLE.alert_tx.toLowerCase() }],
    ['half a digit pair', { recovery_tx: EXAMPLE.recovery_tx.slice(1) }],
    ['a transaction that is cut off', { recovery_tx: EXAMPLE.recovery_tx.slice(0, -2) }],
    ['a transaction with something behind it', { alert_tx: `${EXAMPLE.alert_tx}00` }],
    ['a checksum of 7 digits', { checksum: EXAMPLE.checksum.slice(1) }],
    ['an output of nothing', { recovery_outputs: [[EXAMPLE.alert_address, 0]] }],
    ['too much weight', { alert_weight: 400_001 }],
    ['an input without an index', { alert_inputs: [EXAMPLE.alert_txid] }],
  ])('with %s is refused', (_what, changes) => {
    expect(() => read(changes)).toThrow(expect.objectContaining({ code: 'wallet-unreadable' }))
  })

  it.each<[string, Fields, RegExp]>([
    ['more days than it has', { timelock_days: 30 }, /held back for 30 days/],
    ['another payee', { recovery_outputs: [[EXAMPLE.alert_address, 21926]] }, /pays what it says/],
    ['another amount', { recovery_outputs: [[EXAMPLE.anchor_addresses[0], 21925]] }, /pays what it says/],
    ['an address of no network', { alert_address: 'bc1qj0f9' }, /keeps the coins/],
    ['other inputs', { alert_inputs: [EXAMPLE.alert_inputs[0]] }, /spends what it says/],
    ['no anchor', { anchor_addresses: [] }, /keeps the coins/],
    ['another id', { recovery_txid: EXAMPLE.alert_txid }, /are the ones that it names/],
    ['another fee', { recovery_fee: 121 }, /fees and weights/],
    ['another weight', { alert_weight: 833 }, /fees and weights/],
    ['the first transaction twice', { recovery_tx: EXAMPLE.alert_tx }, /those coins and nothing else/],
  ])('that says %s is told apart', (_what, changes, sentence) => {
    expect(wrong(consistent(changes)).join('\n')).toMatch(sentence)
    expect(wrong(read(changes))).toContain('the file is as its program wrote it')
  })

  it('keeps fields of later versions, and counts them in the checksum', () => {
    expect(wrong(consistent({ later: ['a', 1] }))).toEqual([])
    expect(wrong(read({ later: 1 }))).toEqual(['the file is as its program wrote it'])
  })

  it('knows a lock by height or time that lies ahead', () => {
    // the last four bytes are nLockTime: block 1,200,000, which the year 2025 does not know
    const ahead = `${EXAMPLE.recovery_tx.slice(0, -8)}804F1200`
    const plan = consistent({ recovery_tx: ahead })
    expect(plan.recovery.from).toEqual({ height: 1_200_000 })
    expect(wrong(plan)).toContain('both could be in a block on the day when the plan was made')
    const year = consistent({ alert_tx: `${EXAMPLE.alert_tx.slice(0, -8)}00D0ED67` })
    expect(year.alert.from).toEqual({ time: 0x67edd000 })
  })

  it('shows every flipped bit of its transactions, also to who writes the checksum anew', () => {
    const flip = fc.record({
      field: fc.constantFrom('alert_tx' as const, 'recovery_tx' as const),
      at: fc.nat(),
      bit: fc.constantFrom(1, 2, 4, 8),
    })
    fc.assert(
      fc.property(flip, ({ field, at, bit }) => {
        const digits = EXAMPLE[field]
        const place = at % digits.length
        const digit = (Number.parseInt(digits[place] as string, 16) ^ bit).toString(16).toUpperCase()
        const changed = digits.slice(0, place) + digit + digits.slice(place + 1)
        try {
          const plan = consistent({ [field]: changed })
          // the signatures of the first one are over coins that the file does not tell, and its id leaves them out
          const isUnknown = field === 'alert_tx' && plan.alert.txid === EXAMPLE.alert_txid
          expect(isUnknown || wrong(plan).length > 0).toBe(true)
        } catch (error) {
          expect(isCairnError(error, 'wallet-unreadable')).toBe(true)
        }
      }),
      { seed: 2026, numRuns: 300 },
    )
  })

  it('is no uncatalogued error, whatever the bytes', () => {
    const text = JSON.stringify(EXAMPLE)
    fc.assert(
      fc.property(fc.nat(text.length), fc.string({ maxLength: 4 }), fc.nat(8), (at, put, cut) => {
        try {
          readTimelockRecovery(utf8(text.slice(0, at) + put + text.slice(at + cut)))
        } catch (error) {
          expect(isCairnError(error, 'wallet-unreadable')).toBe(true)
        }
      }),
      { seed: 2026, numRuns: 500 },
    )
  })
})
