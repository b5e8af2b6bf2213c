/** Alarms end to end: a vault whose backup is late, a webhook that hears of it. */

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { until } from '../../../node/test/until.js'
import { BIN, environment, run, runJson, useBuilt, useFolders } from '../run.js'

const WALLET = fileURLToPath(
  new URL('../../../core/test/fixtures/wallets/electrum/seed-segwit.plain', import.meta.url),
)

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A webhook, and what it heard. */
async function hook() {
  const heard: { readonly subject: string; readonly text: string }[] = []
  let status = 200
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    if (status === 200) heard.push(JSON.parse(Buffer.concat(pieces).toString()))
    response.writeHead(status).end()
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/SECRET-PATH`,
    heard,
    answer: (code: number) => {
      status = code
    },
  }
}

describe('cairn alarm', () => {
  useBuilt()
  const folder = useFolders()

  async function vault() {
    const cwd = await folder()
    const home = join(cwd, 'home')
    await writeFile(join(cwd, 'pass'), 'seven grey stones above the river\n')
    await copyFile(WALLET, join(cwd, 'savings'))
    const made = await run(
      ['init', 'vault', '--no-input', '--passphrase-file', 'pass', '--sheet-out', 'sheet.txt'],
      { cwd, home },
    )
    expect(made.exit).toBe(0)
    const cairn = (...args: string[]) => runJson(args, { cwd, home })
    expect((await cairn('wallet', 'add', 'savings', 'savings')).exit).toBe(0)
    return { cwd, home, cairn }
  }

  test('tells once by a webhook that a wallet was never saved, and that all is well again', async () => {
    const { cairn } = await vault()
    const { url, heard } = await hook()
    const added = await cairn('alarm', 'add', 'chat', url)
    expect(added).toMatchObject({ exit: 0, json: { name: 'chat', names: 'hidden' } })
    expect(JSON.stringify(added)).not.toContain('SECRET-PATH')
    expect(heard.map(({ subject }) => subject)).toEqual(['Cairn: a test'])

    expect(await cairn('alarm', 'tell')).toMatchObject({
      exit: 8,
      json: {
        alarms: [{ kind: 'backup-never', about: 'savings' }],
        channels: [{ channel: 'chat', state: 'told' }],
      },
    })
    expect(await cairn('alarm', 'tell')).toMatchObject({ json: { channels: [{ state: 'nothing-new' }] } })
    expect(heard.length).toBe(2)
    expect(heard[1]?.text).toContain('A wallet was never saved.')
    expect(heard[1]?.text).not.toContain('savings')

    await cairn('backup')
    expect(await cairn('alarm', 'tell')).toMatchObject({ exit: 0, json: { alarms: [] } })
    expect(heard[2]?.subject).toBe('Cairn: all is well again')
  })

  test('a list of wallets that cannot be read is told; settings that cannot be read fail the job', async () => {
    const { home, cairn } = await vault()
    const { url, heard } = await hook()
    await cairn('alarm', 'add', 'chat', url)
    await cairn('backup')
    const [id] = await readdir(join(home, 'vaults'))
    const settings = join(home, 'vaults', id as string, 'alarms.json')
    await writeFile(settings, '{')
    expect((await cairn('backup', '--due')).exit).toBe(8)
    await rm(settings)
    await cairn('alarm', 'add', 'chat', url)
    await writeFile(join(home, 'vaults', id as string, 'wallets.json'), '{')
    expect((await cairn('backup', '--due')).exit).toBe(3)
    expect(heard.at(-1)?.text).toContain('This computer lost its memory')
  })

  test('a vault that cannot be opened is told, what was wrong before is not said to be over, and both are over when they are', async () => {
    const { cwd, home, cairn } = await vault()
    const { url, heard } = await hook()
    await cairn('alarm', 'add', 'chat', url)
    await cairn('alarm', 'tell')
    const [id = ''] = await readdir(join(home, 'vaults'))
    for (const file of [
      join(home, 'vaults', id, 'vault.json'),
      join(cwd, 'vault/cairn.json'),
      join(home, 'config.json'),
    ]) {
      const whole = await readFile(file)
      await writeFile(file, '{')
      const already = heard.length
      expect(await cairn('backup', '--due')).toMatchObject({
        exit: 3,
        json: { error: { code: 'state-damaged' } },
      })
      expect(await cairn('alarm', 'tell')).toMatchObject({ exit: 3 })
      expect(heard.slice(already)).toMatchObject([
        {
          lines: expect.arrayContaining([
            'The vault cannot be opened on this computer, and nothing is saved.',
            'A wallet was never saved.',
          ]),
        },
      ])
      expect(JSON.stringify(heard.slice(already))).not.toContain('Over:')
      await writeFile(file, whole)
      await cairn('alarm', 'tell')
      expect(heard.at(-1)).toMatchObject({
        lines: expect.arrayContaining([
          'Over: The vault cannot be opened on this computer, and nothing is saved.',
        ]),
      })
    }
  })

  test('keeps no way that does not work, and names one that works no more', async () => {
    const { cairn } = await vault()
    const { url, answer } = await hook()
    answer(403)
    expect(await cairn('alarm', 'add', 'chat', url)).toMatchObject({
      exit: 4,
      json: { error: { code: 'message-unsent' } },
    })
    expect(await cairn('alarm', 'list')).toMatchObject({ json: { channels: [] } })
    answer(200)
    await cairn('alarm', 'add', 'chat', url)
    answer(500)
    expect(await cairn('alarm', 'tell')).toMatchObject({ exit: 8, json: { channels: [{ state: 'failed' }] } })
    expect(await cairn('alarm', 'list')).toMatchObject({
      json: { channels: [{ name: 'chat', failing: { reason: expect.stringContaining('500') } }] },
    })
    expect(await cairn('alarm', 'test', 'chat')).toMatchObject({ exit: 8 })
    answer(200)
    expect(await cairn('alarm', 'test')).toMatchObject({ exit: 0, json: { channels: [{ sent: true }] } })
    expect(await cairn('alarm', 'list')).toMatchObject({ json: { channels: [{ failing: null }] } })
    expect(await cairn('alarm', 'remove', 'chat')).toMatchObject({ exit: 0, json: { left: 0 } })
  })

  test('is silent while it sleeps, which has an end, and status is not', async () => {
    const { cwd, home, cairn } = await vault()
    const { url, heard } = await hook()
    await cairn('alarm', 'add', 'chat', url)
    expect(await cairn('alarm', 'snooze', 'savings', '--for', '3')).toMatchObject({ exit: 0 })
    await cairn('alarm', 'tell')
    expect(heard.length).toBe(1)
    expect((await cairn('status')).exit).toBe(8)
    await cairn('alarm', 'snooze', '--wake')
    await cairn('alarm', 'tell')
    expect(heard.length).toBe(2)
    expect(await cairn('alarm', 'snooze', '--for', '91')).toMatchObject({ exit: 2 })
    const snooze = async (about: string) =>
      (await run(['alarm', 'snooze', about, '--for', '1'], { cwd, home })).out
    expect(await snooze('savigns')).toContain('Nothing is called savigns now')
    for (const about of ['savings', 'main', 'chat']) expect(await snooze(about)).not.toContain('Nothing')
  })

  test('tells by itself after a backup of what is due, also when that failed', async () => {
    const { cwd, cairn } = await vault()
    const { url, heard } = await hook()
    await cairn('alarm', 'add', 'chat', url)
    await rename(join(cwd, 'vault/store'), join(cwd, 'unplugged'))
    expect((await cairn('backup', '--due')).exit).toBe(4)
    expect(heard.at(-1)?.text).toContain('A wallet was never saved.')
    await rename(join(cwd, 'unplugged'), join(cwd, 'vault/store'))
    expect((await cairn('backup', '--due')).exit).toBe(0)
    expect(heard.at(-1)?.subject).toBe('Cairn: all is well again')
  })

  test('a wallet that appeared and nobody saves is an alarm, and status says so until it is saved', async () => {
    const { home, cairn } = await vault()
    await cairn('backup')
    expect((await cairn('status')).exit).toBe(0)
    const wallets = join(home, '.electrum/wallets')
    await mkdir(wallets, { recursive: true })
    await copyFile(WALLET, join(wallets, 'default_wallet'))
    expect((await cairn('alarm', 'tell')).exit).toBe(8)
    expect(await cairn('status')).toMatchObject({
      exit: 8,
      json: {
        attention: true,
        alarms: [{ kind: 'wallet-uncovered', about: join(wallets, 'default_wallet') }],
      },
    })
    await cairn('wallet', 'add', 'second', join(wallets, 'default_wallet'))
    await cairn('backup', '--due')
    expect((await cairn('status')).exit).toBe(0)
  })

  test('shows open alarms in the prompt of a shell, and that nobody looked', async () => {
    const { cwd, cairn } = await vault()
    const { file, snippet } = (await cairn('alarm', 'prompt')).json as { file: string; snippet: string }
    const prompt = () => execFileSync('sh', ['-c', `${snippet}\ncairn_prompt`], { cwd, encoding: 'utf8' })
    expect(prompt()).toBe('')
    await cairn('alarm', 'tell')
    expect(prompt()).toBe('cairn: 1 alarm ')
    await cairn('backup')
    await cairn('alarm', 'tell')
    expect(prompt()).toBe('')
    for (const until of ['1600000000', '9999999999']) {
      await writeFile(file, `${until}\n\n`)
      expect(prompt()).toBe('cairn: nobody looked for days ')
    }
  })

  test('asks for what it needs', async () => {
    const { cairn } = await vault()
    expect(await cairn('alarm', 'add', 'x', 'pigeon:loft')).toMatchObject({
      exit: 2,
      json: { error: { code: 'channel-url' } },
    })
    expect(await cairn('alarm', 'remove', 'x')).toMatchObject({ exit: 6 })
    expect(await cairn('alarm', 'test', 'x')).toMatchObject({ exit: 6 })
  })

  test('another computer sees that backups come in, or tells that none ever did, without any secret', async () => {
    const { cwd, cairn } = await vault()
    const elsewhere = (...args: string[]) => runJson(args, { cwd, home: join(cwd, 'elsewhere') })
    expect(await elsewhere('status', '--store', 'vault/store')).toMatchObject({
      exit: 8,
      json: { devices: [] },
    })
    const { url, heard } = await hook()
    const watch = spawn(
      process.execPath,
      [BIN, 'status', '--store', 'vault/store', '--watch', '--tell', url],
      {
        cwd,
        env: environment({ home: join(cwd, 'elsewhere') }),
      },
    )
    const ended = once(watch, 'exit')
    await until(() => heard.length > 0)
    watch.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(heard.map(({ subject }) => subject)).toEqual(['Cairn: A wallet was never saved'])

    await cairn('backup')
    expect(await elsewhere('status', '--store', 'vault/store')).toMatchObject({
      exit: 0,
      json: { devices: [{ seq: 1, late: false }], rolledBack: [] },
    })
    const watched = join(cwd, 'elsewhere/watched')
    const [file] = await readdir(watched)
    expect((await stat(join(watched, file as string))).mode & 0o777).toBe(0o600)
    expect(await elsewhere('status', '--store', 'nowhere')).toMatchObject({ exit: 4 })
    expect(await elsewhere('status', '--watch')).toMatchObject({ exit: 2 })
    expect(await elsewhere('status', '--store', 'vault/store', '--tell', url)).toMatchObject({ exit: 2 })
    expect(await elsewhere('status', '--store', 'pigeon://x', '--watch')).toMatchObject({
      exit: 2,
      json: { error: { code: 'store-kind' } },
    })
  })

  test('another computer remembers what it saw in a store that shows less later, also when it starts anew', async () => {
    const { cwd, cairn } = await vault()
    const home = join(cwd, 'elsewhere')
    const look = () => runJson(['status', '--store', 'vault/store'], { cwd, home })
    await cairn('backup')
    await cp(join(cwd, 'vault/store'), join(cwd, 'old'), { recursive: true })
    await cairn('backup')
    expect(await look()).toMatchObject({ exit: 0, json: { devices: [{ seq: 2 }], rolledBack: [] } })
    await rm(join(cwd, 'vault/store'), { recursive: true })
    await rename(join(cwd, 'old'), join(cwd, 'vault/store'))
    const back = {
      exit: 8,
      json: { devices: [{ seq: 1 }], rolledBack: [expect.stringMatching(/^[0-9a-f]{16}$/)] },
    }
    expect(await look()).toMatchObject(back)
    expect(await look()).toMatchObject(back)
    await rename(join(cwd, 'vault/store/heads'), join(cwd, 'heads'))
    const { out } = await run(['status', '--store', 'vault/store'], { cwd, home })
    expect(out).toMatch(/[0-9a-f]{16} +snapshots of it were there before/)
    await rename(join(cwd, 'heads'), join(cwd, 'vault/store/heads'))
    const { url, heard } = await hook()
    const watch = spawn(
      process.execPath,
      [BIN, 'status', '--store', 'vault/store', '--watch', '--tell', url],
      { cwd, env: environment({ home }) },
    )
    const ended = once(watch, 'exit')
    await until(() => heard.length > 0)
    watch.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(heard[0]?.subject).toBe('Cairn: A place of backups showed another past than it should')
    const { err } = await run(['status', '--store', 'vault/store'], { cwd, home })
    await rm(/remove (\S+)/.exec(err)?.[1] as string)
    expect(await look()).toMatchObject({ exit: 0, json: { rolledBack: [] } })
  })
})
