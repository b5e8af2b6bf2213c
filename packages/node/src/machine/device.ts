/**
 * Which vault this machine works with, and as whom: the configuration and the key that signs. Apart from
 * `open.ts`, since `cairn status` needs no more, and reading the description loads every kind of lock.
 */
import { join, resolve } from 'node:path'
import { hex, unhex } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { type DeviceKey, deviceKeyWith, hex32, vaultId } from '@cairn/core/vault/head.js'
import * as z from 'zod'
import type { Disk } from '../disk.js'
import { nativeEd25519 } from '../ed25519.js'
import { type VaultHome, vaultHome } from './home.js'
import { readIfThere, readState, writeState } from './state.js'

const configSchema = z.strictObject({
  format: z.literal('cairn-config'),
  version: z.literal(1),
  vault: vaultId,
  stores: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(64),
        url: z.string().max(4096),
        /** Of a folder: which drive it is on. */
        drive: z
          .string()
          .regex(/^[0-9a-f]{32}$/)
          .optional(),
        /** Bytes a second that it may take and give. */
        limit: z.int().min(1).optional(),
      }),
    )
    .min(1),
})

/** `cairn.json` in the folder of the vault: which vault it is and where its stores are. No secret. */
export type Config = z.infer<typeof configSchema>

const usualSchema = z.strictObject({ vault: z.string() })
const deviceSchema = z.strictObject({
  name: z.string(),
  secret: hex32,
  /** The public half: computing it takes a third of the time that `cairn status` takes without. */
  key: hex32.optional(),
})

export interface Device {
  /** The folder of the vault. */
  readonly folder: string
  readonly home: VaultHome
  readonly config: Config
  /** The key that proves what this device signed, 64 hex digits. */
  readonly publicKey: string
  /** Both halves. @throws CairnError `state-damaged` when they do not belong together */
  readonly deviceKey: () => DeviceKey
}

export interface Which {
  /** The state folder of this machine. */
  readonly home: string
  /** The folder of the vault; without it, the usual one of this machine. */
  readonly vault?: string | undefined
}

/** @throws CairnError `vault-absent`, `device-unknown`, `state-damaged` */
export async function openDevice(which: Which, disk: Disk): Promise<Device> {
  const folder = await folderOf(which, disk)
  const config = await readConfig(disk, folder)
  if (!config) return fail('vault-absent')
  const home = vaultHome(which.home, config.vault)
  const device = await readState(disk, home.device, deviceSchema)
  if (!device) return fail('device-unknown', { vault: config.vault })
  const deviceKey = () => keyOf(device, home)
  return { folder, home, config, publicKey: device.key ?? deviceKey().publicKey, deviceKey }
}

/** The folder of the vault that is meant. @throws CairnError `vault-absent`, `state-damaged` */
export async function folderOf({ home, vault }: Which, disk: Disk): Promise<string> {
  return vault === undefined ? usualVault(home, disk) : resolve(vault)
}

function keyOf({ secret, key }: z.infer<typeof deviceSchema>, home: VaultHome): DeviceKey {
  const both = deviceKeyWith(unhex(secret), nativeEd25519)
  return both.publicKey === (key ?? both.publicKey) ? both : fail('state-damaged', { path: home.device })
}

/** The key with which this machine signs; undefined before it has one. @throws CairnError `state-damaged` */
export async function readDeviceKey(disk: Disk, home: VaultHome): Promise<DeviceKey | undefined> {
  const device = await readState(disk, home.device, deviceSchema)
  return device && keyOf(device, home)
}

export async function writeDeviceKey(
  disk: Disk,
  home: VaultHome,
  { name, key }: { readonly name: string; readonly key: DeviceKey },
): Promise<void> {
  await writeState(disk, home.device, { name, secret: hex(key.secretKey), key: key.publicKey })
}

/** The configuration in this folder, or undefined. @throws CairnError `state-damaged` */
export function readConfig(disk: Disk, folder: string): Promise<Config | undefined> {
  return readState(disk, configFile(folder), configSchema)
}

export function configFile(folder: string): string {
  return join(folder, 'cairn.json')
}

async function usualVault(home: string, disk: Disk): Promise<string> {
  const usual = await readState(disk, usualFile(home), usualSchema)
  return usual?.vault ?? fail('vault-absent')
}

/** Makes this vault the usual one when there is none yet, or when the one that was is gone. */
export async function makeUsual(home: string, folder: string, disk: Disk): Promise<void> {
  const usual = await readState(disk, usualFile(home), usualSchema)
  if (usual && (await readIfThere(disk, configFile(usual.vault)))) return
  await writeState(disk, usualFile(home), { vault: folder })
}

function usualFile(home: string): string {
  return join(home, 'config.json')
}
