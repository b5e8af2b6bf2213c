/**
 * A vault with a folder and a real server beside it, and what becomes of both when something goes wrong with the
 * server: the folder has the snapshot, the report says what is wrong, nothing older is lost, and the next backup
 * brings the server up to date.
 */
import { randomBytes } from 'node:crypto'
import { utf8 } from '@cairn/core/bytes.js'
import type { ErrorCode } from '@cairn/core/errors.js'
import { expect } from 'vitest'
import { leaveOut } from '../../../../test/left-out.js'
import { outcome, run } from '../../../../test/peers/run.js'
import { credentialsFile } from '../../src/machine/credentials.js'
import { writeLocal } from '../../src/machine/state.js'
import type { Ports, Wait } from '../../src/ports.js'
import { openStore } from '../../src/stores/open.js'
import type { Store } from '../../src/stores/store.js'
import { type BackupReport, backup } from '../../src/vault/backup.js'
import { check } from '../../src/vault/check.js'
import { openPlace, placeIn } from '../../src/vault/open-stores.js'
import { addStore } from '../../src/vault/stores.js'
import { addFiles, makeWorld, reboot, restored, restoreOpened, setFiles, type World } from '../sim/world.js'

/** Large enough that a server is in the middle of it for a while. */
const WALLET_BYTES = 12_000_000

export interface Place {
  readonly url: string
  /** Contents of the credentials file. */
  readonly toml: string
  /** Files of this machine that it names. */
  readonly files?: Readonly<Record<string, Uint8Array>>
}

export interface Served {
  readonly world: World
  /** So many milliseconds ahead of what it is. */
  readonly setClock: (aheadMs: number) => void
  /** Called once, with the first object of the next backup on its way. */
  readonly upload: { during?: (() => Promise<void>) | undefined }
  /** Changes the credentials that this machine keeps. */
  readonly useCredentials: (toml: string) => Promise<void>
}

/** With one snapshot in both. */
export async function serve({ url, toml, files = {} }: Place): Promise<Served> {
  const world = await makeWorld()
  let aheadMs = 0
  const setClock = (ms: number) => {
    aheadMs = ms
  }
  const upload: Served['upload'] = {}
  const now = () => new Date(Date.now() + aheadMs)
  // pauses are short, and no server of this machine is given up for its silence
  const wait: Wait = (_ms, signal) =>
    signal ? new Promise(() => {}) : new Promise((resolve) => setTimeout(resolve, 5))
  const { disk, ssh, keychain } = world.ports
  const open: Ports['openStore'] = (place) =>
    disturbed(openStore(place, { disk, now, wait, ssh, keychain }), place.name === 'server' ? upload : {})
  const served: World = { ...world, ports: { ...world.ports, now, wait, openStore: open } }
  for (const [path, bytes] of Object.entries(files)) await writeLocal(disk, path, bytes)
  await addFiles(served, 'savings', { wallet: randomBytes(20_000) })
  await save(served)
  const credentials = { bytes: utf8(toml), from: 'credentials.toml' }
  await addStore(served.machine, { name: 'server', url, credentials }, served.ports)
  await reboot(served)
  const useCredentials = (toml: string) =>
    writeLocal(disk, credentialsFile(served.machine.home, 'server'), utf8(toml))
  return { world: served, setClock, upload, useCredentials }
}

function disturbed(store: Store, upload: Served['upload']): Store {
  return {
    ...store,
    put: async (key, bytes) => {
      const { during } = upload
      if (during === undefined || !key.startsWith('objects/')) return store.put(key, bytes)
      upload.during = undefined
      const sending = store.put(key, bytes)
      sending.catch(() => {})
      await during()
      return sending
    },
  }
}

const save = (world: World): Promise<BackupReport> => backup(world.machine, { names: [] }, world.ports)

export interface Trouble {
  readonly breaks: (served: Served) => Promise<unknown>
  readonly mends: (served: Served) => Promise<unknown>
  /** What the report of the backup says of the server. */
  readonly state: 'saved' | 'unreachable' | 'refused'
  readonly code?: ErrorCode
  /** Size of the wallet that is saved meanwhile. */
  readonly bytes?: number
}

/** Goes through a trouble and out of it again, and holds everything to what it should be. */
export async function goThrough(served: Served, trouble: Trouble): Promise<void> {
  const { world } = served
  const { state, code, bytes = 20_000 } = trouble
  const older = (await save(world)).snapshot.seq
  const first = world.wallets.get('savings')?.get('wallet') as Uint8Array
  await trouble.breaks(served)
  setFiles(world, 'savings', { wallet: randomBytes(bytes) })
  const [folder, server] = (await save(world)).stores
  expect(folder).toEqual({ name: 'store1', state: 'saved' })
  expect(server).toMatchObject({ name: 'server', state, ...(code ? { error: { code } } : {}) })
  await trouble.mends(served)
  expect(Buffer.compare(await from(world, String(older)), first)).toBe(0)
  const last = randomBytes(20_000)
  setFiles(world, 'savings', { wallet: last })
  expect((await save(world)).stores.map(({ state }) => state)).toEqual(['saved', 'saved'])
  expect(await check(world.machine, world.ports)).toMatchObject({ ok: true })
  expect(Buffer.compare(await from(world, 'latest'), last)).toBe(0)
}

/** The server dies with an object on its way, and comes back. */
export function killed(server: { kill(): Promise<void>; start(): Promise<void> }): Trouble {
  return {
    breaks: async ({ upload }) => {
      upload.during = () => server.kill()
    },
    mends: () => server.start(),
    state: 'unreachable',
    code: 'store-unreachable',
    bytes: WALLET_BYTES,
  }
}

/** A disk of 4 MiB, mounted where `serveAt` has the server keep its files, is full, and is made larger. */
export async function goThroughFullDisk(
  what: string,
  folder: string,
  serveAt: (folder: string) => Promise<Served>,
): Promise<void> {
  const mount = (...args: readonly string[]) => outcome('mount', [...args, folder])
  if ((await mount('-t', 'tmpfs', '-o', 'size=4m,mode=777', 'none')).code !== 0)
    return leaveOut(`${what} on a full disk`, { because: 'no disk can be mounted here', evenInCi: true })
  try {
    await goThrough(await serveAt(folder), {
      breaks: async () => {},
      mends: () => mount('-o', 'remount,size=64m'),
      state: 'unreachable',
      code: 'store-full',
      bytes: 9_000_000,
    })
  } finally {
    await run('umount', ['-l', folder])
  }
}

let restores = 0

/** The wallet as the server alone gives it back. */
async function from(world: World, at: string): Promise<Uint8Array> {
  const place = world.machine.config.stores.find(({ name }) => name === 'server')
  if (place === undefined) throw new Error('no server was added')
  const stores = [openPlace(placeIn(world.machine, place), world.ports)]
  const to = `/back${++restores}`
  await restoreOpened(world, { stores, at, to })
  return restored(world, to).get('wallet') ?? restored(world, to).get('savings/wallet') ?? new Uint8Array(0)
}
