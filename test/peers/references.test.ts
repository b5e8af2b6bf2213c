import { describe, expect, test } from 'vitest'
import { bip39Reference, decodeAll, encodeAll } from './bip39-reference.js'
import { present } from './peer.js'
import { combine, combineAll, slip39Reference, split } from './slip39-reference.js'

describe.runIf(await present(slip39Reference))('the SLIP-39 reference', () => {
  const secret = '00112233445566778899aabbccddeeff'

  test('recombines what it split, and refuses too few shares', async () => {
    const groups = [[2, 3] as const, [1, 1] as const]
    const job = {
      secret,
      groupThreshold: 2,
      groups,
      passphrase: 'TREZOR',
      extendable: true,
      iterationExponent: 0,
    }
    const [[one = '', two = ''] = [], [single = ''] = []] = await split(job)
    expect(await combine({ shares: [one, two, single], passphrase: 'TREZOR' })).toBe(secret)
    expect(await combineAll([{ shares: [one, single] }])).toEqual([
      { refused: expect.stringContaining('Expected 2') },
    ])
  })
})

describe.runIf(await present(bip39Reference))('the BIP-39 reference', () => {
  test('gives the vector of sixteen zero bytes, and refuses a wrong checksum', async () => {
    const phrase = `${'abandon '.repeat(11)}about`
    const job = { language: 'english', entropy: '00'.repeat(16), passphrase: 'TREZOR' } as const
    const [encoded] = await encodeAll([job])
    expect(encoded).toMatchObject({
      value: { phrase, seed: expect.stringMatching(/^c55257c360c07c72029aebc1/) },
    })
    const answers = await decodeAll([
      { language: 'english', phrase },
      { language: 'english', phrase: phrase.replace('about', 'above') },
    ])
    expect(answers).toEqual([{ value: '00'.repeat(16) }, { refused: expect.any(String) }])
  })
})
