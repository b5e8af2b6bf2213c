/**
 * Base45, RFC 9285: bytes as text of the 45 characters of the alphanumeric mode of QR codes, two bytes as three
 * characters. No text of it ends in a space: the last character of three is at most W, of two at most 5.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/** RFC 9285, section 4: of two bytes three characters, the lowest digit first; of one byte at the end two. */
export function encodeBase45(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 2) {
    const high = bytes[i] as number
    const low = bytes[i + 1]
    text += low === undefined ? digits(high, 2) : digits(high * 256 + low, 3)
  }
  return text
}

/** The bytes of a text, or null when no bytes are written like that. Small letters are not read. */
export function decodeBase45(text: string): Uint8Array | null {
  if (text.length % 3 === 1) return null
  const bytes = new Uint8Array(Math.floor(text.length / 3) * 2 + (text.length % 3 === 2 ? 1 : 0))
  for (let i = 0, at = 0; i < text.length; i += 3, at += 2) {
    const group = text.slice(i, i + 3)
    const value = valueOfGroup(group)
    if (value === null || value >= (group.length === 3 ? 65_536 : 256)) return null
    if (group.length === 3) bytes.set([value >> 8, value & 255], at)
    else bytes[at] = value
  }
  return bytes
}

function digits(value: number, count: number): string {
  return Array.from({ length: count }, (_, i) => ALPHABET[Math.floor(value / 45 ** i) % 45]).join('')
}

function valueOfGroup(group: string): number | null {
  let value = 0
  for (let i = group.length - 1; i >= 0; i--) {
    const digit = ALPHABET.indexOf(group[i] as string)
    if (digit === -1) return null
    value = value * 45 + digit
  }
  return value
}
