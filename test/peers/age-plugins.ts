/**
 * Plugins of age. Our own for tests, `age-plugin-stone`, which the real `age` keeps honest, and the real
 * `age-plugin-pq` that comes with age 1.3 (Debian sid), for recipients with ML-KEM-768.
 */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { peerFolder } from '../../scripts/debian.js'
import type { Peer } from './peer.js'
import { run } from './run.js'

const script = fileURLToPath(new URL('./age-plugin-stone.js', import.meta.url))

/** A pair of strings that only a plugin understands. */
export interface PluginPair {
  /** `AGE-PLUGIN-NAME-1…` */
  readonly identity: string
  /** `age1NAME1…` */
  readonly recipient: string
}

/** The program, which behaves as the variable STONE in its file says: `''`, `pin`, `silent` and more. */
export const stone = (odd = ''): [string, ...string[]] => ['env', `STONE=${odd}`, process.execPath, script]

export async function newStone(): Promise<PluginPair> {
  const [identity = '', recipient = ''] = (await run(process.execPath, [script, '--generate'])).split('\n')
  return { identity, recipient }
}

/** PATH with `age-plugin-stone` in a folder below `folder`, for programs that look for it there. */
export function pathWithStone(folder: string, odd = ''): string {
  const bin = join(folder, `bin-${odd || 'plain'}`)
  mkdirSync(bin, { recursive: true })
  const program = join(bin, 'age-plugin-stone')
  const words = stone(odd).map((word) => `'${word}'`)
  writeFileSync(program, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`)
  chmodSync(program, 0o755)
  return `${bin}${delimiter}${process.env.PATH ?? ''}`
}

const realBin = join(peerFolder('age-plugins'), 'usr/bin')

export const agePlugins: Peer = {
  name: 'the plugins of age 1.3',
  install: 'on Debian: node scripts/peers.js',
  mayVanish: true,
  available: async () => existsSync(join(realBin, 'age-plugin-pq')),
}

/** The path of a program that comes with age 1.3, as `age-plugin-pq`. */
export const realPlugin = (program: string): string => join(realBin, program)

/** PATH with the real plugins first. */
export const pathWithReal = (): string => `${realBin}${delimiter}${process.env.PATH ?? ''}`

/** A new post-quantum pair, its identity in the form of the plugin. */
export async function newPostQuantum(): Promise<PluginPair> {
  const native = await run(realPlugin('age-keygen'), ['-pq'])
  const converted = await run(realPlugin('age-plugin-pq'), ['-identity'], { input: `${native}\n` })
  const identity = converted.split('\n').find((line) => line.startsWith('AGE-PLUGIN-PQ-')) ?? ''
  return { identity, recipient: /age1pq1[0-9a-z]+/.exec(native)?.[0] ?? '' }
}
