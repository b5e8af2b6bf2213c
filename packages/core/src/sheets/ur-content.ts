/**
 * What a sheet of UR codes holds: a phrase or a share for a signing device, or public keys from which a wallet is set up
 * that watches. Which device reads which type is in docs/sheets.md. Not here: where on the paper (`ur-sheet.ts`).
 */
import { fail } from '../errors.js'
import type { SchemeName } from '../words/shares/scheme.js'
import { schemeOf } from '../words/shares.js'
import { formatShare, parseShare } from '../words/sskr/share.js'
import { parseUr } from '../words/ur.js'
import { ofKey, ofOutputs, publicLines } from './ur/keys.js'
import { ofPhrase } from './ur/phrase.js'
import { isPublicType, type ShareType, type UrContent, type UrSheet } from './ur/types.js'

/**
 * The content of a sheet for a phrase, or for public keys: descriptors one a line, a key, or a UR of such.
 * @throws CairnError what reading the text throws; `usage` where the text has no such UR
 */
export function urContent(text: string, content: UrContent): UrSheet {
  const { type, name, date } = content
  const common = { date, ...(name === undefined ? {} : { name }) }
  if (!isPublicType(type)) return { ...common, ...ofPhrase(text, { ...content, type }) }
  const lines = publicLines(text, { ...content, type })
  return {
    ...common,
    ...(type.endsWith('hdkey') ? ofKey(lines, type) : ofOutputs(lines, { ...content, type })),
  }
}

/**
 * The content of a sheet for a share of SSKR.
 * @param position of the share among those that are given, for errors
 * @throws CairnError what reading the share throws; `usage` for a share of another scheme
 */
export function urShareContent(
  text: string,
  position: number,
  content: { readonly type: ShareType } & Pick<UrSheet, 'name' | 'date'>,
): UrSheet {
  const { type, name, date } = content
  const found = schemeOf(text, position)
  if (found.name !== 'sskr') return fail('usage', { reason: NO_SSKR[found.name] })
  const { item } = parseUr(formatShare(parseShare(text, position), 'ur'))
  return {
    ur: { type, item },
    holding: { what: 'share', facts: found.facts(text, position) },
    fingerprints: [],
    date,
    ...(name === undefined ? {} : { name }),
  }
}

const NO_SSKR: Readonly<Record<Exclude<SchemeName, 'sskr'>, string>> = {
  slip39: 'this is a share of SLIP-39, which no UR holds: cairn sheet share',
  codex32: 'this is a share of codex32, which no UR holds: cairn sheet share',
  seedxor: 'this is a recovery phrase: --type crypto-seed or crypto-bip39 for the phrase itself',
}
