/**
 * gzip for the vault: every member is unpacked again and compared before it counts, and long work runs on threads of
 * its own. The asynchronous calls of node:zlib use other threads too, but set up and drop a state of 256 KiB a call on
 * this one: of 105 MB in pieces of 64 KiB, that and the garbage took as long as the compression.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { gunzipSync, gzipSync } from 'node:zlib'

/**
 * Level 1: 135 MB/s against 61 at level 6, which stores a tenth less. The larger hash table of memLevel 9 finds the same
 * matches in fewer steps: 170 MB/s. A smaller window would bring 200, but made one wallet.dat 37 % larger.
 */
const HOW = { level: 1, memLevel: 9 }

/** What is compressed here before threads are started: starting one takes as long as a few MiB. */
const INLINE_BYTES = 2 * 1024 * 1024

/** Pieces that go to a thread together: one message costs as much as compressing a few KiB. */
const BATCH = { pieces: 32, bytes: 1024 * 1024 }

const MAX_THREADS = 4

/** Batches that wait for a thread before another one is started. */
const BEHIND = 2

/**
 * One member, proven to unpack to the same bytes. Its text runs in the threads too: it uses its arguments only.
 *
 * Bytes of an encrypted wallet do not compress, and trying costs four times what the rest of a backup does. The entropy of
 * every third byte tells: of 32 KiB of noise it is 7.98 bits and more, and these go into stored blocks (RFC 1951,
 * section 3.2.4), as deflate would do after its search. What is lost are repetitions inside of noise.
 */
function compress(
  bytes: Uint8Array,
  zlib: Pick<typeof import('node:zlib'), 'gunzipSync' | 'gzipSync'>,
  how: { readonly level: number; readonly memLevel: number },
) {
  const chunkSize = bytes.length + 1024
  const counts = new Uint32Array(256)
  let [samples, bits] = [0, 0]
  if (bytes.length >= 32 * 1024)
    for (let i = 0; i < bytes.length; i += 3, samples++) {
      const byte = bytes[i] as number
      counts[byte] = (counts[byte] as number) + 1
    }
  for (const count of counts) if (count > 0) bits += count * Math.log2(samples / count)
  const isNoise = samples > 0 && bits > samples * 7.97
  const member = zlib.gzipSync(bytes, { ...how, ...(isNoise ? { level: 0 } : {}), chunkSize })
  const back = zlib.gunzipSync(member, { chunkSize })
  if (Buffer.compare(back, bytes) !== 0) throw new Error('gzip did not keep what it was given')
  return member
}

/** The same in a thread. It is a text, so that no bundler has to find a second file. */
const THREAD = `
const { parentPort } = require('node:worker_threads')
const zlib = require('node:zlib')
const compress = ${compress.toString()}
parentPort.on('message', ({ buffers, pieces }) => {
  const members = pieces.map(({ buffer, offset, length }) =>
    compress(new Uint8Array(buffers[buffer], offset, length), zlib, ${JSON.stringify(HOW)}),
  )
  const all = new Uint8Array(members.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  const ends = members.map((member) => {
    all.set(member, end)
    return (end += member.length)
  })
  parentPort.postMessage({ all, ends }, [all.buffer])
})
`

interface Waiting {
  readonly bytes: Uint8Array
  readonly resolve: (member: Uint8Array) => void
  readonly reject: (error: unknown) => void
}

interface Thread {
  readonly worker: Worker
  /** Batches on their way, oldest first: a thread answers in order. */
  readonly batches: (readonly Waiting[])[]
}

/**
 * A compressor of its own state; one a process is enough. Bytes in shared memory are read in place, so they must stay
 * as they are until the promise settles.
 */
export function gzipper(): (bytes: Uint8Array) => Promise<Uint8Array> {
  const threads: Thread[] = []
  let batch: Waiting[] = []
  let inline = 0
  const send = () => {
    if (batch.length > 0) dispatch(threads, batch)
    batch = []
  }
  return async (bytes) => {
    if (inline < INLINE_BYTES) {
      inline += bytes.length
      return new Uint8Array(compress(bytes, { gunzipSync, gzipSync }, HOW))
    }
    return new Promise((resolve, reject) => {
      batch.push({ bytes, resolve, reject })
      const length = batch.reduce((sum, { bytes }) => sum + bytes.length, 0)
      if (batch.length === BATCH.pieces || length >= BATCH.bytes) send()
      else if (batch.length === 1) setImmediate(send)
    })
  }
}

function dispatch(threads: Thread[], batch: readonly Waiting[]): void {
  const wanted = Math.min(availableParallelism(), MAX_THREADS)
  // one more only when all are behind: few changes keep one thread busy, and each costs 30 ms and its memory
  const areBehind = threads.every(({ batches }) => batches.length >= BEHIND)
  if (areBehind && threads.length < wanted) threads.push(startThread())
  const [thread] = [...threads].sort((a, b) => a.batches.length - b.batches.length) as [Thread]
  thread.batches.push(batch)
  thread.worker.ref()
  const question = toQuestion(batch.map(({ bytes }) => bytes))
  thread.worker.postMessage(
    question,
    question.buffers.filter((buffer) => buffer instanceof ArrayBuffer),
  )
}

/** What a thread is asked: where its pieces lie. Each buffer is named once, since each costs a message its time. */
interface Question {
  readonly buffers: readonly ArrayBufferLike[]
  readonly pieces: readonly { readonly buffer: number; readonly offset: number; readonly length: number }[]
}

/** Shared memory goes as it is; the rest as copies, since a message would clone all that a piece is a view of. */
function toQuestion(batch: readonly Uint8Array[]): Question {
  const buffers: ArrayBufferLike[] = []
  const pieces = batch.map((bytes) => {
    const isShared = bytes.buffer instanceof SharedArrayBuffer
    const { buffer, byteOffset: offset, length } = isShared ? bytes : new Uint8Array(bytes)
    const number = buffers.indexOf(buffer)
    return { buffer: number < 0 ? buffers.push(buffer) - 1 : number, offset, length }
  })
  return { buffers, pieces }
}

/** What a thread answers: its members one after another, and where each ends. */
interface Answer {
  readonly all: Uint8Array
  readonly ends: readonly number[]
}

function startThread(): Thread {
  const thread: Thread = { worker: new Worker(THREAD, { eval: true }), batches: [] }
  thread.worker.unref()
  thread.worker.on('message', ({ all, ends }: Answer) => {
    const batch = thread.batches.shift() ?? []
    for (const [i, { resolve }] of batch.entries()) resolve(all.subarray(ends[i - 1] ?? 0, ends[i]))
    if (thread.batches.length === 0) thread.worker.unref()
  })
  thread.worker.on('error', (error) => {
    for (const { reject } of thread.batches.splice(0).flat()) reject(error)
  })
  return thread
}
