/**
 * Proof that a phrase on paper is the phrase of a wallet, from the wallet's public identity alone: the phrase
 * (and passphrase) must lead to one of the extended public keys in its descriptors, or to the master public key
 * of an old Electrum wallet. Nothing of the phrase is kept or returned.
 *
 * A passphrase has no checksum: with a wrong one, right words lead to another wallet without any error. What
 * can be told apart is told: right words that need no passphrase, and words that lead elsewhere.
 */
import { equal, hex } from '../bytes.js'
import { fail, isCairnError } from '../errors.js'
import { deriveKey, type ExtendedKey, fingerprint, fromSeed } from '../keys/bip32.js'
import { deriveAddresses, descriptorKeys, type KeyExpression, parseDescriptor } from '../keys/descriptor.js'
import { oldMasterPublicKey } from '../keys/electrum-old.js'
import { usualPaths } from '../keys/usual-paths.js'
import type { Identity } from '../types.js'
import * as bip39 from '../words/bip39.js'
import * as electrum from '../words/electrum.js'
import * as electrumOld from '../words/electrum-old.js'

export interface Paper {
  readonly phrase: string
  /** Empty when there is none. */
  readonly passphrase: string
}

export interface WordsProof {
  /**
   * `right`: the paper leads to this wallet. `no-passphrase`: the words do, but without the passphrase given.
   * `elsewhere`: the words are well formed and lead to another wallet: other words, or another passphrase.
   */
  readonly verdict: 'right' | 'no-passphrase' | 'elsewhere'
  readonly kind: 'bip39' | 'electrum' | 'electrum-old'
  /** The fingerprint that the paper leads to, 8 hex digits; absent for old Electrum seeds, which have none. */
  readonly fingerprint?: string
  /** The fingerprints of the wallet. */
  readonly expected: readonly string[]
  /** First receiving addresses of the wallet, when the paper is right: to compare with the wallet itself. */
  readonly addresses: readonly string[]
}

/**
 * Whether words on paper are the phrase of a wallet.
 * @throws CairnError `phrase-unreadable` when no kind of phrase fits the words, `words-no-identity` when the
 *   wallet has no key that a phrase could lead to
 */
export function proveWords(identity: Identity, paper: Paper): WordsProof {
  if (keysOf(identity).length === 0 && identity.electrumOldMasterKey === undefined) fail('words-no-identity')
  const kinds = kindsOf(paper.phrase)
  const [first] = kinds
  if (first === undefined) return fail('phrase-unreadable')
  const right = kinds.find((kind) => leadsTo(identity, { ...paper, kind }))
  if (right)
    return {
      ...about(identity, { ...paper, kind: right }),
      verdict: 'right',
      addresses: firstAddresses(identity),
    }
  const bare =
    paper.passphrase === ''
      ? undefined
      : kinds.find((kind) => leadsTo(identity, { ...paper, kind, passphrase: '' }))
  const kind = bare ?? first
  return {
    ...about(identity, { ...paper, kind }),
    verdict: bare ? 'no-passphrase' : 'elsewhere',
    addresses: [],
  }
}

type Kind = WordsProof['kind']
type Reading = Paper & { readonly kind: Kind }

/** Several may fit: an Electrum seed can be a valid BIP-39 phrase. */
function kindsOf(phrase: string): Kind[] {
  const kinds: Kind[] = []
  if (bip39.check(phrase).valid) kinds.push('bip39')
  if (electrum.seedType(phrase) !== null) kinds.push('electrum')
  if (electrumOld.check(phrase).valid) kinds.push('electrum-old')
  return kinds
}

function about(identity: Identity, reading: Reading): Pick<WordsProof, 'kind' | 'fingerprint' | 'expected'> {
  const print = reading.kind === 'electrum-old' ? {} : { fingerprint: fingerprint(rootOf(reading)) }
  return { kind: reading.kind, ...print, expected: identity.fingerprints }
}

function leadsTo(identity: Identity, reading: Reading): boolean {
  if (reading.kind === 'electrum-old') return identity.electrumOldMasterKey === oldMasterKeyOf(reading.phrase)
  const root = rootOf(reading)
  return keysOf(identity).some((key) => isChild(root, key))
}

function rootOf({ kind, phrase, passphrase }: Reading): ExtendedKey {
  return fromSeed(kind === 'bip39' ? bip39.toSeed(phrase, passphrase) : electrum.toSeed(phrase, passphrase))
}

function oldMasterKeyOf(phrase: string): string {
  return hex(oldMasterPublicKey(electrumOld.stretchOldSeed(electrumOld.toHexSeed(phrase))))
}

function keysOf({ descriptors }: Identity): readonly KeyExpression[] {
  return descriptors.flatMap((text) => {
    try {
      return descriptorKeys(parseDescriptor(text)).filter(({ key }) => key.kind === 'extended')
    } catch (error) {
      if (isCairnError(error)) return []
      throw error
    }
  })
}

function isChild(root: ExtendedKey, { key, origin }: KeyExpression): boolean {
  if (key.kind !== 'extended') return false
  const { publicKey, chainCode } = key.extended
  return (origin ? [origin.path] : usualPaths(key.extended)).some((path) => {
    const child = deriveKey(root, path)
    return equal(child.publicKey, publicKey) && equal(child.chainCode, chainCode)
  })
}

function firstAddresses({ descriptors, network }: Identity): readonly string[] {
  const [text] = descriptors
  if (text === undefined) return []
  const options = { count: 3, ...(network ? { network } : {}) }
  return deriveAddresses(parseDescriptor(text), options).map(({ address }) => address)
}
