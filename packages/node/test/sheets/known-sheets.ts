/** Sheets of every kind, of every list of words where they have words, of which programs of others are asked (`peers.ts`). */
import { type Drawing, isCoded } from '@cairn/core/sheets/drawing.js'
import { EVERY } from '../../../core/test/sheets/every-sheet.js'
import type { Told } from '../../../core/test/sheets/example.js'

export interface KnownSheet extends Told {
  readonly name: string
  readonly drawing: Drawing
}

export function knownSheets(): readonly KnownSheet[] {
  return EVERY.flatMap(({ name, draw, told, on }) => {
    if (!told) return []
    const sheet = { name, drawing: draw(on ?? 'a4'), ...told() }
    if (sheet.codes.length > 0 && !isCoded(sheet.drawing)) throw new Error(`${name} has no code`)
    return [sheet]
  })
}

/** One of each kind, and of phrases one of each script: what a longer look is taken at. */
export function fewSheets(all: readonly KnownSheet[]): readonly KnownSheet[] {
  const seen = new Set<string>()
  return all.filter(({ name, drawing: { language } }) => {
    const key = `${name.split(',')[0]?.replace(/ in [\w-]+$| as .*$|(?<=^phrase) of .*$/, '')} ${SCRIPTS.find((one) => language.startsWith(one)) ?? ''}`
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}

const SCRIPTS = ['ja', 'ko', 'zh-Hans', 'zh-Hant', 'ru']
