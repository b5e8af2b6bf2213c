/** `cairn sheet ur`: codes for signing devices and for wallets that watch, on paper. */
import { fail } from '@cairn/core/errors.js'
import type { AccountStandard } from '@cairn/core/keys/account-descriptors.js'
import { isPublicType, isShareType, type UrSheet, type UrSheetType } from '@cairn/core/sheets/ur/types.js'
import { urContent, urShareContent } from '@cairn/core/sheets/ur-content.js'
import { layOutUr } from '@cairn/core/sheets/ur-sheet.js'
import type { Network } from '@cairn/core/types.js'
import type { ShareFacts } from '@cairn/core/words/shares.js'
import { stretch } from '@cairn/node/pbkdf2.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import { askInput, askLines } from '../../ask.js'
import type { Context } from '../../context.js'
import { leavesOpenFile } from '../../deliver-sheet.js'
import type { Outcome } from '../../outcome.js'
import { bold, count, today, warn } from '../../output.js'
import { askPassphrase, type PassphraseOptions } from '../../passphrase.js'
import type { Holding } from '../../print-sheet.js'
import { isNumbered, type OutOptions, prepareOut, sendOut, sheetJson } from '../../sheet-out.js'

interface Options extends OutOptions, PassphraseOptions {
  readonly type: UrSheetType
  readonly name?: string
  readonly standard?: readonly AccountStandard[]
  readonly account: number
  readonly network: Network
  readonly passphraseUsed?: boolean
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  refuseUnused(options)
  const prepared = await prepareOut(context, options, holdingOf(options.type))
  const sheets = await askSheets(context, options)
  const metrics = diskFonts()
  const drawn = sheets.map((sheet) => layOutUr(sheet, { paper: options.paper, metrics }))
  const sent = await sendOut(context, drawn, prepared)
  return {
    json: {
      ...sheetJson(sent, prepared),
      type: options.type,
      codes: drawn.reduce((sum, { codes }) => sum + codes.length, 0),
      secret: !isPublicType(options.type),
      sheets: sheets.map(describe),
    },
    text: [...sheets.map((sheet, i) => say(sheet, drawn[i]?.codes.length ?? 0)), ...sent.text].join('\n'),
    next: [...advice(options, sheets), ...sent.next],
  }
}

/** What would change nothing was meant to. @throws CairnError `usage` */
function refuseUnused({ type, standard, account, network, ...options }: Options): void {
  const refuse = (reason: string) => fail('usage', { reason })
  if (!isPublicType(type) && (standard !== undefined || account > 0 || network !== 'mainnet'))
    refuse('--standard, --account and --network choose public keys, and this sheet holds none')
  const { passphrase, passphraseFile, passphraseUsed } = options
  if (isShareType(type) && (passphrase || passphraseFile !== undefined || passphraseUsed))
    refuse('a share takes no passphrase: it goes with the phrase that the shares give back')
}

function holdingOf(type: UrSheetType): Holding {
  return { holds: isPublicType(type) ? 'public' : 'secret' }
}

async function askSheets(context: Context, options: Options): Promise<readonly UrSheet[]> {
  const { type, name, standard, account, network } = options
  const common = { date: today(), ...(name === undefined ? {} : { name }) }
  if (isShareType(type)) {
    const lines = await askLines(context, { what: 'share', option: 'standard input, one share a line' })
    return lines.map((line, i) => urShareContent(line, i + 1, { ...common, type }))
  }
  const text = await askInput(context, { what: wantedBy(type), option: 'standard input' })
  const passphrase = await askPassphrase(context, 'the passphrase of the phrase', options)
  return [
    urContent(text, {
      ...common,
      ...(standard === undefined ? {} : { standards: standard }),
      ...(options.passphraseUsed ? { passphraseIs: 'used' as const } : {}),
      type,
      account,
      network,
      passphrase,
      stretch,
    }),
  ]
}

function wantedBy(type: UrSheetType): string {
  if (!isPublicType(type)) return 'the phrase'
  return type.endsWith('hdkey') ? 'the phrase or the public key' : 'the phrase or the descriptor'
}

/** Nothing secret. */
function describe({ holding, fingerprints }: UrSheet): object {
  switch (holding.what) {
    case 'phrase':
      return { holds: 'phrase', words: holding.words, fingerprint: fingerprints[0] ?? null }
    case 'share': {
      const { scheme, set, group, member, need } = holding.facts
      return { holds: 'share', scheme, set, group, member, need }
    }
    case 'key':
      return { holds: 'key', key: holding.text, fingerprint: fingerprints[0] ?? null }
    default:
      return { holds: holding.what, fingerprints, outputs: holding.outputs }
  }
}

function say({ ur, holding, fingerprints }: UrSheet, codes: number): string {
  const what = {
    phrase: 'a recovery phrase',
    share: holding.what === 'share' ? sayShare(holding.facts) : '',
    account: 'an account, to watch',
    wallet: 'a wallet, to watch',
    key: 'a public key',
  }[holding.what]
  const whose = fingerprints.length > 0 ? `, fingerprint ${fingerprints.join(' ')}` : ''
  return `${bold(`ur:${ur.type}`)}: ${what}${whose}, in ${count(codes, 'code')} that two readers read back`
}

function sayShare({ member, group, groups, need }: ShareFacts): string {
  const grouped = (groups ?? 1) > 1
  return `share ${member}${grouped ? ` of group ${group}` : ''}, ${need} needed${grouped ? ' of it' : ''}`
}

function advice(options: Options, sheets: readonly UrSheet[]): readonly string[] {
  const { type } = options
  if (isPublicType(type))
    return [
      'It shows every address and payment to whoever has it, and spends nothing. It is no backup of the phrase.',
      'Scan it once with the wallet that will watch, and compare the first address.',
    ]
  return [
    ...(isShareType(type) && sheets.length > 1 && !isNumbered(options)
      ? [
          warn(
            'These shares go out together, and enough of them are the secret: part the pages at the printer.',
          ),
          'With % in the name, as in share-%.pdf, each share gets its own file.',
        ]
      : []),
    ...(leavesOpenFile(options)
      ? [
          `Whoever opens this file has the ${isShareType(type) ? 'share' : 'phrase'}. Print it on a printer that no one else uses, at 100 %, and delete it.`,
        ]
      : []),
    'Scan it once with the device that it is for, and compare the fingerprint.',
  ]
}
