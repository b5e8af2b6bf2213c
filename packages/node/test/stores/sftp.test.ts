import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { leaveOut } from '../../../../test/left-out.js'
import { present } from '../../../../test/peers/peer.js'
import { outcome, run } from '../../../../test/peers/run.js'
import { type Sshd, sshd, startSshd } from '../../../../test/peers/sshd.js'
import { realDisk } from '../../src/disk.js'
import { systemKeychain } from '../../src/machine/keychain.js'
import type { Credentials } from '../../src/stores/credentials.js'
import { lazyStore } from '../../src/stores/lazy.js'
import { probe } from '../../src/stores/probe.js'
import { entriesOf } from '../../src/stores/sftp/files.js'
import { loginMethods } from '../../src/stores/sftp/login.js'
import { parseSftpUrl } from '../../src/stores/sftp/place.js'
import type { Done, Session } from '../../src/stores/sftp/session.js'
import { sftpStore } from '../../src/stores/sftp.js'
import type { Store } from '../../src/stores/store.js'
import { goThrough, goThroughFullDisk, killed, serve } from '../vault/served.js'
import { CLAUSES, codeOf, noise, storeContract } from './contract.js'

const OBJECT = 'objects/ab/abcdef.age'

interface At {
  readonly folder?: string
  readonly user?: string
  readonly credentials?: Credentials
  readonly port?: number
  /** Of the machine that opens it. */
  readonly hostKeys?: string
  readonly agent?: string
}

describe.runIf(await present(sshd))('over SFTP to the real sshd', async () => {
  const server: Sshd = await startSshd()
  const machine = mkdtempSync(join(tmpdir(), 'cairn-machine-'))
  afterAll(async () => {
    await server.stop()
    rmSync(machine, { recursive: true })
  })

  const key: Credentials = { key_file: server.keys.open }
  const storeAt = ({
    folder = server.folder(),
    user = 'cairn',
    credentials = key,
    ...at
  }: At = {}): Store => {
    const url = `sftp://${user}@127.0.0.1:${at.port ?? server.port}${folder}`
    const ssh = { hostKeys: at.hostKeys ?? join(machine, 'host-keys'), agent: at.agent }
    const ports = {
      disk: realDisk,
      wait: () => sleep(0),
      now: () => new Date(),
      ssh,
      keychain: systemKeychain,
    }
    return lazyStore({ name: 'nas', place: url }, () =>
      sftpStore({ name: 'nas', url, credentials: async () => credentials, ports }),
    )
  }
  const freshAs = (user: string) => async () => {
    const folder = server.folder()
    return { store: storeAt({ folder, user }), again: () => storeAt({ folder, user }) }
  }
  const locked = () => {
    const folder = server.folder()
    chmodSync(folder, 0)
    return storeAt({ folder })
  }

  storeContract('SFTP', {
    fresh: freshAs('cairn'),
    failing: {
      'store-unreachable': async () => storeAt({ folder: '/no/such/folder' }),
      'store-denied': async () => locked(),
    },
  })

  it.each([
    'takes other bytes under a key that is there, shorter or longer',
    'keeps one of several that write the same key at once, whole',
    'removes what it is told to and nothing else, and what is gone is gone',
  ])('%s, on a server without extensions', async (name) => {
    const clause = CLAUSES.find((one) => one.name === name)
    await expect(
      clause?.holds(await freshAs('plain')(), { fresh: freshAs('plain') }),
    ).resolves.toBeUndefined()
  })

  describe('lets in', () => {
    const { password, passphrase, keys } = server
    const whoCame = (credentials: Credentials, agent?: string) =>
      codeOf(storeAt({ credentials, ...(agent === undefined ? {} : { agent }) }).put(OBJECT, noise(10)))

    it('a key, one behind a passphrase, and a password', async () => {
      expect(await whoCame({ key_file: keys.open })).toBe('none')
      expect(await whoCame({ key_file: keys.sealed, passphrase })).toBe('none')
      expect(await whoCame({ password })).toBe('none')
      expect(await whoCame({ key_file: keys.foreign, password })).toBe('none')
    })

    it('the key of an agent, when no other is named', async () => {
      const socket = join(machine, 'agent')
      const agent = /SSH_AGENT_PID=(\d+)/.exec(await run('ssh-agent', ['-s', '-a', socket]))?.[1]
      try {
        expect(await whoCame({}, socket)).toBe('store-credentials')
        await run('ssh-add', ['-q', keys.open], { env: { SSH_AUTH_SOCK: socket } })
        expect(await whoCame({}, socket)).toBe('none')
      } finally {
        process.kill(Number(agent))
      }
    })

    it('nobody else', async () => {
      expect(await whoCame({ key_file: keys.foreign })).toBe('store-credentials')
      expect(await whoCame({ password: 'another stone' })).toBe('store-credentials')
      expect(await whoCame({})).toBe('credentials-missing')
      expect(await codeOf(storeAt({ user: '' }).get(OBJECT))).toBe('credentials-missing')
      expect(await whoCame({}, join(machine, 'no-agent'))).toBe('store-credentials')
      expect(await whoCame({ key_file: keys.sealed })).toBe('credentials-invalid')
      expect(await whoCame({ key_file: keys.sealed, passphrase: 'wrong' })).toBe('credentials-invalid')
      expect(await whoCame({ key_file: join(machine, 'no-key') })).toBe('credentials-invalid')
    })
  })

  it('takes the user from the credentials, and the folder from the home of the user', async () => {
    const folder = server.folder()
    const store = storeAt({
      user: '',
      folder: folder.replace(/^.*\/data/, '/~/data'),
      credentials: { ...key, user: 'cairn' },
    })
    await store.put(OBJECT, noise(10))
    expect(readdirSync(join(folder, 'objects/ab'))).toEqual(['abcdef.age'])
  })

  it('writes for its user alone', async () => {
    const folder = server.folder()
    await storeAt({ folder }).put(OBJECT, noise(10))
    expect(statSync(join(folder, OBJECT)).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'objects')).mode & 0o777).toBe(0o700)
  })

  it('knows the server again, and refuses another key', async () => {
    const hostKeys = mkdtempSync(join(machine, 'known-'))
    const folder = server.folder()
    const first = await server.hostKey()
    await storeAt({ folder, hostKeys }).put(OBJECT, noise(10))
    const kept = join(hostKeys, `127.0.0.1_${server.port}`)
    expect(await run('ssh-keygen', ['-lf', kept])).toContain(first)

    await server.kill()
    await server.start({ hostKey: 'new' })
    const second = await server.hostKey()
    const refused = storeAt({ folder, hostKeys }).get(OBJECT)
    await expect(refused).rejects.toMatchObject({
      code: 'host-key-changed',
      details: { known: first, found: second },
    })
    const withKey = (host_key: string) =>
      storeAt({ folder, hostKeys, credentials: { ...key, host_key } }).get(OBJECT)
    expect(await codeOf(withKey(first))).toBe('host-key-changed')
    expect(await codeOf(withKey(second))).toBe('none')

    rmSync(kept)
    expect(await codeOf(storeAt({ folder, hostKeys }).get(OBJECT))).toBe('none')
    writeFileSync(kept, 'nonsense')
    expect(await codeOf(storeAt({ folder, hostKeys }).get(OBJECT))).toBe('state-damaged')
    rmSync(join(machine, 'host-keys'), { recursive: true }) // they are of the key before
  })

  it('loses no more than the object that was on its way when the server is killed, and comes back', async () => {
    const warned: string[] = []
    process.on('warning', ({ message }) => warned.push(message))
    const folder = server.folder()
    const store = storeAt({ folder })
    await store.put('objects/first.age', noise(1000))
    const sending = codeOf(store.put('objects/big.age', noise(64 * 1024 * 1024)))
    const parts = () => readdirSync(join(folder, 'objects')).filter((name) => name.endsWith('.part'))
    while (!parts().some((name) => statSync(join(folder, 'objects', name)).size > 0)) await sleep(1)
    await server.kill()
    expect(await sending).toBe('store-unreachable')
    expect(await codeOf(store.get('objects/first.age'))).toBe('store-unreachable')
    expect(parts()).toHaveLength(1)

    await server.start()
    expect(await store.list('')).toEqual([{ key: 'objects/first.age', size: 1000 }])
    await store.put('objects/big.age', noise(1_000_000))
    expect((await store.get('objects/big.age')).length).toBe(1_000_000)
    expect(parts()).toEqual([])
    expect(warned).toEqual([])
  })

  it('is as it was after a probe', async () => {
    const folder = server.folder()
    expect((await probe(storeAt({ folder }), { now: () => new Date() })).ok).toBe(true)
    expect(readdirSync(folder)).toEqual([])
  })

  it('says of one file larger than anything in a vault that it cannot be read, and gives the others', async () => {
    const folder = server.folder()
    for (const name of ['vault.json', 'other']) writeFileSync(join(folder, name), 'x')
    truncateSync(join(folder, 'vault.json'), 2 ** 33)
    await run('chmod', ['a+r', join(folder, 'vault.json'), join(folder, 'other')])
    const store = storeAt({ folder })
    expect(await codeOf(store.get('vault.json'))).toBe('object-unreadable')
    expect([...(await store.get('other'))]).toEqual([0x78])
  })

  it('clears away the parts that another machine left hours ago, and no others', async () => {
    const folder = server.folder()
    for (const name of ['old.age.1.part', 'young.age.2.part']) writeFileSync(join(folder, name), 'x')
    await run('chown', ['--reference', folder, ...readdirSync(folder).map((name) => join(folder, name))])
    utimesSync(join(folder, 'old.age.1.part'), 1, 1)
    const store = storeAt({ folder })
    expect(await store.list('')).toEqual([])
    expect(readdirSync(folder)).toHaveLength(2)
    await store.put('new.age', noise(10))
    expect(readdirSync(folder).sort()).toEqual(['new.age', 'young.age.2.part'])
  })

  it('comes to the end of a listing where folders do not', async () => {
    const store = storeAt()
    await store.put(`${'deeper/'.repeat(16)}x`, noise(10))
    expect(await codeOf(store.list(''))).toBe('store-unreachable')
  })

  it('reads where it may not write, and says that it may not', async () => {
    const folder = server.folder()
    await storeAt({ folder }).put(OBJECT, noise(10))
    for (const store of [storeAt({ folder, user: 'reader' }), readOnly(folder)]) {
      expect(Uint8Array.from(await store.get(OBJECT))).toEqual(noise(10))
      expect(await codeOf(store.put('objects/other.age', noise(10)))).toBe('store-denied')
      expect(await codeOf(store.put('other.age', noise(10)))).toBe('store-denied')
      expect(await codeOf(store.remove(OBJECT))).toBe('store-denied')
    }
  })
  const readOnly = (folder: string) => {
    for (const path of [folder, join(folder, 'objects'), join(folder, 'objects/ab')]) chmodSync(path, 0o555)
    return storeAt({ folder })
  }

  it('says that a disk is full, and takes a smaller object', async () => {
    const folder = server.folder()
    const { code } = await outcome('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=777', 'none', folder])
    if (code !== 0)
      return leaveOut('SFTP to a full disk', { because: 'no disk can be mounted here', evenInCi: true })
    try {
      const store = storeAt({ folder })
      expect(await codeOf(store.put('big.age', noise(2_000_000)))).toBe('store-full')
      expect(readdirSync(folder)).toEqual([])
      await store.put('small.age', noise(100_000))
      expect((await store.get('small.age')).length).toBe(100_000)
    } finally {
      await run('umount', ['-l', folder])
    }
  })

  it('says that nobody answers, and that what answers is no SSH server', async () => {
    expect(await codeOf(storeAt({ port: 1 }).get(OBJECT))).toBe('store-unreachable')
    const other = createServer((socket) =>
      socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    )
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    expect(await codeOf(storeAt({ port }).get(OBJECT))).toBe('store-unreachable')
    other.close()
  })

  it('lets the process end', async () => {
    const module = new URL('../../dist/stores/open.js', import.meta.url)
    const folder = server.folder()
    const program = `
      import { openStore } from '${module}'
      const ssh = { hostKeys: '${join(machine, 'ends')}', agent: undefined }
      const disk = (await import('${new URL('../../dist/disk.js', import.meta.url)}')).realDisk
      const place = { name: 'nas', url: 'sftp://cairn@127.0.0.1:${server.port}${folder}', credentials: '${join(machine, 'credentials')}' }
      const store = openStore(place, { disk, ssh, wait: async () => {}, now: () => new Date() })
      await store.put('a', new Uint8Array(3))
      console.log((await store.list('')).length)`
    writeFileSync(join(machine, 'credentials'), `key_file = "${server.keys.open}"\n`)
    const started = Date.now()
    const ended = await outcome(process.execPath, ['--input-type=module', '--eval', program])
    expect({ ...ended, stdout: `${ended.stdout}` }).toEqual({ code: 0, stdout: '1\n', stderr: '' })
    expect(Date.now() - started).toBeLessThan(30_000) // it would wait a minute for the silence of the line
  })
})

describe.runIf(await present(sshd))('a vault on the real sshd', async () => {
  const server: Sshd = await startSshd()
  afterAll(() => server.stop())

  const key = '/home/state/key'
  const byKey = `key_file = "${key}"\n`
  const serveAt = (folder: string, toml = byKey) => {
    const files = {
      [key]: readFileSync(server.keys.open),
      [`${key}-foreign`]: readFileSync(server.keys.foreign),
    }
    return serve({ url: `sftp://cairn@127.0.0.1:${server.port}${folder}`, toml, files })
  }

  it.each([
    ['a wrong password', 'password = "another stone"\n', 'store-credentials'],
    ['a key that lets nobody in any more', `key_file = "${key}-foreign"\n`, 'store-credentials'],
    ['a key that is gone', 'key_file = "/home/state/no-key"\n', 'credentials-invalid'],
  ] as const)('goes through %s', async (_what, toml, code) => {
    const served = await serveAt(server.folder())
    const [breaks, mends] = [() => served.useCredentials(toml), () => served.useCredentials(byKey)]
    await goThrough(served, { breaks, mends, state: 'refused', code })
  })

  it('goes through a folder that may no longer be written to', async () => {
    const folder = server.folder()
    const served = await serveAt(folder)
    const all = () => [
      folder,
      ...readdirSync(folder, { recursive: true }).map((path) => join(folder, `${path}`)),
    ]
    const modes = (mode: number) => async () => {
      for (const path of all()) if (statSync(path).isDirectory()) chmodSync(path, mode)
    }
    await goThrough(served, {
      breaks: modes(0o555),
      mends: modes(0o755),
      state: 'unreachable',
      code: 'store-denied',
    })
  })

  it('goes through a disk that is full', async () => {
    await goThroughFullDisk('a vault over SFTP', server.folder(), serveAt)
  })

  it('goes through the death of the server in the middle of an upload', async () => {
    await goThrough(await serveAt(server.folder()), killed(server))
  })

  it('sends nothing to a server with another key, until its owner confirms it', async () => {
    const served = await serveAt(server.folder())
    await goThrough(served, {
      breaks: async () => {
        await server.kill()
        await server.start({ hostKey: 'new' })
      },
      mends: async () => served.useCredentials(`${byKey}host_key = "${await server.hostKey()}"\n`),
      state: 'refused',
      code: 'host-key-changed',
    })
  })
})

describe('the URL of an SFTP store', () => {
  it.each([
    ['sftp://a@nas/srv/cairn', { host: 'nas', port: 22, user: 'a', root: '/srv/cairn' }],
    ['sftp://a%40b@[::1]:2022/~/with%20space/', { host: '::1', port: 2022, user: 'a@b', root: 'with space' }],
    ['sftp://nas/~', { host: 'nas', port: 22, user: undefined, root: '.' }],
  ])('%s', (url, place) => expect(parseSftpUrl(url)).toEqual(place))

  it.each([
    ['sftp://a:secret@nas/srv', 'secret-argument'],
    ['sftp://a@nas', 'usage'],
    ['sftp://a@nas/', 'usage'],
    ['sftp:///srv', 'usage'],
    ['sftp://a@nas/srv?x=1', 'usage'],
    ['sftp://a@nas/s%00rv', 'usage'],
    ['sftp://a@nas/s%ffrv', 'usage'],
    ['sftp://a@nas:99999/srv', 'usage'],
  ])('%s is refused', async (url, code) => {
    expect(await codeOf((async () => parseSftpUrl(url))())).toBe(code)
  })
})

describe('a password over SSH', () => {
  const prompts = async (questions: { prompt: string; echo?: boolean }[]) => {
    const methods = await loginMethods({
      store: 'nas',
      user: 'a',
      credentials: { password: 'secret' },
      disk: realDisk,
      agent: undefined,
    })
    const asked = methods.find(({ type }) => type === 'keyboard-interactive')
    return new Promise(
      (resolve) => asked?.type === 'keyboard-interactive' && asked.prompt('', '', '', questions, resolve),
    )
  }

  it('answers the one hidden question of a server that asks, and no other', async () => {
    expect(await prompts([{ prompt: 'Password: ', echo: false }])).toEqual(['secret'])
    expect(await prompts([{ prompt: 'Your name? ', echo: true }])).toEqual([''])
    expect(
      await prompts([
        { prompt: 'Password: ', echo: false },
        { prompt: 'Code: ', echo: false },
      ]),
    ).toEqual(['', ''])
  })
})

describe('the names in a folder over SFTP', () => {
  /** A server that gives the same names again and again. */
  const endless = (names: readonly string[]): Session & { open: number } => {
    const sftp = {
      opendir: (_path: string, done: Done<Buffer>) => {
        session.open++
        done(null, Buffer.from('handle'))
      },
      readdir: (_handle: Buffer, done: Done<object[]>) =>
        done(
          null,
          names.map((filename) => ({ filename })),
        ),
      close: (_handle: Buffer, done: Done<void>) => {
        session.open--
        done(null)
      },
    }
    const session: Session & { open: number } = {
      open: 0,
      ask: (request) =>
        new Promise((resolve, reject) =>
          request(sftp as never, (error, result) => (error ? reject(error) : resolve(result as never))),
        ),
    }
    return session
  }

  it.each([
    ['many', ['a', 'b']],
    ['no', []],
    ['odd', ['../a', '']],
  ])('are not read without end, when each answer has %s names', async (_, names) => {
    const server = endless(names)
    let left = 1000
    const came = (count: number) => {
      left -= count
      if (left < 0) throw new Error('too many')
    }
    await expect(entriesOf(server, '/folder', came)).rejects.toThrow('too many')
    expect(server.open).toBe(0)
  })
})
