/** PKCS#11 tokens in software (Debian's softhsm2 2.6), in a folder of their own; OpenSC's pkcs11-tool makes their keys. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { peerFolder } from '../../scripts/debian.js'
import type { Peer } from './peer.js'
import { run, which } from './run.js'

const PROGRAMS = ['softhsm2-util', 'pkcs11-tool', 'p11-kit']

export const softhsm: Peer = {
  name: 'softhsm2',
  install: 'apt-get install softhsm2 opensc p11-kit',
  available: async () => PROGRAMS.every((program) => which(program) !== null),
}

export interface Softhsm {
  /** Value of SOFTHSM2_CONF. */
  readonly config: string
  /** Path of the module. */
  readonly module: string
  readonly pin: string
  /** A token with this name, and keys by CKA_ID. */
  token(
    label: string,
    keys?: Readonly<Record<string, 'EC:prime256v1' | 'EC:secp384r1' | 'rsa:2048'>>,
  ): Promise<void>
  /** Runs pkcs11-tool, logged in. */
  tool(label: string, args: readonly string[]): Promise<string>
  remove(): void
}

export function makeSofthsm(): Softhsm {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-softhsm-'))
  const config = join(folder, 'softhsm2.conf')
  const module = '/usr/lib/softhsm/libsofthsm2.so'
  const pin = '246813579'
  mkdirSync(join(folder, 'tokens'))
  writeFileSync(
    config,
    `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  )
  const env = { SOFTHSM2_CONF: config }
  const tool: Softhsm['tool'] = (label, args) =>
    run('pkcs11-tool', ['--module', module, '--token-label', label, '--login', '--pin', pin, ...args], {
      env,
    })
  return {
    config,
    module,
    pin,
    tool,
    token: async (label, keys = {}) => {
      await run(
        'softhsm2-util',
        ['--init-token', '--free', '--label', label, '--so-pin', '12345678', '--pin', pin],
        {
          env,
        },
      )
      for (const [id, type] of Object.entries(keys)) {
        const usage = type.startsWith('rsa') ? '--usage-decrypt' : '--usage-derive'
        await tool(label, ['--keypairgen', '--key-type', type, usage, '--id', id, '--label', `key ${id}`])
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const LIBRARIES = `usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`
const newer = {
  remote: join(peerFolder('p11-kit'), 'usr/libexec/p11-kit/p11-kit-remote'),
  libraries: join(peerFolder('p11-kit'), LIBRARIES),
}

/** p11-kit 0.25.5 of Debian trixie; 0.24.1 of bookworm does not pass ECDH on. */
export const newerP11Kit: Peer = {
  name: 'p11-kit 0.25',
  install: 'on Debian: node scripts/peers.js',
  available: async () => existsSync(newer.remote),
}

/** A folder for PATH with it, run with the C library that it was built for; the module is the one of this machine. */
export function newerP11KitFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'cairn-p11-kit-'))
  const loader = join(
    newer.libraries,
    process.arch === 'arm64' ? 'ld-linux-aarch64.so.1' : 'ld-linux-x86-64.so.2',
  )
  const search = `${newer.libraries}:/${LIBRARIES}`
  const script = `#!/bin/sh\nshift\nexec '${loader}' --library-path '${search}' '${newer.remote}' "$@"\n`
  writeFileSync(join(path, 'p11-kit'), script)
  chmodSync(join(path, 'p11-kit'), 0o755)
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
