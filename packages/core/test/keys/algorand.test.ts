import { describe, expect, it } from 'vitest'
import { unhex } from '../../src/bytes.js'
import { phraseAccounts } from '../../src/keys/accounts.js'
import { algorandAddress, algorandPublicKey, parseAlgorandAddress } from '../../src/keys/algorand.js'
import { parsePhrase } from '../../src/words/phrase.js'
import { ALGORAND_VECTORS } from '../fixtures/algorand.js'
import { near, onlyThrows, thrown } from './fuzz.js'

const ADDRESSES = ALGORAND_VECTORS.map(({ address }) => address)

describe('Algorand accounts', () => {
  it.each(ALGORAND_VECTORS)('$address', ({ phrase, entropy, address }) => {
    const publicKey = algorandPublicKey(unhex(entropy))
    expect(algorandAddress(publicKey)).toBe(address)
    expect(parseAlgorandAddress(address)).toEqual(publicKey)
    const { accounts, fingerprint } = phraseAccounts(parsePhrase(phrase), '')
    expect(fingerprint).toBeNull()
    expect(accounts).toMatchObject([{ chain: 'algorand', path: null, xpub: null, addresses: [address] }])
  })

  it('refuse a passphrase, and keys of another length', () => {
    const [{ phrase }] = ALGORAND_VECTORS
    expect(thrown(() => phraseAccounts(parsePhrase(phrase), 'TREZOR'))).toBe('usage')
    expect(thrown(() => algorandPublicKey(new Uint8Array(64)))).toBe('entropy-length')
  })

  it('have addresses in which every character counts', () => {
    const [address] = ADDRESSES
    for (let i = 0; i < 58; i++)
      for (const other of address?.[i] === 'A' ? 'B7' : 'A') {
        const text = `${address?.slice(0, i)}${other}${address?.slice(i + 1)}`
        expect(thrown(() => parseAlgorandAddress(text))).toBe('address-invalid')
      }
    // The two bits that base32 leaves over.
    expect(thrown(() => parseAlgorandAddress(`${address?.slice(0, -1)}J`))).toBe('address-invalid')
  })

  it('answer any text with an address or one error', () => {
    onlyThrows(['address-invalid'], { inputs: near(ADDRESSES), parse: parseAlgorandAddress })
  })
})
