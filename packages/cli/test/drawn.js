// @ts-check
// Preloaded with `node --import FILE?SEED`: what the run draws is the same for the same seed, so that no draw is a word of
// the program by chance.
import { createHash } from 'node:crypto'

const seed = new URL(import.meta.url).search
let drawn = 0

/** @param {Uint8Array} bytes */
function fill(bytes) {
  for (let at = 0; at < bytes.length; at += 32) {
    const block = createHash('sha256').update(`${seed} ${drawn++}`).digest()
    bytes.set(block.subarray(0, bytes.length - at), at)
  }
}

crypto.getRandomValues = (array) => {
  if (array) fill(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
  return array
}
