import { describe, expect, it } from 'vitest'
import { addChecksum, checksumHolds, descriptorChecksum } from '../../src/keys/descriptor/checksum.js'
import { thrown } from './fuzz.js'

const PAYLOAD = "sh(multi(2,[d34db33f/84h/0']02c6047f9441ed7d6d30,xpub6ERApfZ/<0;1>/*))"
const INPUT =
  '0123456789()[],\'/*abcdefgh@:$%{}IJKLMNOPQRSTUVWXYZ&+-.;<=>?!^_|~ijklmnopqrstuvwxyzABCDEFGH`#"\\ '
const SYMBOLS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

type Verify = (payload: string, checksum: string) => boolean

/** How many of all slips of one character, and of all swaps of neighbours, a verifier lets pass. */
function undetected(verify: Verify): number {
  const checksum = descriptorChecksum(PAYLOAD)
  const payloads = [...slips(PAYLOAD, INPUT), ...swaps(PAYLOAD)].filter((text) => verify(text, checksum))
  const checksums = [...slips(checksum, SYMBOLS), ...swaps(checksum)].filter((text) => verify(PAYLOAD, text))
  return payloads.length + checksums.length
}

function slips(text: string, alphabet: string): string[] {
  return [...text].flatMap((is, i) =>
    [...alphabet]
      .filter((other) => other !== is)
      .map((other) => text.slice(0, i) + other + text.slice(i + 1)),
  )
}

function swaps(text: string): string[] {
  return [...text].flatMap((is, i) => {
    const next = text[i + 1]
    return next === undefined || next === is ? [] : [text.slice(0, i) + next + is + text.slice(i + 2)]
  })
}

describe('descriptor checksum', () => {
  it('finds every slip of one character and every swap of neighbours', () => {
    expect(checksumHolds(PAYLOAD, descriptorChecksum(PAYLOAD))).toBe(true)
    expect(undetected(checksumHolds)).toBe(0)
  })

  it('catches a verifier that ignores one symbol of the checksum', () => {
    const ignoresLast: Verify = (payload, checksum) =>
      descriptorChecksum(payload).startsWith(checksum.slice(0, 7))
    expect(undetected(ignoresLast)).toBeGreaterThan(0)
  })

  it('catches a verifier that ignores one character of the descriptor', () => {
    const ignoresTenth: Verify = (payload, checksum) =>
      checksumHolds(`${payload.slice(0, 10)}${PAYLOAD[10]}${payload.slice(11)}`, checksum)
    expect(undetected(ignoresTenth)).toBeGreaterThan(0)
  })

  it('catches a verifier that ignores upper and lower case', () => {
    const ignoresCase: Verify = (payload, checksum) =>
      checksumHolds(payload, checksum) || payload.toLowerCase() === PAYLOAD.toLowerCase()
    expect(undetected(ignoresCase)).toBeGreaterThan(0)
  })

  it('is written as Bitcoin Core writes it', () => {
    expect(addChecksum('raw(deadbeef)')).toBe('raw(deadbeef)#89f8spxm')
  })

  it('is refused for characters that have no place in a descriptor', () => {
    expect(thrown(() => descriptorChecksum('raw(\u00dc)'))).toBe('descriptor-invalid')
    expect(thrown(() => descriptorChecksum('raw(\n)'))).toBe('descriptor-invalid')
  })
})
