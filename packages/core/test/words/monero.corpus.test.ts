/** Figures of bip_utils and of Monero's own tests, read from beside the checkout. */
import { hex, unhex } from '@cairn/core/bytes.js'
import { moneroKeys, myMoneroKeys } from '@cairn/core/keys/monero.js'
import * as monero from '@cairn/core/words/monero.js'
import * as mymonero from '@cairn/core/words/mymonero.js'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { readCases } from '../keys/cases.js'
import { refusal } from '../refusal.js'

interface MoneroCase {
  readonly mnemonic: string
  readonly lang?: string
  readonly language?: string
  readonly entropy?: string
  readonly priv_skey?: string
}

const NAMES: Readonly<Record<string, string>> = { Português: 'portuguese', Deutsch: 'german' }
const folder = corpus('monero')
const cases = (file: string) => (folder ? readCases<MoneroCase>(folder, `${file}.json`) : [])

describe.runIf(folder)('phrases of Monero and MyMonero by other programs', () => {
  test.each([...cases('monero-mnemonics'), ...cases('monero-core-tests')])('$id', (it) => {
    const long = it.mnemonic.split(' ').length > 13
    const { check, toEntropy, fromEntropy } = long ? monero : mymonero
    const language = (it.language ? NAMES[it.language] : it.lang?.toLowerCase()) as monero.MoneroLanguage
    if (!it.valid) {
      if (!language) expect(check(it.mnemonic).valid).toBe(false)
      expect(refusal(() => toEntropy(it.mnemonic, language)).kind).toBe('damaged')
      return
    }
    expect(check(it.mnemonic)).toMatchObject({ valid: true, language })
    if (it.entropy) {
      expect(hex(toEntropy(it.mnemonic))).toBe(it.entropy)
      // bip_utils counts four characters of a Japanese word for the checksum, where Monero counts three.
      const own = language === 'japanese' ? it.mnemonic.split(' ').slice(0, -1).join(' ') : it.mnemonic
      expect(fromEntropy(unhex(it.entropy), language).startsWith(own)).toBe(true)
      const keys = long ? moneroKeys : myMoneroKeys
      expect(hex(keys(toEntropy(it.mnemonic)).privateSpendKey)).toBe(it.priv_skey)
    }
  })
})
