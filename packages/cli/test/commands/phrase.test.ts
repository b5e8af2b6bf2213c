import { writeFile } from 'node:fs/promises'
import { KINDS } from '@cairn/core/words/kinds.js'
import { describe, expect, test } from 'vitest'
import { PHRASE_KINDS } from '../../src/program/lists.js'
import { run, runJson, useFolders } from '../run.js'
import { sit, useTerminal } from '../terminal.js'

const ABANDON = `${'abandon '.repeat(11)}about`
const LEGAL = 'legal winner thank year wave sausage worth useful legal winner thank yellow'
// SLIP-0039 test vectors, number 1: "Valid mnemonic without sharing (128 bits)".
const SHARE =
  'duckling enlarge academic academic agency result length solution fridge kidney coal piece deal husband erode duke ajar critical decision keyboard'
// BlueWallet, tests/unit/hd-aezeed.test.js (MIT licence), without a passphrase.
const AEZEED =
  'abstract rhythm weird food attract treat mosquito sight royal actor surround ride strike remove guilt catch filter summer mushroom protect poverty cruel chaos pattern'
// BIP-93, test vector 1.
const CODEX32 = 'ms10testsxxxxxxxxxxxxxxxxxxxxxxxxxx4nzvca9cmczlw'
// SeedSigner, docs/seed_qr/README.md, test vector 4.
const SEEDQR = '073318950739065415961602009907670428187212261116'

const check = (stdin: string) => runJson(['phrase', 'check'], { stdin })
const show = (stdin: string, ...args: readonly string[]) => runJson(['phrase', 'show', ...args], { stdin })

test('every kind of phrase can be named with --kind', () => {
  expect(PHRASE_KINDS).toEqual(KINDS.map(({ kind }) => kind))
})

describe('cairn phrase check', () => {
  test('says what a valid phrase is', async () => {
    expect(await check(LEGAL)).toEqual({
      exit: 0,
      json: { valid: true, kind: 'bip39', language: 'english', words: 12, problems: [] },
    })
    expect(await check(SHARE)).toMatchObject({ exit: 0, json: { valid: true, kind: 'slip39', words: 20 } })
    expect(await check(AEZEED)).toEqual({
      exit: 0,
      json: { valid: true, kind: 'aezeed', language: 'english', words: 24, problems: [] },
    })
    expect(await check(CODEX32)).toEqual({
      exit: 0,
      json: { valid: true, kind: 'codex32', language: null, words: 1, problems: [] },
    })
    expect(await check(SEEDQR)).toEqual({
      exit: 0,
      json: { valid: true, kind: 'seedqr', language: 'english', words: 12, problems: [] },
    })
  })

  test('names problems by their place, with exit code 3', async () => {
    expect(await check(LEGAL.replace('wave', 'wavw'))).toEqual({
      exit: 3,
      json: {
        valid: false,
        kind: 'bip39',
        language: 'english',
        words: 12,
        problems: [{ position: 5, code: 'word-unknown', suggestions: 1 }],
      },
    })
    expect(await check(LEGAL.replace('yellow', 'year'))).toMatchObject({
      exit: 3,
      json: { problems: [{ position: null, code: 'phrase-checksum', suggestions: 0 }] },
    })
    expect(await check(CODEX32.replace('testsx', 'testsq'))).toMatchObject({
      exit: 3,
      json: {
        kind: 'codex32',
        problems: [
          { position: null, code: 'codex32-checksum', suggestions: 0 },
          { position: 10, code: 'codex32-suspect', suggestions: 1 },
        ],
      },
    })
    expect(await check('no phrase at all')).toMatchObject({
      exit: 3,
      json: { kind: 'unknown', language: null },
    })
  })

  test('never repeats a word, right or wrong', async () => {
    for (const phrase of [
      LEGAL,
      LEGAL.replace('wave', 'wavw'),
      LEGAL.replace('yellow', 'year'),
      `${LEGAL} wave`,
    ]) {
      for (const flags of [[], ['--json']]) {
        const { out, err } = await run(['phrase', 'check', ...flags], { stdin: phrase })
        expect(out + err).not.toMatch(/legal|winner|thank|\bwav|sausage|worth|useful|yellow/)
      }
    }
  })

  test('reads for people', async () => {
    const { exit, out, err } = await run(['phrase', 'check'], { stdin: LEGAL.replace('wave', 'wavw') })
    expect([exit, out, err]).toEqual([
      3,
      'not valid: BIP-39 phrase, 12 words of the English list\n  word 5 is not in the word list, which has 1 similar word\n',
      'compare word 5 with the paper letter by letter\n',
    ])
    expect((await run(['phrase', 'check'], { stdin: CODEX32.replace('testsx', 'testsq') })).out).toBe(
      'not valid: codex32 string\n  share 1: the checksum is wrong: a character is miswritten\n' +
        '  share 1: character 10 does not fit with the others\n',
    )
  })
})

describe('cairn phrase show', () => {
  const folder = useFolders()

  test('shows the accounts of BIP-44, 49, 84 and 86 and of Ethereum', async () => {
    const { exit, json } = await show(ABANDON, '--count', '1')
    expect(exit).toBe(0)
    // The addresses of the test vectors of BIP-84 and BIP-86, and what wallets show for the others.
    expect(json).toEqual({
      kind: 'bip39',
      fingerprint: '73c5da0a',
      accounts: [
        ['bitcoin', 'bip44', "m/44'/0'/0'", '1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA'],
        ['bitcoin', 'bip49', "m/49'/0'/0'", '37VucYSaXLCAsxYyAPfbSi9eh4iEcbShgf'],
        ['bitcoin', 'bip84', "m/84'/0'/0'", 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu'],
        ['bitcoin', 'bip86', "m/86'/0'/0'", 'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr'],
        ['ethereum', 'bip44', "m/44'/60'/0'", '0x9858EfFD232B4033E47d90003D41EC34EcaEda94'],
      ].map(([chain, standard, path, address]) => ({
        chain,
        standard,
        path,
        xpub: expect.stringMatching(/^[xyz]pub/),
        addresses: [address],
      })),
    })
  })

  test('shows the account of an aezeed phrase, and tells a wrong passphrase', async () => {
    const { json } = await show(AEZEED, '--count', '1')
    expect(json).toMatchObject({
      kind: 'aezeed',
      accounts: expect.arrayContaining([
        expect.objectContaining({ addresses: ['bc1qdjj7lhj9lnjye7xq3dzv3r4z0cta294xy78txn'] }),
      ]),
    })
    const cwd = await folder()
    await writeFile(`${cwd}/pass`, 'wrong\n')
    expect(
      await runJson(['phrase', 'show', '--passphrase-file', 'pass'], { stdin: AEZEED, cwd }),
    ).toMatchObject({ exit: 7, json: { error: { code: 'aezeed-passphrase' } } })
  })

  test('adds entropy, seed and root only with --reveal', async () => {
    const cwd = await folder()
    await writeFile(`${cwd}/pass`, 'TREZOR\n')
    const args = ['phrase', 'show', '--passphrase-file', 'pass']
    const open = await runJson(args, { stdin: ABANDON, cwd })
    expect(Object.keys(open.json as object)).toEqual(['kind', 'fingerprint', 'accounts'])
    // BIP-39 test vectors, number 1.
    expect((await runJson([...args, '--reveal'], { stdin: ABANDON, cwd })).json).toMatchObject({
      entropy: '00'.repeat(16),
      seed: 'c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04',
      root: 'xprv9s21ZrQH143K3h3fDYiay8mocZ3afhfULfb5GX8kCBdno77K4HiA15Tg23wpbeF1pLfs1c5SPmYHrEpTuuRhxMwvKDwqdKiGJS9XFKzUsAF',
    })
  })

  test('shows other networks', async () => {
    // BIP-49, section "Test vectors".
    const { json } = await show(ABANDON, '--network', 'testnet', '--count', '1')
    expect(JSON.stringify(json)).toContain('2Mww8dCYPUpKHofjgcXcBCEGmniw9CoaiD2')
  })

  test.each([
    // electrum/tests/test_wallet_vertical.py: test_electrum_seed_segwit, _standard, _old
    [
      'electrum',
      'bitter grass shiver impose acquire brush forget axis eager alone wine silver',
      'bc1q3g5tmkmlvxryhh843v4dz026avatc0zzr6h3af',
    ],
    [
      'electrum',
      'cycle rocket west magnet parrot shuffle foot correct salt library feed song',
      '1NNkttn1YvVGdqBW4PR6zvc3Zx3H5owKRf',
    ],
    [
      'electrum-old',
      'powerful random nobody notice nothing important anyway look away hidden message over',
      '1FJEEB8ihPMbzs2SkLmr37dHyRFzakqUmo',
    ],
  ])('shows the account of an %s seed', async (kind, phrase, address) => {
    const { exit, json } = await show(phrase, '--count', '1')
    expect([exit, json]).toMatchObject([0, { kind, accounts: [{ addresses: [address] }] }])
  })

  test('says which shares one SLIP-39 share lacks', async () => {
    const two =
      'shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view short owner flip making coding armed'
    expect(await show(two)).toMatchObject({ exit: 5, json: { error: { code: 'share-missing' } } })
    expect(await show(SHARE)).toMatchObject({ exit: 0, json: { kind: 'slip39' } })
  })

  test('a wrong phrase is damaged, and not repeated', async () => {
    const { exit, out, err } = await run(['phrase', 'show', '--reveal', '--json'], {
      stdin: LEGAL.replace('wave', 'wavw'),
    })
    expect([exit, err, JSON.parse(out)]).toMatchObject([3, '', { error: { code: 'word-unknown' } }])
    expect(out).not.toMatch(/wav|legal/)
  })

  test('with --reveal into a pipe, the secret alone is on standard output', async () => {
    const { out, err } = await run(['phrase', 'show', '--reveal'], { stdin: ABANDON })
    expect(out).toMatch(/^entropy 0{32}\nseed [0-9a-f]{128}\nroot xprv\w+\n$/)
    expect(err).toContain('fingerprint 73c5da0a')
  })
})

describe('cairn phrase show, elsewhere than where most look', () => {
  const folder = useFolders()

  test('shows any chain, standard, account and path', async () => {
    const list = async (...args: readonly string[]) => {
      const { json } = await show(ABANDON, '--count', '1', ...args)
      const { accounts } = json as { accounts: { standard: string; path: string; addresses: string[] }[] }
      return accounts.map(({ standard, path, addresses }) => [standard, path, addresses[0]])
    }
    expect(await list('--chain', 'ltc', '--standard', 'bip84')).toEqual([
      ['bip84', "m/84'/2'/0'", 'ltc1qjmxnz78nmc8nq77wuxh25n2es7rzm5c2rkk4wh'],
    ])
    expect(await list('--chain', 'polygon', '--standard', 'bip44')).toEqual([
      ['bip44', "m/44'/60'/0'", '0x9858EfFD232B4033E47d90003D41EC34EcaEda94'],
    ])
    const third = await list('--chain', 'bitcoin', '--standard', 'bip84', '--account', '2')
    expect(third.map(([, path]) => path)).toEqual(["m/84'/0'/2'"])
    const own = await list('--path', "m/84'/0'/2'")
    expect(own.map(([standard]) => standard)).toEqual(['p2pkh', 'p2sh-p2wpkh', 'p2wpkh', 'p2tr'])
    expect(own[2]).toEqual(['p2wpkh', ...(third[0]?.slice(1) ?? [])])
  })

  test('lists a range as CSV, with paths and public keys', async () => {
    const range = [
      '--standard',
      'bip84',
      '--chain',
      'bitcoin',
      '--from',
      '1',
      '--count',
      '1',
      '--format',
      'csv',
    ]
    const { out } = await run(['phrase', 'show', ...range], { stdin: ABANDON })
    // BIP-84, section "Test vectors".
    expect(out).toBe(
      [
        'chain,standard,path,address,public_key',
        "bitcoin,bip84,m/84'/0'/0'/0/1,bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g,03e775fd51f0dfb8cd865d9ff1cca2a158cf651fe997fdc9fee9c1d3b5e995ea77",
        '',
      ].join('\n'),
    )
  })

  test('names what it does not know, and never lists with --reveal', async () => {
    for (const args of [
      ['--chain', 'bitconnect'],
      ['--standard', 'bip1'],
      ['--chain', 'solana', '--standard', 'raw-seed', '--account', '1'],
      ['--format', 'csv', '--reveal'],
    ]) {
      expect(await show(ABANDON, ...args), args.join(' ')).toMatchObject({ exit: 2 })
    }
    expect(await show(ABANDON, '--path', 'm/x')).toMatchObject({ json: { error: { code: 'path-invalid' } } })
  })

  test('says that a passphrase is never refused', async () => {
    const cwd = await folder()
    await writeFile(`${cwd}/pass`, 'TREZOR\n')
    const { out } = await run(['phrase', 'show', '--passphrase-file', 'pass'], { stdin: ABANDON, cwd })
    expect(out).toContain('a wrong one opens another wallet, an empty one, without an error')
  })
})

describe('cairn phrase where', () => {
  const where = (...args: readonly string[]) => runJson(['phrase', 'where', ...args], { stdin: ABANDON })

  interface Where {
    readonly found?: object | null
    readonly wallets: readonly { wallet: string; verdict: string; because: string[] }[]
  }

  const verdict = (json: unknown, name: string) =>
    (json as Where).wallets.find(({ wallet }) => wallet === name)?.verdict

  test('finds an address, and tells who looks there and who does not', async () => {
    const { exit, json } = await where('--address', '1LqBGSKuX5yYUonjxT5qGfpUsXKYYWeabA')
    expect([exit, json]).toMatchObject([0, { found: { path: "m/44'/0'/0'/0/0", account: 0, index: 0 } }])
    const names = ['Electrum', 'Pine', 'LND', 'Coinbase Wallet']
    expect(names.map((name) => verdict(json, name))).toEqual(['opens', 'empty', 'refuses', 'unknown'])
  })

  test('tells who does not see what another wallet made', async () => {
    const { json } = await where('--made-with', 'BRD')
    const names = ['Open Bitcoin Wallet (SBW)', 'Blockstream Green (GreenAddress)']
    expect(names.map((name) => verdict(json, name))).toEqual(['opens', 'empty'])
  })

  test('asks for attention when the address is not found', async () => {
    const args = ['--address', '1BoatSLRHtKNngkdXEeobR76b53LETtpyT', '--accounts', '1', '--count', '2']
    const { exit, json } = await where(...args)
    expect([exit, json]).toMatchObject([8, { found: null, wallets: [] }])
  })

  test('refuses an address that is none, and a wallet that nobody knows', async () => {
    expect(await where('--address', '1Boat')).toMatchObject({ json: { error: { code: 'address-invalid' } } })
    expect(await where('--made-with', 'Nobody')).toMatchObject({ exit: 2 })
    expect(await where('--made-with', 'BRD', '--address', 'x')).toMatchObject({ exit: 2 })
  })

  test('reads for people', async () => {
    const { out } = await run(['phrase', 'where', '--made-with', 'Multibit'], { stdin: ABANDON })
    expect(out).toMatch(/^BIP-39 phrase, 12 words\n\nopens it \(\d+\)\n/)
    expect(out).toMatch(/opens it, but looks empty \(\d+\): it does not look at bitcoin bip32\n/)
    expect(out).not.toContain('abandon')
  })
})

describe('cairn phrase on a terminal', () => {
  const folder = useFolders()
  useTerminal()

  test('takes the phrase and its passphrase without echo', async () => {
    const sitting = sit(['phrase', 'show', '--passphrase', '--count', '1'], { home: await folder() })
    await sitting.shows('the phrase (not shown while you type): ')
    sitting.types(`${ABANDON}\r`)
    await sitting.shows('the passphrase of the phrase (not shown while you type): ')
    sitting.types('TREZOR\r')
    await sitting.shows('fingerprint ')
    const { exit, screen } = await sitting.ends()
    expect(exit).toBe(0)
    expect(screen).not.toMatch(/abandon|about|TREZOR/)
    // The fingerprint of the second test vector of BIP-39, and the one of its words alone.
    expect(screen).toContain('The passphrase leads to b4e3f5ed; without it the phrase leads to 73c5da0a.')
  })
})
