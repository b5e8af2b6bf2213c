/** Version 4 of RFC 9562 (section 5.4): an identifier of random bits, as key files carry one. It names a file, not a key. */
import { hex } from '../bytes.js'

/** `drawn` has 16 bytes, six bits of which are replaced. */
export function uuid4(drawn: Uint8Array): string {
  const bytes = Uint8Array.from(drawn)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const digits = hex(bytes)
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-')
}
