/**
 * `cairn key export`: a key in another format, or the key of a phrase at a path. Encrypted unless a plain form is asked
 * for with --reveal; then it says what a plain key means.
 */

import { fail } from '@cairn/core/errors.js'
import type { KeyAddressType } from '@cairn/core/keys/address.js'
import { deriveKey, fingerprint } from '@cairn/core/keys/bip32.js'
import { type Derived, deriveFromPhrase } from '@cairn/core/keys/key-derivation.js'
import {
  secrecyOf,
  usualFormat,
  type Writing,
  type WrittenFormat,
  writeKey,
} from '@cairn/core/keys/key-writer.js'
import {
  type Home,
  type Material,
  publicPart,
  purposeType,
  singleMaterial,
} from '@cairn/core/keys/material.js'
import { formatStep, parsePath } from '@cairn/core/keys/path.js'
import { parsePhrase } from '@cairn/core/words/phrase.js'
import { askNewSecret } from '../../ask.js'
import type { Context } from '../../context.js'
import { writePrivate } from '../../input.js'
import { chainOption, type KeyOptions, openWhole, placed, readKeyText, readWhole } from '../../key-input.js'
import { needReveal, type Outcome } from '../../outcome.js'
import { columns, safe } from '../../output.js'
import { askPassphrase, type PassphraseOptions } from '../../passphrase.js'

interface Options extends KeyOptions, PassphraseOptions {
  readonly to?: WrittenFormat
  readonly path?: string
  readonly type?: KeyAddressType
  readonly newPasswordFile?: string
  readonly out?: string
  readonly reveal?: boolean
}

export async function run(context: Context, options: Options, file?: string): Promise<Outcome> {
  if (options.to !== undefined && secrecyOf(options.to) === 'plain') needReveal(options)
  const source = await readSource(context, options, file)
  const format = options.to ?? usualFormat(source.material, source.home)
  if (format === null) return fail('usage', { reason: 'say with --to in which format to write it' })
  const password = secrecyOf(format) === 'encrypted' ? await newPassword(context, options) : undefined
  const writing: Writing = {
    ...source,
    format,
    path: source.path ?? '',
    ...(password === undefined ? {} : { password }),
    ...typeOf(options.type ?? purposeType(options.path ?? source.path)),
  }
  return outcome(await writeKey(writing), writing, options)
}

function typeOf(type: KeyAddressType | null): Pick<Writing, 'type'> {
  return type === null ? {} : { type }
}

type Source = Pick<Derived, 'material' | 'home' | 'origin'> & { readonly path: string | null }

/** Several words are a phrase; anything else is a key. */
async function readSource(context: Context, options: Options, file: string | undefined): Promise<Source> {
  const text = await readKeyText(context, file)
  if (isPhrase(text)) return fromPhrase(context, text, options)
  const opened = await openWhole(context, readWhole(text), options)
  const chain = chainOption(options)
  const { material, home } = placed(opened, chain, options.network)
  return options.path === undefined
    ? { material, home, path: null }
    : below({ material, home }, options.path, options)
}

function isPhrase(text: string): boolean {
  const words = text.split(/\s+/)
  return words.length >= 9 && words.every((word) => /^[\p{L}\p{M}]+$/u.test(word))
}

async function fromPhrase(context: Context, text: string, options: Options): Promise<Source> {
  const phrase = parsePhrase(text)
  const passphrase = await askPassphrase(context, 'the passphrase of the phrase', options)
  const format = options.to ?? 'bip38'
  const chain = chainOption(options) ?? chainOf(format, phrase.kind)
  const { network = 'mainnet', path } = options
  return deriveFromPhrase(phrase, passphrase, {
    chain,
    network,
    format,
    ...(path === undefined ? {} : { path }),
  })
}

/** The chain whose programs read the format. */
function chainOf(format: WrittenFormat, kind: string) {
  if (kind === 'monero' || kind === 'mymonero') return 'monero'
  if (format.startsWith('keystore') || format === 'eip2335') return 'ethereum'
  return format.startsWith('solana') ? 'solana' : 'bitcoin'
}

/** The key at a path below an extended key: itself extended where the format is. */
function below(
  { material, home }: { material: Material; home: Home },
  text: string,
  { to }: Options,
): Source {
  if (material.kind !== 'extended')
    return fail('usage', { reason: '--path goes with a phrase or an extended key' })
  const path = parsePath(text)
  const extended = deriveKey(material.extended, path)
  const isExtended = to !== undefined && /^[xyz](?:pub|prv)$|^descriptor/.test(to)
  const isMaster = material.extended.depth === 0
  const steps = path.map((step) => formatStep(step, { mark: 'h' })).join('/')
  const origin = isMaster ? { origin: { fingerprint: fingerprint(material.extended), path: steps } } : {}
  if (isExtended) return { material: { kind: 'extended', extended }, home, path: null, ...origin }
  const { privateKey } = extended
  if (!privateKey) return fail('key-public', { what: 'extended key' })
  return { material: singleMaterial('secp256k1', privateKey), home, path: null }
}

async function newPassword(context: Context, { newPasswordFile }: Options): Promise<string> {
  const question = { what: 'a new password for the key', option: '--new-password-file' }
  const password = await askNewSecret(context, question, newPasswordFile)
  return password === '' ? fail('usage', { reason: 'an empty password protects nothing' }) : password
}

async function outcome(text: string, writing: Writing, options: Options): Promise<Outcome> {
  const { format, material, home } = writing
  const secrecy = secrecyOf(format)
  const part = publicPart(material, home)
  const said = {
    format,
    secrecy,
    chain: home.chain,
    ...(writing.path ? { path: writing.path } : {}),
    address: (part.addresses.find(({ form }) => form === writing.type) ?? part.addresses[0])?.address ?? null,
    public: part.public,
  }
  const rows = part.addresses.map(({ form, address }) => [`  ${form}`, address])
  const lines = [
    `${TOLD[secrecy]}: ${format}${writing.path ? `, ${writing.path}` : ''}`,
    columns(rows),
  ].filter(Boolean)
  const next = secrecy === 'plain' ? [WARNING] : secrecy === 'encrypted' ? [KEEP] : []
  if (options.out !== undefined) {
    await writePrivate(options.out, text.endsWith('\n') ? text : `${text}\n`)
    return {
      json: { ...said, file: options.out },
      text: [...lines, `wrote ${safe(options.out)}`].join('\n'),
      next,
    }
  }
  if (secrecy === 'public') return { json: { ...said, key: text }, text }
  return { json: { ...said, key: text }, text: lines.join('\n'), secret: text.trimEnd(), next }
}

const TOLD = {
  encrypted: 'encrypted with the new password',
  plain: 'plain private key',
  public: 'public key',
} as const

const WARNING =
  'Whoever sees a plain private key can take everything it holds, at once and for good, now or in years:\n' +
  'a screen, a clipboard, a photograph, a file in a synchronised folder are enough.'
const KEEP = 'It is worth as much as its password: keep the two apart, and neither alone.'
