import { encodeStanza, type Stanza } from '@cairn/core/vault/age-header.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stanzasIn } from '../../src/plugins/connection.js'

async function* inPieces(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield piece
}

/** All stanzas up to what ends them. */
async function readAll(pieces: readonly Uint8Array[]): Promise<readonly (Stanza | string)[]> {
  const next = stanzasIn(inPieces(pieces))
  const all: (Stanza | string)[] = []
  do all.push(await next())
  while (typeof all.at(-1) !== 'string')
  return all
}

const argument = fc.stringMatching(/^[!-~]{1,12}$/)
const stanza = fc.record({
  args: fc.array(argument, { minLength: 1, maxLength: 4 }),
  body: fc.uint8Array({ maxLength: 150 }),
})
const RUNS = { seed: 0xa9e, numRuns: 500 }

describe('what a plugin writes', () => {
  it('is read the same however it is cut into pieces', async () => {
    const property = fc.asyncProperty(
      fc.array(stanza, { maxLength: 6 }),
      fc.array(fc.nat(60), { maxLength: 12 }),
      async (stanzas, sizes) => {
        let rest: Uint8Array = Buffer.from(stanzas.map(encodeStanza).join(''))
        const pieces = sizes.map((size) => {
          const piece = rest.subarray(0, size)
          rest = rest.subarray(size)
          return piece
        })
        expect(await readAll([...pieces, rest])).toEqual([...stanzas, 'ended'])
      },
    )
    await fc.assert(property, RUNS)
  })

  it('is stanzas and then an end, or unreadable, whatever it is', async () => {
    const near = fc.constantFrom('-> ', '-> a\n', '\n', 'AAAA\n', 'A'.repeat(64), '\n\n', 'AA==\n', '\u00e9')
    const noise = fc.array(fc.oneof(near, fc.string({ maxLength: 6 })), { maxLength: 20 })
    const property = fc.asyncProperty(noise, async (parts) => {
      const read = await readAll(parts.map((part) => Buffer.from(part)))
      expect(['ended', 'unreadable']).toContain(read.at(-1))
      const text = read.flatMap((each) => (typeof each === 'string' ? [] : [encodeStanza(each)])).join('')
      expect(parts.join('').startsWith(text)).toBe(true)
    })
    await fc.assert(property, RUNS)
  })

  it('is given up when it is too much: of a line, of all lines, of a body without end', async () => {
    const big = 65_536
    for (const written of [
      'x'.repeat(big),
      '-> a\n\n'.repeat(big),
      `-> a\n${`${'A'.repeat(64)}\n`.repeat(big)}`,
    ])
      expect((await readAll([Buffer.from(written)])).at(-1)).toBe('unreadable')
  })
})
