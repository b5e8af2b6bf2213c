/**
 * X25519 with a memory, in place of that of Web Cryptography: the same point for the same secret is computed once. The
 * runs of a simulation open the same few objects again and again, and took most of their time for it.
 */
const { importKey, deriveBits } = globalThis.crypto.subtle

/** What stands for a key until it is needed. */
interface Known {
  readonly format: 'raw' | 'pkcs8'
  readonly bytes: Uint8Array
}

const points = new Map<string, Promise<ArrayBuffer>>()
/** The memory does not grow for ever. */
const MOST_POINTS = 100_000

/** @returns what takes the memory away */
export function rememberPoints(): () => void {
  const { subtle } = globalThis.crypto
  const define = (name: string, value: unknown) =>
    Object.defineProperty(subtle, name, { configurable: true, value })
  define('importKey', (format: Known['format'], bytes: Uint8Array, ...rest: readonly [{ name?: string }]) => {
    const isCurve = rest[0].name === 'X25519' && bytes instanceof Uint8Array
    if (isCurve) return Promise.resolve({ format, bytes: Uint8Array.from(bytes) } satisfies Known)
    return Reflect.apply(importKey, subtle, [format, bytes, ...rest])
  })
  define('deriveBits', (algorithm: { public?: unknown }, secret: unknown, ...rest: readonly number[]) => {
    if (!isKnown(secret) || !isKnown(algorithm.public))
      return Reflect.apply(deriveBits, subtle, [algorithm, secret, ...rest])
    return pointOf(secret, algorithm.public)
  })
  return () => {
    Reflect.deleteProperty(subtle, 'importKey')
    Reflect.deleteProperty(subtle, 'deriveBits')
  }
}

function isKnown(key: unknown): key is Known {
  return typeof key === 'object' && key !== null && 'format' in key && 'bytes' in key
}

async function pointOf(secret: Known, peer: Known): Promise<ArrayBuffer> {
  const name = `${Buffer.from(secret.bytes).toString('hex')} ${Buffer.from(peer.bytes).toString('hex')}`
  const point = points.get(name) ?? compute(secret, peer)
  if (points.size > MOST_POINTS) points.clear()
  points.set(name, point)
  return (await point).slice(0)
}

async function compute(secret: Known, peer: Known): Promise<ArrayBuffer> {
  const { subtle } = globalThis.crypto
  const load = ({ format, bytes }: Known): Promise<CryptoKey> =>
    Reflect.apply(importKey, subtle, [
      format,
      bytes,
      { name: 'X25519' },
      false,
      format === 'raw' ? [] : ['deriveBits'],
    ])
  const [own, other] = [await load(secret), await load(peer)]
  return Reflect.apply(deriveBits, subtle, [{ name: 'X25519', public: other }, own, 256])
}
