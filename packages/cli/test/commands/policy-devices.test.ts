/** Factors that another program or a browser opens: an age plugin, a passkey. */
import { writeFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newStone, pathWithStone } from '../../../../test/peers/age-plugins.js'
import { chromium, clickThrough, plugIn, startChromium } from '../../../../test/peers/chromium.js'
import { present } from '../../../../test/peers/peer.js'
import { useFolders } from '../run.js'
import { type Sitting, sit, useTerminal } from '../terminal.js'
import { makeMachine, makeVault } from '../vault.js'

const folder = useFolders()
useTerminal()

describe('a factor of an age plugin', () => {
  const SHEETS = ['--sheet-file', 'sheet.txt', '--sheet-out', 'new.txt']

  test('is sealed by its plugin, and opens the vault on another machine that has it', async () => {
    const { cwd, cairn, json } = await makeVault(await folder())
    await cairn(['backup'])
    const { identity, recipient } = await newStone()
    await writeFile(`${cwd}/token.txt`, `# of the stone\n${identity}\n`)
    const env = { PATH: pathWithStone(cwd) }
    const typed = ['policy', 'add', `plugin=token:${recipient}`, '--no-input', ...SHEETS]
    expect(await json(typed)).toMatchObject({ exit: 6, json: { error: { code: 'plugin-absent' } } })
    expect(await json(typed, { env })).toMatchObject({
      exit: 0,
      json: { groups: [{ need: 2, factors: ['computer', 'sheet', 'token'] }] },
    })
    const shown = await cairn(['policy', 'show'])
    expect(shown.out).toMatch(/token +a key of an age plugin +age1stone1/)
    const restore = (to: string, ...factors: readonly string[]) => [
      ...['restore', '--from', 'vault/store', '--to', to, '--no-input'],
      ...['--sheet-file', 'new.txt', ...factors],
    ]
    const withToken = restore('back', '--identity-file', 'token.txt')
    const elsewhere = { home: `${cwd}/elsewhere` }
    expect(await json(withToken, elsewhere)).toMatchObject({ exit: 6 })
    expect(await json(withToken, { ...elsewhere, env })).toMatchObject({ exit: 0, json: { verified: true } })

    await writeFile(`${cwd}/other.txt`, `${(await newStone()).identity}\n`)
    const foreign = restore('again', '--identity-file', 'other.txt')
    expect(await json(foreign, { ...elsewhere, env })).toMatchObject({
      exit: 7,
      json: { error: { code: 'factor-key' } },
    })
    const crashing = { ...elsewhere, env: { PATH: pathWithStone(cwd, 'crash') } }
    expect(await json(restore('again', '--identity-file', 'token.txt'), crashing)).toMatchObject({
      exit: 5,
      json: { error: { code: 'plugin-failed' } },
    })
  })

  test('gets a new share without its plugin, and is removed without it', async () => {
    const { cwd, json } = await makeVault(await folder())
    const { recipient } = await newStone()
    await writeFile(
      `${cwd}/policy.toml`,
      `[groups.all]\nneed = 2\nfactors = ["computer", "sheet", "plugin=token:${recipient}"]\n`,
    )
    const env = { PATH: pathWithStone(cwd) }
    const rekey = ['policy', 'rekey', '--no-input', '--policy', 'policy.toml', ...SHEETS]
    expect(await json(rekey, { env })).toMatchObject({ exit: 0, json: { groups: [{ name: 'all' }] } })
    const next = ['--no-input', '--sheet-file', 'new.txt']
    expect(
      await json(['policy', 'add', 'sheet=two', ...next, '--sheet-out', 'a.txt', '--sheet-out', 'b.txt']),
    ).toMatchObject({ exit: 0, json: { groups: [{ factors: ['computer', 'sheet', 'token', 'two'] }] } })
    expect(
      await json([
        ...['policy', 'remove', 'token', '--no-input', '--sheet-file', 'a.txt'],
        ...['--sheet-out', 'c.txt', '--sheet-out', 'd.txt'],
      ]),
    ).toMatchObject({ exit: 0, json: { groups: [{ factors: ['computer', 'sheet', 'two'] }] } })
  })

  test('asks the person for what its plugin asks, and shows no PIN', async () => {
    const { cwd, cairn } = await makeVault(await folder())
    await cairn(['backup'])
    const { identity, recipient } = await newStone()
    await writeFile(`${cwd}/token.txt`, `${identity}\n`)
    const plain = { env: { PATH: pathWithStone(cwd) } }
    await cairn(['policy', 'add', `plugin=token:${recipient}`, '--no-input', ...SHEETS], plain)
    const restore = ['restore', '--from', 'vault/store', '--to', 'back', '--sheet-file', 'new.txt']
    const options = { cwd, home: `${cwd}/elsewhere`, env: { PATH: pathWithStone(cwd, 'pin') } }
    const sitting = sit(restore, options)
    await sitting.shows('identity file of the plugin for "token"')
    sitting.types('token.txt\r')
    await sitting.shows('the PIN of the stone')
    sitting.types('4711\r')
    const { exit, screen } = await sitting.ends()
    expect(exit).toBe(0)
    expect(screen).not.toContain('4711')
  })

  test('is refused when it is typed wrong', async () => {
    const { json } = await makeMachine(await folder())
    const { recipient } = await newStone()
    const codes = { plugin: 'policy-invalid', 'plugin=token': 'policy-invalid' } as const
    const typed = { ...codes, [`plugin=token:${recipient.replace('age1stone', 'age1stane')}`]: 'key-invalid' }
    for (const [factor, code] of Object.entries(typed)) {
      const init = ['init', 'vault', '--no-input', '--factor', 'sheet', '--factor', factor]
      expect(await json([...init, '--sheet-out', 's.txt'])).toMatchObject({ json: { error: { code } } })
    }
  })
})

describe.runIf(await present(chromium))('a passkey', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  /** Opens the page that the command names, as a person does, and sees it through. */
  async function comply(sitting: Sitting) {
    await sitting.shows('http://localhost:')
    const path = await sitting.showing('/\r\n')
    await clickThrough(page, `http://localhost:${path}/`)
  }
  let page: Awaited<ReturnType<Browser['newPage']>>

  test('is made and used at a page of the command, and opens the vault elsewhere', async () => {
    const { cwd, cairn, json } = await makeMachine(await folder())
    page = await browser.newPage()
    await plugIn(page, { prf: 'has', synced: 'yes' })
    const here = { cwd, home: `${cwd}/home` }
    const factors = ['computer', 'passkey=phone', 'sheet'].flatMap((factor) => ['--factor', factor])
    const making = sit(['init', 'vault', ...factors, '--need', '2', '--sheet-out', 'sheet.txt'], here)
    await comply(making)
    expect((await making.ends()).exit).toBe(0)
    await cairn(['wallet', 'add', 'savings', 'keystore.json', '--password-file', 'password'])
    await cairn(['backup'])
    expect(await json(['policy', 'show'])).toMatchObject({
      json: { groups: [{ factors: [{}, { kind: 'passkey', name: 'phone', synced: true }, {}] }] },
    })
    const restore = ['restore', '--from', 'vault/store', '--sheet-file', 'sheet.txt']
    const asked = sit([...restore, '--to', 'back'], { cwd, home: `${cwd}/elsewhere` })
    await asked.shows('The passkey "phone"')
    asked.types('y\r')
    await comply(asked)
    expect((await asked.ends()).exit).toBe(0)
    const named = sit([...restore, '--to', 'again', '--passkey', 'phone'], { cwd, home: `${cwd}/third` })
    await comply(named)
    expect((await named.ends()).exit).toBe(0)
    await page.close()
    const remove = ['policy', 'remove', 'phone', '--no-input', '--sheet-file', 'sheet.txt']
    expect(await json([...remove, '--sheet-out', 'new.txt'])).toMatchObject({
      exit: 0,
      json: { groups: [{ factors: ['computer', 'sheet'] }] },
    })
  })

  test('that is not in the policy is not asked for', async () => {
    const { json } = await makeVault(await folder())
    const remove = ['policy', 'remove', 'sheet', '--no-input', '--passkey', 'phone']
    expect(await json(remove)).toMatchObject({ exit: 6, json: { error: { code: 'factor-absent' } } })
  })
})
