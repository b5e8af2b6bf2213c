/**
 * Base58 as Monero writes it: blocks of 8 bytes as 11 characters each, and a shorter last block, with no leading
 * zeros squeezed (src/common/base58.cpp). Every text stands for one byte string only; Bitcoin's base58 is another.
 */
const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const BLOCK_BYTES = 8
const BLOCK_CHARACTERS = 11

/** Characters of a block of so many bytes. */
const CHARACTERS = [0, 2, 3, 5, 6, 7, 9, 10, 11]

export function encodeBlocks(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES)
    text += encodeBlock(bytes.subarray(at, at + BLOCK_BYTES))
  return text
}

/** Null when it is no text that `encodeBlocks` writes. */
export function decodeBlocks(text: string): Uint8Array | null {
  const blocks: number[] = []
  for (let at = 0; at < text.length; at += BLOCK_CHARACTERS) {
    const block = decodeBlock(text.slice(at, at + BLOCK_CHARACTERS))
    if (!block) return null
    blocks.push(...block)
  }
  return Uint8Array.from(blocks)
}

function encodeBlock(block: Uint8Array): string {
  let value = block.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
  let text = ''
  for (let i = 0; i < (CHARACTERS[block.length] as number); i++) {
    text = ALPHABET[Number(value % 58n)] + text
    value /= 58n
  }
  return text
}

function decodeBlock(text: string): readonly number[] | null {
  const length = CHARACTERS.indexOf(text.length)
  const digits = Array.from(text, (character) => ALPHABET.indexOf(character))
  if (length < 0 || digits.includes(-1)) return null
  const value = digits.reduce((sum, digit) => sum * 58n + BigInt(digit), 0n)
  if (value >= 256n ** BigInt(length)) return null
  return Array.from({ length }, (_, i) => Number((value >> BigInt(8 * (length - 1 - i))) & 255n))
}
