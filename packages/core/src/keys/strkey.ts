/**
 * Stellar's account addresses: a version byte, an ed25519 public key and a CRC-16, in base 32
 * (SEP-23, https://github.com/stellar/stellar-protocol/blob/master/ecosystem/sep-0023.md). Not muxed accounts, not seeds.
 */
import { base32nopad } from '@scure/base'
import { concat, equal } from '../bytes.js'

const ACCOUNT_ID = 6 << 3 // written "G"

/** The address, `G…`, of a public key of 32 bytes. */
export function stellarAddress(publicKey: Uint8Array): string {
  const payload = concat(Uint8Array.of(ACCOUNT_ID), publicKey)
  return base32nopad.encode(concat(payload, checksum(payload)))
}

/** Whether a text is a Stellar address. */
export function isStellarAddress(text: string): boolean {
  if (!/^G[A-Z2-7]{55}$/.test(text)) return false
  const bytes = base32nopad.decode(text) // 35 bytes are 56 symbols exactly: no padding bits
  return equal(bytes.subarray(-2), checksum(bytes.subarray(0, -2)))
}

/** CRC-16/XMODEM (polynomial 0x1021, start 0), lower byte first. */
function checksum(payload: Uint8Array): Uint8Array {
  let crc = 0
  for (const byte of payload) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff
  }
  return Uint8Array.of(crc & 0xff, crc >> 8)
}
