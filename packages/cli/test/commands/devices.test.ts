/** Factors whose key lies in a device: a TPM (swtpm) and a PKCS#11 token (SoftHSM). */
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { present } from '../../../../test/peers/peer.js'
import { makeSofthsm, type Softhsm, softhsm } from '../../../../test/peers/softhsm.js'
import { type Swtpm, startSwtpm, swtpm } from '../../../../test/peers/swtpm.js'
import { useFolders } from '../run.js'
import { type Made, makeMachine, makeVault } from '../vault.js'

const isThere = (await present(swtpm)) && (await present(softhsm))
let tpm: Swtpm
let other: Swtpm
let hsm: Softhsm
beforeAll(async () => {
  if (!isThere) return
  ;[tpm, other] = await Promise.all([startSwtpm(), startSwtpm()])
  hsm = makeSofthsm()
  await hsm.token('stone', { '02': 'rsa:2048' })
})
afterAll(async () => {
  await Promise.all([tpm?.stop(), other?.stop()])
  hsm?.remove()
})

const PIN = '428571'
const on = (chip: Swtpm) => ({ env: { TPM2TOOLS_TCTI: chip.tcti, SOFTHSM2_CONF: hsm.config } })
const RESTORE = ['restore', 'savings', '--to', 'back', '--no-input', '--from', 'vault/store']

interface Policy {
  readonly groups: readonly { readonly factors: readonly Record<string, unknown>[] }[]
}

async function factorsOf({ json }: Made): Promise<readonly Record<string, unknown>[]> {
  return ((await json(['policy', 'show'])).json as Policy).groups.flatMap(({ factors }) => factors)
}

/** A vault of the factors `tpm` and `sheet`, with a snapshot. */
async function withTpm(cwd: string, factor = 'tpm'): Promise<Made> {
  const made = await makeMachine(cwd)
  await writeFile(`${cwd}/pin`, `${PIN}\n`)
  const policy = ['--factor', factor, '--factor', 'sheet', '--sheet-out', 'sheet.txt']
  for (const step of [
    ['init', 'vault', '--no-input', ...policy, '--pin-file', 'pin'],
    ['wallet', 'add', 'savings', 'keystore.json', '--password-file', 'password'],
    ['backup'],
  ]) {
    const { exit, err } = await made.cairn(step, on(tpm))
    if (exit !== 0) throw new Error(`cairn ${step.join(' ')} ended with ${exit}: ${err}`)
  }
  return made
}

describe.runIf(isThere)('a TPM as a factor', () => {
  const folder = useFolders()

  test('comes along by itself, on a new installation too', async () => {
    const { cairn, cwd } = await withTpm(await folder())
    const anew = { home: `${cwd}/anew`, ...on(tpm) }
    expect(await cairn([...RESTORE, '--sheet-file', 'sheet.txt'], anew)).toMatchObject({ exit: 0 })
    expect(await readFile(`${cwd}/back/keystore.json`)).toEqual(await readFile(`${cwd}/keystore.json`))
  })

  test('of another computer opens nothing, and is told', async () => {
    const { cairn } = await withTpm(await folder())
    const { exit, err } = await cairn([...RESTORE, '--sheet-file', 'sheet.txt'], on(other))
    expect({ exit, err }).toMatchObject({ exit: 5, err: expect.stringContaining('by another TPM') })
    expect(err).toContain('any 1 of: tpm')
  })

  test('with a PIN opens with it alone', async () => {
    const made = await withTpm(await folder(), 'tpm=chip:pin')
    const { cairn, cwd } = made
    expect(await factorsOf(made)).toMatchObject([{ kind: 'tpm', name: 'chip', pin: true }, {}])
    const sheet = [...RESTORE, '--sheet-file', 'sheet.txt']
    expect(await cairn(sheet, on(tpm))).toMatchObject({ exit: 5 })
    await writeFile(`${cwd}/slip`, '428572')
    const wrong = await cairn([...sheet, '--pin-file', 'slip'], on(tpm))
    expect(wrong).toMatchObject({ exit: 7, err: expect.stringContaining('the PIN of chip is wrong') })
    expect(await cairn([...sheet, '--pin-file', 'chip=pin'], on(tpm))).toMatchObject({ exit: 0 })
  })

  test('is not one thing beside the key of its computer', async () => {
    const { cairn, cwd } = await makeVault(await folder())
    await writeFile(`${cwd}/pin`, PIN)
    const add = ['policy', 'add', '--no-input', '--sheet-file', 'sheet.txt', '--sheet-out', 'new.txt']
    const both = await cairn([...add, 'tpm'], on(tpm))
    expect(both).toMatchObject({ exit: 5, err: expect.stringContaining('computer and tpm') })
    const word = await cairn([...add, 'tpm', '--accept', 'one-computer'], on(tpm))
    expect(word).toMatchObject({ exit: 0 })
    expect((await cairn(['policy', 'show'])).err).toContain(
      'computer and tpm are taken to be in one computer',
    )
    await copyFile(`${cwd}/new.txt`, `${cwd}/sheet.txt`)
    const again = [...add.slice(0, -1), 'newer.txt', 'tpm=second:pin', '--new-pin-file', 'pin']
    const twice = await cairn(again, on(tpm))
    expect(twice).toMatchObject({ exit: 2, err: expect.stringContaining('would be two of its factors') })
  })

  test('that is not there is an error before anything is made', async () => {
    const { cairn } = await makeMachine(await folder())
    const policy = ['--factor', 'tpm', '--factor', 'sheet', '--sheet-out', 'sheet.txt']
    const env = { TPM2TOOLS_TCTI: 'swtpm:host=127.0.0.1,port=9' }
    const { exit, err } = await cairn(['init', 'vault', '--no-input', ...policy], { env })
    expect({ exit, err }).toMatchObject({ exit: 4, err: expect.stringContaining('no TPM 2.0 answers') })
  })
})

describe.runIf(isThere)('a PKCS#11 token as a factor', () => {
  const folder = useFolders()

  test('is added, shown, and opens the vault with its PIN', async () => {
    const made = await makeVault(await folder())
    const { cairn, cwd } = made
    await writeFile(`${cwd}/pin`, hsm.pin)
    const add = ['policy', 'add', '--no-input', '--sheet-file', 'sheet.txt', '--sheet-out', 'new.txt']
    const key = ['pkcs11=my key:token=stone;id=%02', '--new-pin-file', 'pin']
    expect(await cairn([...add, ...key], on(tpm))).toMatchObject({ exit: 0 })
    const token = { label: 'stone', serial: expect.any(String) }
    const [, , shown] = await factorsOf(made)
    const recipient = expect.stringMatching(/^age1/)
    expect(shown).toEqual({ kind: 'pkcs11', name: 'my key', recipient, token, id: '02' })
    expect((await cairn(['policy', 'show'])).out).toMatch(/my key +a PKCS#11 token +stone, [0-9a-f]+, key 02/)
    await cairn(['backup'])
    const anew = { home: `${cwd}/anew`, ...on(tpm) }
    const restored = await cairn([...RESTORE, '--sheet-file', 'new.txt', '--pin-file', 'pin'], anew)
    expect(restored).toMatchObject({ exit: 0 })
  })

  test('needs its PIN, and p11-kit', async () => {
    const { cairn, cwd } = await makeMachine(await folder())
    await writeFile(`${cwd}/pin`, '1234')
    const policy = ['--factor', 'pkcs11:token=stone', '--factor', 'sheet', '--sheet-out', 'sheet.txt']
    const init = ['init', 'vault', '--no-input', ...policy]
    expect(await cairn(init, on(tpm))).toMatchObject({ exit: 2, err: expect.stringContaining('--pin-file') })
    expect(await cairn([...init, '--pin-file', 'pin'], on(tpm))).toMatchObject({
      exit: 7,
      err: expect.stringContaining('PIN of pkcs11 is wrong'),
    })
    const away = { env: { ...on(tpm).env, PATH: '/nowhere' } }
    expect(await cairn([...init, '--pin-file', 'pin'], away)).toMatchObject({
      exit: 6,
      err: expect.stringContaining('p11-kit is not installed'),
    })
  })
})
