/**
 * `cairn drill [NAME]`: proves that the vault restores, and with `--words` that the paper is the phrase of this
 * wallet. Nothing of what is restored touches a disk, and nothing of what is typed is kept.
 */
import { WORDS_CHECK } from '@cairn/core/drill/certificate.js'
import { proveWords, type WordsProof } from '@cairn/core/drill/words.js'
import { fail } from '@cairn/core/errors.js'
import type { Identity } from '@cairn/core/types.js'
import type { ManifestWallet } from '@cairn/core/vault/manifest.js'
import { realPorts as ports } from '@cairn/node/real.js'
import type { SheetFormat } from '@cairn/node/sheets/make.js'
import { type DrillReport, drill } from '@cairn/node/vault/drill.js'
import { findWallets } from '@cairn/node/vault/find.js'
import { requireSnapshots } from '@cairn/node/vault/open.js'
import { askInput, askSecret, askWords, canAsk } from '../ask.js'
import type { Context } from '../context.js'
import type { FactorOptions } from '../factors.js'
import { readSecret } from '../input.js'
import { openHere } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { bad, bold, columns, good, moment, safe, warn } from '../output.js'
import { anyLies, pastJson, pastWarnings } from '../past.js'
import { withProgress } from '../progress.js'
import { unlockHere, whose } from '../unlock.js'

interface Options extends FactorOptions {
  readonly at?: string
  readonly device?: string
  readonly passwordFile?: string
  readonly words?: boolean
  readonly phrasePassphraseFile?: string
  readonly heir?: string
  readonly to?: string
  readonly format?: SheetFormat | 'txt'
}

const ATTENTION = 8

export async function run(context: Context, options: Options, name: string | undefined): Promise<Outcome> {
  const { heir } = options
  if (heir !== undefined) {
    const { drillHeir } = await import('./drill-heir.js')
    return drillHeir(context, { ...options, heir })
  }
  const machine = await openHere(context)
  const opened = await unlockHere(context, machine, options)
  const { reading, past } = opened
  requireSnapshots(past)
  const which = { ...at(options), ...whose(opened, options.device, machine) }
  const asked = { reading, heads: past.heads, names: name === undefined ? [] : [name], ...which }
  const words = options.words ? await drillWords(context, options, await identityOf(asked)) : null
  const passwordOf = (wallet: ManifestWallet) => askPassword(context, options, wallet)
  const report = await withProgress(context, 'Rehearsing', (progress) =>
    drill(machine, { ...asked, passwordOf, progress, ...(words === null ? {} : { words }) }, ports),
  )
  const isProven = report.certificate.result === 'proven'
  return {
    json: { ...toJson(report, words), stores: pastJson(past) },
    text: [say(report), ...(words === null ? [] : [sayWords(words)])].join('\n\n'),
    next: [...pastWarnings(past), ...advice(report)],
    exit: isProven && !anyLies(past) ? 0 : ATTENTION,
  }
}

function at({ at }: Options): { readonly at?: string } {
  return at === undefined ? {} : { at }
}

/** The one wallet that the paper is for. */
async function identityOf(asked: Parameters<typeof findWallets>[0]): Promise<Identity> {
  const [found, ...others] = await findWallets(asked)
  if (found === undefined || others.length > 0) {
    return fail('usage', { reason: 'say which wallet the paper is for: cairn drill NAME --words' })
  }
  return found.wallet.identity as Identity
}

async function askPassword(
  context: Context,
  { passwordFile }: Options,
  { name }: ManifestWallet,
): Promise<string | undefined> {
  if (passwordFile !== undefined) return readSecret(passwordFile)
  if (!canAsk(context)) return undefined
  const what = `the password of the wallet ${safe(name)} (Enter: leave its keys out)`
  const typed = await askSecret(context, { what, option: '--password-file' })
  return typed === '' ? undefined : typed
}

async function drillWords(context: Context, options: Options, identity: Identity): Promise<WordsProof> {
  const phrase = await askPhrase(context)
  const file = options.phrasePassphraseFile
  const question = { what: 'the passphrase of the phrase (Enter: none)', option: '--phrase-passphrase-file' }
  const passphrase = file !== undefined || canAsk(context) ? await askSecret(context, question, file) : ''
  return proveWords(identity, { phrase, passphrase })
}

async function askPhrase(context: Context): Promise<string> {
  const question = { what: 'The words on the paper (Enter after the last)', option: 'standard input' }
  if (!process.stdin.isTTY) return askInput(context, question)
  const { isPhraseWord } = await import('../phrase-word.js')
  const words = await askWords(context, { ...question, count: null, known: isPhraseWord })
  return words.join(' ')
}

function toJson({ certificate, path }: DrillReport, words: WordsProof | null): object {
  const { result, time, wallets } = certificate
  return { result, time, wallets, ...(words === null ? {} : { words }), certificate: path }
}

const RESULTS = {
  proven: good('PROVEN'),
  differs: bad('DIFFERS'),
  incomplete: warn('INCOMPLETE'),
}

function say({ certificate }: DrillReport): string {
  const blocks = certificate.wallets.map(({ name, result, seq, saved, checks, not_covered }) => {
    const title = `${bold(safe(name))}  ${RESULTS[result]}  snapshot ${seq} of ${moment(new Date(saved))}`
    const rows = checks.map(({ what, expected, found, ok }) => {
      return [
        `  ${ok ? good('same') : bad('DIFFERENT')}`,
        what,
        ok ? safe(found) : `expected ${safe(expected)}, found ${safe(found)}`,
      ]
    })
    return [title, columns(rows), ...not_covered.map((what) => `  not covered: ${safe(what)}`)].join('\n')
  })
  return blocks.join('\n\n')
}

function sayWords({ verdict, fingerprint, expected, addresses }: WordsProof): string {
  if (verdict === 'right') {
    const first = addresses.map((address) => `  ${safe(address)}`)
    return [
      `${good('The paper is right')}: it leads to this wallet and to its first addresses`,
      ...first,
    ].join('\n')
  }
  if (verdict === 'no-passphrase') {
    return `${warn('The words are right, the passphrase is not')}: without a passphrase they lead to this wallet`
  }
  const leads = fingerprint === undefined ? '' : ` (${fingerprint} instead of ${expected.join(' or ')})`
  return `${bad('The paper leads to another wallet')}${leads}: other words, or another passphrase`
}

function advice({ certificate, path }: DrillReport): readonly string[] {
  const kept = `The signed certificate: ${safe(path)}`
  if (certificate.result === 'proven')
    return [
      kept,
      'When the next drill is due, cairn status tells; more often after a change, less often the more of them went well.',
    ]
  const wrong = certificate.wallets.flatMap(({ checks }) => checks.filter(({ ok }) => !ok))
  if (wrong.length > 0 && wrong.every(({ what }) => what === WORDS_CHECK))
    return [kept, 'The backup is as it was saved; the paper is not. Find the right one, or write a new one.']
  if (certificate.result === 'differs')
    return [kept, 'Do not rely on this backup: make a new one and drill again.']
  return [kept, 'What was not covered is not proven: --password-file opens an encrypted wallet.']
}
