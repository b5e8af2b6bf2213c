/**
 * Base85 as Python's `base64.b85encode` writes it, with the alphabet of RFC 1924: five characters for four bytes,
 * the most significant first. For lengths that four divides.
 */
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'

export function base85(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let text = ''
  for (let at = 0; at < bytes.length; at += 4) text += group(view.getUint32(at))
  return text
}

function group(value: number): string {
  let rest = value
  let digits = ''
  for (let i = 0; i < 5; i++) {
    digits = `${ALPHABET[rest % 85]}${digits}`
    rest = Math.floor(rest / 85)
  }
  return digits
}
