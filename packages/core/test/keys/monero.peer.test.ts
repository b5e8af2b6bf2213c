import { hex, unhex } from '@cairn/core/bytes.js'
import { type MoneroKeys, moneroAddress, moneroKeys } from '@cairn/core/keys/monero.js'
import { fromEntropy, toEntropy } from '@cairn/core/words/monero.js'
import { describe, expect, test } from 'vitest'
import { type MoneroCall, moneroWallet, withMoneroWallet } from '../../../../test/peers/monero-wallet.js'
import { present } from '../../../../test/peers/peer.js'
import { stream } from '../draws.js'

interface Restored {
  readonly address: string
  readonly seed: string
}

/** The language is what a phrase of 2014 is written again in. */
const restore = (call: MoneroCall, seed: string, language = 'English') => {
  const params = { filename: '', password: '', restore_height: 0, autosave_current: false }
  return call<Restored>('restore_deterministic_wallet', { ...params, seed, language })
}

const subaddress = async (call: MoneroCall, method: 'create_address' | 'create_account') =>
  (await call<{ address: string }>(method, { account_index: 0 }))?.address

async function theirs(call: MoneroCall, phrase: string) {
  const restored = await restore(call, phrase)
  const viewKey = await call<{ key: string }>('query_key', { key_type: 'view_key' })
  const addresses = [
    restored?.address,
    await subaddress(call, 'create_address'),
    await subaddress(call, 'create_account'),
  ]
  return { seed: restored?.seed, viewKey: viewKey?.key, addresses }
}

function ours(phrase: string, keys: MoneroKeys) {
  const places = [
    { account: 0, index: 0 },
    { account: 0, index: 1 },
    { account: 1, index: 0 },
  ]
  const addresses = places.map((place) => moneroAddress(keys, place))
  return { seed: phrase, viewKey: hex(keys.privateViewKey), addresses }
}

/** Four seconds each; a vector of every language is in the fixtures. */
const LANGUAGES = ['german', 'japanese'] as const

describe.runIf(await present(moneroWallet))('the same answer as the wallet of Monero', () => {
  test('for a phrase, its view key, address and subaddresses', async () => {
    const { draw } = stream(18)
    const phrases = LANGUAGES.map((language) => fromEntropy(moneroKeys(draw(32)).privateSpendKey, language))
    const answers = await withMoneroWallet(async (call) => {
      const found = []
      for (const phrase of phrases) found.push(await theirs(call, phrase))
      return found
    })
    expect(answers).toEqual(phrases.map((phrase) => ours(phrase, moneroKeys(toEntropy(phrase)))))
  })

  test('for phrases of 2014, and for phrases that neither opens', async () => {
    const wrong = fromEntropy(unhex('01'.repeat(32))).replace(/ \S+$/, ' zoom')
    await withMoneroWallet(async (call) => {
      const old = fromEntropy(unhex('07'.repeat(32)), 'english_old')
        .split(' ')
        .slice(0, 24)
        .join(' ')
      expect((await restore(call, old))?.address).toBe(moneroAddress(moneroKeys(toEntropy(old))))
      expect(await restore(call, wrong)).toBeNull()
    })
  })
})
