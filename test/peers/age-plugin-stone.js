// @ts-check
/**
 * An age plugin for tests, `age-plugin-stone`, by C2SP age-plugin.md alone and with none of our code. It wraps file keys
 * as age's own X25519 recipients do, under the tag `stone`. What else it does, the variable STONE says; see `odd`.
 */
import * as crypto from 'node:crypto'
import { createInterface } from 'node:readline'
import { bech32 } from '@scure/base'

const SPKI = Buffer.from('302a300506032b656e032100', 'hex')
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex')
const publicKey = (/** @type {Uint8Array} */ raw) =>
  crypto.createPublicKey({ key: Buffer.concat([SPKI, raw]), format: 'der', type: 'spki' })
const privateKey = (/** @type {Uint8Array} */ raw) =>
  crypto.createPrivateKey({ key: Buffer.concat([PKCS8, raw]), format: 'der', type: 'pkcs8' })
const rawOf = (/** @type {crypto.KeyObject} */ key) =>
  crypto.createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)

const b64 = (/** @type {Uint8Array | string} */ bytes) =>
  Buffer.from(bytes).toString('base64').replace(/=+$/, '')
const odd = process.env.STONE ?? ''
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()

/** @param {string} args @param {Uint8Array | string} [body] */
function say(args, body = '') {
  const text = b64(body)
  const full = text.match(/.{64}/g) ?? []
  process.stdout.write(`${[`-> ${args}`, ...full, text.slice(full.length * 64)].join('\n')}\n`)
}

async function hear() {
  const { value: first, done } = await lines.next()
  if (done) process.exit(1)
  let body = ''
  for (;;) {
    const { value: line, done: ended } = await lines.next()
    if (ended) process.exit(1)
    body += line
    if (line.length < 64) break
  }
  return { args: first.slice(3).split(' '), body: Buffer.from(body, 'base64') }
}

/** @param {string} args @param {Uint8Array | string} [body] */
async function request(args, body) {
  say(args, body)
  return hear()
}

/** @param {crypto.KeyObject} secret @param {crypto.KeyObject} open @param {Buffer} salt */
function wrappingKey(secret, open, salt) {
  const shared = crypto.diffieHellman({ privateKey: secret, publicKey: open })
  return Buffer.from(crypto.hkdfSync('sha256', shared, salt, 'stone', 32))
}

/** @param {string} recipient @param {Buffer} fileKey */
function wrap(recipient, fileKey) {
  const to = Buffer.from(bech32.decodeToBytes(recipient).bytes)
  const { privateKey: secret } = crypto.generateKeyPairSync('x25519')
  const share = rawOf(secret)
  const key = wrappingKey(secret, publicKey(to), Buffer.concat([share, to]))
  const cipher = crypto.createCipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: 16 })
  const sealed = Buffer.concat([cipher.update(fileKey), cipher.final()])
  return { args: `stone ${b64(share)}`, body: Buffer.concat([sealed, cipher.getAuthTag()]) }
}

/** @param {string} identity @param {{ args: string[], body: Buffer }} stanza */
function unwrap(identity, { args: [, , , share = ''], body }) {
  const secret = privateKey(bech32.decodeToBytes(identity.toLowerCase()).bytes)
  const from = Buffer.from(share, 'base64')
  const key = wrappingKey(secret, publicKey(from), Buffer.concat([from, rawOf(secret)]))
  const decipher = crypto.createDecipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: 16 })
  decipher.setAuthTag(body.subarray(16))
  try {
    return Buffer.concat([decipher.update(body.subarray(0, 16)), decipher.final()])
  } catch {
    return null
  }
}

/** What a plugin may do, should not do, or does when its device is missing. True when it shall go on. */
async function misbehave() {
  if (odd === 'silent') await new Promise(() => setInterval(() => {}, 1_000))
  if (odd === 'crash') process.exit(3)
  if (odd === 'cut') process.stdout.write('-> msg\n', () => process.exit(0))
  if (odd === 'garbage') process.stdout.write('what?\n\n')
  if (odd === 'flood')
    for (;;)
      if (!process.stdout.write('-> msg\n\n'.repeat(4_096)))
        await new Promise((go) => process.stdout.once('drain', () => go(null)))
  if (odd === 'line') process.stdout.write(`-> ${'x'.repeat(40_000)}\n\n`)
  if (odd === 'chatter') for (;;) await request('msg', 'and another thing')
  if (odd === 'error') await request('error internal', 'the stone is not here')
  if (odd === 'message') await request('msg', 'please touch the \u001b[31mstone')
  if (odd === 'grease')
    await request(`grease-${crypto.randomBytes(4).toString('hex')} a b`, crypto.randomBytes(80))
  if (odd === 'confirm') {
    const { args } = await request(
      `confirm ${b64('it is here')} ${b64('skip it')}`,
      'put the stone on the table',
    )
    if (args.join(' ') !== 'ok yes') await request('error internal', 'skipped')
    return args.join(' ') === 'ok yes'
  }
  if (odd === 'pin') {
    const { args, body } = await request('request-secret', 'the PIN of the stone')
    const right = args[0] === 'ok' && body.toString() === '4711'
    if (!right) await request('error internal', 'wrong PIN')
    return right
  }
  return !['garbage', 'cut', 'line', 'error'].includes(odd)
}

async function main() {
  const machine = process.argv[2]?.replace('--age-plugin=', '')
  if (machine === '--generate') return generate()
  if (machine !== 'recipient-v1' && machine !== 'identity-v1') process.exit(2)
  const asked = []
  for (;;) {
    const stanza = await hear()
    if (stanza.args[0] === 'done') break
    asked.push(stanza)
  }
  if (await misbehave()) await (machine === 'recipient-v1' ? wrapAll(asked) : unwrapAll(asked))
  say('done')
  process.exit(0)
}

/** @param {{ args: string[], body: Buffer }[]} asked */
async function wrapAll(asked) {
  const recipients = asked.filter(({ args }) => args[0] === 'add-recipient').map(({ args }) => args[1] ?? '')
  const fileKeys = asked.filter(({ args }) => args[0] === 'wrap-file-key')
  for (const [i, { body }] of fileKeys.entries())
    for (const recipient of recipients) {
      const { args, body: sealed } = wrap(recipient, body)
      await request(`recipient-stanza ${odd === 'index' ? 7 : i} ${args}`, sealed)
    }
}

/** @param {{ args: string[], body: Buffer }[]} asked */
async function unwrapAll(asked) {
  const identities = asked.filter(({ args }) => args[0] === 'add-identity').map(({ args }) => args[1] ?? '')
  const stanzas = asked.filter(({ args }) => args[0] === 'recipient-stanza' && args[2] === 'stone')
  const done = new Set()
  for (const stanza of stanzas)
    for (const identity of identities) {
      const fileKey = unwrap(identity, stanza)
      if (fileKey === null || done.has(stanza.args[1])) continue
      done.add(stanza.args[1])
      await request(
        `file-key ${odd === 'index' ? 7 : stanza.args[1]}`,
        odd === 'short' ? fileKey.subarray(1) : fileKey,
      )
    }
}

/** A new pair, as `--generate` prints it: the identity and the recipient. */
function generate() {
  const { privateKey: secret } = crypto.generateKeyPairSync('x25519')
  const raw = secret.export({ format: 'der', type: 'pkcs8' }).subarray(-32)
  console.log(bech32.encodeFromBytes('age-plugin-stone-', raw).toUpperCase())
  console.log(bech32.encodeFromBytes('age1stone', rawOf(secret)))
}

await main()
