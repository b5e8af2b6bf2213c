/** Figures of LND, btcrecover and BlueWallet, read from beside the checkout. */
import { readFileSync } from 'node:fs'
import { hex } from '@cairn/core/bytes.js'
import { decode } from '@cairn/core/words/aezeed.js'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { codeOf } from '../refusal.js'
import { firstAddress } from './first-address.js'

interface Case {
  readonly id: string
  readonly valid: boolean
  readonly mnemonic: string
  readonly passphrase: string
  readonly scrypt_n?: 16
  readonly entropy?: string
  readonly birthday_days?: number
  readonly first_p2pkh_address?: string
  readonly external_0?: string
}

const folder = corpus('aezeed')
const cases = folder
  ? (JSON.parse(readFileSync(`${folder}/aezeed.json`, 'utf8')) as { cases: readonly Case[] }).cases
  : []

describe.runIf(folder)('the aezeed vectors beside the checkout', () => {
  test.each(cases)('$id', (it) => {
    const run = () => decode(it.mnemonic, it.passphrase, it.scrypt_n)
    if (!it.valid) {
      expect(['aezeed-passphrase', 'word-unknown', 'phrase-checksum']).toContain(codeOf(run))
      return
    }
    const { entropy, birthday } = run()
    if (it.entropy) expect(hex(entropy)).toBe(it.entropy)
    if (it.birthday_days !== undefined) expect(birthday).toBe(dayAfterGenesis(it.birthday_days))
    if (it.first_p2pkh_address) expect(firstAddress(entropy, "m/44'/0'/0'")).toBe(it.first_p2pkh_address)
    if (it.external_0) expect(firstAddress(entropy, "m/84'/0'/0'")).toBe(it.external_0)
  })
})

function dayAfterGenesis(days: number): string {
  return new Date(Date.UTC(2009, 0, 3 + days)).toISOString().slice(0, 10)
}
