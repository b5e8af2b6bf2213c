/** `cairn sheet letter`: a letter to heirs, in plain language and without anybody's secret. */

import { pointsOf } from '@cairn/core/plan/scenarios.js'
import type { LetterFacts } from '@cairn/core/sheets/letter/facts.js'
import type { LetterLanguage } from '@cairn/core/sheets/letter/languages.js'
import { layOutLetter } from '@cairn/core/sheets/letter.js'
import { titleOf } from '@cairn/core/wallets/read.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import { folderOf, isFolder } from '@cairn/node/stores/open.js'
import type { Context } from '../../context.js'
import type { Outcome } from '../../outcome.js'
import { bold, today, warn } from '../../output.js'
import { type PlanHere, planHere } from '../../plan-here.js'
import { type OutOptions, prepareOut, sendOut, sheetJson } from '../../sheet-out.js'

interface Options extends OutOptions {
  readonly ask?: readonly string[]
  readonly language: LetterLanguage
}

/** With what is on the list nobody gets in. */
const ATTENTION = 8

export async function run(context: Context, options: Options): Promise<Outcome> {
  const prepared = await prepareOut(context, options, { holds: 'nothing' })
  const here = await planHere(context)
  const letter = await factsOf(here, options.ask ?? [])
  const { paper, language } = options
  const drawing = layOutLetter(letter, { paper, language, metrics: diskFonts() })
  const sent = await sendOut(context, [{ drawing, codes: [] }], prepared)
  const isOpen = here.heirs.after.sets.length > 0
  return {
    json: {
      ...sheetJson(sent, prepared),
      language,
      gets_in: isOpen,
    },
    text: [bold(`a letter of ${drawing.pages.length} pages`), ...sent.text].join('\n'),
    next: [
      ...sent.next,
      ...(isOpen ? [] : [warn('With what is on the list nobody gets in without you: cairn plan --heirs')]),
      'Read it as they will, write by hand what is missing, sign it, and lay it where they look first.',
      'There is no secret in it. Make it anew when anything changes: cairn plan --heirs',
    ],
    exit: isOpen ? 0 : ATTENTION,
  }
}

async function factsOf(
  { known, model, heirs, wallets, fingerprint, recoveries }: PlanHere,
  ask: readonly string[],
): Promise<LetterFacts> {
  const named = wallets.map(async ({ name, kind }) =>
    kind === 'file' ? name : `${name} (${await titleOf(kind)})`,
  )
  return {
    date: today(),
    vault: fingerprint,
    wallets: await Promise.all(named),
    policy: known.policy,
    isOneEnough: pointsOf(model).some(({ what, does }) => what === 'item' && does === 'theft'),
    heirs,
    things: known.things,
    signed: recoveries.map(({ name, plan }) => ({
      name,
      days: plan.days,
      to: plan.recovery.to.map(({ label, address }) => label ?? address),
    })),
    ask,
    stores: known.stores.map((store) => ({
      name: store.name,
      address: isFolder(store) ? folderOf(store) : store.url,
      isFolder: isFolder(store),
    })),
  }
}
