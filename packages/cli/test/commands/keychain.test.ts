/** Secrets of this computer in the keychain of the system: a real Secret Service, gnome-keyring. */
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { present } from '../../../../test/peers/peer.js'
import {
  type SecretService,
  secretService,
  startSecretService,
} from '../../../../test/peers/secret-service.js'
import { type Sshd, sshd, startSshd } from '../../../../test/peers/sshd.js'
import { useFolders } from '../run.js'
import { type Made, makeMachine, makeVault } from '../vault.js'

const isThere = (await present(secretService)) && (await present(sshd))
let keyring: SecretService
let server: Sshd
beforeAll(async () => {
  if (isThere) server = await startSshd()
})
afterAll(() => server?.stop())

const home = async (cwd: string) => {
  const [vault = ''] = await readdir(`${cwd}/home/vaults`)
  return `${cwd}/home/vaults/${vault}`
}

async function withKey(cwd: string): Promise<Made> {
  const made = await makeMachine(cwd)
  const policy = [
    '--factor',
    'computer',
    '--factor',
    'sheet',
    '--sheet-out',
    'sheet.txt',
    '--keep',
    'keychain',
  ]
  for (const step of [
    ['init', 'vault', '--no-input', ...policy],
    ['wallet', 'add', 'savings', 'keystore.json', '--password-file', 'password'],
    ['backup'],
  ]) {
    const { exit, err } = await made.cairn(step, keyring)
    if (exit !== 0) throw new Error(`cairn ${step.join(' ')} ended with ${exit}: ${err}`)
  }
  return made
}

describe.runIf(isThere)('what this computer keeps', () => {
  const folder = useFolders()
  beforeEach(async () => {
    keyring = await startSecretService()
    return () => keyring.stop()
  })

  test('its key: in the keychain alone, whence it comes along by itself', async () => {
    const { cairn, json, cwd } = await withKey(await folder())
    expect(existsSync(`${await home(cwd)}/computer.key`)).toBe(false)
    expect(await keyring.shown()).toContain('AGE-SECRET-KEY-1')
    expect((await json(['status'])).json).toMatchObject({ kept: { key: 'keychain', credentials: {} } })
    expect((await json(['policy', 'show'])).json).toMatchObject({ kept: 'keychain' })
    expect((await cairn(['policy', 'show'])).out).toContain('kept in the keychain of this computer')
    const restore = ['restore', 'savings', '--to', 'back', '--no-input', '--sheet-file', 'sheet.txt']
    expect(await cairn(restore, keyring)).toMatchObject({ exit: 0 })
    expect(await readFile(`${cwd}/back/keystore.json`)).toEqual(await readFile(`${cwd}/keystore.json`))
  })

  test('its key: not from a keychain that is locked, emptied or gone, which is told', async () => {
    const { cairn } = await withKey(await folder())
    const drill = ['drill', '--no-input', '--sheet-file', 'sheet.txt', '--password-file', 'password']
    const told = async (env: Readonly<Record<string, string>>) => {
      const { exit, err } = await cairn(drill, { env })
      expect(exit).toBe(5)
      expect(err).toContain('Without the key of this computer')
      return err
    }
    expect(await told({})).toContain('cannot be used')
    await keyring.lock()
    expect(await told(keyring.env)).toContain('is locked')
    expect(await cairn(['backup'], keyring)).toMatchObject({ exit: 0 })
    const rekey = ['policy', 'rekey', '--no-input', '--sheet-file', 'sheet.txt', '--sheet-out', 'new.txt']
    expect(await cairn(rekey, keyring)).toMatchObject({ exit: 5 })
  })

  test('its key: gone from the keychain', async () => {
    const { cairn } = await withKey(await folder())
    await keyring.forget()
    const drill = await cairn(['drill', '--no-input', '--sheet-file', 'sheet.txt'], keyring)
    expect(drill).toMatchObject({ exit: 5, err: expect.stringContaining('no longer has computer.key') })
  })

  test('its key: moved there and back, and renewed where it is', async () => {
    const { cairn, cwd } = await makeVault(await folder())
    const file = `${await home(cwd)}/computer.key`
    const before = await readFile(file, 'utf8')
    expect(await cairn(['policy', 'keep', 'keychain'])).toMatchObject({ exit: 4 })
    expect(await readFile(file, 'utf8')).toBe(before)
    expect(await cairn(['policy', 'keep', 'keychain'], keyring)).toMatchObject({ exit: 0 })
    expect(existsSync(file)).toBe(false)
    const rekey = ['policy', 'rekey', '--no-input', '--sheet-file', 'sheet.txt', '--sheet-out', 'new.txt']
    expect(await cairn(rekey, keyring)).toMatchObject({ exit: 0 })
    expect(existsSync(file)).toBe(false)
    expect(await cairn(['policy', 'keep', 'file'], keyring)).toMatchObject({ exit: 0 })
    expect(await keyring.shown()).not.toContain('AGE-SECRET-KEY-1')
    expect(await readFile(file, 'utf8')).not.toBe(before)
    expect((await cairn(['drill', '--no-input', '--sheet-file', 'new.txt'])).err).not.toContain('Without')
  })

  test('what opens a store: in the keychain, moved to a file for the nights', async () => {
    const made = await makeVault(await folder())
    const { cairn, json, cwd } = made
    await writeFile(`${cwd}/nas.toml`, `password = "${server.password}"\n`)
    const url = `sftp://cairn@127.0.0.1:${server.port}${server.folder()}`
    const add = ['store', 'add', 'nas', url, '--accept', 'guessable']
    const first = await cairn([...add, '--credentials-file', 'nas.toml', '--keep', 'keychain'], keyring)
    expect(first).toMatchObject({ exit: 0 })
    expect(await keyring.shown()).toContain(server.password)
    expect(existsSync(`${await home(cwd)}/credentials/nas.toml`)).toBe(false)
    expect((await json(['store', 'list'])).json).toMatchObject({
      stores: [{ credentials: null }, { credentials: 'keychain' }],
    })
    expect(await cairn(['backup'], keyring)).toMatchObject({ exit: 0 })
    await keyring.lock()
    const { json: saved } = await json(['backup'], keyring)
    expect(saved).toMatchObject({ stores: [{ state: 'saved' }, { name: 'nas', state: 'unreachable' }] })
    const night = await cairn(['store', 'probe', 'nas'])
    expect(night).toMatchObject({ exit: 4, err: expect.stringContaining('--keep file') })
    expect(await cairn([...add, '--credentials-file', 'nas.toml', '--keep', 'file'])).toMatchObject({
      exit: 0,
    })
    expect(await cairn(['backup'])).toMatchObject({ exit: 0 })
    expect((await cairn(['store', 'list'])).out).toContain('the keychain may have it still')
  })
})
