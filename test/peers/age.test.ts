import { describe, expect, test } from 'vitest'
import {
  age,
  decrypt,
  decryptWithPassphrase,
  encrypt,
  encryptWithPassphrase,
  keygen,
  recipientOf,
} from './age.js'
import { present } from './peer.js'

const plain = Buffer.from('a stone on a stone')

describe.runIf(await present(age))('the real age', () => {
  test('seals for two recipients, and opens with either identity and with no other', async () => {
    const [one, two, other] = [await keygen(), await keygen(), await keygen()]
    const sealed = await encrypt(plain, [await recipientOf(one), await recipientOf(two)])
    expect(await decrypt(sealed, one)).toEqual(plain)
    expect(await decrypt(sealed, two)).toEqual(plain)
    await expect(decrypt(sealed, other)).rejects.toThrow(/no identity matched/)
  })

  test('takes a passphrase on its terminal', async () => {
    const sealed = await encryptWithPassphrase(plain, 'Grüne Wiese 7')
    expect(await decryptWithPassphrase(sealed, 'Grüne Wiese 7')).toEqual(plain)
    await expect(decryptWithPassphrase(sealed, 'another')).rejects.toThrow(/incorrect passphrase/)
  })
})
