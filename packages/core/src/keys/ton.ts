/**
 * TON wallet addresses: the hash of the contract that a wallet would deploy, of its code and of a first state with the
 * public key in it, so that each version of the contract has another address for the same key.
 * https://docs.ton.org/v3/documentation/smart-contracts/contracts-specs/wallet-contracts and .../addresses
 *
 * Workchain 0 and the usual wallet number only. The code itself is not needed, only its hash and depth, which are those
 * of the contracts in github.com/ton-org/ton (src/wallets). Not other contracts, which cannot be told by their address.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { base64url } from '@scure/base'
import { concat, equal, unhex } from '../bytes.js'
import { fail } from '../errors.js'

export type TonVersion = 'v3r2' | 'v4r2' | 'v5r1'

export interface TonAddress {
  /** 0 for wallets, -1 for the masterchain. */
  readonly workchain: number
  /** 32 bytes. */
  readonly hash: Uint8Array
}

export interface TonForm {
  /** Wallets are shown as `UQ…`, non-bounceable, so that coins arrive before the contract is there; contracts as `EQ…`. */
  readonly kind: 'bounceable' | 'non-bounceable'
  /** Marks addresses of test networks. */
  readonly network: 'mainnet' | 'testnet'
}

/** Hash and depth of the code cell. */
const CODES: Readonly<Record<TonVersion, { readonly hash: string; readonly depth: number }>> = {
  v3r2: { hash: '84dafa449f98a6987789ba232358072bc0f76dc4524002a5d0918b9a75d2d599', depth: 0 },
  v4r2: { hash: 'feb5ff6820e2ff0d9483e7e0d62c817d846789fb4ae580c878866d959dabd5c0', depth: 7 },
  v5r1: { hash: '20834b7b72b112147e1b2fb457b84e74d1a30f04f737d4f62a668e9552d2b72f', depth: 6 },
}

/** The subwallet of every wallet of versions 3 and 4: the first four bytes of the hash of the first block. */
const SUBWALLET = 698_983_191

/** Version 5: the id of the network (-239, on testnet -3), and on top of it bit 31 for "made by a client" turned over. */
const WALLET_IDS = { mainnet: 0x7fff_ff11, testnet: 0x7fff_fffd } as const

const TAGS = { bounceable: 0x11, 'non-bounceable': 0x51 } as const
const KINDS = ['bounceable', 'non-bounceable'] as const
const TEST_FLAG = 0x80

/** The wallet of a public key (32 bytes). Only version 5 has another address on a test network. */
export function tonWallet(
  publicKey: Uint8Array,
  version: TonVersion,
  network: TonForm['network'] = 'mainnet',
): TonAddress {
  const code = { hash: unhex(CODES[version].hash), depth: CODES[version].depth }
  const data = { hash: cellHash(dataBits(publicKey, version, network), []), depth: 0 }
  // StateInit: no split depth, nothing special, code, data, no library.
  return { workchain: 0, hash: cellHash('00110', [code, data]) }
}

/** The friendly form of an address. */
export function formatTonAddress({ workchain, hash }: TonAddress, { kind, network }: TonForm): string {
  const tag = TAGS[kind] | (network === 'testnet' ? TEST_FLAG : 0)
  const body = concat(Uint8Array.of(tag, workchain & 0xff), hash)
  return base64url.encode(concat(body, crc16(body)))
}

/**
 * Reads an address in one of the friendly forms (base64 or base64url) or in the raw one, `0:hex`, which tells neither.
 * @throws CairnError `address-invalid`
 */
export function parseTonAddress(text: string): TonAddress & Partial<TonForm> {
  const raw = /^(0|-1):([0-9a-fA-F]{64})$/.exec(text)
  if (raw) return { workchain: Number(raw[1]), hash: unhex(raw[2] as string) }
  if (!/^[\w+/-]{48}$/.test(text)) return fail('address-invalid')
  const bytes = base64url.decode(text.replaceAll('+', '-').replaceAll('/', '_'))
  return readFriendly(bytes) ?? fail('address-invalid')
}

function readFriendly(bytes: Uint8Array): (TonAddress & TonForm) | null {
  const body = bytes.subarray(0, -2)
  if (!equal(crc16(body), bytes.subarray(-2))) return null
  const [tag = 0, workchain] = body
  const kind = KINDS.find((name) => TAGS[name] === (tag & ~TEST_FLAG))
  if (!kind || (workchain !== 0 && workchain !== 0xff)) return null
  const network = (tag & TEST_FLAG) !== 0 ? 'testnet' : 'mainnet'
  return { workchain: workchain === 0 ? 0 : -1, hash: body.slice(2), kind, network }
}

/** The first state: sequence number 0, the number of the wallet, the public key; in later versions no plugins. */
function dataBits(publicKey: Uint8Array, version: TonVersion, network: TonForm['network']): string {
  const key = [...publicKey].map((byte) => bits(byte, 8)).join('')
  if (version === 'v5r1') return `1${bits(0, 32)}${bits(WALLET_IDS[network], 32)}${key}0`
  return `${bits(0, 32)}${bits(SUBWALLET, 32)}${key}${version === 'v4r2' ? '0' : ''}`
}

interface Cell {
  readonly hash: Uint8Array
  readonly depth: number
}

/**
 * SHA-256 of the representation of an ordinary cell: how many references and bits, the bits filled up by a one and
 * zeros, the depths of the references, their hashes. https://docs.ton.org/v3/documentation/data-formats/tlb/cell-boc
 */
function cellHash(data: string, references: readonly Cell[]): Uint8Array {
  const descriptor = Math.floor(data.length / 8) + Math.ceil(data.length / 8)
  const filled = data.length % 8 === 0 ? data : `${data}1`.padEnd(Math.ceil(data.length / 8) * 8, '0')
  const bytes = Uint8Array.from(filled.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
  const depths = references.flatMap(({ depth }) => [depth >> 8, depth & 0xff])
  const head = Uint8Array.of(references.length, descriptor)
  return sha256(concat(head, bytes, Uint8Array.from(depths), ...references.map(({ hash }) => hash)))
}

function bits(value: number, count: number): string {
  return value.toString(2).padStart(count, '0')
}

/** CRC-16/XMODEM, high byte first. */
function crc16(bytes: Uint8Array): Uint8Array {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (0x1021 & -(crc >> 15))) & 0xffff
  }
  return Uint8Array.of(crc >> 8, crc & 0xff)
}
