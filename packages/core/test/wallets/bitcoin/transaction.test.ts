import { RawTx } from '@scure/btc-signer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hex, unhex } from '../../../src/bytes.js'
import { parseTransaction } from '../../../src/wallets/bitcoin/transaction.js'
import { SEED } from '../../keys/fuzz.js'

class Damaged extends Error {}
const parse = (bytes: Uint8Array) =>
  parseTransaction(bytes, () => {
    throw new Damaged()
  })

/** The first transaction there is (Bitcoin Core, kernel/chainparams.cpp). */
const GENESIS =
  '01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000'

const input = fc.record({
  txid: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  index: fc.nat(0xffff_fffe),
  finalScriptSig: fc.uint8Array({ maxLength: 120 }),
  sequence: fc.nat(0xffff_ffff),
})
const output = fc.record({
  amount: fc.bigInt(0n, 2_100_000_000_000_000n),
  script: fc.uint8Array({ maxLength: 300 }),
})
const stack = (minLength: number) => fc.array(fc.uint8Array({ maxLength: 80 }), { minLength, maxLength: 4 })
const raw = fc
  .record({
    version: fc.nat(0x7fff_ffff),
    segwitFlag: fc.boolean(),
    inputs: fc.array(input, { minLength: 1, maxLength: 3 }),
    outputs: fc.array(output, { maxLength: 5 }),
    lockTime: fc.nat(0xffff_ffff),
    stacks: fc.tuple(stack(1), stack(0), stack(0)),
  })
  .map(({ stacks, ...tx }) => ({
    ...tx,
    witnesses: tx.segwitFlag ? stacks.slice(0, tx.inputs.length) : undefined,
  }))

describe('raw transactions', () => {
  it('reads the first one', () => {
    const transaction = parse(unhex(GENESIS))
    expect(transaction.txid).toBe('4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b')
    expect(transaction.isCoinbase).toBe(true)
    expect(transaction.inputs).toEqual([])
    expect(transaction.outputs.map(({ value }) => value)).toEqual([5_000_000_000n])
  })

  it('reads what scure-btc-signer writes, and its id leaves the witnesses out', () => {
    fc.assert(
      fc.property(raw, (tx) => {
        const found = parse(RawTx.encode(tx))
        expect(found.outputs).toEqual(tx.outputs.map(({ amount, script }) => ({ value: amount, script })))
        // btc-signer gives the hash of an input in the order in which it is shown
        expect(found.inputs).toEqual(tx.inputs.map(({ txid, index }) => ({ txid: hex(txid), index })))
        const bare = RawTx.encode({ ...tx, segwitFlag: false, witnesses: undefined })
        expect(parse(bare).txid).toBe(found.txid)
      }),
      { seed: SEED, numRuns: 300 },
    )
  })

  it('refuses every cut, and a byte too many', () => {
    for (const tx of fc.sample(raw, { seed: SEED, numRuns: 20 })) {
      const bytes = RawTx.encode(tx)
      for (let length = 0; length < bytes.length; length++) {
        expect(() => parse(bytes.subarray(0, length))).toThrow(Damaged)
      }
      expect(() => parse(Uint8Array.of(...bytes, 0))).toThrow(Damaged)
    }
  })

  it('reads or refuses any bytes, and asks for no more memory than there are', () => {
    const near = fc.tuple(raw, fc.nat(), fc.nat(255)).map(([tx, at, byte]) => {
      const bytes = RawTx.encode(tx)
      bytes[at % bytes.length] = byte
      return bytes
    })
    fc.assert(
      fc.property(fc.oneof(near, fc.uint8Array({ maxLength: 400 })), (bytes) => {
        try {
          expect(parse(bytes).inputs.length).toBeLessThan(bytes.length)
        } catch (error) {
          if (!(error instanceof Damaged)) throw error
        }
      }),
      { seed: SEED, numRuns: 3000 },
    )
  })

  it('refuses more than 21 million bitcoin, lengths that are not in their shortest form, unknown flags', () => {
    const tx = (amount: string, script: string) =>
      unhex(`0100000001${'11'.repeat(36)}00ffffffff01${amount}${script}00000000`)
    expect(parse(tx('0040075af0750700', '00')).outputs[0]?.value).toBe(2_100_000_000_000_000n)
    expect(() => parse(tx('0140075af0750700', '00'))).toThrow(Damaged)
    expect(() => parse(tx('0040075af0750700', 'fd0000'))).toThrow(Damaged)
    expect(() => parse(unhex(`01000000000201${'11'.repeat(36)}00ffffffff000000000000`))).toThrow(Damaged)
    expect(() => parse(unhex(`01000000000101${'11'.repeat(36)}00ffffffff000000000000`))).toThrow(Damaged) // no witness
  })
})
