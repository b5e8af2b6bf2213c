/**
 * Byte strings: hex, UTF-8, joining and comparing. No secret-dependent branches in `equal`.
 * Everything that needs bytes in another shape comes here.
 */
export {
  bytesToHex as hex,
  concatBytes as concat,
  hexToBytes as unhex,
  utf8ToBytes as utf8,
} from '@noble/hashes/utils.js'

/** Strict UTF-8: throws a TypeError on malformed input instead of replacing it. */
export function text(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
}

/** True when both hold the same bytes; the time depends on the lengths only. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] as number)
  return difference === 0
}

/** Overwrites buffers we own. Strings and copies made by the engine cannot be overwritten. */
export function wipe(...buffers: readonly Uint8Array[]): void {
  for (const buffer of buffers) buffer.fill(0)
}
