/**
 * Secrets appear in no output, error, state, store byte, temporary file or process list (VAULT.md, promise 8):
 * every command runs with secrets, right ones and wrong ones, and everything is searched after each.
 */
import { mkdtempSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSheet } from '@cairn/core/sheets/recovery-sheet.js'
import type { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pathWithStone } from '../../../test/peers/age-plugins.js'
import { drawCodes } from '../../core/test/sheets/read/drawn.js'
import { greyPng } from '../../node/test/sheets/files.js'
import { makeProgram } from '../src/program.js'
import { type Ground, hunt, type Secret, type Trial } from './canary.js'
import { useBuilt, useFolders } from './run.js'

const WALLETS = fileURLToPath(new URL('../../core/test/fixtures/wallets/electrum/', import.meta.url))

// A BIP-39 phrase, the bytes 9f6a2878b2520799a44ef18bc7df394e7061a224d2c33cd015b157d746869863 of its test vectors.
const PHRASE =
  'panda eyebrow bullet gorilla call smoke muffin taste mesh discover soft ostrich alcohol speed nation flash devote level hobby quick inner drive ghost inside'
const ENTROPY = '9f6a2878b2520799a44ef18bc7df394e7061a224d2c33cd015b157d746869863'
const MISWRITTEN = PHRASE.replace('ostrich', 'ostrick')
const BIP39_PASSPHRASE = 'kanarienvogel im bergwerk'
const VAULT_PASSPHRASE = 'canary in the deepest coal mine'
const NEWER_PASSPHRASE = 'finch after the canary had flown off'
const PIN = 'pit pony 7391'
const WRONG = 'a passphrase that is wrong, and a secret too'

// BIP-38, "Compression, no EC multiply", test 2: the key and what it is encrypted to.
const WIF = 'KwYgW8gcxj1JWJXhPSu4Fqwzfhp5Yfi42mdYmMa4XqK7NJxXUSK7'
const WIF_HEX = '09c2686880095b1a4c249ee3ac4eea8a014f11e6f986d0b5025ac1f39afbd9ae'
const DAMAGED_WIF = WIF.replace('Fqwz', 'Fqzw')
const KEY_PASSWORD = 'Satoshi'
const BIP38 = '6PYLtMnXvfG3oJde97zRyLYFZCYizPU5T3LwgdYJz1fRhh16bU7u6PPmY7'

/** Of `age-plugin-stone`, which gets it over standard input. */
const STONE = 'AGE-PLUGIN-STONE-10Q79PEWC7FF9YQ40GC55P7T8T6XU4WZ0QJXHU20CKQQYZ9NFS9MQATP7UA'
const STONE_RECIPIENT = 'age1stone15t7vryzvmmuseqsy6nxg4c6xu6rza0ltl4e9xqmzpud7m74cmu4ssz0rlg'
const plugins = mkdtempSync(join(tmpdir(), 'cairn-canary-plugins-'))
const TOKEN = { PATH: pathWithStone(plugins), CAIRN_HOME: 'token' }
/** Where no program of a TPM or a token is. */
const BARE = { PATH: plugins }

interface ElectrumFixture {
  readonly password: string
  readonly wallets: readonly { readonly name: string; readonly seed: string }[]
}

const read = (name: string) => readFileSync(`${WALLETS}${name}`, 'utf8')
const { password: PASSWORD, wallets } = JSON.parse(read('expected.json')) as ElectrumFixture
/** Electrum's seed, and the words it is extended with. */
const SEED = wallets.find(({ name }) => name === 'seed-extended')?.seed ?? ''
const { keystore } = JSON.parse(read('seed-extended.plain')) as {
  keystore: { readonly xprv: string; readonly passphrase: string }
}

const SECRETS: readonly Secret[] = [
  { name: 'the phrase', text: PHRASE },
  { name: 'the entropy of the phrase', text: ENTROPY },
  { name: 'the phrase with a miswritten word', text: MISWRITTEN },
  { name: 'the passphrase of the phrase', text: BIP39_PASSPHRASE },
  { name: 'the passphrase of the vault', text: VAULT_PASSPHRASE },
  { name: 'a wrong passphrase', text: WRONG },
  { name: 'the newer passphrase of the vault', text: NEWER_PASSPHRASE },
  { name: 'the seed of a wallet', text: SEED },
  { name: 'the extension of the seed', text: keystore.passphrase },
  { name: 'the private key of a wallet', text: keystore.xprv },
  { name: 'the password of a wallet', text: PASSWORD },
  { name: 'the identity of an age plugin', text: STONE },
  { name: 'a PIN', text: PIN },
  { name: 'a private key', text: WIF },
  { name: 'the private key in hexadecimal', text: WIF_HEX },
  { name: 'a damaged private key', text: DAMAGED_WIF },
  { name: 'the password of a key', text: KEY_PASSWORD },
]

describe('a canary', () => {
  const folder = useFolders()

  test.each([
    'in an error',
    'three words of it in an error',
    'in the output as hexadecimal',
    'in the output as base64',
    'in a log below the home folder',
    'in a temporary file as UTF-16',
    'as the argument of another program',
    'in the environment of another program',
  ])('is found when a command lets it slip %s', async (way) => {
    const cwd = await folder()
    await mkdir(`${cwd}/tmp`)
    const program = fileURLToPath(new URL('./broken/leaky.js', import.meta.url))
    const secrets = [{ name: 'the phrase', text: PHRASE }]
    const ground = { cwd, home: `${cwd}/home`, tmp: `${cwd}/tmp`, secrets, spared: [], program }
    const { hits } = await hunt(ground, { args: [way], stdin: `${PHRASE}\n` })
    expect(hits).toHaveLength(1)
  })
})

/** Everything that holds a secret by itself lies in the folder `secret`, and is not searched. */
async function prepare(cwd: string): Promise<Ground> {
  await mkdir(`${cwd}/tmp`)
  await mkdir(`${cwd}/secret`)
  const files = {
    bip39: BIP39_PASSPHRASE,
    vault: VAULT_PASSPHRASE,
    wrong: WRONG,
    pin: PIN,
    newer: NEWER_PASSPHRASE,
    password: PASSWORD,
    extension: keystore.passphrase,
    key: WIF,
    phrase: PHRASE,
    miswritten: MISWRITTEN,
    bip38: BIP38,
    keypass: KEY_PASSWORD,
    plain: read('seed-extended.plain'),
    locked: read('seed-extended.password'),
    sealed: read('seed-extended.encrypted'),
    cut: read('seed-extended.plain').slice(0, -200),
    credentials: `access_key = "AKIA"\nsecret_key = "${PASSWORD}"\n`,
    token: `${STONE}\n`,
    'credentials-open': `access_key = "AKIA"\nsecret_key = ${PASSWORD}\n`,
  }
  await writeFile(`${cwd}/secret/photo.png`, greyPng(drawCodes([{ text: PHRASE }])))
  for (const [name, content] of Object.entries(files)) await writeFile(`${cwd}/secret/${name}`, content)
  return { cwd, home: `${cwd}/home`, tmp: `${cwd}/tmp`, secrets: SECRETS, spared: ['secret'] }
}

async function withSheet(ground: Ground, file: string): Promise<Ground> {
  const { words } = readSheet(await readFile(`${ground.cwd}/${file}`, 'utf8'))
  return { ...ground, secrets: [...ground.secrets, { name: `the words of ${file}`, text: words }] }
}

describe('a canary in every command', () => {
  useBuilt()
  let ground: Ground
  beforeAll(async () => {
    ground = await prepare(await mkdtemp(join(tmpdir(), 'cairn-canary-')))
  })
  afterAll(async () => {
    await rm(ground.cwd, { recursive: true, force: true })
    await rm(plugins, { recursive: true, force: true })
  })

  test('sings nowhere', { timeout: 900_000 }, async () => {
    for (const trial of TRIALS) {
      for (const flags of [[], ['--json']]) {
        const { exit, hits } = await hunt(ground, { ...trial, args: [...trial.args, ...flags] })
        expect({ hits, exit }, trial.args.join(' ')).toEqual({ hits: [], exit: trial.exit })
        if (trial.once) break
      }
      if (trial.learn) ground = await withSheet(ground, trial.learn)
    }
  })

  test('was in every command', () => {
    const leaves = (command: Command): readonly string[] =>
      command.commands.length === 0 ? [fullName(command)] : command.commands.flatMap(leaves)
    const fullName = (command: Command): string =>
      command.parent?.parent ? `${fullName(command.parent)} ${command.name()}` : command.name()
    const tried = TRIALS.map(({ args }) => args.join(' '))
    for (const name of leaves(makeProgram(new AbortController().signal))) {
      expect(
        tried.some((line) => line === name || line.startsWith(`${name} `)),
        name,
      ).toBe(true)
    }
  })
})

interface Row extends Trial {
  readonly exit: number
  /** It cannot be run twice, with `--json` as well. */
  readonly once?: boolean
  /** A recovery sheet was written to this file: its words are secrets from here on. */
  readonly learn?: string
}

/**
 * The words of a sheet are the same in every run. Of random ones, three together are what the command itself says, as
 * `kind phrase language`, in one run of 50,000.
 */
const drawn = (seed: number) => ({
  NODE_OPTIONS: `--import ${new URL('./drawn.js', import.meta.url).href}?${seed}`,
})

/** Nothing answers at the port of `discard`. */
const CLOUD = 's3://vault?endpoint=http://127.0.0.1:9'

const HALF = ['--sheet-file', 'secret/sheet.txt']
const TWO_SHEETS = ['--sheet-out', 'secret/one.html', '--sheet-out', 'secret/two.txt']
const WITH_PIN = ['--factor', 'sheet', '--pin-file', 'secret/pin', '--sheet-out', 'secret/never.txt']
const JOIN = ['join', 'phone-vault', '--from', 'vault/store', '--name', 'phone']
const PHONE = { CAIRN_HOME: 'phone' }

const SHEET = ['sheet', 'phrase', '--paper', 'letter', '--out']
const UR_SHEET = ['sheet', 'ur', '--type']
const SHARE_SHEET = ['sheet', 'share', '--out']

const TRIALS: readonly Row[] = [
  {
    args: [...SHEET, 'secret/drawn.pdf', '--parity', '4', '--name', 'Savings'],
    stdin: PHRASE,
    exit: 0,
    once: true,
  },
  {
    args: [...SHEET, 'secret/drawn.svg', '--passphrase-file', 'secret/bip39'],
    stdin: PHRASE,
    exit: 0,
    once: true,
  },
  {
    args: [...SHEET, 'sealed.pdf', '--seal-passphrase-file', 'secret/vault'],
    stdin: PHRASE,
    exit: 0,
    once: true,
  },
  { args: [...SHEET, 'secret/drawn.pdf'], stdin: PHRASE, exit: 5 },
  { args: [...SHEET, 'miswritten.pdf'], stdin: MISWRITTEN, exit: 3 },
  { args: [...SHEET, 'emoji.pdf', '--name', 'savings 😀'], stdin: PHRASE, exit: 2 },
  {
    args: ['sheet', 'phrase', '--paper', 'card', '--out', 'card.pdf', '--parity', '8'],
    stdin: PHRASE,
    exit: 5,
  },
  { args: ['sheet', 'phrase', '--blank', '--out', 'form-%.pdf'], exit: 0, once: true },
  { args: [...SHARE_SHEET, 'part.pdf'], stdin: MISWRITTEN, exit: 3 },
  {
    args: [...SHARE_SHEET, 'secret/part-%.pdf', '--scheme', 'seedxor', '--holder', 'a friend'],
    stdin: PHRASE,
    exit: 0,
    once: true,
  },
  {
    args: ['sheet', 'seedqr', '--compact', '--out', 'secret/seedqr.svg'],
    stdin: PHRASE,
    exit: 0,
    once: true,
  },
  { args: ['sheet', 'seedqr', '--out', 'seedqr.svg'], stdin: MISWRITTEN, exit: 3 },
  { args: ['sheet', 'seedqr', '--blank', '--out', 'grid.svg'], exit: 0, once: true },
  { args: [...UR_SHEET, 'crypto-bip39', '--out', 'secret/ur.svg'], stdin: PHRASE, exit: 0, once: true },
  {
    args: [...UR_SHEET, 'crypto-output', '--out', 'watch.svg', '--passphrase-file', 'secret/bip39'],
    stdin: PHRASE,
    exit: 0,
    once: true,
  },
  { args: [...UR_SHEET, 'seed', '--out', 'miswritten.pdf'], stdin: MISWRITTEN, exit: 3 },
  { args: [...UR_SHEET, 'sskr', '--out', 'share.pdf'], stdin: PHRASE, exit: 2 },
  { args: [...UR_SHEET, 'hdkey', '--out', 'key.pdf'], stdin: keystore.xprv, exit: 2 },
  { args: ['sheet', 'read', 'secret/photo.png', 'secret/phrase', 'secret/key'], exit: 0 },
  { args: ['sheet', 'read', 'secret/miswritten'], exit: 3 },
  { args: ['sheet', 'steel', '--style', 'letters', '--out', 'secret/steel.pdf'], stdin: MISWRITTEN, exit: 3 },
  { args: ['sheet', 'steel', '--style', 'binary', '--list'], stdin: PHRASE, exit: 5 },
  {
    args: ['sheet', 'steel', '--style', 'seedqr', '--size', 'square', '--out', 'secret/steel.pdf'],
    stdin: PHRASE,
    exit: 0,
    once: true,
  },
  { args: ['sheet', 'read', 'secret/photo.png', '--passphrase-file', 'secret/vault'], exit: 0 },
  { args: ['phrase', 'check'], stdin: PHRASE, exit: 0 },
  { args: ['phrase', 'new', '--typed', 'secret/wrong'], exit: 5 },
  { args: ['phrase', 'new', '--dice', 'secret/wrong', '--reveal'], exit: 2 },
  { args: ['phrase', 'convert', '--to', 'seedqr'], stdin: PHRASE, exit: 5 },
  { args: ['phrase', 'convert', '--to', 'entropy', '--reveal'], stdin: MISWRITTEN, exit: 3 },
  { args: ['phrase', 'child'], stdin: PHRASE, exit: 5 },
  { args: ['phrase', 'child', '--note', 'a hot wallet', '--reveal'], stdin: PHRASE, exit: 0 },
  { args: ['phrase', 'child', '--reveal'], stdin: MISWRITTEN, exit: 3 },
  { args: ['phrase', 'children'], exit: 0 },
  { args: ['phrase', 'check'], stdin: MISWRITTEN, exit: 3 },
  { args: ['phrase', 'check'], stdin: `${PHRASE} `.repeat(40), exit: 3 },
  { args: ['phrase', 'show', '--passphrase-file', 'secret/bip39'], stdin: PHRASE, exit: 0 },
  { args: ['phrase', 'show'], stdin: MISWRITTEN, exit: 3 },
  { args: ['phrase', 'show', '--chain', 'all', '--count', '1'], stdin: PHRASE, exit: 0 },
  { args: ['phrase', 'show', '--format', 'csv', '--reveal'], stdin: PHRASE, exit: 2 },
  { args: ['phrase', 'where', '--passphrase-file', 'secret/bip39'], stdin: PHRASE, exit: 0 },
  {
    args: [
      'phrase',
      'where',
      '--accounts',
      '1',
      '--count',
      '2',
      '--address',
      '1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA',
    ],
    stdin: PHRASE,
    exit: 8,
  },
  { args: ['phrase', 'where'], stdin: MISWRITTEN, exit: 3 },
  { args: ['phrase', 'parity'], stdin: PHRASE, exit: 5 },
  {
    args: ['phrase', 'parity', '--repair'],
    stdin: `${MISWRITTEN} + frequent already dentist swift`,
    exit: 0,
  },
  { args: ['phrase', 'parity', '--repair'], stdin: `${MISWRITTEN} + frequent ? ? ?`, exit: 0 },
  { args: ['phrase', 'parity', '--repair'], stdin: PHRASE, exit: 2 },
  { args: ['phrase', 'fix'], stdin: MISWRITTEN, exit: 0 },
  { args: ['phrase', 'fix', '--passphrase-file', 'secret/bip39'], stdin: PHRASE, exit: 0 },
  { args: ['phrase', 'fix'], stdin: PHRASE.split(' ').slice(2).join(' '), exit: 8 },
  { args: ['phrase', 'last'], stdin: PHRASE, exit: 5 },
  { args: ['phrase', 'last', '--reveal'], stdin: PHRASE, exit: 3 },
  { args: ['share', 'split', '--need', '2', '--of', '3'], stdin: PHRASE, exit: 5 },
  { args: ['share', 'split', '--need', '2', '--of', '3', '--reveal'], stdin: MISWRITTEN, exit: 3 },
  {
    args: ['share', 'split', '--need', '2', '--of', '3', '--out-dir', 'secret/shares'],
    stdin: PHRASE,
    exit: 0,
    once: true,
  },
  { args: ['share', 'split', '--scheme', 'sskr', '--need', '2', '--of', '3'], stdin: PHRASE, exit: 5 },
  { args: ['share', 'check'], stdin: `${PHRASE} ${MISWRITTEN}`, exit: 3 },
  { args: ['share', 'check'], stdin: ENTROPY, exit: 3 },
  { args: ['share', 'refresh', '--need', '2', '--of', '3', '--reveal'], stdin: MISWRITTEN, exit: 3 },
  { args: ['share', 'combine'], stdin: PHRASE, exit: 5 },
  { args: ['share', 'combine', '--reveal'], stdin: `${PHRASE}\n${MISWRITTEN}`, exit: 3 },
  { args: ['share', 'combine', '--reveal', '--passphrase-file', 'secret/bip39'], stdin: ENTROPY, exit: 3 },
  // keys
  { args: ['key', 'inspect', 'secret/key'], exit: 0 },
  { args: ['key', 'inspect'], stdin: WIF_HEX, exit: 0 },
  { args: ['key', 'inspect'], stdin: DAMAGED_WIF, exit: 3 },
  { args: ['key', 'inspect', 'secret/bip38', '--password-file', 'secret/keypass'], exit: 0 },
  { args: ['key', 'inspect', 'secret/bip38', '--password-file', 'secret/wrong'], exit: 7 },
  { args: ['key', 'export', '--to', 'wif'], stdin: WIF_HEX, exit: 5 },
  {
    args: ['key', 'export', '--to', 'bip38', '--new-password-file', 'secret/wrong'],
    stdin: PHRASE,
    exit: 0,
    once: true,
  },
  { args: ['key', 'export', '--to', 'pem', '--new-password-file', 'secret/wrong'], stdin: WIF, exit: 0 },
  { args: ['key', 'import'], stdin: WIF, exit: 0 },
  {
    args: ['key', 'import', '--for', 'bitcoin-core', '--out', 'secret/core'],
    stdin: WIF,
    exit: 0,
    once: true,
  },
  { args: ['key', 'derive', '--to', '1'], stdin: keystore.xprv, exit: 0 },
  // the vault
  {
    args: [
      'init',
      'vault',
      '--no-input',
      '--passphrase-file',
      'secret/vault',
      '--sheet-out',
      'secret/sheet.txt',
    ],
    env: drawn(1),
    exit: 0,
    once: true,
    learn: 'secret/sheet.txt',
  },
  {
    args: ['init', 'vault', '--no-input', '--passphrase-file', 'secret/vault', '--sheet-out', 'secret/other'],
    exit: 5,
  },
  { args: ['wallet', 'scan'], exit: 0 },
  { args: ['wallet', 'inspect', 'secret/plain'], exit: 0 },
  { args: ['wallet', 'inspect', 'secret/locked', '--password-file', 'secret/password'], exit: 0 },
  { args: ['wallet', 'inspect', 'secret/locked', '--password-file', 'secret/wrong'], exit: 7 },
  { args: ['wallet', 'inspect', 'secret/sealed', '--password-file', 'secret/password'], exit: 0 },
  { args: ['wallet', 'inspect', 'secret/cut'], exit: 3 },
  { args: ['wallet', 'add', 'plain', 'secret/plain'], exit: 0, once: true },
  {
    args: ['wallet', 'add', 'locked', 'secret/locked', '--password-file', 'secret/password'],
    exit: 0,
    once: true,
  },
  {
    args: ['wallet', 'add', 'sealed', 'secret/sealed', '--password-file', 'secret/password'],
    exit: 0,
    once: true,
  },
  { args: ['wallet', 'add', 'again', 'secret/locked', '--password-file', 'secret/wrong'], exit: 7 },
  { args: ['wallet', 'list'], exit: 0 },
  { args: ['backup'], exit: 0 },
  { args: ['snapshots'], exit: 0 },
  { args: ['tag', 'latest', 'before the upgrade'], exit: 0 },
  { args: ['tag', 'latest', '--remove', 'before the upgrade'], exit: 0 },
  { args: ['tag', '99999', 'a'], exit: 6 },
  { args: ['status'], exit: 0 },
  { args: ['schedule', 'advise'], exit: 0 },
  { args: ['backup', '--due'], exit: 0 },
  { args: ['schedule', 'install', '--with', 'systemd', '--print'], exit: 0 },
  { args: ['schedule', 'status'], exit: 6 },
  { args: ['schedule', 'remove'], exit: 0 },
  { args: ['policy', 'show'], exit: 0 },
  { args: ['place', 'list'], exit: 0 },
  {
    args: ['place', 'add', 'envelope', '--is', 'factor', '--of', 'sheet', '--at', 'house'],
    exit: 0,
    once: true,
  },
  { args: ['plan'], exit: 0 },
  { args: ['plan', '--heirs'], exit: 8 },
  { args: ['sheet', 'places', '--out', 'places.svg'], exit: 0, once: true },
  { args: ['sheet', 'letter', '--out', 'letter.svg'], exit: 8, once: true },
  { args: ['sheet', 'vault', '--out', 'secret/again.pdf', ...HALF], exit: 0, once: true },
  { args: ['sheet', 'vault', '--out', 'again.pdf', '--sheet-file', 'secret/bip39'], exit: 3 },
  { args: ['drill', '--heir', 'Nobody', '--to', 'rehearsal'], exit: 2 },
  { args: ['place', 'checked', 'envelope'], exit: 0 },
  { args: ['place', 'checked', 'envelope', '--on', 'Christmas'], exit: 2 },
  { args: ['place', 'fetch', ...HALF], exit: 6 },
  { args: ['place', 'list', '--file', 'secret/plain'], exit: 3 },
  { args: ['place', 'remove', 'nothing'], exit: 6 },
  { args: ['policy', 'rehearse', 'passphrase', '--passphrase-file', 'secret/vault'], exit: 0 },
  { args: ['policy', 'rehearse', 'passphrase', '--passphrase-file', 'secret/wrong'], exit: 7 },
  { args: ['policy', 'rehearse', 'sheet', ...HALF], exit: 0 },
  { args: ['policy', 'rehearse', 'sheet', '--sheet-file', 'secret/bip39'], exit: 3 },
  { args: ['check'], exit: 0 },
  { args: ['check', '--deep', '--repair', ...HALF], exit: 0 },
  { args: ['check', '--deep', '--passphrase-file', 'secret/wrong'], exit: 7 },
  { args: ['drill', ...HALF, '--password-file', 'secret/password'], exit: 0 },
  {
    args: ['drill', 'plain', '--words', ...HALF, '--phrase-passphrase-file', 'secret/extension'],
    stdin: SEED,
    exit: 0,
  },
  { args: ['drill', 'plain', '--words', ...HALF], stdin: PHRASE, exit: 8 },
  { args: ['drill', 'plain', '--words', ...HALF], stdin: MISWRITTEN, exit: 3 },
  { args: ['drill', 'locked', ...HALF, '--password-file', 'secret/wrong'], exit: 7 },
  { args: ['prune', '--keep-last', '1', '--dry-run', ...HALF], exit: 0 },
  { args: ['prune', '--keep-last', '1', ...HALF], exit: 0 },
  { args: ['prune', '--keep-last', '1', '--passphrase-file', 'secret/wrong'], exit: 7 },
  { args: ['prune', ...HALF], exit: 2 },
  { args: ['restore', '--to', 'secret/back', ...HALF], exit: 0, once: true },
  { args: ['restore', '--to', 'secret/back', ...HALF], exit: 5 },
  { args: ['restore', '--to', 'back', '--passphrase-file', 'secret/wrong'], exit: 7 },
  { args: ['restore', '--to', 'back', '--sheet-file', 'secret/bip39'], exit: 3 },
  { args: ['restore', '--to', 'back', '--sheet-file', 'secret/shares/share-1-of-3.txt'], exit: 7 },
  { args: ['restore', '--to', 'back', '--identity-file', 'secret/bip39'], exit: 3 },
  {
    args: [
      'restore',
      'plain',
      '--from',
      'vault/store',
      '--to',
      'secret/back2',
      ...HALF,
      '--passphrase-file',
      'secret/vault',
    ],
    exit: 0,
    once: true,
  },
  {
    args: ['sheet', 'snapshot', 'plain', '--out', 'pages.pdf', '--most-pages', '4', ...HALF],
    exit: 0,
    once: true,
  },
  { args: ['sheet', 'snapshot', 'plain', '--out', 'none.pdf', '--passphrase-file', 'secret/wrong'], exit: 7 },
  {
    args: ['sheet', 'snapshot', 'plain', '--out', 's.pdf', '--seal-passphrase-file', 'secret/vault', ...HALF],
    exit: 0,
    once: true,
  },
  { args: ['sheet', 'phrase', '--print', 'none', '--yes-print', 'none'], stdin: PHRASE, exit: 6 },
  { args: ['restore', '--from-paper', 'secret/plain', '--to', 'back', ...HALF], exit: 6 },
  {
    args: [
      'restore',
      '--from-paper',
      'pages.pdf',
      '--to',
      'secret/back3',
      ...HALF,
      '--passphrase-file',
      'secret/vault',
    ],
    exit: 0,
    once: true,
  },
  { args: ['anchor'], exit: 0 },
  { args: ['check', '--anchor', 'no anchor'], exit: 2 },
  // another computer
  { args: [...JOIN, ...HALF, '--passphrase-file', 'secret/wrong'], env: PHONE, exit: 7 },
  { args: [...JOIN, ...HALF, '--passphrase-file', 'secret/vault'], env: PHONE, exit: 0 },
  { args: ['device', 'list'], exit: 8 },
  { args: ['device', 'list', '--confirm', '--passphrase-file', 'secret/wrong'], exit: 7 },
  { args: ['device', 'list', '--confirm', ...HALF], exit: 0 },
  { args: ['device', 'remove', 'phone', '--passphrase-file', 'secret/wrong'], exit: 7 },
  { args: ['device', 'remove', 'phone', ...HALF], exit: 0 },
  // the policy
  {
    args: [
      'init',
      'token-vault',
      '--no-input',
      '--factor',
      'computer',
      '--factor',
      `plugin=token:${STONE_RECIPIENT}`,
    ],
    env: TOKEN,
    exit: 0,
    once: true,
  },
  { args: ['check', '--deep', '--no-input', '--identity-file', 'secret/token'], env: TOKEN, exit: 0 },
  {
    args: ['check', '--deep', '--no-input', '--identity-file', 'secret/token', '--passkey', 'x'],
    env: TOKEN,
    exit: 6,
  },
  // a PIN, for devices that are not there
  {
    args: ['init', 'pin-vault', '--no-input', '--factor', 'tpm=chip:pin', ...WITH_PIN],
    env: BARE,
    exit: 6,
    once: true,
  },
  {
    args: ['policy', 'add', 'pkcs11=key:token=none', '--no-input', '--new-pin-file', 'secret/pin', ...HALF],
    env: BARE,
    exit: 6,
    once: true,
  },
  { args: ['check', '--deep', '--no-input', '--pin-file', 'secret/pin', ...HALF], exit: 2, once: true },
  {
    args: ['policy', 'add', 'sheet=two', '--no-input', '--passphrase-file', 'secret/wrong', ...TWO_SHEETS],
    exit: 7,
  },
  { args: ['policy', 'add', 'sheet=two', '--no-input', ...HALF, ...TWO_SHEETS], exit: 5 },
  {
    args: ['policy', 'add', 'sheet=two', '--no-input', '--passphrase-file', 'secret/vault', ...TWO_SHEETS],
    env: drawn(2),
    exit: 0,
    once: true,
    learn: 'secret/two.txt',
  },
  { args: ['restore', '--to', 'back', ...HALF], exit: 7 },
  {
    args: [
      ...['policy', 'rekey', '--no-input', '--passphrase-file', 'secret/wrong'],
      ...['--new-passphrase-file', 'secret/newer'],
      ...['--sheet-out', 'secret/never.txt', '--sheet-out', 'secret/never.html'],
    ],
    exit: 7,
    once: true,
  },
  {
    args: [
      ...['policy', 'rekey', '--no-input', '--passphrase-file', 'secret/vault'],
      ...['--new-passphrase-file', 'secret/newer'],
      ...['--sheet-out', 'secret/three.txt', '--sheet-out', 'secret/four.html'],
    ],
    env: drawn(3),
    exit: 0,
    once: true,
    learn: 'secret/three.txt',
  },
  { args: ['policy', 'keep', 'keychain'], exit: 4 },
  { args: ['policy', 'keep', 'file'], exit: 0 },
  { args: ['policy', 'remove', 'two', '--no-input', '--passphrase-file', 'secret/vault'], exit: 2 },
  {
    args: [
      ...['policy', 'remove', 'two', '--no-input', '--passphrase-file', 'secret/wrong'],
      ...['--sheet-out', 'secret/never.txt'],
    ],
    exit: 7,
    once: true,
  },
  {
    args: [
      ...['policy', 'remove', 'two', '--no-input', '--passphrase-file', 'secret/newer'],
      ...['--sheet-out', 'secret/five.txt'],
    ],
    env: drawn(4),
    exit: 0,
    once: true,
    learn: 'secret/five.txt',
  },
  { args: ['check', '--deep', '--passphrase-file', 'secret/newer'], exit: 0 },
  { args: ['store', 'add', 'second', 'second'], exit: 0 },
  { args: ['store', 'list'], exit: 0 },
  { args: ['store', 'probe', 'second'], exit: 0 },
  { args: ['store', 'review', 'second'], exit: 0 },
  { args: ['store', 'add', 'cloud', CLOUD, '--credentials-file', 'secret/credentials'], exit: 4, once: true },
  { args: ['store', 'add', 'cloud', CLOUD, '--credentials-file', 'secret/credentials-open'], exit: 3 },
  { args: ['store', 'remove', 'second'], exit: 0, once: true },
  // the calendar
  {
    args: ['alarm', 'add', 'mail', 'smtp://127.0.0.1:1?to=a@b.c', '--credentials-file', 'secret/credentials'],
    exit: 4,
  },
  {
    args: ['alarm', 'add', 'mail', 'smtp://127.0.0.1?to=a', '--credentials-file', 'secret/credentials'],
    exit: 2,
  },
  {
    args: [
      ...['alarm', 'add', 'mail', 'smtp://127.0.0.1:1?to=a@b.c'],
      ...['--credentials-file', 'secret/credentials-open'],
    ],
    exit: 3,
    once: true,
  },
  {
    args: [
      ...['status', '--store', 'vault/store', '--watch', '--tell', 'smtp://127.0.0.1?to=a'],
      ...['--tell-credentials-file', 'secret/credentials'],
    ],
    exit: 2,
    once: true,
  },
  {
    args: ['status', '--store', CLOUD, '--credentials-file', 'secret/credentials-open'],
    exit: 3,
    once: true,
  },
  { args: ['alarm', 'list'], exit: 0 },
  { args: ['alarm', 'test', 'nobody'], exit: 6 },
  { args: ['alarm', 'snooze', 'plain', '--for', '3'], exit: 0 },
  { args: ['alarm', 'tell'], exit: 8 }, // the last drill found another phrase
  { args: ['alarm', 'prompt'], exit: 0 },
  { args: ['alarm', 'remove', 'nobody'], exit: 6 },
  // these two run until they are stopped: what they say is in commands/watch.test.ts
  { args: ['watch', '--vault', 'nowhere'], exit: 6 },
  { args: ['serve', '--vault', 'nowhere'], exit: 6 },
  { args: ['wallet', 'remove', 'locked'], exit: 0, once: true },
  { args: ['tour'], exit: 0, once: true },
]
