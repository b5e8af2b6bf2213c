/** Public keys as UR: from a phrase, from descriptors or a key as texts, or from a UR that holds them. */
import { wipe } from '../../bytes.js'
import { fail } from '../../errors.js'
import { ACCOUNT_STANDARDS, accountDescriptor, accountKey } from '../../keys/account-descriptors.js'
import { formatExtendedKey, parseExtendedKey } from '../../keys/bip32.js'
import { isPrivateKey, masterFingerprint } from '../../keys/descriptor/key.js'
import {
  deriveAddresses,
  descriptorFingerprints,
  descriptorKeys,
  formatDescriptor,
  formatKeyExpression,
  type KeyExpression,
  parseDescriptor,
  parseKeyExpression,
} from '../../keys/descriptor.js'
import { ACCOUNT_TYPES, makeUrAccount, parseUrAccount } from '../../keys/ur-account.js'
import { KEY_TYPES, makeUrKey, parseUrKey } from '../../keys/ur-key.js'
import { makeUrOutput, OUTPUT_TYPES, type OutputType, parseUrOutput } from '../../keys/ur-output.js'
import type { Network } from '../../types.js'
import { phraseSeed } from '../../words/phrase.js'
import { isUr, parseUr, type Ur } from '../../words/ur.js'
import { isUntold } from '../passphrase.js'
import { phraseOf } from './phrase.js'
import type { Held, PublicType, UrContent, UrOutput } from './types.js'

type PublicContent = UrContent & { readonly type: PublicType }

/** Descriptors, or for `hdkey` a key: from a phrase, or as they are. */
export function publicLines(text: string, content: PublicContent): readonly string[] {
  const { type, standards, passphrase = '', stretch } = content
  refuseUnused(content)
  const given = isUr(text) ? urLines(parseUr(text)) : isPublicText(text) ? nonEmpty(text) : null
  if (given) {
    refuseChoices(content)
    return given
  }
  if (isUntold(content))
    return fail('usage', {
      reason: 'keys depend on the passphrase: --passphrase asks for it, and does not print it',
    })
  const phrase = phraseOf(text)
  const seed = phraseSeed(phrase, passphrase, stretch)
  const wanted = standards ?? ACCOUNT_STANDARDS
  const chosen = ACCOUNTS.some((one) => one === type) ? wanted : wanted.slice(0, 1)
  const line = type.endsWith('hdkey') ? accountKey : accountDescriptor
  const lines = chosen.map((standard) => line(seed, standard, content))
  wipe(seed)
  return lines
}

const ACCOUNTS: readonly string[] = ACCOUNT_TYPES

/** What would change nothing was meant to. */
function refuseUnused({ type, standards = [] }: PublicContent): void {
  if (standards.length > 1 && !ACCOUNTS.includes(type))
    fail('usage', { reason: `ur:${type} is of one standard, and these are several: one a sheet` })
}

/** Keys that are given are what they are. */
function refuseChoices({
  type,
  standards,
  account = 0,
  network = 'mainnet',
  ...content
}: PublicContent): void {
  const { passphrase = '', passphraseIs } = content
  if (standards || account > 0 || passphrase !== '' || passphraseIs)
    fail('usage', {
      reason: 'standards, accounts and passphrases go with a phrase, and these are public keys',
    })
  if (type.endsWith('hdkey') && network !== 'mainnet')
    fail('usage', { reason: 'a key that is given names its network itself: leave --network out' })
}

/** Null for a UR of something else: a phrase, as a rule. */
function urLines(ur: Ur): readonly string[] | null {
  if (OUTPUT_TYPES.includes(ur.type)) return [parseUrOutput(ur)]
  if (ACCOUNTS.includes(ur.type)) return parseUrAccount(ur).descriptors
  return KEY_TYPES.includes(ur.type) ? [parseUrKey(ur)] : null
}

/** No phrase has brackets in it, or one word of more than a hundred letters. */
function isPublicText(text: string): boolean {
  return /[([]|^\s*[xyztuvYZUV](?:pub|prv)[1-9A-HJ-NP-Za-km-z]{100}/.test(text)
}

function nonEmpty(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** In the letters of every wallet: `zpub` and others of SLIP-132 name a script, which no descriptor takes from a key. */
function plainKeys(line: string): string {
  return line.replace(/[yzuvYZUV](?:pub|prv)[1-9A-HJ-NP-Za-km-z]{100,112}/g, (key) =>
    formatExtendedKey(parseExtendedKey(key)),
  )
}

export function ofKey(lines: readonly string[], type: PublicType): Held {
  const [line = '', ...others] = lines
  if (others.length > 0)
    return fail('usage', { reason: `ur:${type} is one key, and these are several: one a sheet` })
  const keys = line.includes('(')
    ? descriptorKeys(parseDescriptor(line))
    : [parseKeyExpression(plainKeys(line))]
  const [key] = keys as readonly [KeyExpression]
  if (keys.length > 1)
    return fail('usage', {
      reason: `this descriptor has several keys, and ur:${type} is one: --type crypto-output`,
    })
  if (isPrivateKey(key)) return refusePrivate()
  const text = formatKeyExpression(key)
  return {
    ur: makeUrKey(text, type === 'hdkey' ? 'new' : 'old'),
    holding: { what: 'key', text },
    fingerprints: [masterFingerprint(key) ?? []].flat(),
  }
}

export function ofOutputs(lines: readonly string[], { type, network }: PublicContent): Held {
  const bare = lines.find((line) => !line.includes('('))
  if (bare !== undefined)
    return fail('usage', {
      reason:
        'a key alone does not say which addresses it has: give the descriptor, as wpkh([d34db33f/84h/0h/0h]xpub…/<0;1>/*)',
    })
  const descriptors = lines.map((line) => parseDescriptor(plainKeys(line)))
  if (descriptors.some(({ isPrivate }) => isPrivate)) return refusePrivate()
  const texts = descriptors.map(formatDescriptor)
  const fingerprints = [...new Set(descriptors.flatMap(descriptorFingerprints))]
  if (type === 'crypto-account' || type === 'account-descriptor') {
    const ur = makeUrAccount(texts, type)
    const outputs = parseUrAccount(ur).descriptors.map((text) => outputOf(text, network))
    return { ur, holding: { what: 'account', outputs }, fingerprints }
  }
  const [text = '', ...others] = texts
  if (others.length > 0)
    return fail('usage', {
      reason: `ur:${type} is one descriptor, and these are several: one a sheet, or --type crypto-account`,
    })
  const ur = makeUrOutput(text, type as OutputType)
  return { ur, holding: { what: 'wallet', outputs: [outputOf(parseUrOutput(ur), network)] }, fingerprints }
}

/** @param network how addresses are spelled: that of the keys unless it is another one than the usual */
function outputOf(descriptor: string, network: Network = 'mainnet'): UrOutput {
  const spelling = network === 'mainnet' ? {} : { network }
  const found = deriveAddresses(parseDescriptor(descriptor), { count: 1, ...spelling })
  return { descriptor, address: found.length === 1 ? (found[0]?.address ?? null) : null }
}

function refusePrivate(): never {
  return fail('usage', {
    reason:
      'there are private keys in it, and this sheet is for watching: cairn key inspect shows what is public',
  })
}
