/** Figures of python-mnemonic, bip32JP, bip_utils, ethers and Electrum, read from beside the checkout. */
import { readFileSync } from 'node:fs'
import { hex, text, unhex } from '@cairn/core/bytes.js'
import { check, fromEntropy, type Language, toEntropy, toSeedUnchecked } from '@cairn/core/words/bip39.js'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { refusal } from '../refusal.js'

interface Case {
  readonly id: string
  readonly valid: boolean
  readonly language?: string
  readonly mnemonic?: string
  readonly mnemonic_utf8_hex?: string
  readonly passphrase?: string
  readonly passphrase_utf8_hex?: string
  readonly passphrase_same_as_mnemonic?: boolean
  readonly entropy?: string
  readonly seed?: string
}

const FILES = [
  'trezor-vectors',
  'bip32jp-english',
  'bip32jp-japanese',
  'bip-utils-bip39',
  'ethers-mnemonics',
  'electrum-bip39',
]

/** The names that the files give to the lists of the BIP. */
const NAMES: Readonly<Record<string, Language>> = {
  cz: 'czech',
  en: 'english',
  es: 'spanish',
  fr: 'french',
  it: 'italian',
  ja: 'japanese',
  ko: 'korean',
  pt: 'portuguese',
  zh_cn: 'chinese_simplified',
  zh_tw: 'chinese_traditional',
}

const folder = corpus('bip39')

function fromHex(value: string | undefined): string | undefined {
  return value === undefined ? undefined : text(unhex(value.replace('0x', '')))
}

function cases(file: string): readonly Case[] {
  return (JSON.parse(readFileSync(`${folder}/${file}.json`, 'utf8')) as { cases: Case[] }).cases
}

describe.runIf(folder)('BIP-39 phrases of other programs', () => {
  for (const file of folder ? FILES : []) test.each(cases(file))('$id', agrees)
})

function agrees(it: Case): void {
  const phrase = it.mnemonic ?? (fromHex(it.mnemonic_utf8_hex) as string)
  const same = it.passphrase_same_as_mnemonic ? phrase : ''
  const passphrase = it.passphrase ?? fromHex(it.passphrase_utf8_hex) ?? same
  const language = NAMES[it.language ?? ''] ?? (it.language?.toLowerCase() as Language | undefined)
  if (language) checkPhrase(it, phrase, language)
  if (it.valid && it.seed) expect(hex(toSeedUnchecked(phrase, passphrase))).toBe(it.seed.replace('0x', ''))
}

function checkPhrase(it: Case, phrase: string, language: Language): void {
  if (!it.valid) {
    expect(refusal(() => toEntropy(phrase, language)).kind).toBe('damaged')
    return
  }
  expect(check(phrase).languages).toContain(language)
  const entropy = it.entropy?.replace('0x', '') as string
  expect(hex(toEntropy(phrase, language))).toBe(entropy)
  expect(fromEntropy(unhex(entropy), language).normalize('NFKD').toLowerCase()).toBe(
    phrase.normalize('NFKD').replaceAll('\u3000', ' '),
  )
}
