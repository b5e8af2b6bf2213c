import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newIdentity } from '@cairn/core/vault/identity.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { present } from '../../../../test/peers/peer.js'
import { freePort } from '../../../../test/peers/port.js'
import { run } from '../../../../test/peers/run.js'
import { type Swtpm, startSwtpm, swtpm } from '../../../../test/peers/swtpm.js'
import { isOfThisTpm, openWithTpm, sealToTpm, type TpmFactor } from '../../src/tokens/tpm.js'
import { codeOf } from '../stores/contract.js'
import { seenOf, withEnvironment } from './environment.js'

const isThere = await present(swtpm)
let here: Swtpm
let other: Swtpm
beforeAll(async () => {
  if (isThere) [here, other] = await Promise.all([startSwtpm(), startSwtpm()])
})
afterAll(async () => {
  await Promise.all([here?.stop(), other?.stop()])
})

const { identity, recipient } = newIdentity()
const PIN = 'hex:6e6f' // is no hexadecimal form of another one

const on = <T>(tpm: Swtpm, work: () => Promise<T>) => withEnvironment({ TPM2TOOLS_TCTI: tpm.tcti }, work)
const sealed = (pin?: string): Promise<TpmFactor> =>
  on(here, async () => ({ ...(await sealToTpm({ name: 'chip', identity, pin })), lock: '' }))
const opened = (factor: TpmFactor, pin?: string) => on(here, () => openWithTpm(factor, pin))

describe.runIf(isThere)('a TPM', () => {
  it('gives back what was sealed to it, after a restart too', async () => {
    const factor = await sealed()
    expect(factor).toMatchObject({ kind: 'tpm', name: 'chip', recipient, pin: false })
    expect(await opened(factor)).toBe(identity)
    await here.restart()
    expect(await opened(factor)).toBe(identity)
    expect(Buffer.from(factor.private, 'base64').toString('latin1')).not.toContain(identity.slice(0, 20))
  })

  it('opens nothing that another one sealed', async () => {
    const factor = await sealed()
    expect(await on(here, () => isOfThisTpm(factor))).toBe(true)
    expect(await on(other, () => isOfThisTpm(factor))).toBe(false)
    expect(await codeOf(on(other, () => openWithTpm(factor)))).toBe('tpm-other')
  })

  it('opens nothing that was changed', async () => {
    const factor = await sealed()
    const bytes = Buffer.from(factor.private, 'base64')
    bytes[40] = (bytes[40] ?? 0) ^ 1
    const changed = { ...factor, private: bytes.toString('base64') }
    expect(await codeOf(opened(changed))).toBe('tpm-other')
  })

  it('refuses a key that is not the one of the factor', async () => {
    const factor = { ...(await sealed()), recipient: newIdentity().recipient }
    expect(await codeOf(opened(factor))).toBe('tpm-failed')
  })

  it('asks for a PIN, locks itself after wrong ones, and gives on what needs none', async () => {
    const [withPin, without] = [await sealed(PIN), await sealed()]
    expect(await codeOf(opened(withPin))).toBe('pin-needed')
    expect(await opened(withPin, PIN)).toBe(identity)
    for (let tries = 0; tries < 3; tries++)
      expect(await codeOf(opened(withPin, 'no such pin'))).toBe('pin-wrong')
    expect(await codeOf(opened(withPin, PIN))).toBe('tpm-locked')
    expect(await opened(without)).toBe(identity)
    await on(here, () => run('tpm2_dictionarylockout', ['--clear-lockout']))
    expect(await opened(withPin, PIN)).toBe(identity)
  })

  it.each(['five5', '', 'x'.repeat(33), 'é'.repeat(17)])('takes no PIN like %j', async (pin) => {
    expect(await codeOf(sealed(pin))).toBe('pin-length')
  })

  it('has room for one more, however often it is asked', async () => {
    for (let i = 0; i < 4; i++) expect(await opened(await sealed())).toBe(identity)
  })

  it('is read by tpm2-tools alone', async () => {
    const factor = await sealed(PIN)
    const folder = mkdtempSync(join(tmpdir(), 'cairn-by-hand-'))
    const env = { TPM2TOOLS_TCTI: here.tcti }
    const by = (tool: string, args: readonly string[], input = '') =>
      run(tool, args, { cwd: folder, env, input })
    for (const part of ['public', 'private'] as const)
      writeFileSync(join(folder, part), Buffer.from(factor[part], 'base64'))
    const attributes = 'fixedtpm|fixedparent|sensitivedataorigin|userwithauth|noda|restricted|decrypt'
    await by('tpm2_flushcontext', ['-t'])
    await by('tpm2_createprimary', [
      '-C',
      'o',
      '-g',
      'sha256',
      '-G',
      'ecc256',
      '-a',
      attributes,
      '-c',
      'primary',
    ])
    await by('tpm2_load', ['-C', 'primary', '-u', 'public', '-r', 'private', '-c', 'key'])
    await by('tpm2_flushcontext', ['-t'])
    expect(
      await by('tpm2_unseal', ['-c', 'key', '-p', 'file:-'], `hex:${Buffer.from(PIN).toString('hex')}`),
    ).toBe(identity)
    rmSync(folder, { recursive: true })
  })

  it('gets its secrets where nobody sees them, and leaves no file behind', async () => {
    const tools = ['tpm2_createprimary', 'tpm2_create', 'tpm2_changeauth', 'tpm2_load', 'tpm2_unseal']
    // of its own: others make such folders in the one of the system at the same time
    const folder = mkdtempSync(join(tmpdir(), 'cairn-temporary-'))
    const work = async () => expect(await opened(await sealed(PIN), PIN)).toBe(identity)
    const seen = await seenOf(tools, () => withEnvironment({ TMPDIR: folder }, work))
    for (const tool of tools) expect(seen).toContain(`${tool} `)
    for (const secret of [identity, PIN, Buffer.from(PIN).toString('hex')]) expect(seen).not.toContain(secret)
    expect(readdirSync(folder)).toEqual([])
    rmSync(folder, { recursive: true })
  })

  it('is told apart from none', async () => {
    const factor = await sealed()
    const tcti = `swtpm:host=127.0.0.1,port=${await freePort()}`
    expect(await codeOf(withEnvironment({ TPM2TOOLS_TCTI: tcti }, () => openWithTpm(factor)))).toBe(
      'tpm-absent',
    )
    const away = withEnvironment({ PATH: '/nowhere' }, () => openWithTpm(factor))
    expect(await codeOf(away)).toBe('token-program')
  })

  it('is not used when a password guards its owner hierarchy', async () => {
    await on(other, () => run('tpm2_changeauth', ['-c', 'owner', 'owned']))
    expect(await codeOf(on(other, () => sealToTpm({ name: 'chip', identity })))).toBe('tpm-owned')
  })
})
