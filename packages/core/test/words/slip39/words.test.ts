import { hex } from '@cairn/core/bytes.js'
import { indexOf, WORDS } from '@cairn/core/words/slip39/words.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { expect, test } from 'vitest'

test('the list is the one of the standard, by its hash', () => {
  const file = new TextEncoder().encode(`${WORDS.join('\n')}\n`)
  expect(hex(sha256(file))).toBe('bcc4555340332d169718aed8bf31dd9d5248cb7da6e5d355140ef4f1e601eec3')
})

test('the list meets the criteria of section "Wordlist"', () => {
  expect(WORDS).toHaveLength(1024)
  expect([...WORDS].sort()).toEqual(WORDS)
  expect(WORDS.filter((word) => !/^[a-z]{4,8}$/.test(word))).toEqual([])
  expect(new Set(WORDS.map((word) => word.slice(0, 4))).size).toBe(1024)
})

test('each word is found at its place and nothing else is found', () => {
  expect(WORDS.map(indexOf)).toEqual(WORDS.map((_, i) => i))
  for (const word of ['', 'ac', 'Academic', 'constructor', '__proto__']) expect(indexOf(word)).toBeNull()
})

test('a word is known by its first four letters, by three where no other begins so, and by no slip in the rest', () => {
  expect(WORDS.map((word) => indexOf(word.slice(0, 4)))).toEqual(WORDS.map((_, i) => i))
  expect(indexOf('pis')).toBe(WORDS.indexOf('pistol'))
  expect(WORDS.filter((word) => word.startsWith('cha'))).toHaveLength(3)
  for (const word of ['cha', 'pi', 'pistl', 'pistols', 'acadamic']) expect(indexOf(word)).toBeNull()
})
