import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import {
  create,
  createMultisig,
  electrum,
  getSeed,
  labels,
  listAddresses,
  makeSeed,
  masterPublicKey,
  restore,
  setLabel,
} from './electrum.js'
import { present } from './peer.js'

const folder = mkdtempSync(join(tmpdir(), 'cairn-electrum-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe.runIf(await present(electrum))('the real Electrum', () => {
  test('creates a wallet, keeps a label and gives its seed back', async () => {
    const wallet = { path: join(folder, 'plain') }
    const seed = await create(wallet)
    const [first = ''] = await listAddresses(wallet)
    await setLabel(wallet, first, 'Miete, März')
    expect(await getSeed(wallet)).toBe(seed)
    expect(await labels(wallet)).toEqual({ [first]: 'Miete, März' })
    expect(first).toMatch(/^bcrt1q/)
  })

  test('encrypts a whole file and opens it with the password from its prompt alone', async () => {
    const wallet = { path: join(folder, 'encrypted'), password: 'schöner Tag', encryptFile: true as const }
    const seed = await makeSeed(wallet, 'standard')
    await restore(wallet, seed)
    expect(readFileSync(wallet.path, 'latin1')).toMatch(/^QklFM/) // base64 of "BIE1"
    expect(await getSeed(wallet)).toBe(seed)
    await expect(getSeed({ path: wallet.path, password: 'wrong' })).rejects.toThrow(/[Pp]assword/)
  })

  test('makes a multisig wallet from a seed and two master keys', async () => {
    const keys = []
    for (const name of ['a', 'b']) {
      const cosigner = { path: join(folder, name) }
      await createMultisig({ ...cosigner, required: 1, cosigners: [await makeSeed(cosigner, 'segwit')] })
      keys.push(await masterPublicKey(cosigner))
    }
    const wallet = { path: join(folder, '2of3') }
    await createMultisig({ ...wallet, required: 2, cosigners: [await makeSeed(wallet, 'segwit'), ...keys] })
    expect((await listAddresses(wallet))[0]).toMatch(/^bcrt1q.{58}$/)
  })
})
