/** `cairn store` and the vault on Ceph's S3 gateway: what goes well, and each way in which it goes wrong. */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ceph, type Gateway, startCeph, type User } from '../../../../test/peers/ceph.js'
import { present } from '../../../../test/peers/peer.js'
import { run as shell } from '../../../../test/peers/run.js'
import { askAsOwner, type Sent } from '../../../../test/peers/s3-owner.js'
import { run, useBuilt } from '../run.js'
import { type Made, makeVault } from '../vault.js'

let gateway: Gateway
let alice: User
let made: Made
let cwd: string

const url = (bucket: string) => `s3://${bucket}/cairn?endpoint=${gateway.endpoint}`

const set = (request: string, sent?: Sent) =>
  askAsOwner({ endpoint: gateway.endpoint, ...alice }, request, sent)

async function code(args: readonly string[], env: Record<string, string> = {}) {
  const { exit, json } = await made.json(args, { env })
  return [exit, (json as { error?: { code: string } }).error?.code]
}

const states = async () => {
  const { json } = await made.json(['backup'])
  return (json as { stores: { name: string; state: string }[] }).stores.map(({ state }) => state)
}

describe.runIf(await present(ceph))('a vault in a bucket', () => {
  useBuilt()
  beforeAll(async () => {
    gateway = await startCeph()
    alice = await gateway.addUser('alice')
    for (const bucket of ['vault', 'other', 'small', 'keeps']) await set(`PUT ${bucket}`)
    cwd = await mkdtemp(join(tmpdir(), 'cairn-cli-s3-'))
    made = await makeVault(cwd)
    const toml = (secret: string) => `access_key = "${alice.access}"\nsecret_key = "${secret}"\n`
    await writeFile(`${cwd}/keys.toml`, toml(alice.secret))
    await writeFile(`${cwd}/wrong.toml`, toml('not the secret'))
    await made.cairn(['backup'])
  })
  afterAll(async () => {
    await gateway?.stop()
    if (cwd) await rm(cwd, { recursive: true, force: true })
  })

  it('is refused where it cannot be, each time with its reason, and nothing has changed', async () => {
    const add = (bucket: string, file = 'keys.toml') => [
      'store',
      'add',
      'cloud',
      url(bucket),
      '--credentials-file',
      file,
    ]
    expect(await code(add('vault', 'wrong.toml'))).toEqual([5, 'store-credentials'])
    expect(await code(add('nowhere'))).toEqual([6, 'store-bucket'])
    expect(await code(['store', 'add', 'cloud', url('vault')])).toEqual([5, 'credentials-missing'])
    expect(await code(add('vault', 'absent.toml'))).toEqual([6, 'file-absent'])
    await set('PUT other/cairn/holiday.jpg', { body: 'somebody else' })
    expect(await code(add('other'))).toEqual([5, 'vault-exists'])
    const { json } = await made.json(['store', 'list'])
    expect((json as { stores: unknown[] }).stores).toHaveLength(1)
    const [id = ''] = await readdir(`${cwd}/home/vaults`)
    await expect(readdir(`${cwd}/home/vaults/${id}/credentials`)).resolves.toEqual([])
  })

  it('takes what was saved before, and is used from then on', async () => {
    const { exit, json } = await made.json([
      'store',
      'add',
      'cloud',
      url('vault'),
      '--credentials-file',
      'keys.toml',
    ])
    expect({ exit, json }).toMatchObject({
      exit: 0,
      json: { state: 'added', up_to_date: true, probe: { ok: true } },
    })
    expect(json).toMatchObject({ probe: { settings: { versioning: 'off', lock: 'off' } } })
    expect(await states()).toEqual(['saved', 'saved'])
    expect(await code(['check'])).toEqual([0, undefined])
    const config = await readFile(`${cwd}/vault/cairn.json`, 'utf8')
    expect(config).not.toContain(alice.secret)
    const [id = ''] = await readdir(`${cwd}/home/vaults`)
    const kept = `${cwd}/home/vaults/${id}/credentials/cloud.toml`
    expect((await stat(kept)).mode & 0o777).toBe(0o600)
  })

  it('is reviewed: what the provider says now is held against what it said before', async () => {
    const review = async () => {
      const { exit, json } = await made.json(['store', 'review', 'cloud'])
      return { exit, json: json as { changes: object[]; before: string; reviewed: string } }
    }
    const status = async () => {
      const { stores } = (await made.json(['status'])).json as {
        stores: { concerns: string[]; reviewed: string }[]
      }
      return stores[1] as { concerns: string[]; reviewed: string }
    }
    const allowed = ['deletes-allowed', 'overwrites-allowed']
    expect((await status()).concerns).toEqual(['versioning-off', 'lock-off', ...allowed])
    expect(await review()).toMatchObject({ exit: 0, json: { changes: [] } })
    const kept = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>'
    await set('PUT vault?versioning=', { body: kept })
    const better = await review()
    expect(better).toMatchObject({
      exit: 0,
      json: { changes: [{ what: 'versioning', before: 'off', now: 'on', worse: false }] },
    })
    await set('PUT vault?acl=', { headers: { 'x-amz-acl': 'public-read' } })
    expect(await review()).toMatchObject({
      exit: 8,
      json: {
        before: better.json.reviewed,
        changes: [{ what: 'public', before: 'off', now: 'on', worse: true }],
      },
    })
    expect((await status()).concerns).toEqual(['public', 'lock-off', ...allowed])
    const { out } = await made.cairn(['status'])
    expect(out).toMatch(/^cloud: open to the public, .*reviewed (?:just now|\d+ minutes? ago)/m)
    await set('PUT vault?acl=', { headers: { 'x-amz-acl': 'private' } })
    await set('PUT vault?versioning=', { body: kept.replace('Enabled', 'Suspended') })
    expect((await review()).json.changes).toHaveLength(2)
  })

  it('restores on a computer that never saw it, from the bucket alone', async () => {
    const [id = ''] = await readdir(`${cwd}/home/vaults`)
    const key = `${cwd}/computer.key`
    await writeFile(key, await readFile(`${cwd}/home/vaults/${id}/computer.key`))
    const args = [
      'restore',
      'savings',
      '--from',
      url('vault'),
      '--credentials-file',
      'keys.toml',
      '--to',
      'back',
    ]
    const factors = ['--sheet-file', 'sheet.txt', '--identity-file', key]
    const back = await run([...args, ...factors, '--json'], { cwd, home: `${cwd}/elsewhere` })
    expect(back.exit).toBe(0)
    expect(await readFile(`${cwd}/back/keystore.json`)).toEqual(await readFile(`${cwd}/keystore.json`))
  })

  it('is the first store of a new vault, once its place is proven', async () => {
    const home = `${cwd}/third`
    const factors = ['--no-input', '--factor', 'computer', '--factor', 'sheet', '--sheet-out', 'third.txt']
    const init = (bucket: string, file: string) =>
      run(['init', 'third-vault', ...factors, '--store', url(bucket), '--credentials-file', file, '--json'], {
        cwd,
        home,
      })
    await set('PUT other/cairn/holiday.jpg', { body: 'somebody else' })
    expect((await init('other', 'keys.toml')).exit).toBe(5)
    expect((await init('small', 'wrong.toml')).exit).toBe(5)
    await expect(readFile(`${cwd}/third.txt`)).rejects.toThrow('ENOENT') // no sheet of a vault that is not
    const made = await init('small', 'keys.toml')
    expect({ exit: made.exit, json: JSON.parse(made.out) }).toMatchObject({
      exit: 0,
      json: { store: url('small') },
    })
    expect((await run(['check'], { cwd, home })).exit).toBe(0)
  })

  it('refuses requests of another time, and the hint is to set the clock', async () => {
    const library = await shell('sh', ['-c', 'ls /usr/lib/*/faketime/libfaketime.so.1'])
    expect(await code(['store', 'probe', 'cloud'], { LD_PRELOAD: library, FAKETIME: '-2h' })).toEqual([
      5,
      'store-clock',
    ])
  })

  it('that is full gets no new snapshot and keeps the older ones', async () => {
    const scope = ['--quota-scope=bucket', '--uid=alice', '--bucket=vault']
    await gateway.admin(['quota', 'set', ...scope, '--max-objects=1'])
    await gateway.admin(['quota', 'enable', ...scope])
    await writeFile(`${cwd}/keystore.json`, `${await readFile(`${cwd}/keystore.json`, 'utf8')}\n`)
    const { exit, json } = await made.json(['backup'])
    expect(exit).toBe(8)
    expect(json).toMatchObject({ stores: [{ state: 'saved' }, { error: { code: 'store-full' } }] })
    await gateway.admin(['quota', 'disable', ...scope])
    expect(await states()).toEqual(['saved', 'saved'])
    expect(await code(['check'])).toEqual([0, undefined])
  })

  it('that lets nothing be removed is told so, and is no error', async () => {
    const Statement = [
      { Effect: 'Deny', Principal: '*', Action: ['s3:DeleteObject'], Resource: ['arn:aws:s3:::keeps/*'] },
    ]
    await set('PUT keeps?policy=', { body: JSON.stringify({ Version: '2012-10-17', Statement }) })
    const { exit, out, err } = await made.cairn([
      'store',
      'add',
      'keeps',
      url('keeps'),
      '--credentials-file',
      'keys.toml',
    ])
    expect(exit).toBe(0)
    expect(out).toMatch(/lets it be removed +refused/)
    expect(err).toContain('a thief cannot delete snapshots')
    expect(await states()).toEqual(['saved', 'saved', 'saved'])
    await made.cairn(['store', 'remove', 'keeps'])
  })

  it('gets its keys changed, and a revoked key is named', async () => {
    await gateway.admin(['user', 'suspend', '--uid=alice'])
    expect(await code(['store', 'probe', 'cloud'])).toEqual([5, 'store-credentials'])
    await gateway.admin(['user', 'enable', '--uid=alice'])
    const again = ['store', 'add', 'cloud', url('vault'), '--credentials-file']
    expect(await code([...again, 'wrong.toml'])).toEqual([5, 'store-credentials'])
    expect(await code(['store', 'probe', 'cloud'])).toEqual([0, undefined]) // the old ones are still there
    expect(await code([...again, 'keys.toml'])).toEqual([0, undefined])
  })

  it('is caught up when its gateway is back that was killed', async () => {
    await writeFile(`${cwd}/keystore.json`, `${await readFile(`${cwd}/keystore.json`, 'utf8')}\n`)
    await gateway.kill()
    expect(await states()).toEqual(['saved', 'unreachable'])
    const { exit, json } = await made.json(['status'])
    expect({ exit, json }).toMatchObject({
      exit: 8,
      json: {
        stores: [
          { behind: 0 },
          { behind: 1, failed: { code: 'store-unreachable' }, due: [{ why: 'behind' }] },
        ],
      },
    })
    await gateway.restart()
    expect(await states()).toEqual(['saved', 'saved'])
    expect(await code(['check'])).toEqual([0, undefined])
  })
})
