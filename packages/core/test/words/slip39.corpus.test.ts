/** Figures of other programs: slip39-js, Sparrow's drongo, BlueWallet and Electrum, read from beside the checkout. */
import { readFileSync } from 'node:fs'
import { hex, utf8 } from '@cairn/core/bytes.js'
import { combine, formatShare, parseShare, type SplitPlan, splitWith } from '@cairn/core/words/slip39.js'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { stream } from '../draws.js'
import { refusal } from '../refusal.js'
import { firstAddress } from './first-address.js'

interface Case {
  readonly id: string
  readonly valid: boolean
  readonly kind?: string
  readonly mnemonics?: readonly string[]
  readonly mnemonic?: string
  readonly passphrase?: string
  readonly secret?: string | null
  readonly share5_value?: string
  readonly script?: 'LegacyP2PKH' | 'SegwitP2SH' | 'SegwitBech32'
  readonly external?: { readonly 0: string }
  readonly derivation?: string
  readonly receiving_0?: string
  readonly exponent?: number
  readonly group_threshold?: number | string
  readonly groups?: readonly (readonly [number, number])[] | string
  readonly master_secret_bytes?: number
}

const folder = corpus('slip39')
const electrum = corpus('electrum-seeds')
const PATHS = { LegacyP2PKH: "m/44'/0'/0'", SegwitP2SH: "m/49'/0'/0'", SegwitBech32: "m/84'/0'/0'" }
const SECRET = utf8('ABCDEFGHIJKLMNOP')

function cases(path: string): readonly Case[] {
  return (JSON.parse(readFileSync(path, 'utf8')) as { cases: Case[] }).cases
}

describe.runIf(folder)('the SLIP-39 vectors beside the checkout', () => {
  for (const it of folder ? cases(`${folder}/slip39-vectors.json`) : [])
    test(it.id, () => {
      const run = () => hex(combine(it.mnemonics as string[], it.passphrase))
      if (it.valid) expect(run()).toBe(it.secret)
      else expect(refusal(run).code).toMatch(/^share-/)
    })
})

describe.runIf(folder)('wallets under SLIP-39 shares', () => {
  for (const it of folder ? cases(`${folder}/slip39-wallets.json`) : [])
    test(it.id, () => {
      const shares = it.mnemonics as string[]
      const secret = combine(shares, it.passphrase)
      if (it.secret) expect(hex(secret)).toBe(it.secret)
      if (it.share5_value) expect(hex(parseShare(shares[4] as string).value)).toBe(it.share5_value)
      for (const share of shares) expectWritten(formatShare(parseShare(share)), share)
      if (it.script) expect(firstAddress(secret, PATHS[it.script])).toBe(it.external?.[0])
    })
})

describe.runIf(electrum)('SLIP-39 seeds as Electrum reads them', () => {
  const all = electrum ? cases(`${electrum}/electrum-wallet-vertical.json`) : []
  for (const it of all.filter((one) => one.kind === 'slip39'))
    test(it.id, () => {
      const secret = combine(it.mnemonics as string[], it.passphrase)
      expect(firstAddress(secret, it.derivation as string)).toBe(it.receiving_0)
    })
})

describe.runIf(folder)('the plans of slip39-js', () => {
  for (const it of folder ? cases(`${folder}/slip39-js-extra.json`) : []) {
    test(it.id, () => {
      for (const plan of plansOf(it)) {
        const run = () => splitWith(plan, stream(1).draw)
        if (it.valid) expect(hex(combine(run().flat(), plan.passphrase))).toBe(hex(SECRET))
        else expect(['share-plan', 'entropy-length']).toContain(refusal(run).code)
      }
    })
  }
})

/** BlueWallet takes words in capitals and cut to three or four letters, too; Cairn writes them in full. */
function expectWritten(full: string, share: string): void {
  const words = full.split(' ')
  const given = share.toLowerCase().split(' ')
  expect(words.map((word, i) => word.startsWith(given[i] as string))).toEqual(given.map(() => true))
}

function plansOf(it: Case): readonly SplitPlan[] {
  const secret = it.master_secret_bytes === undefined ? SECRET : new Uint8Array(it.master_secret_bytes)
  const base = { secret, passphrase: it.passphrase ?? '' }
  if (it.exponent !== undefined)
    return [
      { ...base, groupThreshold: 1, groups: [{ threshold: 3, count: 5 }], iterationExponent: it.exponent },
    ]
  if (typeof it.groups === 'object') {
    const groups = it.groups.map(([threshold, count]) => ({ threshold, count }))
    return [{ ...base, groupThreshold: it.group_threshold as number, groups, iterationExponent: 0 }]
  }
  const groups = Array(16).fill({ threshold: 1, count: 1 })
  return Array.from({ length: 32 }, (_, i) => {
    const choice = { groupThreshold: (i >> 1) + 1, extendable: i % 2 === 0, iterationExponent: 0 }
    return { ...base, groups, ...choice }
  })
}
