import { cp, mkdir, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { EXAMPLE } from '../../../core/test/fixtures/timelock-recovery.js'
import { useFolders } from '../run.js'
import { sit, useTerminal } from '../terminal.js'
import { KEYSTORE_ADDRESS, KEYSTORE_PASSWORD, makeMachine, makeVault } from '../vault.js'

describe('cairn wallet inspect', () => {
  const folder = useFolders()

  test('tells what a wallet holds as JSON', async () => {
    const { json } = await makeMachine(await folder())
    const expected = {
      kind: 'ethereum-keystore',
      encrypted: true,
      opened: true,
      fingerprints: [],
      descriptors: [],
      addresses: [KEYSTORE_ADDRESS],
      labels: [],
      transactions: 0,
      imported_keys: 1,
      restore: 'anytime',
    }
    expect(await json(['wallet', 'inspect', 'keystore.json', '--password-file', 'password'])).toEqual({
      exit: 0,
      json: expected,
    })
    expect(await json(['wallet', 'inspect', 'keystore.json'])).toEqual({
      exit: 0,
      json: { ...expected, opened: false, addresses: [] },
    })
  })

  test('a wrong password is a mismatch, and neither is repeated', async () => {
    const { cairn } = await makeMachine(await folder())
    const { exit, out, err } = await cairn([
      'wallet',
      'inspect',
      'keystore.json',
      '--password-file',
      'wrong',
      '--json',
    ])
    expect([exit, JSON.parse(out)]).toMatchObject([7, { error: { code: 'wallet-password' } }])
    expect(out + err).not.toContain('wrong password')
  })

  test('a plan of signed transactions is told in words, and listed in the plan', async () => {
    const { cwd, cairn, json } = await makeVault(await folder())
    await writeFile(`${cwd}/ann.json`, JSON.stringify(EXAMPLE))
    const told = await cairn(['wallet', 'inspect', 'ann.json'])
    expect(told.out).toContain(
      '0.00021926 BTC to bc1qnda6x2gxdh3yujd2zjpsd7qzx3awxmlaf9wwlk (My Backup Wallet)',
    )
    expect(told.out).toMatch(/valid 2\.0 days after the alert is in a block/)
    expect(told.out).not.toContain('NO')
    expect((await json(['wallet', 'inspect', 'ann.json'])).json).toMatchObject({
      kind: 'timelock-recovery',
      recovery: { days: 2, recovery: { txid: EXAMPLE.recovery_txid } },
    })
    await writeFile(`${cwd}/altered.json`, JSON.stringify({ ...EXAMPLE, timelock_days: 30 }))
    expect((await cairn(['wallet', 'add', 'anns-plan', 'altered.json'])).exit).toBe(0)
    expect((await json(['plan'])).json).toMatchObject({
      recoveries: [
        {
          name: 'anns-plan',
          wallet: null,
          wrong: expect.arrayContaining([expect.stringContaining('30 days')]),
        },
      ],
    })
    expect((await cairn(['plan'])).out).toContain('not so: the second one is held back for 30 days')
    await writeFile(`${cwd}/cut.json`, JSON.stringify(EXAMPLE).slice(0, -400))
    expect((await cairn(['wallet', 'inspect', 'cut.json'])).exit).toBe(3)
  })

  test('a file that is no wallet is told as such', async () => {
    const { cairn, json } = await makeMachine(await folder())
    expect(await json(['wallet', 'inspect', 'password'])).toMatchObject({ exit: 0, json: { kind: 'file' } })
    expect(await cairn(['wallet', 'inspect', 'password'])).toMatchObject({
      exit: 0,
      out: 'Not a wallet that Cairn reads.\n',
    })
  })

  test.each([
    ['nothing there', ['none.json'], 6, 'file-absent'],
    ['half a file', ['half.json', '--as', 'ethereum-keystore'], 3, 'wallet-unreadable'],
    ['an absurd cost', ['hostile.json'], 5, 'wallet-cost'],
    ['a kind that is not known', ['keystore.json', '--as', 'paper'], 2, 'usage'],
  ])('refuses %s', async (_, args, exit, code) => {
    const { cwd, json } = await makeMachine(await folder())
    await writeFile(`${cwd}/half.json`, '{"version":3,"crypto":{"cipher":"aes-128-c')
    const kdfparams = { dklen: 32, n: 2 ** 30, p: 1, r: 8, salt: '00'.repeat(32) }
    const crypto = {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: '00'.repeat(16) },
      ciphertext: '00'.repeat(32),
    }
    const hostile = { version: 3, crypto: { ...crypto, kdf: 'scrypt', kdfparams, mac: '00'.repeat(32) } }
    await writeFile(`${cwd}/hostile.json`, JSON.stringify(hostile))
    const given = ['wallet', 'inspect', ...args, '--password-file', 'password']
    expect(await json(given)).toMatchObject({ exit, json: { error: { code } } })
  })
})

describe('cairn wallet add, list and remove', () => {
  const folder = useFolders()

  test('takes a wallet into care, lists it, and lets it go', async () => {
    const { cwd, json } = await makeVault(await folder())
    await writeFile(`${cwd}/notes.txt`, 'a note')
    expect(await json(['wallet', 'add', 'notes', 'notes.txt'])).toEqual({
      exit: 0,
      json: {
        name: 'notes',
        kind: 'file',
        source: `${cwd}/notes.txt`,
        encrypted: false,
        opened: true,
        fingerprints: [],
        descriptors: [],
        addresses: 0,
      },
    })
    expect(await json(['wallet', 'list'])).toMatchObject({
      exit: 0,
      json: { wallets: [{ name: 'savings', kind: 'ethereum-keystore', encrypted: true }, { name: 'notes' }] },
    })
    expect(await json(['wallet', 'remove', 'notes'])).toEqual({ exit: 0, json: { removed: 'notes' } })
    expect((await json(['wallet', 'list'])).json).toMatchObject({ wallets: [{ name: 'savings' }] })
  })

  test.each([
    ['a name that is taken', ['savings', 'password'], 5, 'wallet-known'],
    ['a name that is none', ['../etc', 'password'], 2, 'wallet-name'],
    ['a path that is not there', ['other', 'none'], 6, 'file-absent'],
  ])('refuses %s', async (_, args, exit, code) => {
    const { json } = await makeVault(await folder())
    expect(await json(['wallet', 'add', ...args])).toMatchObject({ exit, json: { error: { code } } })
    expect((await json(['wallet', 'list'])).json).toMatchObject({ wallets: [{ name: 'savings' }] })
  })

  test('without a vault, says how to make one', async () => {
    const { cairn } = await makeMachine(await folder())
    const { exit, err } = await cairn(['wallet', 'list'])
    expect([exit, err]).toEqual([
      6,
      'cairn: no vault is known here\nhint: make one with: cairn init, or name it with --vault DIR\n',
    ])
  })
})

describe('cairn wallet scan', () => {
  const folder = useFolders()

  test('finds wallets in their usual places, and says which are added', async () => {
    const { cwd, json } = await makeVault(await folder())
    const keystores = `${cwd}/.ethereum/keystore`
    await mkdir(keystores, { recursive: true })
    await cp(
      `${cwd}/keystore.json`,
      `${keystores}/UTC--2026-01-01T00-00-00.000000000Z--008aeeda4d805471df9b2a5b0f38a0c3bcba786b`,
    )
    const options = { env: { HOME: cwd } }
    const found = {
      kind: 'ethereum-keystore',
      path: keystores,
      encrypted: true,
      name: expect.stringMatching(/^[a-z0-9-]+$/),
    }
    const before = await json(['wallet', 'scan'], options)
    expect(before).toEqual({
      exit: 0,
      json: { found: [{ ...found, program: expect.any(String), added: false }], denied: [] },
    })
    await json(['wallet', 'add', 'geth', keystores], options)
    expect((await json(['wallet', 'scan'], options)).json).toMatchObject({
      found: [{ ...found, added: true }],
    })
  })

  test('works before there is a vault, and says what to type', async () => {
    const { cairn } = await makeMachine(await folder())
    const { exit, out, err } = await cairn(['wallet', 'scan'])
    expect([exit, out]).toEqual([0, 'No wallet was found in the usual places.\n'])
    expect(err).toContain('cairn wallet add NAME PATH')
  })
})

describe('cairn wallet add on a terminal', () => {
  const folder = useFolders()
  useTerminal()

  test('asks the password of the wallet once, without echo, and keeps it nowhere', async () => {
    const { cwd, json } = await makeVault(await folder())
    const sitting = sit(['wallet', 'add', 'again', 'keystore.json'], { cwd, home: `${cwd}/home` })
    await sitting.shows('the password of the wallet (Enter: without it) (not shown while you type): ')
    sitting.types(`${KEYSTORE_PASSWORD}\r`)
    await sitting.shows('again is added')
    const { exit, screen } = await sitting.ends()
    expect(exit).toBe(0)
    expect(screen).not.toContain(KEYSTORE_PASSWORD)
    const { wallets } = (await json(['wallet', 'list'])).json as { wallets: readonly unknown[] }
    expect(wallets).toHaveLength(2)
  })
})
