import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { codeOf, codeOfRejection } from '../../../core/test/refusal.js'
import { rpcClient } from '../../src/sources/bitcoin-rpc/client.js'
import { parseRpcSpec } from '../../src/sources/bitcoin-rpc/spec.js'
import { bitcoinRpcSource } from '../../src/sources/bitcoin-rpc.js'
import { openSource } from '../../src/sources/open.js'
import { collect } from '../../src/sources/source.js'

const folder = mkdtempSync(join(tmpdir(), 'cairn-rpc-'))
afterAll(() => rmSync(folder, { recursive: true }))
const cookie = join(folder, '.cookie')
writeFileSync(cookie, '__cookie__:secret-of-the-node', { mode: 0o600 })

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function listen(answer: RequestListener): Promise<number> {
  const started = createServer(answer)
  server = started
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  const address = started.address()
  return typeof address === 'object' && address ? address.port : 0
}

interface Asked {
  readonly method: string
  readonly params: readonly unknown[]
}

/** A node of which only what matters is there: results by method, or errors by their code. */
async function pretend(
  results: Readonly<Record<string, unknown>>,
): Promise<{ port: number; asked: Asked[] }> {
  const asked: Asked[] = []
  const port = await listen((request, response) => {
    let body = ''
    request.on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      const call = JSON.parse(body) as Asked
      asked.push(call)
      const given = results[call.method]
      const result = typeof given === 'function' ? given(...call.params) : given
      const error =
        result instanceof Error ? { code: Number(result.message), message: 'the secret of the node' } : null
      response
        .writeHead(error ? 500 : 200)
        .end(JSON.stringify({ result: error ? null : result, error, id: 'cairn' }))
    })
  })
  return { port, asked }
}

const wallet = Buffer.from('what the node wrote')
const healthy = {
  backupwallet: (path: string) => {
    writeFileSync(path, wallet)
    return null
  },
  getblockcount: 140,
  getbalances: { mine: { trusted: 1.4, untrusted_pending: 0.01, immature: 0.07, used: 0.03 } },
  listsinceblock: { transactions: [] },
}
const specOf = (port: number, more = '') =>
  `bitcoin-rpc:http://127.0.0.1:${port}/wallet/mine?cookie=${cookie}${more}`
const openAt = (port: number, more?: string) => bitcoinRpcSource(specOf(port, more)).open()
const leftovers = () => readdirSync(folder).filter((name) => name.startsWith('cairn-copy-'))

describe('the name of a wallet of a running node', () => {
  const parse = (rest: string) => parseRpcSpec(`bitcoin-rpc:${rest}`)

  it('says which node, which wallet and where its password lies', () => {
    expect(parse('http://127.0.0.1:18443/wallet/my%20savings?cookie=/a+b/.cookie&folder=/copies')).toEqual({
      host: '127.0.0.1',
      port: 18443,
      wallet: 'my savings',
      credentials: '/a+b/.cookie',
      isCookie: true,
      folder: '/copies',
    })
    expect(parse('http://[::1]?password-file=/etc/node')).toMatchObject({
      host: '::1',
      port: 8332,
      wallet: null,
      credentials: '/etc/node',
      isCookie: false,
    })
  })

  it('knows the usual cookie of each network', () => {
    expect(parse('http://localhost').credentials).toMatch(/[Bb]itcoin\/\.cookie$/)
    expect(parse('http://localhost:38332').credentials).toMatch(/[Bb]itcoin\/signet\/\.cookie$/)
    expect(codeOf(() => parse('http://localhost:9999'))).toBe('usage')
  })

  it('takes no node on another computer', () => {
    const hosts = [
      'http://192.168.0.2',
      'http://example.org',
      'http://localhost.example.org',
      'https://127.0.0.1',
    ]
    expect(hosts.map((host) => codeOf(() => parse(`${host}/?cookie=/c`)))).toEqual(hosts.map(() => 'usage'))
    expect(parse('http://2130706433?cookie=/c').host).toBe('127.0.0.1') // the same address as one number
  })

  it('takes no password in it', () => {
    expect(codeOf(() => parse('http://user:hunter2@127.0.0.1:8332/'))).toBe('secret-argument')
  })

  it('refuses what it does not know', () => {
    const wrong = [
      '',
      'x',
      'http://127.0.0.1/other',
      'http://127.0.0.1?cookie=relative',
      'http://127.0.0.1?x=/y',
    ]
    expect(wrong.map((rest) => codeOf(() => parse(rest)))).toEqual(wrong.map(() => 'usage'))
    expect(codeOf(() => parse('http://127.0.0.1/wallet/%zz'))).toBe('usage')
  })

  it('is told apart from a path', () => {
    expect(openSource('/some/path').spec).toBe('/some/path')
    expect(openSource(specOf(1)).spec).toBe(specOf(1))
  })
})

describe('a copy that the node writes', () => {
  it('is read, with what the node tells, and nothing of it is left while it is read', async () => {
    const { port, asked } = await pretend(healthy)
    const view = await openAt(port)
    expect(leftovers()).toEqual([])
    expect(view.told).toEqual({
      tip: 140,
      balance: { confirmed: '150000000', unconfirmed: '1000000' },
      transactions: [],
    })
    expect(await collect(view, 1000)).toEqual([{ path: 'wallet.dat', bytes: new Uint8Array(wallet) }])
    await view.close()
    expect(asked[0]?.method).toBe('backupwallet')
    expect(asked[0]?.params[0]).toMatch(new RegExp(`^${folder}/cairn-copy-\\w{6}/wallet\\.dat$`))
  })

  it('is written into a folder for this user alone', async () => {
    let mode = 0
    const { statSync } = await import('node:fs')
    const { port } = await pretend({
      ...healthy,
      backupwallet: (path: string) => {
        mode = statSync(join(path, '..')).mode & 0o777
        return healthy.backupwallet(path)
      },
    })
    await (await openAt(port)).close()
    expect(mode).toBe(0o700)
  })

  it('goes away when the node fails afterwards', async () => {
    const { port } = await pretend({ ...healthy, getbalances: new Error('-1') })
    expect(await codeOfRejection(() => openAt(port))).toBe('node-refused')
    expect(leftovers()).toEqual([])
  })

  it('goes away when an earlier run was killed, and a running one keeps its own', async () => {
    const [old, young] = [join(folder, 'cairn-copy-killed'), join(folder, 'cairn-copy-running')]
    for (const path of [old, young]) mkdirSync(path)
    utimesSync(old, 0, 0)
    const { port } = await pretend(healthy)
    await (await openAt(port)).close()
    expect(leftovers()).toEqual(['cairn-copy-running'])
    rmSync(young, { recursive: true })
  })

  it('is missed when the node wrote it elsewhere, as from a container', async () => {
    const { port } = await pretend({ ...healthy, backupwallet: null })
    await expect(openAt(port)).rejects.toThrow('does not see it')
  })

  it('has heights, and no amounts of what was given up', async () => {
    const entry = { category: 'send', confirmations: 3, blockheight: 138, abandoned: false }
    const txid = (letter: string) => letter.repeat(64)
    const { port } = await pretend({
      ...healthy,
      listsinceblock: {
        transactions: [
          { ...entry, txid: txid('a'), amount: -0.11, fee: -0.0000262 },
          { ...entry, txid: txid('a'), amount: -0.0000001, fee: -0.0000262 },
          { ...entry, txid: txid('b'), amount: 0.5, confirmations: 0, blockheight: undefined },
          { ...entry, txid: txid('c'), amount: -1, fee: -0.1, confirmations: -2, blockheight: undefined },
          {
            ...entry,
            txid: txid('d'),
            amount: -1,
            confirmations: 0,
            blockheight: undefined,
            replaced_by_txid: txid('e'),
          },
        ],
      },
    })
    const view = await openAt(port)
    expect(view.told?.transactions).toEqual([
      { txid: txid('a'), height: 138, delta: '-11002630', fee: '2620' },
      { txid: txid('b'), delta: '50000000' },
      { txid: txid('c') },
      { txid: txid('d') },
    ])
    await view.close()
  })
})

describe('a node that does not help', () => {
  it('is unreachable when nothing listens, and when it has no cookie', async () => {
    const { port } = await pretend(healthy)
    server?.close()
    server?.closeAllConnections()
    expect(await codeOfRejection(() => openAt(port))).toBe('node-unreachable')
    const absent = `bitcoin-rpc:http://127.0.0.1:${port}?cookie=${folder}/absent/.cookie`
    expect(await codeOfRejection(() => bitcoinRpcSource(absent).open())).toBe('node-unreachable')
  })

  it.each([
    [-28, 'node-unreachable', 'does not answer'],
    [-18, 'node-refused', 'no wallet of this name'],
    [-19, 'node-refused', 'several wallets'],
    [-4, 'node-refused', 'could not write'],
    [-32601, 'node-refused', 'without wallets'],
    [-8, 'node-refused', 'error -8'],
  ])('answers %i: %s', async (code, expected, words) => {
    const { port } = await pretend({ ...healthy, backupwallet: new Error(String(code)) })
    expect(await codeOfRejection(() => openAt(port))).toBe(expected)
    await expect(openAt(port)).rejects.toThrow(words)
    await expect(openAt(port)).rejects.not.toThrow('secret')
    expect(leftovers()).toEqual([])
  })

  it.each([
    [401, 'the password is wrong'],
    [403, 'rpcallowip'],
  ])('answers with HTTP %i', async (status, words) => {
    const port = await listen((_, response) => response.writeHead(status).end())
    await expect(openAt(port)).rejects.toThrow(words)
  })

  it.each(['', 'no JSON', '[]', '{}', 'null', '{"result'])('answers with %j', async (body) => {
    const port = await listen((_, response) => response.end(body))
    expect(await codeOfRejection(() => openAt(port))).toBe('node-unreachable')
  })

  it('sends another form than is known', async () => {
    const { port } = await pretend({ ...healthy, getblockcount: '140' })
    await expect(openAt(port)).rejects.toThrow('unknown form')
  })

  it('never ends, or sends too much', async () => {
    const endless = await listen((_, response) => {
      const more = () => response.write('x'.repeat(100_000), (error) => error || setImmediate(more))
      more()
    })
    const call = rpcClient({ host: '127.0.0.1', port: endless, wallet: null, credentials: 'a:b' })
    expect(await codeOfRejection(() => call('getblockcount'))).toBe('node-refused')
    server?.closeAllConnections()
    server?.close()
    const silent = await listen(() => {})
    const other = rpcClient({ host: '127.0.0.1', port: silent, wallet: null, credentials: 'a:b' })
    expect(await codeOfRejection(() => other('getblockcount', [], { timeoutMs: 50 }))).toBe(
      'node-unreachable',
    )
  })

  it('leaves heights out when the history is too long', async () => {
    const { port } = await pretend({
      ...healthy,
      listsinceblock: { transactions: [], filler: 'x'.repeat(65 * 1024 * 1024) },
    })
    const view = await openAt(port)
    expect(view.told?.transactions).toEqual([])
    await view.close()
  })

  it('is not sent what stands in a file that is no password', async () => {
    const { port, asked } = await pretend(healthy)
    const notes = join(folder, 'notes')
    writeFileSync(notes, 'a diary:\nwith lines', { mode: 0o600 })
    const spec = `bitcoin-rpc:http://127.0.0.1:${port}?password-file=${notes}`
    expect(await codeOfRejection(() => bitcoinRpcSource(spec).open())).toBe('usage')
    expect(asked).toEqual([])
  })

  it('is not asked with a password file that others can read', async () => {
    const { port, asked } = await pretend(healthy)
    const file = join(folder, 'password')
    writeFileSync(file, 'user:hunter2\n')
    const spec = `bitcoin-rpc:http://127.0.0.1:${port}?password-file=${file}&folder=${folder}`
    chmodSync(file, 0o644)
    expect(await codeOfRejection(() => bitcoinRpcSource(spec).open())).toBe('password-file-open')
    expect(asked).toEqual([])
    chmodSync(file, 0o600)
    await (await bitcoinRpcSource(spec).open()).close()
    expect(existsSync(asked[0]?.params[0] as string)).toBe(false)
  })
})
