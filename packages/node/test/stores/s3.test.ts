/** S3 against Ceph's gateway; how other services word it is in s3/answers.test.ts. */
import { utf8 } from '@cairn/core/bytes.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ceph, type Gateway, startCeph, type User } from '../../../../test/peers/ceph.js'
import { present } from '../../../../test/peers/peer.js'
import { askAsOwner, type Sent } from '../../../../test/peers/s3-owner.js'
import type { Opening } from '../../src/stores/opening.js'
import { s3Store } from '../../src/stores/s3.js'
import type { Store } from '../../src/stores/store.js'
import { goThrough, killed, type Served, serve } from '../vault/served.js'
import { codeOf, noise, storeContract } from './contract.js'

let gateway: Gateway
let [alice, bob] = [] as unknown as [User, User]
let buckets = 0

interface Options {
  readonly user?: User
  readonly bucket?: string
  readonly prefix?: string
  readonly endpoint?: string
  readonly now?: () => Date
}

function open({
  user = alice,
  bucket = 'vault',
  prefix = '',
  endpoint = gateway.endpoint,
  now,
}: Options = {}) {
  const opening: Opening = {
    name: 'cloud',
    // small pages, so that every listing has several
    url: `s3://${bucket}/${prefix}?endpoint=${endpoint}&page=7`,
    credentials: async () => ({ access_key: user.access, secret_key: user.secret }),
    ports: { now: now ?? (() => new Date()) } as Opening['ports'],
  }
  return s3Store(opening)
}

const set = (request: string, sent?: Sent) =>
  askAsOwner({ endpoint: gateway.endpoint, ...alice }, request, sent)

async function makeBucket(headers: Record<string, string> = {}): Promise<string> {
  const bucket = `bucket-${buckets++}`
  await set(`PUT ${bucket}`, { headers })
  return bucket
}

const deny = (bucket: string, actions: readonly string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: actions,
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      },
    ],
  })

describe.runIf(await present(ceph))('S3', () => {
  beforeAll(async () => {
    gateway = await startCeph()
    alice = await gateway.addUser('alice')
    bob = await gateway.addUser('bob')
    await set('PUT vault')
  })
  afterAll(() => gateway?.stop())

  storeContract('S3', {
    fresh: async () => {
      const prefix = `place ${buckets++}/in+it`
      const store = await open({ prefix })
      const again = await open({ prefix })
      return { store, again: () => again }
    },
    failing: {
      'store-unreachable': () => open({ endpoint: 'http://127.0.0.1:9' }),
      'store-denied': () => open({ user: bob }),
      'store-full': async () => {
        const bucket = await makeBucket()
        const limits = ['--quota-scope=bucket', '--uid=alice', `--bucket=${bucket}`, '--max-objects=0']
        await gateway.admin(['quota', 'set', ...limits])
        await gateway.admin(['quota', 'enable', ...limits.slice(0, 3)])
        return open({ bucket })
      },
    },
  })

  it('tells wrong keys, a missing bucket and a clock that is wrong from each other', async () => {
    const all = async (store: Store) => {
      const calls = [
        () => store.get('a'),
        () => store.put('a', utf8('x')),
        () => store.list(''),
        () => store.remove('a'),
      ]
      const codes = []
      for (const call of calls) codes.push(await codeOf(call()))
      return new Set(codes)
    }
    const wrong = await open({ user: { ...alice, secret: 'wrong' } })
    expect(await all(wrong)).toEqual(new Set(['store-credentials']))
    const unknown = await open({ user: { ...alice, access: 'NOBODY' } })
    expect(await all(unknown)).toEqual(new Set(['store-credentials']))
    expect(await all(await open({ bucket: 'no-such-bucket' }))).toEqual(new Set(['store-bucket']))
    const late = await open({ now: () => new Date(Date.now() - 3_600_000) })
    expect(await all(late)).toEqual(new Set(['store-clock']))
    await expect(late.list('')).rejects.toMatchObject({ details: { minutes: 60 } })
  })

  it('says that nothing was removed where a policy denies it, and what is there stays', async () => {
    const bucket = await makeBucket()
    await set(`PUT ${bucket}?policy=`, { body: deny(bucket, ['s3:DeleteObject']) })
    const store = await open({ bucket })
    await store.put('heads/a/1.json', utf8('a head'))
    expect(await codeOf(store.remove('heads/a/1.json'))).toBe('store-denied')
    expect(await store.get('heads/a/1.json')).toEqual(Buffer.from('a head'))
  })

  describe('tells', () => {
    const settings = async (bucket: string) => (await open({ bucket })).look?.()
    const versioning = (status: string) =>
      `<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>${status}</Status></VersioningConfiguration>`

    it('of a new bucket that it keeps no versions, locks nothing and is closed', async () => {
      expect(await settings(await makeBucket())).toMatchObject({
        versioning: 'off',
        lock: 'off',
        public: 'off',
      })
    })

    it('whether old versions are kept', async () => {
      const bucket = await makeBucket()
      await set(`PUT ${bucket}?versioning=`, { body: versioning('Enabled') })
      expect(await settings(bucket)).toMatchObject({ versioning: 'on', lock: 'off' })
      await set(`PUT ${bucket}?versioning=`, { body: versioning('Suspended') })
      expect(await settings(bucket)).toMatchObject({ versioning: 'off', lock: 'off' })
    })

    it('whether nothing can be removed; what is written over is kept', async () => {
      const bucket = await makeBucket({ 'x-amz-bucket-object-lock-enabled': 'true' })
      expect(await settings(bucket)).toMatchObject({ versioning: 'on', lock: 'on', public: 'off' })
      const locked = await open({ bucket })
      await locked.put('a', noise(100))
      await locked.put('a', noise(200))
      expect((await locked.get('a')).length).toBe(200)
    })

    it.each(['public-read', 'public-read-write', 'authenticated-read'])(
      'that it is open to everybody by its list: %s',
      async (acl) => {
        const bucket = await makeBucket()
        await set(`PUT ${bucket}?acl=`, { headers: { 'x-amz-acl': acl } })
        expect(await settings(bucket)).toMatchObject({ public: 'on' })
        await set(`PUT ${bucket}?acl=`, { headers: { 'x-amz-acl': 'private' } })
        expect(await settings(bucket)).toMatchObject({ public: 'off' })
      },
    )

    it('that it is open to everybody by its policy', async () => {
      const bucket = await makeBucket()
      const open = {
        Effect: 'Allow',
        Principal: '*',
        Action: ['s3:GetObject'],
        Resource: [`arn:aws:s3:::${bucket}/*`],
      }
      await set(`PUT ${bucket}?policy=`, {
        body: JSON.stringify({ Version: '2012-10-17', Statement: [open] }),
      })
      expect(await settings(bucket)).toMatchObject({ public: 'on' })
      await set(`DELETE ${bucket}?policy=`)
      expect(await settings(bucket)).toMatchObject({ public: 'off' })
    })
  })

  it('passes over what a console leaves to show a folder', async () => {
    const bucket = await makeBucket()
    await set(`PUT ${bucket}/heads/`)
    const store = await open({ bucket })
    await store.put('heads/a/1.json', utf8('x'))
    expect(await store.list('heads/')).toEqual([{ key: 'heads/a/1.json', size: 1 }])
  })

  describe('with a vault in it', () => {
    let served: Served
    const toml = (user: User) => `access_key = "${user.access}"\nsecret_key = "${user.secret}"\n`
    const scope = ['--quota-scope=bucket', '--uid=alice', '--bucket=vault-in-trouble']
    const policy = (actions: readonly string[]) => async () =>
      set('PUT vault-in-trouble?policy=', { body: deny('vault-in-trouble', actions) })
    const noPolicy = () => set('DELETE vault-in-trouble?policy=')
    beforeAll(async () => {
      await set('PUT vault-in-trouble')
      const url = `s3://vault-in-trouble/cairn?endpoint=${gateway.endpoint}&page=7`
      served = await serve({ url, toml: toml(alice) })
    })

    it.each([
      {
        what: 'a wrong key',
        breaks: () => served.useCredentials(toml({ ...alice, secret: 'wrong' })),
        mends: () => served.useCredentials(toml(alice)),
        state: 'refused' as const,
        code: 'store-credentials' as const,
      },
      {
        what: 'a key that was revoked',
        breaks: () => gateway.admin(['user', 'suspend', '--uid=alice']),
        mends: () => gateway.admin(['user', 'enable', '--uid=alice']),
        state: 'refused' as const,
        code: 'store-credentials' as const,
      },
      {
        what: 'a clock that is an hour off',
        breaks: async () => served.setClock(-3_600_000),
        mends: async () => served.setClock(0),
        state: 'refused' as const,
        code: 'store-clock' as const,
      },
      {
        what: 'a quota that is used up',
        breaks: async () => {
          await gateway.admin(['quota', 'set', ...scope, '--max-objects=1'])
          await gateway.admin(['quota', 'enable', ...scope])
        },
        mends: () => gateway.admin(['quota', 'disable', ...scope]),
        state: 'unreachable' as const,
        code: 'store-full' as const,
      },
      {
        what: 'a policy that lets nothing be written',
        breaks: policy(['s3:PutObject']),
        mends: noPolicy,
        state: 'unreachable' as const,
        code: 'store-denied' as const,
      },
      {
        what: 'a policy that lets nothing be removed, which a backup does not need',
        breaks: policy(['s3:DeleteObject', 's3:DeleteObjectVersion']),
        mends: noPolicy,
        state: 'saved' as const,
      },
    ])('goes through $what', ({ what: _what, ...trouble }) => goThrough(served, trouble))

    it('goes through the death of the gateway in the middle of an upload', () =>
      goThrough(served, killed({ kill: () => gateway.kill(), start: () => gateway.restart() })))
  })

  // the last one: for half a minute after it the gateway waits for its dead self at each new bucket
  it('keeps what was there when the gateway is killed in the middle of an upload, and goes on when it is back', async () => {
    const store = await open({ prefix: 'killed' })
    await store.put('older', noise(1000))
    const uploads = [1, 2, 3].map((i) => codeOf(store.put('newer', noise(40_000_000 + i))))
    await gateway.kill()
    for (const upload of uploads) expect(await upload).toBe('store-unreachable')
    expect(await codeOf(store.list(''))).toBe('store-unreachable')
    await gateway.restart()
    expect(await store.list('')).toEqual([{ key: 'older', size: 1000 }])
    await store.put('newer', noise(500))
    expect((await store.list('')).length).toBe(2)
  })
})
