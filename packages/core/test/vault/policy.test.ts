import { describe, expect, it } from 'vitest'
import { random } from '../../src/random.js'
import { identityWith, newIdentity } from '../../src/vault/identity.js'
import { anyOf, makePolicy, parsePolicy } from '../../src/vault/policy.js'
import { unlock } from '../../src/vault/unlock.js'

describe('an unlock policy', () => {
  it('opens with any two of passphrase, computer and sheet', async () => {
    const secret = random(32)
    const { recipient } = identityWith(secret)
    const computer = newIdentity()
    const passphrase = 'correct horse battery'
    const plan = anyOf(2, [
      { kind: 'passphrase', name: 'passphrase', passphrase },
      { kind: 'computer', name: 'this computer', recipient: computer.recipient },
      { kind: 'sheet', name: 'sheet' },
    ])
    const { policy, sheets } = await makePolicy(secret, plan, { logN: 4 })
    const read = parsePolicy(JSON.parse(JSON.stringify(policy)))
    const [identities, words, passphrases] = [
      [computer.identity],
      sheets.map((sheet) => sheet.words),
      [passphrase],
    ]
    for (const given of [
      { identities, sheets: words },
      { passphrases, identities },
      { passphrases, sheets: words },
    ]) {
      expect(await unlock(read, given, recipient)).toEqual(secret)
    }
  })
})
