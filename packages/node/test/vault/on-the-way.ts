/**
 * Every bit of a sealed object, flipped between sealing and the store, counted: in memory before it is hashed, and on the
 * way after. Each must end in an error before the object counts as stored.
 */
import { isCairnError } from '@cairn/core/errors.js'
import type { Primitives } from '@cairn/core/types.js'
import { newIdentity } from '@cairn/core/vault/identity.js'
import { seal } from '@cairn/core/vault/seal.js'
import { chacha20 } from '@noble/ciphers/chacha.js'
import { native } from '../../src/primitives.js'
import type { Store } from '../../src/stores/store.js'
import { putSealed } from '../../src/vault/stored.js'
import { rememberPoints } from '../sim/curve.js'
import { withSeed } from '../sim/generator.js'

const PLAIN_BYTES = 10_240
const TAG_BYTES = 16

export interface Flips {
  readonly tried: number
  /** Bits that were flipped while the object was called stored, or with another error than this fault has. */
  readonly lost: readonly string[]
}

/** Where a bit is flipped, and the error that it ends in. */
const PLACES = { memory: 'object-damaged', way: 'store-lies' } as const

export interface FlipPlan {
  readonly where: keyof typeof PLACES
  /** Every so many-th bit. */
  readonly every?: number
  /** `trusting`: the object is not read back, or what comes back is not looked at. */
  readonly twin?: 'trusting'
}

export async function flipsOnTheWay({ where, every = 1, twin }: FlipPlan): Promise<Flips> {
  const forget = rememberPoints()
  try {
    const { recipient } = await withSeed(0, async () => newIdentity())
    const plain = Uint8Array.from({ length: PLAIN_BYTES }, (_, i) => i & 0xff)
    const { bytes } = await withSeed(1, () => seal(plain, recipient, native))
    const lost: string[] = []
    let tried = 0
    for (let bit = 0; bit < 8 * bytes.length; bit += every) {
      tried++
      // the same key every time, so that the sealed bytes are the same too
      const ended = await withSeed(1, () => put({ plain, recipient, bit, where, twin }))
      if (ended !== PLACES[where]) lost.push(`bit ${bit}: ${ended}`)
    }
    return { tried, lost }
  } finally {
    forget()
  }
}

interface Putting extends Pick<FlipPlan, 'where'> {
  readonly plain: Uint8Array
  readonly recipient: string
  readonly bit: number
  readonly twin: FlipPlan['twin']
}

/** The error that it ended in, or `stored`. */
async function put({ plain, recipient, bit, where, twin }: Putting): Promise<string> {
  const flip = (bytes: Uint8Array) => {
    bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
  }
  const isTrusting = twin === 'trusting'
  const store = memory({
    flip: where === 'way' ? flip : () => {},
    answers: isTrusting ? 'as sent' : 'as stored',
  })
  const primitives = where === 'memory' ? flippingBeforeTheHash(flip, isTrusting) : native
  const writer = { recipient, targets: [{ store }], primitives, now: () => new Date(0) }
  try {
    await putSealed(writer, plain, async (back) => {
      if (!isTrusting && Buffer.compare(back, plain) !== 0) throw new Error('other contents were let through')
    })
    return 'stored'
  } catch (error) {
    return isCairnError(error) ? error.code : String(error)
  }
}

interface Memory {
  readonly flip: (bytes: Uint8Array) => void
  readonly answers: 'as stored' | 'as sent'
}

function memory({ flip, answers }: Memory): Store {
  let [sent, kept] = [new Uint8Array(0), new Uint8Array(0)]
  return {
    name: 'memory',
    place: 'memory',
    put: async (_key, bytes) => {
      sent = Uint8Array.from(bytes)
      kept = Uint8Array.from(bytes)
      flip(kept)
    },
    get: async () => (answers === 'as sent' ? sent : kept),
    list: async () => [],
    remove: async () => {},
  }
}

/** A bit of the object goes wrong in memory, right before its name is made. */
function flippingBeforeTheHash(flip: (bytes: Uint8Array) => void, ignoresTags: boolean): Primitives {
  let isFirst = true
  const decrypt: Primitives['decrypt'] = (key, nonce, sealed) =>
    chacha20(key, nonce, sealed.subarray(0, -TAG_BYTES), undefined, 1)
  return {
    ...native,
    ...(ignoresTags ? { decrypt } : {}),
    sha256: (bytes) => {
      if (isFirst && bytes.length > PLAIN_BYTES) {
        isFirst = false
        flip(bytes)
      }
      return native.sha256(bytes)
    },
  }
}
