import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { utf8 } from '@cairn/core/bytes.js'
import { readSheet } from '@cairn/core/sheets/recovery-sheet.js'
import { sealCapsule } from '@cairn/core/vault/capsule.js'
import { deviceKeyWith, signHead } from '@cairn/core/vault/head.js'
import { identityFromSecret } from '@cairn/core/vault/identity.js'
import { encodeManifest } from '@cairn/core/vault/manifest.js'
import { objectKey } from '@cairn/core/vault/object.js'
import { objectId, seal } from '@cairn/core/vault/seal.js'
import { native } from '@cairn/node/primitives.js'
import { afterEach, describe, expect, test } from 'vitest'
import { run } from '../packages/cli/test/run.js'
import { DEVICE, FOLDER, makeExample, withRandomStream } from './make/example-vault.js'
import { age, typePassphrase } from './peers/age.js'
import { newStone, pathWithStone } from './peers/age-plugins.js'
import { type Peer, present } from './peers/peer.js'
import { outcome, which } from './peers/run.js'
import { modules, slip39Reference } from './peers/slip39-reference.js'

const tools = ['bash', 'jq', 'gunzip', 'sha256sum', 'openssl']
const publicTools: Peer = {
  name: tools.join(', '),
  install: 'apt-get install jq openssl',
  available: async () => tools.every((tool) => which(tool) !== null),
}

const document = readFileSync(
  fileURLToPath(new URL('../docs/recover-without-cairn.md', import.meta.url)),
  'utf8',
)
const scripts = new Map(
  [...document.matchAll(/^## (\w+\.sh)\n\n```bash\n([\s\S]*?)^```$/gm)].map(([, name = '', text = '']) => [
    name,
    text,
  ]),
)

const env = { PYTHONPATH: modules }
const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A folder with the scripts of the document, and what opens the example vault. */
async function desk({ only = [...scripts.keys()] }: { only?: readonly string[] } = {}): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-recover-'))
  folders.push(folder)
  for (const name of only) writeFileSync(join(folder, name), scripts.get(name) ?? '')
  writeFileSync(join(folder, 'computer.key'), `# a comment\n${example.computer}\n`)
  writeFileSync(join(folder, 'words'), `${example.sheet.split(' ').slice(0, 20).join(' ')}\n`)
  writeFileSync(join(folder, 'words'), `${example.sheet.split(' ').slice(20).join('  ')}\n`, { flag: 'a' })
  cpSync(FOLDER, join(folder, 'store'), { recursive: true })
  return folder
}

const recover = (cwd: string, factors: readonly string[], more: Readonly<Record<string, string>> = {}) =>
  outcome('bash', ['recover.sh', 'store', 'back', ...factors], { cwd, env: { ...env, ...more } })

const example = await withRandomStream(makeExample)
const BOTH = ['computer.key', 'words']
const here = (await present(age)) && (await present(slip39Reference)) && (await present(publicTools))

const sample = fileURLToPath(new URL('../packages/cli/samples/electrum/default_wallet', import.meta.url))

/** What lies in a folder, without the leading parts of a restore that was given up. */
const left = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('back'))

test('docs/recover-without-cairn.md has two scripts, both short', () => {
  expect([...scripts.keys()]).toEqual(['recover.sh', 'genuine.sh'])
  for (const script of scripts.values()) {
    const lines = script.split('\n').filter((line) => /^ *[^ #]/.test(line))
    expect(lines.length).toBeLessThan(90)
  }
})

describe.runIf(here)('the script that restores without Cairn', () => {
  test('restores the vault that never changes, with a key file and a sheet', async () => {
    const folder = await desk()
    const { code, stdout } = await recover(folder, BOTH)
    expect([code, `${stdout}`]).toEqual([0, expect.stringContaining('restored 3 files to back')])
    expect(readFileSync(join(folder, 'back/donations/default_wallet'), 'utf8')).toContain('"Donations"')
    expect(readdirSync(join(folder, 'back/donations/cairn-records'))).toEqual([
      'addresses.jsonl',
      'labels.jsonl',
    ])
    expect(left(folder)).toEqual(['back'])
  })

  test('asks for a passphrase on the terminal', async () => {
    const folder = await desk()
    const args = ['recover.sh', 'store', 'back', 'passphrase', 'words']
    await typePassphrase({ program: 'bash', args, passphrase: example.passphrase, cwd: folder, env })
    expect(readdirSync(join(folder, 'back/donations'))).toContain('default_wallet')
    const wrong = { program: 'bash', args: args.with(2, 'again'), passphrase: 'not this one at all' }
    await expect(typePassphrase({ ...wrong, cwd: folder, env })).rejects.toThrow('incorrect passphrase')
    expect(left(folder)).toEqual(['back'])
  })

  test('restores an older snapshot when told to', async () => {
    const folder = await desk()
    const [device = ''] = readdirSync(join(folder, 'store/heads'))
    const { code, stdout } = await recover(folder, BOTH, { HEAD: `heads/${device}/1.json` })
    expect([code, `${stdout}`]).toEqual([0, expect.stringContaining('of 2026-01-01T12:00:00.000Z')])
  })

  test('takes the last head of a device also after its clock was set back', async () => {
    const folder = await desk()
    alter(folder, lastHead, () => signedAgain({ time: '2020-01-01T12:00:00.000Z' }))
    const { code, stdout } = await recover(folder, BOTH)
    expect([code, `${stdout}`]).toEqual([0, expect.stringContaining('of 2020-01-01T12:00:00.000Z')])
  })

  test('without genuine.sh says that it believes the store', async () => {
    const { code, stderr } = await recover(await desk({ only: ['recover.sh'] }), BOTH)
    expect([code, stderr]).toEqual([0, expect.stringContaining('the store is believed')])
  })

  test.each(BOTH)('does not open the vault with %s alone, and leaves nothing', async (factor) => {
    const folder = await desk()
    const { code, stderr } = await recover(folder, [factor])
    expect([code, stderr]).toEqual([1, expect.stringContaining('the factors do not open the vault')])
    expect(left(folder)).toEqual([])
  })

  test('does not touch a folder that is there', async () => {
    const folder = await desk()
    cpSync(join(folder, 'store/heads'), join(folder, 'back'), { recursive: true })
    const { code, stderr } = await recover(folder, BOTH)
    expect([code, stderr]).toEqual([1, expect.stringContaining('is there already')])
  })
})

/** Path -> contents of everything in a folder. */
function tree(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return new Map(files.sort().map((path) => [path.slice(folder.length + 1), readFileSync(path, 'base64')]))
}

/** Bytes that do not compress, the same for the same chunk. */
function randomised(bytes: Buffer): Buffer {
  const chunks = Array.from({ length: bytes.length / 65_536 }, (_, i) =>
    bytes.subarray(i * 65_536, (i + 1) * 65_536),
  )
  const noise = (chunk: Buffer) =>
    createCipheriv('aes-128-ctr', createHash('md5').update(chunk).digest(), Buffer.alloc(16)).update(chunk)
  return Buffer.concat(chunks.map(noise))
}

describe.runIf(here)('a vault that the command makes in this run', () => {
  const cairnIn =
    (folder: string, env: Readonly<Record<string, string>> = {}) =>
    async (...args: string[]) => {
      const options = { cwd: folder, home: join(folder, 'home'), env }
      const { exit, err } = await run([...args, '--no-input'], options)
      if (exit !== 0) throw new Error(`cairn ${args.join(' ')}: ${err}`)
    }

  /** A vault with two snapshots, between which one file changed, another came and one went. */
  async function twoSnapshots(folder: string): Promise<readonly Map<string, string>[]> {
    const cairn = cairnIn(folder)
    const write = (path: string, bytes: Uint8Array | string) => {
      mkdirSync(dirname(join(folder, 'wallet', path)), { recursive: true })
      writeFileSync(join(folder, 'wallet', path), bytes)
    }
    const large = randomBytes(200_000)
    write('large', large)
    write('empty', '')
    write('some folder/deeper/ünïcode & signs $(1).txt', 'one\ntwo\n')
    write('gone later', 'x'.repeat(70_000))
    writeFileSync(join(folder, 'passphrase'), 'nobody types this in here\n')
    await cairn('init', 'vault', '--passphrase-file', 'passphrase', '--sheet-out', 'sheet.html')
    await cairn('wallet', 'add', 'mine', 'wallet')
    await cairn('wallet', 'add', 'electrum', sample)
    await cairn('backup')
    const first = tree(join(folder, 'wallet'))
    write('large', large.fill(7, 70_000, 70_100))
    write('came later', large.subarray(0, 65_536))
    rmSync(join(folder, 'wallet/gone later'))
    await cairn('backup')
    return [first, tree(join(folder, 'wallet'))]
  }

  test('comes back byte by byte with the key file and the sheet, in either snapshot', async () => {
    const folder = await desk()
    const snapshots = await twoSnapshots(folder)
    const { words } = readSheet(readFileSync(join(folder, 'sheet.html'), 'utf8'))
    writeFileSync(join(folder, 'words'), `${words}\n`)
    const [id = ''] = readdirSync(join(folder, 'home/vaults'))
    const [device = ''] = readdirSync(join(folder, 'vault/store/heads'))
    const key = join(folder, 'home/vaults', id, 'computer.key')
    for (const [i, wallet] of snapshots.entries()) {
      const back = join(folder, `back ${i}`)
      const args = ['recover.sh', 'vault/store', back, key, 'words']
      const newest = i === snapshots.length - 1
      const more = newest ? {} : { HEAD: `heads/${device}/${i + 1}.json` }
      const { code, stderr } = await outcome('bash', args, { cwd: folder, env: { ...env, ...more } })
      expect([code, stderr]).toEqual([0, ''])
      expect(tree(join(back, 'mine'))).toEqual(wallet)
      expect([...tree(join(back, 'electrum')).values()]).toContain(readFileSync(sample, 'base64'))
    }
    expect(snapshots[1]).not.toEqual(snapshots[0])
  })

  /** What each day changes, in a file of six chunks. */
  const bytesOf = (day: number) =>
    Buffer.concat([1, 2, 3, 4, 5, 6].map((i) => Buffer.alloc(65_536, i <= day ? `${day} ${i} ` : `${i} `)))

  test('comes back after a pruning moved manifests, after a rekey too, and not on the word of a forged record', async () => {
    const folder = await desk()
    writeFileSync(join(folder, 'passphrase'), 'nobody types this in here\n')
    const cairn = cairnIn(folder)
    await cairn('init', 'vault', '--passphrase-file', 'passphrase', '--sheet-out', 'sheet.html')
    mkdirSync(join(folder, 'wallet'))
    writeFileSync(join(folder, 'wallet/large'), '')
    await cairn('wallet', 'add', 'mine', 'wallet')
    for (const day of [0, 4, 5]) {
      writeFileSync(join(folder, 'wallet/large'), randomised(bytesOf(day)))
      await cairn('backup')
    }
    const [id = ''] = readdirSync(join(folder, 'home/vaults'))
    const [device = ''] = readdirSync(join(folder, 'vault/store/heads'))
    const key = join(folder, 'home/vaults', id, 'computer.key')
    const sheet = join(folder, 'sheet.txt')
    const { words } = readSheet(readFileSync(join(folder, 'sheet.html'), 'utf8'))
    writeFileSync(sheet, words)
    await cairn('prune', '--keep-last', '2', '--sheet-file', 'sheet.txt')
    const records = readdirSync(join(folder, 'vault/store/forgotten'))
    expect(records).toHaveLength(2)
    await cairn('policy', 'rekey', '--passphrase-file', 'passphrase', '--sheet-out', 'new.html')
    writeFileSync(join(folder, 'words'), readSheet(readFileSync(join(folder, 'new.html'), 'utf8')).words)
    const restore = (to: string) =>
      outcome('bash', ['recover.sh', 'vault/store', to, key, 'words'], {
        cwd: folder,
        env: { ...env, HEAD: `heads/${device}/2.json` },
      })
    expect(await restore('back 2')).toMatchObject({ code: 0, stderr: '' })
    expect(readFileSync(join(folder, 'back 2/mine/large')).equals(randomised(bytesOf(4)))).toBe(true)
    for (const name of records) {
      const path = join(folder, 'vault/store/forgotten', name)
      const text = readFileSync(path, 'utf8')
      writeFileSync(path, text.replace(/"time":"20/, '"time":"21'))
    }
    expect(await restore('back forged')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is forged'),
    })
  })

  test('comes back after it was rekeyed, what was saved before and after', async () => {
    const folder = await desk()
    const snapshots = await twoSnapshots(folder)
    const cairn = cairnIn(folder)
    await cairn('policy', 'rekey', '--passphrase-file', 'passphrase', '--sheet-out', 'new.html')
    writeFileSync(join(folder, 'wallet/large'), 'after')
    await cairn('backup')
    writeFileSync(join(folder, 'words'), readSheet(readFileSync(join(folder, 'new.html'), 'utf8')).words)
    const [id = ''] = readdirSync(join(folder, 'home/vaults'))
    const [device = ''] = readdirSync(join(folder, 'vault/store/heads'))
    const key = join(folder, 'home/vaults', id, 'computer.key')
    for (const seq of [1, 3]) {
      const args = ['recover.sh', 'vault/store', `back ${seq}`, key, 'words']
      const more = { HEAD: `heads/${device}/${seq}.json` }
      const { code, stderr } = await outcome('bash', args, { cwd: folder, env: { ...env, ...more } })
      expect([code, stderr]).toEqual([0, ''])
    }
    expect(tree(join(folder, 'back 1/mine'))).toEqual(snapshots[0])
    expect(readFileSync(join(folder, 'back 3/mine/large'), 'utf8')).toBe('after')
  })

  test('comes back with an age plugin, and not with the wrong key of it', async () => {
    const folder = await desk()
    const plugins = { PATH: pathWithStone(folder) }
    const [right, wrong] = [await newStone(), await newStone()]
    const cairn = cairnIn(folder, plugins)
    const factors = ['sheet', `plugin=token:${right.recipient}`].flatMap((factor) => ['--factor', factor])
    await cairn('init', 'vault', ...factors, '--sheet-out', 'sheet.txt')
    await cairn('wallet', 'add', 'electrum', sample)
    await cairn('backup')
    writeFileSync(join(folder, 'words'), readSheet(readFileSync(join(folder, 'sheet.txt'), 'utf8')).words)
    for (const [code, { identity }] of [[1, wrong] as const, [0, right] as const]) {
      writeFileSync(join(folder, 'token.txt'), `# a comment\n${identity}\n`)
      const args = ['recover.sh', 'vault/store', 'back', 'token.txt', 'words']
      const recovered = await outcome('bash', args, { cwd: folder, env: { ...env, ...plugins } })
      expect([recovered.code, recovered.stderr]).toEqual([
        code,
        code === 0 ? '' : expect.stringContaining('the factors do not open the vault'),
      ])
    }
    expect([...tree(join(folder, 'back/electrum')).values()]).toContain(readFileSync(sample, 'base64'))
  })
})

/** Changes a file of the store. */
function alter(folder: string, key: string, change: (bytes: Buffer) => Uint8Array): void {
  const path = join(folder, 'store', key)
  writeFileSync(path, change(readFileSync(path)))
}

const replaced = (from: string, to: string) => (bytes: Buffer) => utf8(bytes.toString().replace(from, to))
const objects = [...example.files.keys()].filter((key) => key.startsWith('objects/'))
const lastHead = [...example.files.keys()].find((key) => key.endsWith('/2.json')) ?? ''

describe.runIf(here)('the script finds a store that is damaged or lies, and restores nothing', () => {
  test.each(objects.filter((key) => !key.includes(firstManifest())))('one bit of %s', async (key) => {
    const folder = await desk()
    alter(folder, key, (bytes) => bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1))
    const { code, stderr } = await recover(folder, BOTH)
    expect([code, stderr]).toEqual([1, expect.stringContaining('did NOT match')])
    expect(left(folder)).toEqual([])
  })

  test.each([
    ['a device that nobody added', 'vault.json', replaced('"laptop"', '"loptop"'), 'vault.json is forged'],
    ['a head with another time', lastHead, replaced('"2026-02', '"2027-02'), '2.json is forged'],
    ['a head without its signature', lastHead, replaced('signature', 'nonsense'), ''],
  ])('%s', async (_, key, change, said) => {
    const folder = await desk()
    alter(folder, key, change)
    const { code, stderr } = await recover(folder, BOTH)
    expect([code !== 0, stderr]).toEqual([true, expect.stringContaining(said)])
    expect(left(folder)).toEqual([])
  })

  test('a snapshot that somebody else sealed and signed, which it believes without genuine.sh', async () => {
    for (const only of [['recover.sh'], ['recover.sh', 'genuine.sh']]) {
      const folder = await desk({ only })
      await plant(folder, 'planted')
      const { code } = await recover(folder, BOTH)
      expect([code !== 0, existsSync(join(folder, 'back/planted'))]).toEqual([
        only.length === 2,
        only.length === 1,
      ])
    }
  })

  test.each(['../evil', '/evil', 'a/../../evil', 'a//b', '.', 'a\\b', 'a\nb', ''])(
    'a path that leads out of the folder: %j',
    async (path) => {
      const folder = await desk({ only: ['recover.sh'] })
      await plant(folder, 'planted', path)
      const { code, stderr } = await recover(folder, BOTH)
      expect([code, stderr]).toEqual([1, expect.stringContaining('a path outside the folder')])
      expect(left(folder)).toEqual([])
    },
  )
})

/** The last head with other fields, signed by the device of the example. */
function signedAgain(fields: object): Uint8Array {
  const { signature: _, ...head } = JSON.parse(Buffer.from(example.files.get(lastHead) ?? []).toString())
  return signHead({ ...head, ...fields }, DEVICE).bytes
}

/** The manifest of the first head: a restore of the newest snapshot does not need it. */
function firstManifest(): string {
  const [, head] = [...example.files].find(([key]) => key.endsWith('/1.json')) ?? []
  return JSON.parse(Buffer.from(head ?? []).toString()).manifest
}

/** What a store without any secret can do: seal to the public recipient, and sign with a key of its own. */
async function plant(folder: string, name: string, path = 'file'): Promise<void> {
  const { id: vault, recipient } = JSON.parse(readFileSync(join(folder, 'store/vault.json'), 'utf8'))
  const old = JSON.parse(readFileSync(join(folder, 'store', lastHead), 'utf8'))
  const nothing = {
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    size: 0,
    chunks: [],
  }
  const manifest = {
    ...{ format: 'cairn-manifest', version: 1, vault, device: old.device, seq: 2, time: old.time, packs: [] },
    wallets: [{ name, artefacts: [{ path, role: 'file', restore: 'anytime', ...nothing }] }],
    elsewhere: [],
  }
  const plain = await encodeManifest(manifest as never, native)
  const { bytes } = await seal(plain, recipient, native)
  const id = objectId(bytes, native)
  const { signature: _, ...head } = { ...old, manifest: id }
  cpSync(join(folder, 'store', objects[0] ?? ''), join(folder, 'store', objectKey(id)), { recursive: true })
  writeFileSync(join(folder, 'store', objectKey(id)), bytes)
  writeFileSync(
    join(folder, 'store', lastHead),
    signHead(head, deviceKeyWith(new Uint8Array(32).fill(9))).bytes,
  )
}

describe.runIf(here)('what comes from paper', () => {
  /** As docs/format.md has it: the bytes 0 to 31. */
  const SECRET = Uint8Array.from({ length: 32 }, (_, i) => i)
  const FILES = new Map([
    ['savings/wallet', utf8('the wallet')],
    ['savings/cairn-records/labels.jsonl', utf8('{"type":"tx"}\n')],
  ])

  /** The folder `store` with what the archive of a print holds, sealed by whoever has this identity. */
  async function unpacked(folder: string, identity: string): Promise<void> {
    const artefacts = [...FILES].map(([path, contents]) => ({
      path: path.split('/').at(-1) ?? '',
      role: path.includes('cairn-records') ? ('labels' as const) : ('file' as const),
      size: contents.length,
      sha256: createHash('sha256').update(contents).digest('hex'),
      restore: 'anytime' as const,
    }))
    const wallet = {
      ...{
        name: 'savings',
        kind: 'file',
        source: 'x',
        encrypted: false,
        opened: true,
        restore: 'anytime' as const,
      },
      identity: { fingerprints: [], descriptors: [], chain: null, network: null },
      counts: { addresses: 0, labels: 1, transactions: 0, imported_keys: 0 },
      ...{ beyond_seed: [], artefacts },
      snapshot: { id: 'a'.repeat(64), device: 'b'.repeat(16), seq: 2, time: '2026-02-01T12:00:00.000Z' },
    }
    const { id, recipient } = JSON.parse(readFileSync(join(FOLDER, 'vault.json'), 'utf8'))
    const manifest = {
      ...{ format: 'cairn-capsule' as const, version: 1 as const, vault: id },
      ...{ time: '2026-02-02T12:00:00.000Z', wallets: [wallet] },
    }
    const files = new Map([...FILES].map(([path, contents]) => [`wallets/${path}`, contents]))
    const vault = readFileSync(join(FOLDER, 'vault.json'))
    const bytes = await sealCapsule({ manifest, files }, { vault, recipient, identity, primitives: native })
    rmSync(join(folder, 'store'), { recursive: true })
    mkdirSync(join(folder, 'store'))
    const { code } = await outcome('tar', ['xz', '-C', join(folder, 'store')], { input: bytes })
    expect(code).toBe(0)
  }

  test('is restored by the same script', async () => {
    const folder = await desk()
    await unpacked(folder, identityFromSecret(SECRET))
    const { code, stdout, stderr } = await recover(folder, BOTH)
    expect([code, `${stdout}`, stderr]).toEqual([
      0,
      'restored 2 files to back from paper of 2026-02-02T12:00:00.000Z\n',
      '',
    ])
    for (const [path, contents] of FILES)
      expect(new Uint8Array(readFileSync(join(folder, 'back', path)))).toEqual(contents)
  })

  test('is refused when somebody made it who has the recipient and not the secret', async () => {
    const folder = await desk()
    await unpacked(folder, identityFromSecret(new Uint8Array(32).fill(9)))
    const { code, stderr } = await recover(folder, BOTH)
    expect([code, stderr]).toEqual([1, expect.stringContaining('manifest.json is forged')])
    expect(left(folder)).toEqual([])
  })
})
