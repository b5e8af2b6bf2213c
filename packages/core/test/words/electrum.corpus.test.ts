/** Figures of Electrum and bip_utils, read from beside the checkout. */
import { readFileSync } from 'node:fs'
import { hex, text, unhex } from '@cairn/core/bytes.js'
import { check, seedType, toSeed } from '@cairn/core/words/electrum.js'
import { check as checkOld, stretchOldSeed, toHexSeed } from '@cairn/core/words/electrum-old.js'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../../test/corpus.js'

interface Case {
  readonly id: string
  readonly valid: boolean
  readonly kind?: string
  readonly version?: number
  readonly mnemonic?: string
  readonly mnemonic_utf8_hex?: string | null
  readonly passphrase?: string | null
  readonly seed_type?: string | null
  readonly seed_version_prefix?: string
  readonly bip32_seed?: string
  readonly entropy?: string
  readonly seed?: string
  readonly mnemonic_type?: string
}

const TYPES: Readonly<Record<string, string>> = {
  STANDARD: 'standard',
  SEGWIT: 'segwit',
  STANDARD_2FA: '2fa',
  SEGWIT_2FA: '2fa_segwit',
  '01': 'standard',
  '100': 'segwit',
}

const folder = corpus('electrum-seeds')

function cases(file: string, wanted: (it: Case) => boolean): readonly Case[] {
  if (!folder) return []
  return (JSON.parse(readFileSync(`${folder}/${file}.json`, 'utf8')) as { cases: Case[] }).cases.filter(
    wanted,
  )
}

describe.runIf(folder)("Electrum's and bip_utils' seeds", () => {
  test.each(cases('electrum-v2-seeds', () => true))('$id', (it) => {
    const seed = it.mnemonic_utf8_hex ? text(unhex(it.mnemonic_utf8_hex)) : (it.mnemonic as string)
    expect(seedType(seed)).toBe(TYPES[it.seed_version_prefix as string])
    expect(check(seed).valid).toBe(true)
    expect(hex(toSeed(seed, it.passphrase ?? ''))).toBe(it.bip32_seed)
  })

  test.each(cases('electrum-seed-types', () => true))('$id', (it) => {
    const seed = it.mnemonic as string
    const type = checkOld(seed).valid ? 'old' : seedType(seed)
    expect(type).toBe(it.seed_type)
    expect(checkOld(seed).valid || check(seed).valid).toBe(it.valid)
  })

  test.each(cases('bip-utils-electrum', (it) => it.kind === 'mnemonic' && it.version === 1))('$id', (it) => {
    const seed = toHexSeed(it.mnemonic as string)
    expect(seed).toBe(it.entropy)
    expect(hex(stretchOldSeed(seed))).toBe(it.seed)
  })

  test.each(cases('bip-utils-electrum', (it) => it.kind === 'mnemonic' && it.version === 2 && it.valid))(
    '$id',
    (it) => {
      const found = check(it.mnemonic as string)
      expect([found.valid, found.seedType]).toEqual([true, TYPES[it.mnemonic_type as string]])
      expect(hex(toSeed(it.mnemonic as string, it.passphrase ?? ''))).toBe(it.seed)
    },
  )
})
