/** `cairn phrase child`: another secret derived from a phrase (BIP-85), and a note of what its number is used for. */
import { wipe } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { fingerprint, fromSeed } from '@cairn/core/keys/bip32.js'
import { type Bip85Request, bip85, bip85PathText } from '@cairn/core/keys/bip85.js'
import type { StandardLanguage } from '@cairn/core/words/bip39.js'
import type { PhraseKind } from '@cairn/core/words/check.js'
import { parsePhrase, phraseSeed } from '@cairn/core/words/phrase.js'
import { addChild, firstFree, readChildren } from '@cairn/node/machine/children.js'
import { stretch } from '@cairn/node/pbkdf2.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { askInput } from '../../ask.js'
import type { Context } from '../../context.js'
import { needReveal, type Outcome } from '../../outcome.js'
import { bold } from '../../output.js'
import { askPassphrase, type PassphraseOptions } from '../../passphrase.js'

interface Options extends PassphraseOptions {
  readonly application: Bip85Request['application']
  readonly kind?: PhraseKind
  readonly index?: number
  readonly words: number
  readonly language: StandardLanguage
  readonly bytes: number
  readonly length: number
  readonly sides: number
  readonly rolls: number
  readonly identity: number
  readonly bits: number
  readonly subkey?: number
  readonly note?: string
  readonly reveal?: boolean
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  needReveal(options)
  if ((options.note?.length ?? 0) > 200) fail('usage', { reason: 'a note has at most 200 characters' })
  const root = await askRoot(context, options)
  const parent = fingerprint(root)
  const children = await readChildren(ports.disk, context.home)
  const pathAt = (index: number) => bip85PathText(requestOf(options, index))
  const index = options.index ?? firstFree(children, parent, pathAt)
  const child = bip85(root, requestOf(options, index))
  if (root.privateKey) wipe(root.privateKey)
  const path = pathAt(index)
  const { application, note } = options
  if (note !== undefined)
    await addChild(ports.disk, context.home, {
      parent,
      application,
      path,
      note,
      time: ports.now().toISOString(),
    })
  return {
    json: { application, parent, path, index: firstOf(options, index), child },
    text: `${application} child of ${bold(parent)}  ${path}`,
    secret: child,
    next: note === undefined ? ['Give it a --note, and cairn phrase children lists what is in use.'] : [],
  }
}

async function askRoot(context: Context, options: Options) {
  const phrase = parsePhrase(
    await askInput(context, { what: 'the phrase', option: 'standard input' }),
    options.kind,
  )
  if (phrase.kind === 'electrum-old') fail('phrase-unsupported', { kind: 'BIP-85 children of old Electrum' })
  const seed = phraseSeed(
    phrase,
    await askPassphrase(context, 'the passphrase of the phrase', options),
    stretch,
  )
  const root = fromSeed(seed)
  wipe(seed)
  return root
}

/** Keys of Nostr are counted from 1 in the standard. */
function firstOf({ application }: Options, index: number): number {
  return application === 'nostr' ? Math.max(index, 1) : index
}

function requestOf(options: Options, number: number): Bip85Request {
  const index = firstOf(options, number)
  const { application, words, language, bytes, length, sides, rolls, identity, bits, subkey } = options
  switch (application) {
    case 'bip39':
      return { application, words, language, index }
    case 'wif':
    case 'xprv':
      return { application, index }
    case 'hex':
      return { application, bytes, index }
    case 'base64':
    case 'base85':
      return { application, length, index }
    case 'dice':
      return { application, sides, rolls, index }
    case 'nostr':
      return { application, identity, index }
    case 'rsa':
      return { application, bits, index, ...(subkey === undefined ? {} : { subkey }) }
  }
}
