/**
 * Inflates a zlib stream (RFC 1950) by the Compression Streams of the platform and stops at a limit, so that a small
 * file cannot ask for all memory.
 */
import { concat } from '../../bytes.js'

/** Returns null when damaged, `too-large` when more than `limit` bytes would come out. */
export async function inflate(bytes: Uint8Array, limit: number): Promise<Uint8Array | 'too-large' | null> {
  const chunks: Uint8Array[] = []
  const reader = streamOf(bytes).pipeThrough(new DecompressionStream('deflate')).getReader()
  try {
    let length = 0
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      length += next.value.length
      if (length > limit) return 'too-large'
      chunks.push(next.value)
    }
    return concat(...chunks)
  } catch {
    return null
  } finally {
    reader.cancel().catch(() => undefined) // nothing more is inflated
  }
}

// A byte of zlib gives at most 1,032: an engine that inflates each piece at once then holds 64 MiB.
const PIECE_BYTES = 64 * 1024

function streamOf(bytes: Uint8Array): ReadableStream<BufferSource> {
  let at = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(at, at + PIECE_BYTES))
      at += PIECE_BYTES
    },
  })
}
