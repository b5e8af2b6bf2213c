import { rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { newIdentity } from '@cairn/core/vault/identity.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { present } from '../../../../test/peers/peer.js'
import {
  makeSofthsm,
  newerP11Kit,
  newerP11KitFolder,
  type Softhsm,
  softhsm,
} from '../../../../test/peers/softhsm.js'
import { openWithToken, type Pkcs11Factor, sealToToken } from '../../src/tokens/pkcs11.js'
import { codeOf } from '../stores/contract.js'
import { seenOf, withEnvironment } from './environment.js'

const isThere = await present(softhsm)
const isNewerThere = await present(newerP11Kit)
let hsm: Softhsm
beforeAll(async () => {
  if (!isThere) return
  hsm = makeSofthsm()
  await hsm.token('stone', { '01': 'EC:prime256v1', '02': 'rsa:2048' })
  await hsm.token('bare', { '07': 'EC:secp384r1' })
  await hsm.token('lone', { '0a': 'rsa:2048' })
})
afterAll(() => hsm?.remove())

const { identity, recipient } = newIdentity()
const RSA = 'pkcs11:token=stone;id=%02'
const P256 = 'pkcs11:token=stone;object=key%2001'

interface More {
  readonly pin?: string
  readonly module?: string
}

const on = <T>(work: () => Promise<T>) => withEnvironment({ SOFTHSM2_CONF: hsm.config }, work)
const sealed = (uri: string, more: More = {}): Promise<Pkcs11Factor> =>
  on(async () => {
    const plan = await sealToToken({ name: 'my key', identity, uri, pin: hsm.pin, ...more })
    return { ...plan, lock: '' }
  })
const opened = (factor: Pkcs11Factor, more: More = {}) =>
  on(() => openWithToken(factor, { pin: hsm.pin, ...more }))

describe.runIf(isThere)('a PKCS#11 token', () => {
  it('gives back what was sealed to its RSA key', async () => {
    const factor = await sealed(RSA)
    expect(factor).toMatchObject({ kind: 'pkcs11', recipient, token: { label: 'stone' }, id: '02' })
    expect(JSON.stringify(factor)).not.toContain(identity)
    expect(await opened(factor)).toBe(identity)
  })

  it('is found by p11-kit, or by the module that is named', async () => {
    const factor = await sealed(RSA, { module: hsm.module })
    expect(await opened(factor, { module: hsm.module })).toBe(identity)
    expect(await codeOf(opened(factor, { module: '/nowhere.so' }))).toBe('token-absent')
  })

  it('is named in full when its one key is the only one that fits', async () => {
    expect(await sealed('pkcs11:token=lone')).toMatchObject({ id: '0a' })
  })

  it('opens nothing without its PIN, and locks nothing with one wrong one', async () => {
    const factor = await sealed(RSA)
    expect(await codeOf(opened(factor, { pin: '111111' }))).toBe('pin-wrong')
    expect(await codeOf(sealed(RSA, { pin: '' }))).toBe('pin-wrong')
    expect(await opened(factor)).toBe(identity)
  })

  it('opens nothing that was sealed to another key', async () => {
    const factor = await sealed(RSA)
    const [bytes, lone] = [Buffer.from(factor.sealed, 'base64'), await sealed('pkcs11:token=lone')]
    bytes[9] = (bytes[9] ?? 0) ^ 1
    for (const other of [
      { ...factor, sealed: bytes.toString('base64') },
      { ...factor, sealed: lone.sealed },
      { ...factor, recipient: newIdentity().recipient },
      { ...factor, id: '33' },
    ])
      expect(await codeOf(opened(other))).toBe('token-other')
  })

  it('is told to be away when it is', async () => {
    const factor = await sealed(RSA)
    const away = { ...factor, token: { label: 'stone', serial: '0123' }, id: '33' }
    expect(await codeOf(opened(away))).toBe('token-absent')
    expect(await codeOf(sealed('pkcs11:token=nowhere'))).toBe('token-absent')
  })

  it('may be another one with a copy of the key', async () => {
    const factor = await sealed(RSA)
    expect(await opened({ ...factor, token: { label: 'old stone', serial: 'was lost' } })).toBe(identity)
  })

  it.each([
    ['pkcs11:token=stone;id=%33', 'token-key'],
    ['pkcs11:token=stone', 'token-key'], // two keys fit
    ['pkcs11:token=bare', 'token-key'],
    ['pkcs11:', 'token-uri'], // several tokens
    ['pkcs11:token=stone?pin-value=1234', 'token-uri'],
    ['pkcs11:token=stone;token=bare', 'token-uri'],
    ['pkcs11:token=my stone', 'token-uri'],
    ['token=stone', 'token-uri'],
  ])('refuses %s with %s', async (uri, code) => {
    expect(await codeOf(sealed(uri))).toBe(code)
  })

  it('needs p11-kit', async () => {
    const factor = await sealed(RSA)
    expect(await codeOf(withEnvironment({ PATH: '/nowhere' }, () => opened(factor)))).toBe('token-program')
  })

  it('gets its PIN where nobody sees it', async () => {
    const seen = await seenOf(['p11-kit'], async () => expect(await opened(await sealed(RSA))).toBe(identity))
    expect(seen).toContain('p11-kit remote pkcs11:')
    for (const secret of [identity, hsm.pin]) expect(seen).not.toContain(secret)
  })

  it('is read by other programs', async () => {
    const file = join(tmpdir(), `cairn-sealed-${process.pid}`)
    writeFileSync(file, Buffer.from((await sealed(RSA)).sealed, 'base64'))
    const oaep = ['--mechanism', 'RSA-PKCS-OAEP', '--hash-algorithm', 'SHA-1', '--mgf', 'MGF1-SHA1']
    expect(await hsm.tool('stone', ['--decrypt', ...oaep, '--id', '02', '-i', file])).toContain(identity)
    rmSync(file)
  })
})

describe.runIf(isThere && isNewerThere)('a PKCS#11 token with a newer p11-kit', () => {
  let kit: ReturnType<typeof newerP11KitFolder>
  beforeAll(() => {
    kit = newerP11KitFolder()
  })
  afterAll(() => kit.remove())
  const withNewer = <T>(work: () => Promise<T>) =>
    withEnvironment({ PATH: `${kit.path}${delimiter}${process.env.PATH}` }, work)

  it.each([RSA, P256])('gives back what was sealed to %s', async (uri) => {
    await withNewer(async () => {
      const factor = await sealed(uri, { module: hsm.module })
      expect(await opened(factor, { module: hsm.module })).toBe(identity)
    })
  })

  it('gives back nothing that was sealed to another P-256 key, or was changed', async () => {
    const module = { module: hsm.module }
    await withNewer(async () => {
      const factor = await sealed(P256, module)
      for (const at of [20, 70, 100]) {
        const bytes = Buffer.from(factor.sealed, 'base64')
        bytes[at] = (bytes[at] ?? 0) ^ 1
        const code = await codeOf(opened({ ...factor, sealed: bytes.toString('base64') }, module))
        expect(['token-other', 'token-failed']).toContain(code)
      }
    })
  })

  it('is needed for P-256: the older one says so', async () => {
    const failure = await sealed(P256).catch((error: Error) => error)
    expect(failure).toMatchObject({ code: 'token-failed', message: expect.stringContaining('0.25') })
  })
})
