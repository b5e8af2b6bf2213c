import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { useFolders } from '../run.js'
import { makeMachine, makeVault } from '../vault.js'

const ELECTRUM = readFileSync(
  new URL('../../../core/test/fixtures/wallets/electrum/seed-extended.plain', import.meta.url),
  'utf8',
)

const folder = useFolders()

/** The vault with an Electrum wallet beside the keystore. */
async function withElectrum() {
  const made = await makeVault(await folder())
  await writeFile(`${made.cwd}/electrum`, ELECTRUM)
  await made.cairn(['wallet', 'add', 'spending', 'electrum', '--no-input'])
  return made
}

describe('cairn schedule advise', () => {
  test('says how often, why, and what would be lost today', async () => {
    const { cwd, cairn, json } = await withElectrum()
    expect((await json(['schedule', 'advise'])).json).toMatchObject({
      wallets: [
        { name: 'savings', every: 'now', interval: 'month', at_risk: { keys: 1 } },
        {
          name: 'spending',
          every: 'now',
          interval: 'quarter',
          at_risk: { transactions: 0, labels: 3, addresses: 0 },
        },
      ],
    })
    await cairn(['backup'])
    const wallet = JSON.parse(ELECTRUM) as { labels: Record<string, string> }
    await writeFile(
      `${cwd}/electrum`,
      JSON.stringify({ ...wallet, labels: { ...wallet.labels, ['a'.repeat(64)]: 'rent' } }),
    )
    const { exit, out, err } = await cairn(['schedule', 'advise'])
    expect(exit).toBe(0)
    expect(out).toBe(
      [
        'savings  every month',
        '  It holds keys that no words bring back.',
        '  Lost today: nothing that its words and its backups do not bring back',
        '',
        'spending  every quarter',
        '  Even a wallet that rests is saved once a quarter, so that a store that is gone is noticed.',
        '  Lost today: 1 label',
        '',
      ].join('\n'),
    )
    expect(err).toBe('Before and after you encrypt, migrate or update a wallet: cairn backup NAME\n')
  })

  test('without a vault says how to make one', async () => {
    const { cairn } = await makeMachine(await folder())
    expect((await cairn(['schedule', 'advise'])).exit).toBe(6)
  })
})
