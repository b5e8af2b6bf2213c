/**
 * gzip for the vault: every member is unpacked again and compared before it counts, and long work runs on threads of
 * its own. The asynchronous calls of node:zlib use other threads too, but set up and drop a state of 256 KiB a call on
 * this one: of 105 MB in pieces of 64 KiB, that and the garbage took as long as the compression.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { gunzipSync, gzipSync } from 'node:zlib'

/** Level 1: 135 MB/s against 61 at level 6, which stores a tenth less. */
const LEVEL = 1

/** What is compressed here before threads are started: starting them takes as long as a few MiB. */
const INLINE_BYTES = 4 * 1024 * 1024

/** Pieces that go to a thread together: one message costs as much as compressing a few KiB. */
const BATCH = 16

const MAX_THREADS = 4

/** One member, proven to unpack to the same bytes. Its text runs in the threads too: it uses its arguments only. */
function compress(
  bytes: Uint8Array,
  zlib: Pick<typeof import('node:zlib'), 'gunzipSync' | 'gzipSync'>,
  level: number,
) {
  const chunkSize = bytes.length + 1024
  const member = zlib.gzipSync(bytes, { level, chunkSize })
  const back = zlib.gunzipSync(member, { chunkSize })
  if (Buffer.compare(back, bytes) !== 0) throw new Error('gzip did not keep what it was given')
  return new Uint8Array(member)
}

/** The same in a thread. It is a text, so that no bundler has to find a second file. */
const THREAD = `
const { parentPort } = require('node:worker_threads')
const zlib = require('node:zlib')
const compress = ${compress.toString()}
parentPort.on('message', (pieces) => {
  const members = pieces.map((piece) => compress(piece, zlib, ${LEVEL}))
  parentPort.postMessage(members, members.map(({ buffer }) => buffer))
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

/** A compressor of its own state; one a process is enough. */
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
      return compress(bytes, { gunzipSync, gzipSync }, LEVEL)
    }
    return new Promise((resolve, reject) => {
      batch.push({ bytes, resolve, reject })
      if (batch.length === BATCH) send()
      else if (batch.length === 1) setImmediate(send)
    })
  }
}

function dispatch(threads: Thread[], batch: readonly Waiting[]): void {
  const wanted = Math.min(availableParallelism(), MAX_THREADS)
  if (threads.length < wanted) threads.push(startThread())
  const [thread] = [...threads].sort((a, b) => a.batches.length - b.batches.length) as [Thread]
  thread.batches.push(batch)
  thread.worker.ref()
  // copies: a message would clone the whole buffer that each piece is a view of
  const pieces = batch.map(({ bytes }) => new Uint8Array(bytes))
  thread.worker.postMessage(
    pieces,
    pieces.map(({ buffer }) => buffer),
  )
}

function startThread(): Thread {
  const thread: Thread = { worker: new Worker(THREAD, { eval: true }), batches: [] }
  thread.worker.unref()
  thread.worker.on('message', (members: readonly Uint8Array[]) => {
    const batch = thread.batches.shift() ?? []
    for (const [i, { resolve }] of batch.entries()) resolve(members[i] as Uint8Array)
    if (thread.batches.length === 0) thread.worker.unref()
  })
  thread.worker.on('error', (error) => {
    for (const { reject } of thread.batches.splice(0).flat()) reject(error)
  })
  return thread
}
