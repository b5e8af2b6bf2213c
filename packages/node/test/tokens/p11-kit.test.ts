/** The messages of p11-kit's protocol: bytes as p11-kit 0.24.1 sends them, and bytes that nobody should. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  attributes,
  firstMessage,
  frame,
  parseAnswer,
  ulong,
  wanted,
} from '../../src/tokens/p11-kit/message.js'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const RUNS = { seed: 0x9115, numRuns: 500 }

describe('a call', () => {
  it('is three numbers, its own number and signature, and its arguments', () => {
    // C_OpenSession (10) with "uu": slot 1, CKF_SERIAL_SESSION
    expect(Buffer.from(frame(7, 'C_OpenSession', [ulong(1), ulong(4)])).toString('hex')).toBe(
      bytes('00000007 00000000 0000001a 0000000a 00000002 7575 0000000000000001 0000000000000004').toString(
        'hex',
      ),
    )
  })

  it('has attributes in the form of their types', () => {
    expect(
      Buffer.from(
        attributes([
          [0, 3],
          [0x162, true],
          [0x102, Uint8Array.of(5)],
        ]),
      ).toString('hex'),
    ).toBe(
      bytes(
        '00000003 00000000 01 00000008 0000000000000003 00000162 01 00000001 01 00000102 01 00000001 00000001 05',
      ).toString('hex'),
    )
    expect(Buffer.from(wanted([0x102], 64)).toString('hex')).toBe('000000010000010200000040')
  })
})

describe('an answer', () => {
  it('is taken when it is whole', () => {
    const whole = bytes('00000001 00000000 00000003 010203')
    expect(firstMessage(whole.subarray(0, 14))).toBeNull()
    expect(firstMessage(Buffer.concat([whole, Uint8Array.of(9)]))).toEqual({
      message: Buffer.from([1, 2, 3]),
      rest: Buffer.from([9]),
    })
    expect(firstMessage(bytes('00000001 00000000 7fffffff'))).toBe('broken')
  })

  it('is an error with its number, or of the call that was made', () => {
    const error = bytes('00000000 00000001 75 00000000000000a0')
    expect(parseAnswer('C_Login', error).rv).toBe(0xa0)
    const session = bytes('0000000a 00000001 75 0000000000000002')
    expect(parseAnswer('C_OpenSession', session).body.ulong()).toBe(2)
    expect(() => parseAnswer('C_Login', session)).toThrowError(RangeError)
  })

  it('tells attributes, and which the object does not have', () => {
    const told = bytes(
      '00000018 00000003 614175 00000002 00000102 01 00000001 00000001 05 00000181 00 00000000000000000',
    )
    const found = parseAnswer('C_GetAttributeValue', told).body.attributes()
    expect([...found]).toEqual([[0x102, Buffer.from([5])]])
  })

  it('is read within its bounds, whatever it says', () => {
    const calls = ['C_GetSlotList', 'C_GetAttributeValue', 'C_Decrypt', 'C_GetTokenInfo'] as const
    const heads = { C_GetSlotList: '00000004 00000002 6175', C_GetAttributeValue: '00000018 00000003 614175' }
    fc.assert(
      fc.property(fc.constantFrom(...calls), fc.uint8Array({ maxLength: 64 }), (call, tail) => {
        const head = bytes(call in heads ? heads[call as keyof typeof heads] : '00000000')
        const read = () => {
          const { body } = parseAnswer(call, Buffer.concat([head, tail]))
          if (call === 'C_GetSlotList') body.ulongs()
          else if (call === 'C_GetAttributeValue') body.attributes()
          else body.byteArray()
        }
        try {
          read()
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError)
        }
      }),
      RUNS,
    )
  })
})
