import { readFileSync } from 'node:fs'
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises'
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
    const { rehearsals } = (await json(['schedule', 'advise'])).json as { rehearsals: { by: string }[] }
    // of different days where midnight came between what they count from
    const [savings, spending, words, sheet] = rehearsals.map(({ by }) => by.slice(0, 10))
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
        'To rehearse',
        `  restoring savings               by ${savings}`,
        `  restoring spending              by ${spending}`,
        `  the words on paper of spending  by ${words}`,
        `  the sheet sheet                 by ${sheet}`,
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

describe('cairn backup --due', () => {
  test('saves what is due, and then nothing until something is', async () => {
    const { cairn, json } = await withElectrum()
    expect((await json(['backup', '--due'])).json).toMatchObject({ due: ['savings', 'spending'], seq: 1 })
    const again = await json(['backup', '--due'])
    expect(again).toMatchObject({ exit: 0, json: { due: [], next: expect.stringMatching(/^20/) } })
    expect((await cairn(['backup', '--due'])).out).toMatch(/^Nothing is due. The next backup is due at 20/)
    expect(((await json(['snapshots'])).json as { snapshots: unknown[] }).snapshots).toHaveLength(1)
  })

  test('takes no names: what is due is found out', async () => {
    const { cairn } = await withElectrum()
    expect((await cairn(['backup', 'savings', '--due'])).exit).toBe(2)
  })
})

describe('a job that the system was given', () => {
  /** A crontab that keeps its table in a file, and no other system: then who runs its jobs is nobody. */
  async function withCrontab() {
    const made = await makeVault(await folder())
    const bin = `${made.cwd}/bin`
    await mkdir(bin)
    await writeFile(
      `${bin}/crontab`,
      `#!/bin/sh\n[ "$1" = -l ] && exec /bin/cat "$0.table"\n/bin/cat > "$0.table"\n`,
    )
    await chmod(`${bin}/crontab`, 0o755)
    await writeFile(`${bin}/crontab.table`, '')
    const [vault] = await readdir(`${made.cwd}/home/vaults`)
    const json = (...args: string[]) => made.json(args, { env: { PATH: bin } })
    const note = (file: string, days: number) =>
      writeFile(
        `${made.cwd}/home/vaults/${vault}/schedule-${file}.json`,
        JSON.stringify({ time: new Date(Date.now() - days * 86_400_000).toISOString() }),
      )
    return { json, note }
  }

  test('and that runs no more is an alarm, until it runs or is removed on purpose', async () => {
    const { json, note } = await withCrontab()
    await json('backup')
    const silent = { exit: 8, json: { attention: true, alarms: [{ kind: 'schedule-silent' }] } }
    await note('ran', 4)
    expect((await json('status')).exit).toBe(0)
    expect(await json('schedule', 'install', '--with', 'cron')).toMatchObject({ exit: 0 })
    expect((await json('status')).exit).toBe(0)
    await note('installed', 5)
    expect(await json('status')).toMatchObject(silent)
    expect(await json('alarm', 'tell')).toMatchObject({
      exit: 8,
      json: { alarms: [{ kind: 'schedule-silent' }] },
    })
    expect((await json('backup', '--due')).exit).toBe(0)
    expect((await json('status')).exit).toBe(0)
    await note('ran', 4)
    expect(await json('status')).toMatchObject(silent)
    expect(await json('schedule', 'remove')).toMatchObject({ exit: 0, json: { removed: ['cron'] } })
    expect((await json('status')).exit).toBe(0)
  })
})

describe('cairn policy rehearse', () => {
  test('tries a sheet by itself, and keeps only the day', async () => {
    const { cairn, json } = await withElectrum()
    const right = await json(['policy', 'rehearse', 'sheet', '--sheet-file', 'sheet.txt'])
    expect(right).toMatchObject({ exit: 0, json: { name: 'sheet', kind: 'sheet', ok: true } })
    const { json: advice } = await json(['schedule', 'advise'])
    expect(advice).toMatchObject({
      rehearsals: [
        { what: 'sheet', due: false, because: 'interval', command: 'cairn policy rehearse sheet' },
      ],
    })
    expect((await cairn(['policy', 'rehearse', 'computer'])).exit).toBe(2)
    expect((await cairn(['policy', 'rehearse', 'nobody'])).exit).toBe(6)
  })
})
