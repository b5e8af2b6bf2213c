/** What a drill of the words needs: that the public identity alone tells the right phrase from others. */
import { describe, expect, it } from 'vitest'
import { proveWords } from '../../src/drill/words.js'
import { fixture, PASSWORD, readBytes, stated } from './electrum/samples.js'

const PHRASES = ['seed-segwit', 'seed-standard', 'seed-old', 'seed-mainnet', 'seed-extended', 'multisig-2of3']

describe('the phrase of an Electrum wallet', () => {
  it.each(PHRASES)('is proven by the identity that %s gives', async (name) => {
    const { identity } = await readBytes(fixture(`${name}.encrypted`), { password: PASSWORD })
    const { seed: phrase = '', keystores } = stated(name)
    const paper = { phrase, passphrase: keystores[0]?.passphrase ?? '' }
    expect(proveWords(identity, paper).verdict).toBe('right')
    expect(proveWords(identity, { ...paper, phrase: stated('seed-standard').seed ?? '' }).verdict).toBe(
      name === 'seed-standard' ? 'right' : 'elsewhere',
    )
  })

  it('is proven with its passphrase only', async () => {
    const { identity } = await readBytes(fixture('seed-extended.plain'))
    const { seed: phrase = '' } = stated('seed-extended')
    for (const passphrase of ['', 'Fluß'])
      expect(proveWords(identity, { phrase, passphrase }).verdict).toBe('elsewhere')
  })

  it('is proven by a wallet that has the master public key alone', async () => {
    const { identity } = await readBytes(fixture('xpub.plain'))
    expect(proveWords(identity, { phrase: stated('seed-segwit').seed ?? '', passphrase: '' }).verdict).toBe(
      'right',
    )
  })
})
