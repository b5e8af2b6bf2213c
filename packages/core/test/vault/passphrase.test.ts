import { wordlist as ENGLISH } from '@scure/bip39/wordlists/english.js'
import { describe, expect, it } from 'vitest'
import { newPassphrase, normalize, parsePassphrase, passphraseWith } from '../../src/vault/passphrase.js'

describe('a passphrase made here', () => {
  it('has seven words of the English list', () => {
    const words = newPassphrase().split('-')
    expect(words).toHaveLength(7)
    expect(words.every((word) => ENGLISH.includes(word))).toBe(true)
    expect(newPassphrase()).not.toBe(newPassphrase())
    expect(parsePassphrase(newPassphrase())).toMatch(/^[a-z-]+$/)
  })

  it('takes eleven bits a word', () => {
    expect(passphraseWith(Uint8Array.of(0, 0, 0, 1, 7, 255, 8, 0, 255, 255))).toBe(
      'abandon-ability-zoo-abandon-zoo',
    )
  })

  it('takes each word from as many of the 65,536 values as any other', () => {
    const counts = new Map<string, number>()
    for (let value = 0; value < 65_536; value++) {
      const word = passphraseWith(Uint8Array.of(value >> 8, value & 255))
      counts.set(word, (counts.get(word) ?? 0) + 1)
    }
    expect(counts.size).toBe(2_048)
    expect(new Set(counts.values())).toEqual(new Set([32]))
  })

  it('changes with each random bit that is used', () => {
    const bytes = new Uint8Array(14)
    const seen = new Set<string>()
    for (let bit = 0; bit < 112; bit++) {
      const flipped = bytes.slice()
      flipped[bit >> 3] = 1 << (bit & 7)
      seen.add(passphraseWith(flipped))
    }
    // Five of the sixteen bits of a word are not used: 7 * 11 changes, and the unchanged one.
    expect(seen.size).toBe(78)
  })
})

describe('a passphrase that is typed', () => {
  it('is taken in NFC, as keyboards send it, and else as it is', () => {
    expect(normalize('caf\u0065\u0301')).toBe('caf\u00e9')
    expect(parsePassphrase('  Two  spaces, KEPT ')).toBe('  Two  spaces, KEPT ')
    expect(normalize('\ufb01')).toBe('\ufb01') // NFKC would make it "fi", and `age -d` would not open
  })

  it('has at least 12 characters, counted as a person counts them', () => {
    expect(parsePassphrase('twelve chars')).toBe('twelve chars')
    expect(() => parsePassphrase('eleven char')).toThrowError(
      expect.objectContaining({ code: 'passphrase-weak' }),
    )
    expect(() => parsePassphrase('\u{1f511}'.repeat(11))).toThrow()
    expect(() => parsePassphrase('e\u0301'.repeat(11))).toThrow()
    expect(parsePassphrase('\u{1f511}'.repeat(12))).toHaveLength(24)
  })

  it('has at most 1,024', () => {
    expect(parsePassphrase('a'.repeat(1_024))).toHaveLength(1_024)
    expect(() => parsePassphrase('a'.repeat(1_025))).toThrowError(
      expect.objectContaining({ code: 'input-too-long' }),
    )
  })
})
