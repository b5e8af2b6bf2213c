/**
 * Ceph's S3 gateway on loopback: one monitor, one object store daemon that keeps everything in memory, one gateway,
 * in a folder of their own. Real where test servers pretend: signatures, clocks, policies, quotas, versions and locks
 * are enforced.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Peer } from './peer.js'
import { freePort } from './port.js'
import { run, which } from './run.js'

const PROGRAMS = ['ceph-mon', 'ceph-osd', 'ceph', 'ceph-authtool', 'monmaptool', 'radosgw', 'radosgw-admin']

export const ceph: Peer = {
  name: "Ceph's S3 gateway",
  install: 'Debian packages ceph-mon, ceph-osd, ceph-common, radosgw',
  available: async () => PROGRAMS.every((program) => which(program) !== null),
}

export interface User {
  readonly name: string
  readonly access: string
  readonly secret: string
}

export interface Gateway {
  readonly endpoint: string
  readonly addUser: (name: string) => Promise<User>
  /** `radosgw-admin` with these arguments: quotas, suspended users. */
  readonly admin: (args: readonly string[]) => Promise<string>
  /** Ends the gateway as a crash does; what it has acknowledged stays. */
  readonly kill: () => Promise<void>
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
}

export async function startCeph(): Promise<Gateway> {
  const dir = await mkdtemp(join(tmpdir(), 'cairn-ceph-'))
  const [mon, port] = [await freePort(), await freePort()]
  const conf = join(dir, 'ceph.conf')
  await writeFile(conf, configuration(dir, { mon, port }))
  for (const name of ['mon.a', 'osd.0', 'rgw']) await mkdir(join(dir, name))
  const children: ChildProcess[] = []
  const start = (program: string, args: readonly string[]) => {
    const child = spawn(program, ['-c', conf, '-f', ...args], { stdio: 'ignore' })
    children.push(child)
    return child
  }
  try {
    await makeCluster(dir, conf, mon)
    start('ceph-mon', ['-i', 'a'])
    const ceph = (...args: readonly string[]) =>
      run('ceph', [
        '-c',
        conf,
        '-k',
        join(dir, 'keyring'),
        '-n',
        'client.admin',
        '--connect-timeout',
        '30',
        ...args,
      ])
    const osd = (
      await ceph('osd', 'new', '11111111-1111-4111-8111-111111111111', '-i', join(dir, 'osd.secret'))
    ).trim()
    await run('ceph-osd', [
      '-c',
      conf,
      '-i',
      osd,
      '--mkfs',
      '--osd-uuid',
      '11111111-1111-4111-8111-111111111111',
    ])
    start('ceph-osd', ['-i', osd])
    return await startGateway({ dir, conf, port, children, start })
  } catch (error) {
    await end(children)
    await rm(dir, { recursive: true, force: true })
    throw error
  }
}

interface Cluster {
  readonly dir: string
  readonly conf: string
  readonly port: number
  readonly children: readonly ChildProcess[]
  readonly start: (program: string, args: readonly string[]) => ChildProcess
}

async function startGateway({ dir, conf, port, children, start }: Cluster): Promise<Gateway> {
  const endpoint = `http://127.0.0.1:${port}`
  const up = async () => {
    const child = start('radosgw', ['-n', 'client.admin', '-k', join(dir, 'keyring')])
    await answers(endpoint, child)
    return child
  }
  let gateway = await up()
  const admin = (args: readonly string[]) =>
    run('radosgw-admin', ['-c', conf, '-n', 'client.admin', '-k', join(dir, 'keyring'), ...args])
  return {
    endpoint,
    admin,
    addUser: async (name) => {
      const [access, secret] = [`ACCESS${name.toUpperCase()}`, `secret/of+${name}=`]
      const keys = ['--access-key', access, '--secret-key', secret]
      await admin(['user', 'create', `--uid=${name}`, `--display-name=${name}`, ...keys])
      return { name, access, secret }
    },
    kill: () => end([gateway]),
    restart: async () => {
      gateway = await up()
    },
    stop: async () => {
      await end(children)
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Keys and the first map of the monitor, as the manual deployment of Ceph's documentation makes them. */
async function makeCluster(dir: string, conf: string, mon: number): Promise<void> {
  const [monKeys, keyring, map] = [join(dir, 'mon.keyring'), join(dir, 'keyring'), join(dir, 'monmap')]
  const all = ['mon', 'osd', 'mgr'].flatMap((cap) => ['--cap', cap, 'allow *'])
  await run('ceph-authtool', [
    '--create-keyring',
    monKeys,
    '--gen-key',
    '-n',
    'mon.',
    '--cap',
    'mon',
    'allow *',
  ])
  await run('ceph-authtool', ['--create-keyring', keyring, '--gen-key', '-n', 'client.admin', ...all])
  await run('ceph-authtool', [monKeys, '--import-keyring', keyring])
  const address = `[v2:127.0.0.1:${mon}]`
  await run('monmaptool', [
    '--create',
    '--fsid',
    FSID,
    '--addv',
    'a',
    address,
    '--set-min-mon-release',
    'pacific',
    map,
  ])
  await run('ceph-mon', ['-c', conf, '--mkfs', '-i', 'a', '--monmap', map, '--keyring', monKeys])
  const osdKey = await run('ceph-authtool', ['--gen-print-key'])
  await writeFile(join(dir, 'osd.secret'), JSON.stringify({ cephx_secret: osdKey }))
  await writeFile(join(dir, 'osd.0', 'keyring'), `[osd.0]\n\tkey = ${osdKey}\n`)
}

const FSID = '22222222-2222-4222-8222-222222222222'

/** Small and quick: everything in memory, one copy, and decisions of the monitor at once. */
function configuration(dir: string, { mon, port }: { readonly mon: number; readonly port: number }): string {
  return `[global]
fsid = ${FSID}
mon host = [v2:127.0.0.1:${mon}]
mon data = ${dir}/mon.a
osd data = ${dir}/osd.0
run dir = ${dir}
admin socket = ${dir}/$name.$pid.asok
log file = ${dir}/$name.log
pid file =
keyring = ${dir}/keyring
auth cluster required = cephx
auth service required = cephx
auth client required = cephx
auth allow insecure global id reclaim = false
ms bind ipv6 = false
paxos propose interval = 0.02
paxos min wait = 0.01
mon min osdmap epochs = 10
mon allow pool size one = true
mon warn on pool no redundancy = false
mon osd min down reporters = 1
mon max pg per osd = 10000
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
osd crush update on start = true
osd objectstore = memstore
memstore device bytes = 1073741824

rgw frontends = beast endpoint=127.0.0.1:${port}
rgw enable usage log = false
rgw bucket quota ttl = 0
rgw user quota bucket sync interval = 1
rgw thread pool size = 32
rgw dynamic resharding = false
rgw enable gc threads = false
rgw enable lc threads = false
rgw override bucket index max shards = 1
[osd]
keyring = ${dir}/osd.0/keyring
`
}

/** Until the gateway answers anything at all. */
async function answers(endpoint: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 1_200; tries++) {
    if (child.exitCode !== null) throw new Error(`the gateway ended with ${child.exitCode}`)
    const response = await fetch(endpoint).catch(() => undefined)
    if (response) return
    await wait(100)
  }
  throw new Error('the gateway does not answer')
}

async function end(children: readonly ChildProcess[]): Promise<void> {
  const running = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
  await Promise.all(
    running.map(
      (child) =>
        new Promise((resolve) => {
          child.once('exit', resolve)
          child.kill('SIGKILL')
        }),
    ),
  )
}
