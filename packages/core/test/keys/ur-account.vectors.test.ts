import { ACCOUNT_TYPES, makeUrAccount, parseUrAccount } from '@cairn/core/keys/ur-account.js'
import { parseUr } from '@cairn/core/words/ur.js'
import { describe, expect, test } from 'vitest'
import { ACCOUNT_URS } from '../fixtures/ur.js'

// The output descriptors that both papers print for their examples, with the branches that they leave away.
const DESCRIPTORS = [
  'pkh([37b5eed4/44h/0h/0h]xpub6CnQkivUEH9bSbWVWfDLCtigKKgnSWGaVSRyCbN2QNBJzuvHT1vUQpgSpY1NiVvoeNEuVwk748Cn9G3NtbQB1aGGsEL7aYEnjVWgjj9tefu/<0;1>/*)',
  'sh(wpkh([37b5eed4/49h/0h/0h]xpub6CtR1iF4dZPkEyXDwVf3HE74tSwXNMcHtBzX4gwz2UnPhJ54Jz5unHx2syYCCDkvVUmsmoYTmcaHXe1wJppvct4GMMaN5XAbRk7yGScRSte/<0;1>/*))',
  'wpkh([37b5eed4/84h/0h/0h]xpub6BkU445MSEBXbPjD3g2c2ch6mn8yy1SXXQUM7EwjgYiq6Wt1NDwDZ45npqWcV8uQC5oi2gHuVukoCoZZyT4HKq8EpotPMqGqxdZRuapCQ23/<0;1>/*)',
  'tr([37b5eed4/86h/0h/0h]xpub6DAvL2L5bgGSpDygSQUDpjwE47saoMk2rSRtYhN7Dma7HvnFLTXNrcSC1AmEN8G2SCD958bUwgc6Bew4sAFa2kqYynF8Rmu6P5jMt2FDPtm/<0;1>/*)',
]
const COSIGNERS = [
  '[37b5eed4/45h]xpub68JFLJTH96GUqC6SoVw5c2qyLSt776PGu5xde8ddVACuPYyarvSL827TbZGavuNbKQ8DG3VP9fCXPhQRBgPrS4MPG3zaZgwAGuPHYvVuY9X',
  '[37b5eed4/48h/0h/0h/1h]xpub6EC9f7mLFJQoPaqDJ72Zbv67JWzmpXvCYQSecER9GzkYy5eWLsVLbHnxoAZ8NnnsrjhMLduJo9dG6fNQkmMFL3Qedj2kf5bEy5tptHPApNf',
  '[37b5eed4/48h/0h/0h/2h]xpub6EC9f7mLFJQoRQ6qiTvWQeeYsgtki6fBzSUgWgUtAujEMtAfJSAn3AVS4KrLHRV2hNX77YwNkg4azUzuSwhNGtcq4r2J8bLGMDkrQYHvoed',
]
const withoutChecksum = (text: string) => text.replace(/#[a-z0-9]{8}$/, '')

describe.each(ACCOUNT_TYPES)('the example of a %s', (type) => {
  test('is read', () => {
    const { fingerprint, descriptors, cosigners } = parseUrAccount(parseUr(ACCOUNT_URS[type]))
    expect(fingerprint).toBe('37b5eed4')
    expect(descriptors.map(withoutChecksum)).toEqual(DESCRIPTORS)
    expect(cosigners).toEqual(COSIGNERS)
  })

  test('is made again, but for the keys of cosigners', () => {
    const made = parseUrAccount(makeUrAccount(DESCRIPTORS, type))
    expect(made.descriptors.map(withoutChecksum)).toEqual(DESCRIPTORS)
    expect([made.fingerprint, made.cosigners]).toEqual(['37b5eed4', []])
  })
})
