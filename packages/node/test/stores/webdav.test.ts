import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type IncomingMessage, request as send } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { leaveOut } from '../../../../test/left-out.js'
import { type ApacheDav, apacheDav, startApacheDav, type Way } from '../../../../test/peers/apache-dav.js'
import { present } from '../../../../test/peers/peer.js'
import { outcome, run } from '../../../../test/peers/run.js'
import { realDisk } from '../../src/disk.js'
import { systemKeychain } from '../../src/machine/keychain.js'
import type { Credentials } from '../../src/stores/credentials.js'
import { lazyStore } from '../../src/stores/lazy.js'
import { probe } from '../../src/stores/probe.js'
import type { Store } from '../../src/stores/store.js'
import { parseDavUrl } from '../../src/stores/webdav/place.js'
import { davRequests } from '../../src/stores/webdav/requests.js'
import { webdavStore } from '../../src/stores/webdav.js'
import { goThrough, goThroughFullDisk, killed, serve } from '../vault/served.js'
import { CLAUSES, codeOf, noise, storeContract } from './contract.js'

const OBJECT = 'objects/ab/abcdef.age'

function storeAt(url: string, credentials: Credentials = {}): Store {
  const ssh = { hostKeys: '/nonexistent', agent: undefined }
  const ports = { disk: realDisk, wait: () => sleep(0), now: () => new Date(), ssh, keychain: systemKeychain }
  return lazyStore({ name: 'cloud', place: url }, () =>
    webdavStore({ name: 'cloud', url, credentials: async () => credentials, ports }),
  )
}

describe.runIf(await present(apacheDav))('over WebDAV to the real Apache', async () => {
  const server: ApacheDav = await startApacheDav()
  afterAll(() => server.stop())

  const { user, password } = server
  const right = { user, password }
  const at = (way: Way, folder = server.folder(), credentials: Credentials = right) =>
    storeAt(server.url(folder, way), credentials)
  const freshOver = (way: Way) => async () => {
    const folder = server.folder()
    return { store: at(way, folder), again: () => at(way, folder) }
  }

  storeContract('WebDAV', {
    fresh: freshOver('digest'),
    failing: {
      'store-unreachable': async () => storeAt(`${server.url(server.folder(), 'digest')}-not`, right),
      'store-denied': async () => at('closed'),
    },
  })

  it.each([
    'takes other bytes under a key that is there, shorter or longer',
    'keeps odd keys apart and gives them back as they were',
    'removes what it is told to and nothing else, and what is gone is gone',
  ])('%s, with Basic', async (name) => {
    const clause = CLAUSES.find((one) => one.name === name)
    await expect(
      clause?.holds(await freshOver('basic')(), { fresh: freshOver('basic') }),
    ).resolves.toBeUndefined()
  })

  it('lets in who has the password, and nobody else', async () => {
    const whoCame = (way: Way, credentials?: Credentials) =>
      codeOf(at(way, undefined, credentials).put(OBJECT, noise(10)))
    for (const way of ['basic', 'digest'] as const) {
      expect(await whoCame(way)).toBe('none')
      expect(await whoCame(way, { user, password: 'wrong' })).toBe('store-credentials')
      expect(await whoCame(way, { user: 'somebody', password })).toBe('store-credentials')
      expect(await whoCame(way, {})).toBe('credentials-missing')
    }
    expect(await whoCame('open', {})).toBe('none')
    expect(await whoCame('open')).toBe('none')
  })

  it('loses no more than the object that was on its way when the server is killed, and comes back', async () => {
    const folder = server.folder()
    const store = at('digest', folder)
    await store.put('objects/first.age', noise(1000))
    const files = () => readdirSync(join(folder, 'objects'))
    const sending = codeOf(store.put('objects/big.age', noise(64 * 1024 * 1024)))
    while (!files().some((name) => name !== 'first.age' && sizeOf(join(folder, 'objects', name)) > 0))
      await sleep(1)
    await server.kill()
    expect(await sending).toBe('store-unreachable')
    expect(await codeOf(store.get('objects/first.age'))).toBe('store-unreachable')
    expect(files()).not.toContain('big.age')

    await server.start()
    expect(await store.list('')).toEqual([{ key: 'objects/first.age', size: 1000 }])
    await store.put('objects/big.age', noise(1_000_000))
    expect((await store.get('objects/big.age')).length).toBe(1_000_000)
  })

  it('is as it was after a probe', async () => {
    const folder = server.folder()
    expect((await probe(at('basic', folder), { now: () => new Date() })).ok).toBe(true)
    expect(readdirSync(folder)).toEqual([])
  })

  it('clears away the parts that another machine left hours ago, and no others', async () => {
    const folder = server.folder()
    const store = at('basic', folder)
    for (const name of ['old.age.1.part', 'young.age.2.part']) await store.put(name, noise(10))
    await run('touch', ['-d', '@1', join(folder, 'old.age.1.part')])
    expect(await store.list('')).toEqual([])
    expect(readdirSync(folder)).toHaveLength(2)
    await store.put('new.age', noise(10))
    expect(readdirSync(folder).sort()).toEqual(['new.age', 'young.age.2.part'])
  })

  it('comes to the end of a listing where folders do not', async () => {
    const store = at('basic', server.folder())
    await store.put(`${'deeper/'.repeat(16)}x`, noise(10))
    expect(await codeOf(store.list(''))).toBe('store-unreachable')
  })

  it('reads where it may not write, and says that it may not', async () => {
    const folder = server.folder()
    await at('open', folder).put(OBJECT, noise(10))
    const store = at('fixed', folder)
    expect(Uint8Array.from(await store.get(OBJECT))).toEqual(noise(10))
    expect((await store.list('')).length).toBe(1)
    expect(await codeOf(store.put('other.age', noise(10)))).toBe('store-denied')
    expect(await codeOf(store.remove(OBJECT))).toBe('store-denied')
  })

  it('says that a disk is full, and takes a smaller object', async () => {
    const folder = server.folder()
    const { code } = await outcome('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=777', 'none', folder])
    if (code !== 0)
      return leaveOut('WebDAV to a full disk', { because: 'no disk can be mounted here', evenInCi: true })
    try {
      const store = at('open', folder)
      expect(await codeOf(store.put('big.age', noise(2_000_000)))).toBe('store-full')
      await store.put('small.age', noise(100_000))
      expect((await store.get('small.age')).length).toBe(100_000)
      expect(await store.list('')).toEqual([{ key: 'small.age', size: 100_000 }])
    } finally {
      await run('umount', ['-l', folder])
    }
  })

  /** The real server, seen through one that answers some requests itself. */
  const between = async (answer: (request: IncomingMessage) => number | undefined) => {
    const proxy = createServer((request, response) => {
      const status = answer(request)
      if (status !== undefined) {
        request.resume()
        request.on('end', () => response.writeHead(status, { location: '/elsewhere' }).end('no'))
        return
      }
      const { method, url, headers } = request
      const destination = headers.destination?.toString().replace(/:\d+/, `:${server.port}`)
      const passed = { ...headers, ...(destination ? { destination } : {}), host: `127.0.0.1:${server.port}` }
      const on = send({ port: server.port, method, path: url, headers: passed }, (found) => {
        response.writeHead(found.statusCode ?? 0, found.headers)
        found.pipe(response)
      })
      request.pipe(on)
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    closing.push(() => proxy.close())
    return (proxy.address() as AddressInfo).port
  }
  const closing: (() => void)[] = []
  afterAll(() => {
    for (const close of closing) close()
  })
  const through = (port: number, folder: string) =>
    storeAt(server.url(folder, 'digest').replace(/:\d+/, `:${port}`), right)

  it('puts and reads back where the server cannot move', async () => {
    const asked: string[] = []
    const port = await between(({ method = '' }) => {
      asked.push(method)
      return method === 'MOVE' ? 405 : undefined
    })
    const folder = server.folder()
    const store = through(port, folder)
    await store.put(OBJECT, noise(1000))
    await store.put(OBJECT, noise(500))
    expect(Uint8Array.from(await store.get(OBJECT))).toEqual(noise(500))
    expect(readdirSync(join(folder, 'objects/ab'))).toEqual(['abcdef.age'])
    expect(asked.filter((method) => method === 'MOVE')).toHaveLength(1)
  })

  it.each([
    [507, 'store-full'],
    [403, 'store-denied'],
    [301, 'store-unreachable'],
    [302, 'store-unreachable'],
    [413, 'store-unreachable'],
    [423, 'store-unreachable'],
    [429, 'store-unreachable'],
    [500, 'store-unreachable'],
    [503, 'store-unreachable'],
    [200, 'store-unreachable'],
  ])('takes status %i for %s', async (status, code) => {
    const isOurs = ({ headers, method }: IncomingMessage) => headers.depth !== '0' && method !== 'GET'
    const port = await between((request) => (isOurs(request) ? status : undefined))
    const store = through(port, server.folder())
    expect(await codeOf(store.list(''))).toBe(code)
    if (status !== 200) expect(await codeOf(store.put(OBJECT, noise(10)))).toBe(code)
  })

  it('says that no WebDAV server answers', async () => {
    const port = await between(() => 404)
    expect(await codeOf(through(port, server.folder()).get(OBJECT))).toBe('store-unreachable')
    expect(await codeOf(storeAt('http://127.0.0.1:1/dav', right).get(OBJECT))).toBe('store-unreachable')
  })
})

describe.runIf(await present(apacheDav))('a vault on the real Apache', async () => {
  const server: ApacheDav = await startApacheDav()
  afterAll(() => server.stop())

  const toml = (password: string) => `user = "${server.user}"\npassword = "${password}"\n`
  const serveAt = (folder: string, way: Way = 'digest') =>
    serve({ url: server.url(folder, way), toml: toml(server.password) })

  it('goes through a wrong password', async () => {
    const served = await serveAt(server.folder(), 'basic')
    await goThrough(served, {
      breaks: () => served.useCredentials(toml('wrong')),
      mends: () => served.useCredentials(toml(server.password)),
      state: 'refused',
      code: 'store-credentials',
    })
  })

  it('goes through a disk that is full', async () => {
    await goThroughFullDisk('a vault over WebDAV', server.folder(), serveAt)
  })

  it('goes through the death of the server in the middle of an upload', async () => {
    await goThrough(await serveAt(server.folder()), killed(server))
  })
})

describe('requests over HTTP', () => {
  const serving = async (
    answer: (request: IncomingMessage) => readonly [number, Record<string, string>, string],
  ) => {
    const server = createServer((request, response) => {
      const [status, headers, body] = answer(request)
      request.resume().on('end', () => response.writeHead(status, headers).end(body))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    afterAll(() => server.close())
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  }

  it('take a new nonce when the server finds theirs too old, and no third one', async () => {
    let nonce = 1
    let asked = 0
    const challenge = () => ({
      'www-authenticate': `Digest realm="r", qop="auth", nonce="${nonce}", stale=true`,
    })
    const root = await serving(({ headers: { authorization = '' } }) => {
      asked += 1
      return authorization.includes(`nonce="${nonce}"`) ? [200, {}, 'in'] : [401, challenge(), 'out']
    })
    const { ask } = davRequests({ store: 'cloud', root, login: { user: 'u', password: 'p' } })
    const get = { method: 'GET', url: root, limit: 10 }
    expect((await ask(get)).status).toBe(200)
    nonce = 2
    expect((await ask(get)).status).toBe(200)
    expect(asked).toBe(4)
    const closed = await serving(() => [401, challenge(), 'out'])
    const other = davRequests({ store: 'cloud', root: closed, login: { user: 'u', password: 'p' } })
    expect(await codeOf(other.ask({ ...get, url: closed }))).toBe('store-credentials')
  })

  it('go to no server whose certificate is not known', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cairn-tls-'))
    const [key, cert] = [join(folder, 'key'), join(folder, 'cert')]
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
    await run('openssl', ['req', '-x509', ...curve, '-keyout', key, '-out', cert, '-subj', '/CN=localhost'])
    const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) =>
      response.end(),
    )
    rmSync(folder, { recursive: true })
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    const url = `https://localhost:${(server.address() as AddressInfo).port}/dav`
    const reason = 'its certificate is not one that this computer trusts'
    await expect(storeAt(url).get(OBJECT)).rejects.toMatchObject({
      code: 'store-unreachable',
      details: { reason },
    })
    server.close()
  })

  it('end when an answer is longer than it may be', async () => {
    const root = await serving(() => [200, {}, 'eleven byte'])
    const { ask } = davRequests({ store: 'cloud', root, login: undefined })
    expect((await ask({ method: 'GET', url: root, limit: 11 })).body).toHaveLength(11)
    expect(await codeOf(ask({ method: 'GET', url: root, limit: 10 }))).toBe('store-lies')
  })
})

describe('the URL of a WebDAV store', () => {
  it('is a host and a folder', () => {
    expect(parseDavUrl('https://me%40home@cloud/remote.php/dav/files/me/b%C3%BCcher/')).toEqual({
      origin: 'https://cloud',
      folders: ['remote.php', 'dav', 'files', 'me', 'bücher'],
      user: 'me@home',
      isPlain: false,
    })
  })

  it.each([
    ['https://me:secret@cloud/dav', 'secret-argument'],
    ['https://cloud/dav?x=1', 'usage'],
    ['https://cloud/dav#x', 'usage'],
    ['https://cloud/d%ffav', 'usage'],
    ['https:///', 'usage'],
  ])('%s is refused', async (url, code) => {
    expect(await codeOf((async () => parseDavUrl(url))())).toBe(code)
  })

  it.each([
    'http://cloud.invalid/dav',
    'http://127.0.0.1.cloud.invalid/dav',
    'http://localhost.cloud.invalid/',
  ])('keeps a password from %s, unless told otherwise', async (url) => {
    const login = { user: 'u', password: 'p' }
    expect(await codeOf(storeAt(url, login).get('a'))).toBe('password-plain')
    expect(await codeOf(storeAt(url, { ...login, plain_http: 'allowed' }).get('a'))).toBe('store-unreachable')
    expect(await codeOf(storeAt(url).get('a'))).toBe('store-unreachable')
  })
})

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
