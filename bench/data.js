// @ts-check
// The data of the benchmark, the same bytes at every run: 2,000 small wallet files, and one page-structured
// file of 100 MB as a database of a wallet program has it: pages of 4 KiB, each with a header, rows of hashes and
// keys (random, incompressible) between field names, counters and zeros.
import { createCipheriv } from 'node:crypto'
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export const PAGE_BYTES = 4096
export const BIG_BYTES = 100_000_000 - (100_000_000 % PAGE_BYTES)
export const SMALL_FILES = 2000

/**
 * Random bytes that are the same for the same seed: AES-CTR of zeros.
 * @param {number} seed
 * @returns {(length: number) => Buffer}
 */
export function randomStream(seed) {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, seed), Buffer.alloc(16))
  return (length) => cipher.update(Buffer.alloc(length))
}

/** @param {string} folder */
export function makeData(folder) {
  const small = join(folder, 'small')
  const big = join(folder, 'big')
  mkdirSync(small, { recursive: true })
  mkdirSync(big, { recursive: true })
  const random = randomStream(1)
  for (let i = 0; i < SMALL_FILES; i++) writeFileSync(join(small, `wallet-${i}.json`), walletFile(random))
  const file = openSync(join(big, 'wallet.dat'), 'w')
  for (let page = 0; page < BIG_BYTES / PAGE_BYTES; page++) writeSync(file, walletPage(page, random))
  closeSync(file)
  return { small, big, wallet: join(big, 'wallet.dat') }
}

/**
 * 1 % of the file in scattered pages, as a database changes.
 * @param {string} path
 * @param {number} round
 */
export function changeOnePercent(path, round) {
  const pages = BIG_BYTES / PAGE_BYTES
  const random = randomStream(100 + round)
  const file = openSync(path, 'r+')
  for (let i = 0; i < pages / 100; i++) {
    const page = random(4).readUInt32LE() % pages
    writeSync(file, walletPage(page, random), 0, PAGE_BYTES, page * PAGE_BYTES)
  }
  closeSync(file)
}

/** @param {(length: number) => Buffer} random */
function walletFile(random) {
  const addresses = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`bcrt1q${random(19).toString('hex')}`, { index: i, history: [] }]),
  )
  const keystore = { type: 'bip32', pw_hash_version: 1, xpub: `vpub${random(54).toString('base64url')}` }
  return `${JSON.stringify({ seed_version: 48, wallet_type: 'standard', keystore, addresses, labels: {} }, null, 4)}\n`
}

/**
 * @param {number} number
 * @param {(length: number) => Buffer} random
 */
function walletPage(number, random) {
  const page = Buffer.alloc(PAGE_BYTES)
  page.writeUInt32BE(number, 0)
  let offset = 64
  while (offset + 220 < PAGE_BYTES - 512) {
    offset += page.write('\x0fwalletdescriptorkey', offset, 'latin1')
    offset += random(32).copy(page, offset)
    offset += page.write('\x00\x00\x00\x01timesmart\x00fromaccount\x00', offset, 'latin1')
    offset += random(96).copy(page, offset)
    offset += 48
  }
  return page
}
