/** What a Bitcoin node says of its own wallets: `listdescriptors` and `deriveaddresses` of fixtures/wallets/bitcoin-core. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { deriveAddresses, formatDescriptor, parseDescriptor, toPublic } from '../../src/keys/descriptor.js'

interface Listed {
  readonly desc: string
  readonly range?: readonly [number, number]
}

interface Expected {
  readonly wallets: Readonly<
    Record<
      string,
      { readonly descriptors: readonly Listed[]; readonly addresses: readonly (readonly string[])[] }
    >
  >
}

function fixture<T>(name: string): T {
  const url = new URL(`../fixtures/wallets/bitcoin-core/${name}`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8')) as T
}

const { wallets } = fixture<Expected>('expected.json')

describe.each(Object.entries(wallets))('the node wallet %s', (_, { descriptors, addresses }) => {
  it('has descriptors that are spelled as Cairn spells them', () => {
    const texts = descriptors.map(({ desc }) => desc)
    expect(texts.map((text) => formatDescriptor(parseDescriptor(text, { requireChecksum: true })))).toEqual(
      texts,
    )
  })

  it('has the addresses that Cairn derives', () => {
    const derived = descriptors.map(({ desc, range: [first, last] = [0, 0] }) => {
      const span = { start: first, count: last - first + 1, network: 'regtest' } as const
      return deriveAddresses(parseDescriptor(desc), span).map(({ address }) => address)
    })
    addresses.forEach((list, i) => {
      expect(derived[i]?.slice(0, list.length)).toEqual(list)
    })
    expect(derived).toHaveLength(addresses.length)
  })
})

describe('the private descriptors of a node wallet', () => {
  it('have the public twins that the node lists', () => {
    const [open, secret] = ['public', 'private'].map((kind) =>
      fixture<{ descriptors: readonly Listed[] }>(`descriptors-${kind}.json`).descriptors.map(
        ({ desc }) => desc,
      ),
    )
    const twins = secret?.map((text) => formatDescriptor(toPublic(parseDescriptor(text))))
    expect(twins?.toSorted()).toEqual(open?.toSorted())
    expect(twins?.length).toBeGreaterThan(7)
  })
})
