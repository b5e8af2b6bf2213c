import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { PROGRAM_NAMES } from '@cairn/core/keys/key-programs.js'
import { ENCRYPTED_FORMATS, PLAIN_FORMATS, PUBLIC_FORMATS } from '@cairn/core/keys/key-writer.js'
import { describe, expect, test } from 'vitest'
import * as offered from '../../src/program/lists.js'
import { run, runJson, useFolders } from '../run.js'
import { sit, useTerminal } from '../terminal.js'

// BIP-38, "Compression, no EC multiply", test 2.
const WIF = 'KwYgW8gcxj1JWJXhPSu4Fqwzfhp5Yfi42mdYmMa4XqK7NJxXUSK7'
const BIP38 = '6PYLtMnXvfG3oJde97zRyLYFZCYizPU5T3LwgdYJz1fRhh16bU7u6PPmY7'
const ADDRESS = '1HmPbwsvG5qJ3KJfxzsZRZWhbm1xBMuS8B'
const ABANDON = `${'abandon '.repeat(11)}about`
// BIP-84, "Test vectors"
const ZPUB =
  'zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs'
const FIRST = 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu'

const folder = useFolders()

test('the lists of the help text are those of the core', () => {
  expect(offered.WRITTEN_FORMATS).toEqual([...ENCRYPTED_FORMATS, ...PLAIN_FORMATS, ...PUBLIC_FORMATS])
  expect(offered.PROGRAM_NAMES).toEqual(PROGRAM_NAMES)
})

/** A folder with the key, its password, and a new one. */
async function prepared(): Promise<string> {
  const cwd = await folder()
  await writeFile(`${cwd}/key`, `${BIP38}\n`)
  await writeFile(`${cwd}/password`, 'Satoshi\n', { mode: 0o600 })
  await writeFile(`${cwd}/new`, 'another password\n', { mode: 0o600 })
  return cwd
}

describe('cairn key inspect', () => {
  test('says what a key is, where it leads, and never the key', async () => {
    const { exit, json } = await runJson(['key', 'inspect'], { stdin: WIF })
    expect([exit, json]).toEqual([
      0,
      {
        format: 'wif',
        encrypted: false,
        chain: 'bitcoin',
        network: 'mainnet',
        compressed: true,
        address: ADDRESS,
        addresses: [
          ADDRESS,
          expect.stringMatching(/^3/),
          expect.stringMatching(/^bc1q/),
          expect.stringMatching(/^bc1p/),
        ],
        public: expect.stringMatching(/^0[23][0-9a-f]{64}$/),
      },
    ])
    expect((await runJson(['key', 'inspect', '--reveal'], { stdin: WIF })).json).toMatchObject({
      private: WIF,
    })
  })

  test('gives the one address that Electrum names, and any chain that is named', async () => {
    const named = await runJson(['key', 'inspect'], { stdin: `p2wpkh:${WIF}` })
    expect(named.json).toMatchObject({ format: 'electrum', addresses: [expect.stringMatching(/^bc1q/)] })
    const other = await runJson(['key', 'inspect', '--chain', 'litecoin'], { stdin: WIF })
    expect(other.json).toMatchObject({ chain: 'litecoin', address: expect.stringMatching(/^L/) })
  })

  test('opens an encrypted key with its password, from a file', async () => {
    const cwd = await prepared()
    const shut = await runJson(['key', 'inspect', 'key'], { cwd })
    expect(shut).toMatchObject({
      exit: 0,
      json: { format: 'bip38', encrypted: true, address: null, public: null },
    })
    const open = await runJson(['key', 'inspect', 'key', '--password-file', 'password', '--reveal'], { cwd })
    expect(open).toMatchObject({ exit: 0, json: { encrypted: true, address: ADDRESS, private: WIF } })
    const wrong = await runJson(['key', 'inspect', 'key', '--password-file', 'new'], { cwd })
    expect(wrong).toMatchObject({ exit: 7, json: { error: { code: 'key-password' } } })
  })

  test('names the damaged place, and the repair only when it is asked for', async () => {
    const stdin = WIF.replace('Fqwz', 'Fqzw')
    const { exit, json } = await runJson(['key', 'inspect'], { stdin })
    expect([exit, json]).toMatchObject([
      3,
      {
        error: { code: 'key-invalid' },
        format: 'wif',
        damaged: true,
        candidates: [{ changes: [{ kind: 'swapped', position: 23 }] }],
      },
    ])
    expect(JSON.stringify(json)).not.toMatch(/wz|K[wW]Yg/)
    const { out, err } = await run(['key', 'inspect'], { stdin })
    expect(out + err).not.toContain('KwYg')
    expect((await runJson(['key', 'inspect', '--reveal'], { stdin })).json).toMatchObject({
      candidates: [{ text: WIF }],
    })
  })

  test('shows a repaired address, and warns of paying to it', async () => {
    const { exit, out, err } = await run(['key', 'inspect'], { stdin: FIRST.replace('fyu', 'fyv') })
    expect([exit, out]).toEqual([3, expect.stringContaining(FIRST)])
    expect(err).toContain('Never pay to a guessed address')
  })

  test('refuses what is no key, and a key as an argument', async () => {
    expect(await runJson(['key', 'inspect'], { stdin: 'no key' })).toMatchObject({
      exit: 3,
      json: { error: { code: 'key-unreadable' } },
    })
    const given = await run(['key', 'inspect', WIF, '--json'])
    expect([given.exit, JSON.parse(given.out)]).toMatchObject([2, { error: { code: 'secret-argument' } }])
    expect(given.out + given.err).not.toContain(WIF)
    expect((await runJson(['key', 'inspect', 'absent'])).json).toMatchObject({
      error: { code: 'file-absent' },
    })
  })
})

describe('cairn key export', () => {
  test('encrypts unless it is asked for the plain key', async () => {
    const cwd = await prepared()
    const sealed = await runJson(['key', 'export', '--new-password-file', 'new'], { stdin: WIF, cwd })
    expect(sealed).toMatchObject({
      exit: 0,
      json: { format: 'bip38', secrecy: 'encrypted', address: ADDRESS },
    })
    await writeFile(`${cwd}/again`, (sealed.json as { key: string }).key)
    const back = await runJson(['key', 'inspect', 'again', '--password-file', 'new', '--reveal'], { cwd })
    expect(back.json).toMatchObject({ private: WIF })
    expect(await runJson(['key', 'export', '--to', 'wif'], { stdin: WIF })).toMatchObject({
      exit: 5,
      json: { error: { code: 'reveal-needed' } },
    })
    const plain = await run(['key', 'export', '--to', 'wif', '--reveal'], { stdin: WIF })
    expect(plain.out).toBe(`${WIF}\n`)
    expect(plain.err).toContain('Whoever sees a plain private key can take everything')
  })

  test('derives from a phrase at a path, and names the master key in a descriptor', async () => {
    expect((await run(['key', 'export', '--to', 'zpub'], { stdin: ABANDON })).out).toBe(`${ZPUB}\n`)
    const descriptor = await run(['key', 'export', '--to', 'descriptor', '--path', "m/86'/0'/0'"], {
      stdin: ABANDON,
    })
    expect(descriptor.out).toMatch(/^tr\(\[73c5da0a\/86h\/0h\/0h\]xpub\w+\/<0;1>\/\*\)#\w{8}\n$/)
    const plain = await runJson(['key', 'export', '--to', 'wif', '--reveal'], { stdin: ABANDON })
    // BIP-84, "Test vectors": the first receiving address
    expect(plain.json).toMatchObject({
      path: "m/84'/0'/0'/0/0",
      address: FIRST,
      key: 'KyZpNDKnfs94vbrwhJneDi77V6jF64PWPF8x5cdJb8ifgg2DUc9d',
    })
  })

  test('writes a new file that only its owner reads, and never over another', async () => {
    const cwd = await prepared()
    const args = ['key', 'export', '--to', 'keystore', '--new-password-file', 'new', '--out', 'store.json']
    expect((await run(args, { stdin: ABANDON, cwd })).exit).toBe(0)
    expect((await stat(`${cwd}/store.json`)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(`${cwd}/store.json`, 'utf8'))).toMatchObject({
      version: 3,
      address: '9858effd232b4033e47d90003d41ec34ecaeda94',
    })
    expect(await runJson(args, { stdin: ABANDON, cwd })).toMatchObject({
      exit: 5,
      json: { error: { code: 'file-exists' } },
    })
  })

  test('refuses what has no such form, with the reason', async () => {
    const { exit, json } = await runJson(['key', 'export', '--to', 'solana-id', '--reveal'], { stdin: WIF })
    expect([exit, json]).toMatchObject([2, { error: { code: 'key-conversion' } }])
    expect(
      (await runJson(['key', 'export', '--to', 'xprv', '--reveal'], { stdin: ZPUB })).json,
    ).toMatchObject({
      error: { code: 'key-public' },
    })
    const args = ['key', 'export', '--to', 'bip38', '--no-input']
    expect((await runJson(args, { stdin: WIF })).json).toMatchObject({ error: { code: 'input-missing' } })
  })
})

describe('cairn key import', () => {
  test('says how the key comes into each program', async () => {
    const { exit, json } = await runJson(['key', 'import'], { stdin: WIF })
    expect([exit, json]).toMatchObject([0, { format: 'wif', spendable: true, address: ADDRESS }])
    const names = (json as { programs: { program: string }[] }).programs.map(({ program }) => program)
    expect(names).toEqual(['electrum', 'bitcoin-core', 'sparrow'])
    expect(JSON.stringify(json)).not.toContain(WIF)
  })

  test('writes the file that the program takes', async () => {
    const cwd = await prepared()
    const args = [
      'key',
      'import',
      'key',
      '--password-file',
      'password',
      '--for',
      'bitcoin-core',
      '--out',
      'core',
    ]
    const { exit, out } = await run(args, { cwd })
    expect([exit, out]).toEqual([0, expect.stringContaining('importdescriptors < core')])
    const list = JSON.parse(await readFile(`${cwd}/core`, 'utf8')) as { desc: string }[]
    expect(list.map(({ desc }) => desc.slice(0, 8))).toEqual(['pkh(KwYg', 'sh(wpkh(', 'wpkh(KwY', 'tr(KwYgW'])
    expect((await stat(`${cwd}/core`)).mode & 0o777).toBe(0o600)
    expect((await runJson(['key', 'import', '--for', 'phantom'], { stdin: WIF })).json).toMatchObject({
      error: { code: 'key-conversion' },
    })
  })
})

describe('cairn key derive', () => {
  test('lists one address, a range, or a whole account', async () => {
    const derive = async (...args: readonly string[]) =>
      (await run(['key', 'derive', ...args], { stdin: ZPUB })).out
    expect(await derive('--to', '0')).toBe(`m/0/0  ${FIRST}\n`)
    const csv = await derive('--from', '0', '--to', '1', '--account', '--format', 'csv')
    expect(csv.split('\n').map((line) => line.split(',').slice(0, 4).join())).toEqual([
      'branch,index,path,address',
      `receive,0,m/0/0,${FIRST}`,
      'receive,1,m/0/1,bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g',
      'change,0,m/1/0,bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el',
      'change,1,m/1/1,bc1qggnasd834t54yulsep6fta8lpjekv4zj6gv5rf',
      '',
    ])
    expect(JSON.parse(await derive('--to', '2', '--change', '--format', 'json')).addresses).toHaveLength(3)
    const { json } = await runJson(['key', 'derive', '--to', '0'], { stdin: ZPUB })
    expect(json).toEqual({
      addresses: [{ branch: 0, index: 0, path: 'm/0/0', address: FIRST, public: expect.any(String) }],
    })
  })

  test('writes the list to a new file', async () => {
    const cwd = await folder()
    await chmod(cwd, 0o700)
    await run(['key', 'derive', '--account', '--out', 'list.csv'], { stdin: ZPUB, cwd })
    expect((await readFile(`${cwd}/list.csv`, 'utf8')).split('\n')).toHaveLength(42)
  })

  test('refuses private keys of a public key, and a range that ends before it begins', async () => {
    expect((await runJson(['key', 'derive', '--reveal'], { stdin: ZPUB })).json).toMatchObject({
      error: { code: 'key-public' },
    })
    expect(
      (await runJson(['key', 'derive', '--from', '5', '--to', '4'], { stdin: ZPUB })).json,
    ).toMatchObject({
      error: { code: 'usage' },
    })
  })
})

describe('cairn key on a terminal', () => {
  useTerminal()

  test('asks for the password of the key without echo', async () => {
    const cwd = await prepared()
    const sitting = sit(['key', 'inspect', `${cwd}/key`], { home: await folder() })
    await sitting.shows('the password of the key (Enter: without it) (not shown while you type): ')
    sitting.types('Satoshi\r')
    await sitting.shows(ADDRESS)
    const { exit, screen } = await sitting.ends()
    expect(exit).toBe(0)
    expect(screen).not.toContain('Satoshi')
  })
})
