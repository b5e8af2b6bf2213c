/**
 * `cairn share split`: makes shares of a secret: the entropy of a BIP-39 phrase, or bytes in hexadecimal. Shares of a
 * phrase bring back the phrase; typed into a hardware wallet as they are they can lead to another wallet, since some
 * schemes take their secret for the seed itself. The person is told.
 */
import { unhex, wipe } from '@cairn/core/bytes.js'
import type { Language } from '@cairn/core/words/bip39.js'
import { factsOf, type Scheme, type SchemeName, schemeNamed, split } from '@cairn/core/words/shares.js'
import { pbkdf2 } from '@cairn/node/pbkdf2.js'
import { askInput } from '../../ask.js'
import type { Context } from '../../context.js'
import { needReveal, type Outcome } from '../../outcome.js'
import { askNewPassphrase, type PassphraseOptions } from '../../passphrase.js'
import { type PlanOptions, parsePlanOf } from '../../share-plan.js'
import { outcomeOf, type SetOptions } from '../../share-set.js'

interface Options extends PassphraseOptions, PlanOptions, SetOptions {
  readonly scheme: SchemeName
  readonly language?: Language
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  const scheme = schemeNamed(options.scheme)
  const plan = parsePlanOf(scheme, options)
  if (options.outDir === undefined) needReveal(options)
  const question = { what: 'the phrase, or the secret in hexadecimal', option: 'standard input' }
  const { secret, language } = await parseSecret(await askInput(context, question), options.language)
  const passphrase = await askNewPassphrase(context, 'a passphrase for the shares', options)
  const form = options.form === undefined ? {} : { form: options.form }
  const shares = split(secret, { ...plan, ...form, scheme: scheme.name, passphrase, pbkdf2 })
  wipe(secret)
  const { set } = factsOf(shares[0]?.[0] as string)
  const holds = language === null ? null : `the entropy of a BIP-39 phrase (${language})`
  const made = await outcomeOf({ scheme, plan, shares, set, holds }, options)
  return {
    ...made,
    json: { ...made.json, ...(language === null ? {} : { holds: 'bip39', language }) },
    next: [...advice(scheme, language), ...(made.next ?? [])],
  }
}

interface Parsed {
  readonly secret: Uint8Array
  /** Of the phrase: its words are needed to bring the wallet back, not only the bytes. Null for hexadecimal. */
  readonly language: Language | null
}

async function parseSecret(typed: string, language: Language | undefined): Promise<Parsed> {
  const text = typed.trim()
  if (/^(?:[0-9a-fA-F]{2})+$/.test(text)) return { secret: unhex(text), language: null }
  const { check, toEntropy } = await import('@cairn/core/words/bip39.js')
  const secret = toEntropy(text, language)
  return { secret, language: language ?? check(text).language }
}

function advice(scheme: Scheme, language: Language | null): readonly string[] {
  if (language === null) return []
  const words = language === 'english' ? '' : ` --language ${language}`
  const back = `These shares hold your phrase: cairn share combine --as bip39${words} --reveal brings it back.`
  return scheme.secretIs === 'seed'
    ? [back, 'Do not type them into a hardware wallet: it would take them for another wallet.']
    : [back]
}
