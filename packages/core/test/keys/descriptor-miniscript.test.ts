/** Miniscript in descriptors (BIP-379): what is read and refused, and the same addresses as a real Bitcoin node. */
import { sha256 } from '@noble/hashes/sha2.js'
import { describe, expect, it } from 'vitest'
import { bitcoinNode, RpcError, startNode } from '../../../../test/peers/bitcoin-node.js'
import { present } from '../../../../test/peers/peer.js'
import { hex, unhex } from '../../src/bytes.js'
import { deriveKey, formatExtendedKey, fromSeed, neuter } from '../../src/keys/bip32.js'
import {
  deriveAddresses,
  deriveScripts,
  descriptorKeys,
  formatDescriptor,
  parseDescriptor,
  toPublic,
} from '../../src/keys/descriptor.js'
import { near, onlyThrows, thrown } from './fuzz.js'

const root = fromSeed(new Uint8Array(32).fill(3), { network: 'regtest' })
const key = (index: number) => hex(deriveKey(root, [index]).publicKey)
const tpub = (index: number) => `${formatExtendedKey(neuter(deriveKey(root, [index])))}/<0;1>/*`
const H32 = 'ab'.repeat(32)
const H20 = 'cd'.repeat(20)

/** `K` is another key each time. */
const WITNESS = [
  'and_v(v:pk(K),older(144))',
  'and_v(v:pk(K),after(500000001))',
  'or_d(pk(K),and_v(v:pkh(K),older(65535)))',
  'or_d(multi(2,K,K,K),and_v(v:thresh(2,pkh(K),a:pkh(K),a:pkh(K)),older(4194305)))',
  'thresh(3,pk(K),s:pk(K),s:pk(K),sln:older(12960))',
  'andor(pk(K),older(1008),and_v(v:pk(K),pk(K)))',
  'and_v(v:pk(K),or_i(pk(K),and_v(v:pkh(K),older(26784))))',
  `and_v(v:sha256(${H32}),pk(K))`,
  `and_v(v:hash256(${H32}),pk(K))`,
  `and_v(v:ripemd160(${H20}),pk(K))`,
  `and_v(v:hash160(${H20}),pk(K))`,
  `andor(pk(K),sha256(${H32}),and_v(v:pkh(K),older(17)))`,
  'and_b(pk(K),s:pk(K))',
  'or_b(pk(K),s:pk(K))',
  't:or_c(pk(K),and_v(v:pk(K),v:older(16)))',
  'and_n(pk(K),and_b(pk(K),a:pk(K)))',
  'c:or_i(and_v(v:older(2147483647),pk_h(K)),pk_h(K))',
  'j:and_v(v:pkh(K),older(255))',
  'and_v(v:multi(20,K,K,K,K,K,K,K,K,K,K,K,K,K,K,K,K,K,K,K,K),older(32768))',
]

const TAPSCRIPT = [
  'and_v(v:pk(K),older(144))',
  'or_b(pk(K),s:pk(K))',
  'and_v(v:multi_a(2,K,K,K),after(17))',
  'multi_a(17,K,K,K,K,K,K,K,K,K,K,K,K,K,K,K,K,K,K)',
  'sortedmulti_a(2,K,K,K)',
  'pkh(K)',
  'thresh(2,pk(K),s:pk(K),s:pk(K))',
]

function filled(template: string, spell: (index: number) => string): string {
  let index = 0
  return template.replace(/K/g, () => spell(index++))
}

const TEXTS = [key, tpub].flatMap((spell) => [
  ...WITNESS.map((script) => filled(`wsh(${script})`, spell)),
  ...WITNESS.slice(0, 4).map((script) => filled(`sh(wsh(${script}))`, spell)),
  ...TAPSCRIPT.map((script) => filled(`tr(K,${script})`, spell)),
  filled(`tr(K,{${TAPSCRIPT[0]},{{pk(K),${TAPSCRIPT[2]}},pk(K)}})`, spell),
])

describe('miniscript', () => {
  it('has the scripts of its specification', () => {
    // The fragments as the table of BIP-379 "Semantics" and "Translation" writes them, put together by hand.
    const [a, b] = [key(0), key(1)]
    const script = `21${a}ac736421${b}ad029000b268`
    const program = hex(sha256(unhex(script)))
    const descriptor = parseDescriptor(`wsh(or_d(pk(${a}),and_v(v:pk(${b}),older(144))))`)
    expect(deriveScripts(descriptor).map(hex)).toEqual([`0020${program}`])
  })

  it.each(TEXTS)('is written back as it was read: %s', (text) => {
    const descriptor = parseDescriptor(text)
    expect(formatDescriptor(descriptor).replace(/#.*/, '')).toBe(text)
    expect(parseDescriptor(formatDescriptor(descriptor))).toEqual(descriptor)
  })

  it('lists its keys, and makes them public', () => {
    const secret = formatExtendedKey(root)
    const descriptor = parseDescriptor(`wsh(or_d(pk(${secret}/1h/*),and_v(v:pk(${secret}/2/*),older(9))))`)
    expect(descriptorKeys(descriptor)).toHaveLength(2)
    const open = toPublic(descriptor)
    expect(formatDescriptor(open)).not.toContain('prv')
    expect(deriveScripts(open, { index: 5 })).toEqual(deriveScripts(descriptor, { index: 5 }))
  })

  it.each([
    ['a type error', `wsh(and_v(pk(${key(0)}),pk(${key(1)})))`],
    ['an unknown fragment', `wsh(and_x(pk(${key(0)}),pk(${key(1)})))`],
    ['a threshold above its parts', `wsh(thresh(3,pk(${key(0)}),s:pk(${key(1)})))`],
    ['multi in a leaf', `tr(${key(0)},and_v(v:multi(1,${key(1)}),older(1)))`],
    ['multi_a in wsh', `wsh(and_v(v:multi_a(1,${key(1)}),older(1)))`],
    ['an x-only key in wsh', `wsh(and_v(v:pk(${key(0).slice(2)}),older(1)))`],
    ['a number that is none', `wsh(and_v(v:pk(${key(0)}),older(0x90)))`],
    ['a lock of zero', `wsh(and_v(v:pk(${key(0)}),older(0)))`],
    ['a lock beyond 2^31', `wsh(and_v(v:pk(${key(0)}),after(2147483648)))`],
    ['a hash of the wrong length', `wsh(and_v(v:sha256(${H20}),pk(${key(0)})))`],
    ['nesting without an end', `wsh(${'or_i(0,'.repeat(1000)}pk(${key(0)})${')'.repeat(1001)}`],
    ['wrappers without an end', `wsh(${'n'.repeat(1000)}:pk(${key(0)}))`],
    [
      'a script beyond 3,600 bytes',
      `wsh(${`and_v(v:multi(20,${Array.from({ length: 20 }, (_, i) => key(i)).join()}),`.repeat(6)}pk(${key(99)})${')'.repeat(7)}`,
    ],
  ])('is refused with %s', (_, text) => {
    expect(thrown(() => parseDescriptor(text))).toMatch(/^descriptor-(?:invalid|unsupported)$/)
  })

  it('is answered with a descriptor or an error, whatever the text', () => {
    onlyThrows(['descriptor-invalid', 'descriptor-checksum', 'descriptor-unsupported'], {
      inputs: near(TEXTS.slice(0, 20)),
      parse: parseDescriptor,
      runs: 1000,
    })
  })
})

interface Info {
  readonly descriptor: string
}

describe.runIf(await present(bitcoinNode))('a real Bitcoin node', () => {
  it('derives the same addresses from miniscript, trees and musig()', async () => {
    const musig = `tr(musig(${key(0)},${key(1)}),pk(${key(2)}))`
    const node = await startNode()
    let compared = 0
    try {
      for (const text of [...TEXTS, musig]) {
        const descriptor = parseDescriptor(text)
        const first = text.replaceAll('<0;1>', '1')
        const info = await node.rpc<Info>('getdescriptorinfo', [first]).catch((error: unknown) => {
          if (error instanceof RpcError && text === musig) return null // before version 30
          throw error
        })
        if (!info) continue
        const range = descriptor.isRange ? [[0, 2]] : []
        const told = await node.rpc<readonly string[]>('deriveaddresses', [info.descriptor, ...range])
        const branch = descriptor.branches - 1
        const ours = deriveAddresses(descriptor, { branch, count: 3, network: 'regtest' })
        expect(
          ours.map(({ address }) => address),
          text,
        ).toEqual(told)
        compared++
      }
    } finally {
      await node.stop()
    }
    expect(compared).toBeGreaterThanOrEqual(TEXTS.length)
  })
})
