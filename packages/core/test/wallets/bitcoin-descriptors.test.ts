import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { hex, utf8 } from '../../src/bytes.js'
import { isCairnError } from '../../src/errors.js'
import { parseAddress } from '../../src/keys/address.js'
import type { Wallet } from '../../src/types.js'
import { bitcoinDescriptors } from '../../src/wallets/bitcoin-descriptors.js'
import { near, SEED } from '../keys/fuzz.js'
import { codeOfRejection } from '../refusal.js'
import { factsOf, listBytes } from './bitcoin-core/fixtures.js'
import { tryRead } from './fuzz.js'

const read = (bytes: Uint8Array): Promise<Wallet> => bitcoinDescriptors.read({ path: 'list', bytes })
const readText = (text: string) => read(utf8(text))

/** BIP-84 and BIP-86 test vectors: "abandon … about", the account of the first and the master key. */
const XPUB =
  'xpub6CatWdiZiodmUeTDp8LT5or8nmbKNcuyvz7WyksVFkKB4RHwCD3XyuvPEbvqAQY3rAPshWcMLoP2fMFMKHPJ4ZeZXYVUhLv1VMrjPC7PW6V'
const XPRV =
  'xprv9s21ZrQH143K3GJpoapnV8SFfukcVBSfeCficPSGfubmSFDxo1kuHnLisriDvSnRRuL2Qrg5ggqHKNVpxR86QEC8w35uxmGoggxtQTPvfUu'
/** BIP-84: m/84'/0'/0'/0/0, the next one, and the first for change. */
const FIRST = 'bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu'
const SECOND = 'bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g'
const CHANGE = 'bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el'
/** Its private key, in the wallet import format (BIP-84). */
const WIF = 'KyZpNDKnfs94vbrwhJneDi77V6jF64PWPF8x5cdJb8ifgg2DUc9d'

describe('bitcoin-descriptors: listdescriptors of a Bitcoin node', () => {
  const facts = factsOf('plain')

  it('reads the public list: the same descriptors, addresses and change', async () => {
    const wallet = await read(listBytes('descriptors-public'))
    expect(wallet.identity.descriptors).toEqual(facts.descriptors.map(({ desc }) => desc))
    expect(wallet.keys).toEqual({ private: 0, failed: [] })
    // the node runs on regtest, whose bech32 prefix the list does not tell: the outputs are the same
    const scripts = (addresses: readonly string[]) =>
      addresses.map((address) => hex(parseAddress(address).script))
    expect(scripts(wallet.addresses.map(({ address }) => address))).toEqual(scripts(facts.addresses.flat()))
    const change = facts.addresses.filter((_, i) => facts.descriptors[i]?.internal).flat()
    expect(wallet.addresses.filter(({ change }) => change)).toHaveLength(change.length)
    expect(wallet.identity.network).toBe('testnet')
  })

  it('reads the private list to the same wallet, with its keys counted and none of them shown', async () => {
    const [secret, open] = [
      await read(listBytes('descriptors-private')),
      await read(listBytes('descriptors-public')),
    ]
    expect(secret).toEqual({ ...open, keys: { private: 1, failed: [] } })
    expect(JSON.stringify(secret)).not.toContain('prv')
  })
})

describe('bitcoin-descriptors: text', () => {
  it('reads one descriptor a line, with names, remarks and empty lines, with or without a checksum', async () => {
    const wallet = await readText(`# my wallet\n\nReceive: wpkh(${XPUB}/0/*)\r\nwpkh(${XPUB}/1/*)\n`)
    expect(wallet.identity).toMatchObject({ chain: 'bitcoin', network: 'mainnet' })
    expect(wallet.identity.descriptors).toEqual([
      expect.stringMatching(/^wpkh\(xpub6CatW.*\/0\/\*\)#\w{8}$/),
      expect.stringMatching(/^wpkh\(xpub6CatW.*\/1\/\*\)#\w{8}$/),
    ])
    expect(wallet.addresses).toHaveLength(40)
    expect(wallet.addresses[1]).toEqual({
      address: SECOND,
      from: { descriptor: 0, branch: 0, index: 1 },
      origin: 'derived',
    })
  })

  it('reads a multipath: its second branch takes change', async () => {
    const { addresses } = await readText(`wpkh(${XPUB}/<0;1>/*)`)
    expect(addresses).toHaveLength(40)
    expect(addresses[0]?.address).toBe(FIRST)
    expect(addresses[20]).toEqual({
      address: CHANGE,
      from: { descriptor: 0, branch: 1, index: 0 },
      origin: 'derived',
      change: true,
    })
  })

  it('leads from a master key to the same addresses, and shows its public twin', async () => {
    const wallet = await readText(`wpkh(${XPRV}/84h/0h/0h/0/*)`)
    expect(wallet.addresses[0]?.address).toBe(FIRST)
    expect(wallet.identity.fingerprints).toEqual(['73c5da0a'])
    expect(wallet.identity.descriptors[0]).toMatch(`wpkh([73c5da0a/84h/0h/0h]${XPUB}/0/*)#`)
    expect(wallet.keys).toEqual({ private: 1, failed: [] })
  })

  it('says where an address comes from only when the public descriptor leads there', async () => {
    const { addresses } = await readText(`pkh(${XPRV}/84h/*h)`)
    expect(addresses).toHaveLength(20)
    expect(addresses.every(({ from, origin }) => from === undefined && origin === 'derived')).toBe(true)
  })

  it('counts single private keys and watched addresses', async () => {
    const wallet = await readText(`wpkh(${WIF})\naddr(${CHANGE})`)
    expect(wallet.importedKeys).toBe(1)
    expect(wallet.addresses).toEqual([
      { address: FIRST, origin: 'imported' },
      { address: CHANGE, origin: 'watched' },
    ])
    expect(wallet.beyondSeed).toEqual([
      { what: 'imported-keys', count: 1 },
      { what: 'watched-addresses', count: 1 },
    ])
    expect(JSON.stringify(wallet)).not.toContain(WIF)
  })

  it('refuses a wrong checksum and a miswritten key, and names the descriptor', async () => {
    const good = `wpkh(${XPUB}/0/*)`
    await expect(readText(`${good}\n${good}#aaaaaaaa`)).rejects.toThrow('descriptor 2')
    await expect(readText(good.replace('6CatW', '6CatX'))).rejects.toThrow('descriptor 1')
  })

  it('refuses descriptors of different networks', async () => {
    const testnet = 'addr(tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx)'
    expect(await codeOfRejection(() => readText(`wpkh(${XPUB}/0/*)\n${testnet}`))).toBe('wallet-unreadable')
  })

  it('knows the test network by an address', async () => {
    expect((await readText('addr(bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080)')).identity.network).toBe(
      'regtest',
    )
  })

  it('reads miniscript, and shows a private one with its public keys', async () => {
    const wallet = await readText(`wsh(and_v(v:pk([73c5da0a]${XPUB}/<0;1>/*),older(100)))`)
    expect(wallet.identity.fingerprints).toEqual(['73c5da0a'])
    expect(wallet.addresses).toHaveLength(40)
    const secret = await readText(`wsh(and_v(v:pk(${XPRV}/0/*),older(100)))`)
    expect(secret.keys).toEqual({ private: 1, failed: [] })
    expect(JSON.stringify(secret)).not.toContain('xprv')
  })

  it('keeps unsafe miniscript as it is, and refuses it with a private key in it', async () => {
    const wallet = await readText(`wsh(or_d(pk([73c5da0a]${XPUB}/0/*),older(100)))`)
    expect(wallet).toMatchObject({ addresses: [], identity: { fingerprints: ['73c5da0a'] } })
    for (const secret of [WIF, `${XPRV}/0/*`, WIF.slice(1), `${WIF.slice(0, 30)}0${WIF.slice(31)}`]) {
      const error = await tryRead(bitcoinDescriptors, utf8(`wsh(or_d(pk(${secret}),older(100)))`))
      expect(isCairnError(error, 'wallet-unsupported', 'wallet-unreadable')).toBe(true)
      expect(JSON.stringify(error)).not.toContain(secret.slice(0, 20))
    }
  })
})

describe('bitcoin-descriptors: what importdescriptors takes', () => {
  it('reads labels, ranges and the next index', async () => {
    const list = [
      { desc: `wpkh(${XPUB}/0/*)`, range: 99, next_index: 50, internal: false },
      { desc: `wpkh(${XPUB}/1/*)`, range: [10, 14], internal: true },
      { desc: `addr(${FIRST})`, label: 'donations' },
    ]
    const { addresses, labels } = await readText(JSON.stringify(list))
    expect(labels).toEqual([{ type: 'addr', ref: FIRST, label: 'donations' }])
    expect(addresses.filter(({ change }) => !change)).toHaveLength(70) // FIRST is already among them
    expect(addresses.filter(({ change }) => change).map(({ from }) => from?.index)).toEqual([
      10, 11, 12, 13, 14,
    ])
  })

  it('refuses a range that would take hours', async () => {
    const list = [{ desc: `wpkh(${XPUB}/0/*)`, range: [0, 0x7fff_fffe], next_index: 0x7fff_fffe }]
    expect(await codeOfRejection(() => readText(JSON.stringify(list)))).toBe('wallet-unsupported')
  })
})

describe('bitcoin-descriptors: what it takes for a list', () => {
  const detect = (content: string) => bitcoinDescriptors.detect(utf8(content), 'x')

  it('takes no other text and no other JSON', () => {
    const others = [
      '',
      '{}',
      '[]',
      '[1]',
      'null',
      '{"descriptors":[]}',
      '{"descriptors":[{}]}',
      'f(x)',
      '# nothing',
    ]
    expect(others.filter(detect)).toEqual([])
    expect(detect(`wpkh(${XPUB}/0/*)\nsome other line`)).toBe(false)
    expect(bitcoinDescriptors.detect(new Uint8Array(5_000_000).fill(0x20), 'x')).toBe(false)
    expect(bitcoinDescriptors.detect(Uint8Array.of(0xff, 0xfe), 'x')).toBe(false)
  })

  it('reads or refuses by the catalogue whatever is near to a list', async () => {
    const samples = [
      `wpkh(${XPUB}/<0;1>/*)`,
      `Receive: tr(${XPRV}/86h/0h/0h/0/*)`,
      `wsh(and_v(v:pk(${WIF}),older(100)))`,
      JSON.stringify({ descriptors: [{ desc: `addr(${FIRST})`, range: [0, 5], next: 2 }] }),
    ]
    await fc.assert(
      fc.asyncProperty(near(samples), async (text) => {
        const outcome = await tryRead(bitcoinDescriptors, utf8(text))
        expect(JSON.stringify(outcome)).not.toMatch(/9s21ZrQ|Disri|ZpNDKnf|WPF8x5c/)
      }),
      { seed: SEED, numRuns: 300 },
    )
  })
})

const files = corpus('wallet-files')
describe.runIf(files)('bitcoin-descriptors: exports of other wallets', () => {
  it.each([
    ['sparrow/descriptor-labelled.txt', 1, 20, 'mainnet'],
    ['sparrow/descriptor-receive-change1.txt', 2, 40, 'mainnet'],
    ['coldcard/desc-p2wsh-myself.txt', 1, 20, 'testnet'],
    ['bluewallet/coldcardmk4/descriptor.txt', 1, 40, 'mainnet'],
    ['liana/liana-jz5sm0xn.txt', 1, 40, 'testnet'],
  ])('reads %s', async (name, descriptors, addresses, network) => {
    const bytes = new Uint8Array(readFileSync(`${files}/${name}`))
    expect(bitcoinDescriptors.detect(bytes, name)).toBe(true)
    const wallet = await read(bytes)
    expect(wallet.identity.descriptors).toHaveLength(descriptors)
    expect(wallet.addresses).toHaveLength(addresses)
    expect(wallet.identity.network).toBe(network)
  })
})
