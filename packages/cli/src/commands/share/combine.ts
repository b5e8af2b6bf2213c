/** `cairn share combine`: brings a secret back from its shares. What is missing is named by group. */
import { hex, wipe } from '@cairn/core/bytes.js'
import type { Language } from '@cairn/core/words/bip39.js'
import { type Combined, combine, type Scheme, type SchemeName } from '@cairn/core/words/shares.js'
import { pbkdf2 } from '@cairn/node/pbkdf2.js'
import type { Context } from '../../context.js'
import { needReveal, type Outcome } from '../../outcome.js'
import { bold } from '../../output.js'
import { askPassphrase, type PassphraseOptions } from '../../passphrase.js'
import { askShares, type CorrectionOptions } from '../../share-input.js'

type Form = 'hex' | 'bip39' | 'ur'

interface Options extends PassphraseOptions, CorrectionOptions {
  readonly scheme?: SchemeName
  readonly as: Form
  readonly language: Language
  readonly reveal?: boolean
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  const { shares, corrected } = await askShares(context, options)
  const passphrase = await askPassphrase(context, 'the passphrase of the shares', options)
  const combined = combine(shares, { passphrase, pbkdf2, scheme: options.scheme })
  needReveal(options)
  const { scheme, secret } = combined
  const written = await write(secret, options)
  const fingerprint = await fingerprintOf(combined, options)
  const shown = hex(secret)
  wipe(secret)
  return {
    json: {
      scheme: scheme.name,
      secret: shown,
      ...written,
      // Nothing else tells a wrong combination of these.
      ...(scheme.tells.missing ? {} : { fingerprint }),
    },
    secret: written.phrase ?? written.ur ?? shown,
    next: [...corrected, ...advice(scheme, fingerprint)],
  }
}

async function write(
  secret: Uint8Array,
  { as, language }: Options,
): Promise<{ readonly phrase?: string; readonly ur?: string }> {
  if (as === 'hex') return {}
  if (as === 'bip39') {
    const { fromEntropy } = await import('@cairn/core/words/bip39.js')
    return { phrase: fromEntropy(secret, language) }
  }
  const { formatUr } = await import('@cairn/core/words/ur.js')
  const { makeSeed } = await import('@cairn/core/words/ur/seed.js')
  return { ur: formatUr(makeSeed({ payload: secret })) }
}

/** Of the wallet that a program makes of the secret: of its words when they are asked for, else as the scheme has it. */
async function fingerprintOf(
  { scheme, secret }: Combined,
  { as, language }: Options,
): Promise<string | null> {
  const { entropyFingerprint, seedFingerprint } = await import('@cairn/core/keys/fingerprint.js')
  return as === 'hex' && scheme.secretIs === 'seed'
    ? seedFingerprint(secret)
    : entropyFingerprint(secret, language)
}

function advice({ tells }: Scheme, fingerprint: string | null): readonly string[] {
  return [
    ...(fingerprint === null ? [] : [`It leads to the wallet with fingerprint ${bold(fingerprint)}.`]),
    ...(tells.missing
      ? []
      : ['A part that is missing, wrong or of another set gives another secret and no error: compare it.']),
    ...(tells.missing && !tells.mixed
      ? ['A share that somebody altered with its checksum gives another secret and no error: compare it.']
      : []),
    ...(tells.passphrase === 'untold'
      ? [
          'A passphrase of the shares that is wrong or left out gives another secret and no error: compare it.',
        ]
      : []),
  ]
}
