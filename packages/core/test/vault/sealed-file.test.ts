import { describe, expect, it } from 'vitest'
import { utf8 } from '../../src/bytes.js'
import { pure } from '../../src/vault/primitives.js'
import { isSealedFile, openFile, sealFile } from '../../src/vault/sealed-file.js'
import { codeOfRejection } from '../refusal.js'

const CHEAP = { logN: 4 }
const PASSPHRASE = 'Grüße aus dem Bergwerk'
const plain = utf8('a page '.repeat(20_000))
const sealed = await sealFile(plain, PASSPHRASE, CHEAP)

describe('a sealed file', () => {
  it('opens with its passphrase, in whichever form it is typed', async () => {
    expect(isSealedFile(sealed)).toBe(true)
    expect(await openFile(sealed, PASSPHRASE.normalize('NFD'), pure)).toEqual(plain)
  })

  it('does not open with another one', async () => {
    expect(await openFile(sealed, 'something else altogether', pure)).toBe('foreign')
  })

  it('is damaged when anything of it was changed or is missing', async () => {
    for (const at of [sealed.length - 1, sealed.length - 70_000]) {
      const bytes = sealed.with(at, (sealed[at] as number) ^ 1)
      expect(await openFile(bytes, PASSPHRASE, pure)).toBe('damaged')
    }
    for (const length of [0, 30, 150, sealed.length - 1])
      expect(await openFile(sealed.subarray(0, length), PASSPHRASE, pure)).toBe('damaged')
  })

  it('is none when its header asks for more than 1 GiB, and then nothing is derived', async () => {
    const header = new TextDecoder('latin1')
      .decode(sealed.subarray(0, 200))
      .replace(/^(-> scrypt \S+) 4$/m, '$1 21')
    const costly = Uint8Array.from([...header].map((letter) => letter.charCodeAt(0)))
    expect(isSealedFile(costly)).toBe(false)
    expect(await openFile(costly, PASSPHRASE, pure)).toBe('damaged')
    expect(isSealedFile(utf8('%PDF-1.7'))).toBe(false)
  })

  it('is not made with a passphrase that is too short', async () => {
    expect(await codeOfRejection(() => sealFile(plain, 'short', CHEAP))).toBe('passphrase-weak')
  })
})
