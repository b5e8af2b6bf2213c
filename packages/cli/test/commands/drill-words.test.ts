import { readFileSync } from 'node:fs'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, test } from 'vitest'
import { useFolders } from '../run.js'
import { sit, useTerminal } from '../terminal.js'
import { type Made, makeVault } from '../vault.js'

const WALLETS = fileURLToPath(new URL('../../../core/test/fixtures/wallets/electrum/', import.meta.url))
const { wallets } = JSON.parse(readFileSync(`${WALLETS}expected.json`, 'utf8')) as {
  wallets: readonly { readonly name: string; readonly seed: string; readonly receiving: readonly string[] }[]
}
const wallet = wallets.find(({ name }) => name === 'seed-extended')
const SEED = wallet?.seed ?? ''
const EXTENSION = 'Über den Fluß'
const PAPER = 'the words on the paper'
const OTHER = wallets.find(({ name }) => name === 'seed-standard')?.seed ?? ''

describe('cairn drill --words', () => {
  const folder = useFolders()
  useTerminal()
  let made: Made
  beforeEach(async () => {
    made = await makeVault(await folder())
    await copyFile(`${WALLETS}seed-extended.plain`, `${made.cwd}/electrum`)
    await writeFile(`${made.cwd}/extension`, `${EXTENSION}\n`)
    await made.cairn(['wallet', 'add', 'electrum', 'electrum'])
    await made.cairn(['backup', 'electrum'])
  })
  const drill = (...more: readonly string[]) => [
    'drill',
    'electrum',
    '--words',
    '--sheet-file',
    'sheet.txt',
    ...more,
  ]
  const extended = ['--phrase-passphrase-file', 'extension']

  test('proves that the paper leads to this wallet', async () => {
    const { exit, json } = await made.json(drill(...extended), { stdin: SEED })
    expect([exit, json]).toMatchObject([
      0,
      {
        result: 'proven',
        words: { verdict: 'right', kind: 'electrum', fingerprint: '375e6719', expected: ['375e6719'] },
      },
    ])
    const { words } = json as { words: { addresses: readonly string[] } }
    expect(words.addresses[0]).toBe(wallet?.receiving[0])
    // the certificate that stays says it too
    const { certificate } = json as { certificate: string }
    const kept = JSON.parse(await readFile(certificate, 'utf8'))
    expect(kept.wallets[0].checks.at(-1)).toEqual({
      what: PAPER,
      expected: 'lead to this wallet',
      found: `lead to this wallet, fingerprint 375e6719, first address ${wallet?.receiving[0]}`,
      ok: true,
    })
    expect(kept.wallets[0].not_covered.join()).not.toContain('--words')
  })

  test.each([
    ['the words without their passphrase', SEED, [], { verdict: 'elsewhere' }, 'another wallet'],
    [
      'the words of another wallet',
      OTHER,
      [],
      { verdict: 'elsewhere', fingerprint: 'd5101bfb' },
      'd5101bfb instead of 375e6719',
    ],
    [
      'the words of another wallet with this passphrase',
      OTHER,
      extended,
      { verdict: 'elsewhere' },
      'another wallet',
    ],
  ])('says that %s do not', async (_, stdin, more, words, said) => {
    expect(await made.json(drill(...more), { stdin })).toMatchObject({
      exit: 8,
      json: {
        result: 'differs',
        words,
        wallets: [{ checks: expect.arrayContaining([expect.objectContaining({ what: PAPER, ok: false })]) }],
      },
    })
    expect((await made.cairn(drill(...more), { stdin })).out).toContain(said)
  })

  test('a passphrase too many is told as such', async () => {
    await copyFile(`${WALLETS}seed-segwit.plain`, `${made.cwd}/plain`)
    await made.cairn(['wallet', 'add', 'plain', 'plain'])
    await made.cairn(['backup'])
    const args = ['drill', 'plain', '--words', '--sheet-file', 'sheet.txt', ...extended]
    const { exit, out } = await made.cairn(args, { stdin: SEED })
    expect(exit).toBe(8)
    expect(out).toContain('The words are right, the passphrase is not')
  })

  test('miswritten words are damaged, and never repeated', async () => {
    const { exit, out, err } = await made.cairn(drill(), { stdin: SEED.replace('quick', 'quikc') })
    expect(exit).toBe(3)
    expect(out + err).not.toMatch(/quikc|emerge|industry/)
  })

  test('asks which wallet when there are several, and refuses one that no phrase leads to', async () => {
    await made.cairn(['backup'])
    const all = ['drill', '--words', '--sheet-file', 'sheet.txt']
    expect(await made.json(all, { stdin: SEED })).toMatchObject({
      exit: 2,
      json: { error: { code: 'usage' } },
    })
    const keystore = ['drill', 'savings', '--words', '--sheet-file', 'sheet.txt']
    expect(await made.json(keystore, { stdin: SEED })).toMatchObject({
      json: { error: { code: 'words-no-identity' } },
    })
  })

  test('takes the words one by one without echo, and keeps them nowhere', async () => {
    const { cwd } = made
    const sitting = sit(drill(), { cwd, home: `${cwd}/home` })
    await sitting.shows('The words on the paper (Enter after the last), not shown while you type.')
    await sitting.shows('word 1: ')
    sitting.types('emergee\r')
    await sitting.shows('Word 1 is not in the list: type it again.')
    for (const [i, word] of SEED.split(' ').entries()) {
      await sitting.shows(`word ${i + 1}: `)
      sitting.types(`${word}\r`)
    }
    await sitting.shows('word 13: ')
    sitting.types('\r')
    await sitting.shows('the passphrase of the phrase (Enter: none) (not shown while you type): ')
    sitting.types(`${EXTENSION}\r`)
    await sitting.shows('The paper is right')
    const { exit, screen } = await sitting.ends()
    expect(exit).toBe(0)
    expect(screen).not.toMatch(/emerge|industry|Fluß/)
    expect(await readFile(`${cwd}/electrum`, 'utf8')).toContain(SEED) // the wallet itself is as it was
  })
})
