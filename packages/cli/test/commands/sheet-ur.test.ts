import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ACCOUNT_STANDARDS } from '@cairn/core/keys/account-descriptors.js'
import { UR_SHEET_TYPES } from '@cairn/core/sheets/ur/types.js'
import { split } from '@cairn/core/words/shares.js'
import { readSheets } from '@cairn/node/sheets/read.js'
import { describe, expect, test } from 'vitest'
import * as offered from '../../src/program/lists.js'
import { run, runJson, useBuilt, useFolders } from '../run.js'

const PHRASE = `${'abandon '.repeat(11)}about`
const XPUB =
  '[37b5eed4/84h/0h/0h]xpub6BkU445MSEBXbPjD3g2c2ch6mn8yy1SXXQUM7EwjgYiq6Wt1NDwDZ45npqWcV8uQC5oi2gHuVukoCoZZyT4HKq8EpotPMqGqxdZRuapCQ23'
const folder = useFolders()
const SHARES = split(new Uint8Array(16).fill(7), {
  scheme: 'sskr',
  groupThreshold: 1,
  groups: [{ threshold: 2, count: 3 }],
}).flat()

test('the types and standards that are offered are those of the core', () => {
  expect([...offered.UR_SHEET_TYPES].toSorted()).toEqual([...UR_SHEET_TYPES].toSorted())
  expect(offered.ACCOUNT_STANDARDS).toEqual(ACCOUNT_STANDARDS)
})

async function readBack(path: string) {
  const { found } = await readSheets([{ name: path, bytes: await readFile(path) }])
  return found.map(({ kind, secret, text, tells }) => ({ kind, secret, text, ur: tells.ur }))
}

describe('cairn sheet ur', () => {
  useBuilt()

  test('draws an account to watch in several codes, which sheet read puts together', async () => {
    const out = join(await folder(), 'account.pdf')
    const args = ['sheet', 'ur', '--type', 'crypto-account', '--out', out]
    const { exit, json } = await runJson(args, { stdin: PHRASE })
    expect(exit).toBe(0)
    expect(json).toMatchObject({
      files: [out],
      type: 'crypto-account',
      pages: 1,
      codes: 4,
      secret: false,
      sheets: [{ holds: 'account', fingerprints: ['73c5da0a'] }],
    })
    expect((await stat(out)).mode & 0o777).toBe(0o600)
    const [found, ...others] = await readBack(out)
    expect(others).toEqual([])
    expect(found).toMatchObject({ kind: 'descriptor', secret: false, ur: 'crypto-account' })
    expect(found?.text.split('\n').map((line) => line.slice(0, 26))).toEqual([
      'wpkh([73c5da0a/84h/0h/0h]x',
      'sh(wpkh([73c5da0a/49h/0h/0',
      'pkh([73c5da0a/44h/0h/0h]xp',
      'tr([73c5da0a/86h/0h/0h]xpu',
    ])
    const said = await run(['sheet', 'read', out])
    expect(said.out).toContain('descriptor, fingerprint 73c5da0a, in a UR of the type crypto-account')
  })

  test('draws a seed for a device, which sheet read shows with --reveal only', async () => {
    const out = join(await folder(), 'seed.svg')
    const args = ['sheet', 'ur', '--type', 'crypto-seed', '--paper', 'card', '--out', out]
    expect(await runJson(args, { stdin: PHRASE })).toMatchObject({
      exit: 0,
      json: { secret: true, codes: 1, sheets: [{ holds: 'phrase', words: 12, fingerprint: '73c5da0a' }] },
    })
    const read = ['sheet', 'read', out]
    expect((await runJson(read)).json).not.toHaveProperty('text')
    expect((await runJson([...read, '--reveal'])).json).toMatchObject({ kind: 'phrase', text: PHRASE })
  })

  test('draws shares a file each, which share combine takes as they are read', async () => {
    const cwd = await folder()
    const args = ['sheet', 'ur', '--type', 'sskr', '--out', 'share-%.svg']
    const two = SHARES.slice(1)
    const { json } = await runJson(args, { stdin: two.join('\n'), cwd })
    expect(json).toMatchObject({
      files: ['share-1.svg', 'share-2.svg'],
      sheets: [{ member: 2 }, { member: 3 }],
    })
    const read = await runJson(['sheet', 'read', 'share-1.svg', 'share-2.svg', '--reveal'], { cwd })
    const { text } = read.json as { readonly text: string }
    const combined = await runJson(['share', 'combine', '--reveal'], { stdin: text })
    expect(combined.json).toMatchObject({ scheme: 'sskr', secret: '07'.repeat(16) })
  })

  test('warns of shares that go out together', async () => {
    const out = join(await folder(), 'shares.html')
    const { err } = await run(['sheet', 'ur', '--type', 'crypto-sskr', '--out', out], {
      stdin: SHARES.join('\n'),
    })
    expect(err).toContain('part the pages at the printer')
  })

  test.each([
    ['no type', [], PHRASE, 2, 'it needs --type'],
    ['nothing to draw', ['--type', 'seed'], '', 2, 'the phrase is needed'],
    ['a phrase with a word too many', ['--type', 'seed'], `${PHRASE} about`, 3, 'of words is 13'],
    ['a share for a phrase', ['--type', 'seed'], SHARES[0] ?? '', 2, '--type sskr'],
    ['a phrase for a share', ['--type', 'sskr'], PHRASE, 2, '--type crypto-seed'],
    [
      'words that are no English ones',
      ['--type', 'seed'],
      `${'ábaco '.repeat(11)}abierto`,
      2,
      'crypto-bip39',
    ],
    [
      'a passphrase that is not told',
      ['--type', 'hdkey', '--passphrase-used'],
      PHRASE,
      2,
      '--passphrase asks',
    ],
    ['an account of a seed', ['--type', 'seed', '--account', '1'], PHRASE, 2, 'choose public keys'],
    ['a network of a seed', ['--type', 'seed', '--network', 'testnet'], PHRASE, 2, 'choose public keys'],
    [
      'several standards of one key',
      ['--type', 'hdkey', '--standard', 'bip84', '--standard', 'bip49'],
      PHRASE,
      2,
      'of one standard',
    ],
    [
      'an account of given keys',
      ['--type', 'crypto-output', '--account', '1'],
      `wpkh(${XPUB}/<0;1>/*)`,
      2,
      'these are public',
    ],
    ['a network of a given key', ['--type', 'hdkey', '--network', 'testnet'], XPUB, 2, 'names its network'],
    ['a standard of shares', ['--type', 'sskr', '--standard', 'bip84'], SHARES[0] ?? '', 2, 'choose public'],
    [
      'a passphrase of shares',
      ['--type', 'sskr', '--passphrase-used'],
      SHARES[0] ?? '',
      2,
      'a share takes no',
    ],
    ['a card for four codes', ['--type', 'crypto-account', '--paper', 'card'], PHRASE, 5, '--paper a4'],
    ['a standard that is none', ['--type', 'hdkey', '--standard', 'bip99'], PHRASE, 2, 'bip84, bip49'],
  ])('refuses %s and leaves nothing behind', async (_, args, stdin, exit, said) => {
    const cwd = await folder()
    const ran = await run(['sheet', 'ur', '--out', 'sheet.pdf', ...args], { stdin, cwd })
    expect(ran.exit).toBe(exit)
    expect(ran.err).toContain(said)
    expect(await readdir(cwd)).toEqual([])
  })

  test('never writes over a file', async () => {
    const out = join(await folder(), 'sheet.pdf')
    await writeFile(out, 'mine')
    const ran = await run(['sheet', 'ur', '--type', 'seed', '--out', out], { stdin: PHRASE })
    expect([ran.exit, await readFile(out, 'utf8')]).toEqual([5, 'mine'])
  })
})
