/** `cairn plan`: what loss locks the owner out, what theft opens a wallet, the odds over the years, what to change. */
import { fail } from '@cairn/core/errors.js'
import type { MinimalSets } from '@cairn/core/plan/condition.js'
import { homeOf, type Model, strayThings } from '@cairn/core/plan/model.js'
import { type Move, movesOf, type Step } from '@cairn/core/plan/moves.js'
import type { PlannedRecovery } from '@cairn/core/plan/recoveries.js'
import { type Point, type Rule321, rule321, type Scenarios, scenariosOf } from '@cairn/core/plan/scenarios.js'
import { type Survival, survivalOf, YEARS } from '@cairn/core/plan/survival.js'
import type { Paper } from '@cairn/core/sheets/drawing.js'
import { layOutPlan } from '@cairn/core/sheets/plan.js'
import { diskFonts } from '@cairn/node/sheets/fonts.js'
import type { SheetFormat } from '@cairn/node/sheets/make.js'
import type { Context } from '../context.js'
import type { Outcome } from '../outcome.js'
import { bad, bold, columns, count, good, safe, today, warn } from '../output.js'
import { type PlanHere, planHere } from '../plan-here.js'
import { bitcoins } from '../recovery-words.js'
import { prepareOut, type SheetOut, sendOut, sentJson } from '../sheet-out.js'
import { heirsJson } from './plan-heirs.js'

/** Of the Monte Carlo method: the same list gives the same odds. */
const SEED = 1
const LISTED = 8

interface Plan extends Scenarios {
  readonly model: Model
  readonly survival: readonly Survival[]
  readonly moves: readonly Move[]
  readonly rule: Rule321
  readonly stray: readonly string[]
  readonly recoveries: readonly PlannedRecovery[]
}

interface Options {
  readonly heirs?: boolean
  readonly out?: string
  readonly svg?: string
  readonly format?: SheetFormat
  readonly paper: Paper
}

export async function run(context: Context, options: Options): Promise<Outcome> {
  const { heirs, out, svg, paper } = options
  if (out !== undefined && svg !== undefined)
    return fail('usage', { reason: '--out and --svg each draw one file: give one of them' })
  const file = out ?? svg
  if (heirs && file === undefined) return (await import('./plan-heirs.js')).heirs(context)
  const format = svg === undefined ? options.format : 'svg'
  const where = file === undefined ? undefined : { out: file, paper, ...(format ? { format } : {}) }
  const prepared = where && (await prepareOut(context, where, { holds: 'nothing' }))
  const here = await planHere(context)
  const plan = planOf(here)
  const sent = prepared && (await sendOut(context, [pictureOf(here, plan, paper)], prepared))
  return {
    json: { ...toJson(plan), heirs: heirsJson(here.heirs), ...(sent ? sentJson(sent) : {}) },
    text: sent ? sent.text.join('\n') : say(plan),
    next: sent
      ? ['It shows where everything is: keep it as you keep an address book.', ...sent.next]
      : nextOf(plan),
  }
}

function pictureOf({ fingerprint, known, model, heirs }: PlanHere, plan: Plan, paper: Paper): SheetOut {
  const picture = { vault: fingerprint, date: today(), policy: known.policy, model, heirs }
  const drawing = layOutPlan(
    { ...picture, scenarios: plan, rule: plan.rule },
    { paper, metrics: diskFonts() },
  )
  return { drawing, codes: [] }
}

function planOf({ known, model, recoveries }: PlanHere): Plan {
  return {
    model,
    ...scenariosOf(model),
    survival: YEARS.map((years) => survivalOf(model, years, SEED)),
    moves: movesOf(model, SEED),
    rule: rule321(model, homeOf(known).name),
    stray: strayThings(known),
    recoveries,
  }
}

function toJson({
  model,
  lockout,
  theft,
  points,
  together,
  survival,
  moves,
  rule,
  stray,
  ...more
}: Plan): object {
  return {
    lockout: lockout.sets,
    theft: theft.sets,
    complete: { lockout: lockout.complete, theft: theft.complete },
    survival: Object.fromEntries(survival.map(({ years, odds }) => [years, odds])),
    method: survival[0]?.method,
    moves: moves.map((move) => ({ ...move, text: sayMove(move) })),
    points,
    together,
    rule_321: rule,
    items: model.items,
    places: model.places,
    unknown: stray,
    recoveries: more.recoveries,
  }
}

function say(plan: Plan): string {
  const { lockout, theft, points, together, survival, rule } = plan
  return [
    bold('You are locked out when you lose'),
    ...sayLockout(lockout),
    '',
    bold('A thief opens a wallet with'),
    ...saySets(theft, 'Nothing that is listed.'),
    '',
    bold('One place, person or thing that is enough'),
    ...(points.length === 0 ? [good('  none')] : points.map((point) => `  ${sayPoint(point)}`)),
    ...(together.length === 0 ? [] : ['', bold('What lies together')]),
    ...together.map(({ place, items }) => `  ${safe(place)}: ${items.map(safe).join(', ')}`),
    '',
    bold('Odds that you still reach everything, if nobody looks and nothing is replaced'),
    columns(
      survival.map(({ years, odds }) => [`  ${years} ${years === 1 ? 'year' : 'years'}`, percent(odds)]),
    ),
    '',
    say321(rule),
    ...sayRecoveries(plan.recoveries),
    ...sayMoves(plan.moves),
  ].join('\n')
}

function sayLockout(lockout: MinimalSets): readonly string[] {
  if (lockout.sets[0]?.length === 0)
    return [
      bad('  nothing more: what is listed reaches a wallet no longer, or too few of its shares are listed'),
    ]
  return saySets(lockout, 'Nothing that is listed.')
}

function saySets({ sets, complete, size }: MinimalSets, none: string): readonly string[] {
  const lines = sets.slice(0, LISTED).map((set) => `  ${set.map(safe).join(' + ')}`)
  const more = sets.length - lines.length
  return [
    ...(lines.length === 0 && complete ? [`  ${none}`] : lines),
    ...(more > 0 ? [`  and ${more} more, with --json`] : []),
    ...(complete ? [] : [`  and sets of more than ${size} things, too many to list`]),
  ]
}

function sayPoint({ what, name, does, items }: Point): string {
  const taken = what === 'item' ? '' : ` (${items.map(safe).join(', ')})`
  if (does === 'lockout') {
    if (what === 'place') return warn(`a fire at ${safe(name)} locks you out${taken}`)
    return warn(
      `${what === 'holder' ? `without ${safe(name)}` : `without ${safe(name)}`} you are locked out${taken}`,
    )
  }
  if (what === 'place') return bad(`a thief at ${safe(name)} opens a wallet${taken}`)
  return bad(`${what === 'holder' ? safe(name) : `whoever has ${safe(name)}`} opens a wallet${taken}`)
}

function percent(odds: number): string {
  return `${(odds * 100).toFixed(odds > 0.99 ? 2 : 1)} %`
}

function say321({ copies, media, elsewhere, holds }: Rule321): string {
  const found = `${count(copies, 'copy', 'copies')}, ${count(media, 'kind', 'kinds')} of media, ${elsewhere} elsewhere`
  return holds ? good(`The 3-2-1 rule holds: ${found}.`) : warn(`The 3-2-1 rule does not hold: ${found}.`)
}

function sayMoves(moves: readonly Move[]): readonly string[] {
  if (moves.length === 0) return []
  return ['', bold('What to change, the best first'), ...moves.map((move) => `  ${sayMove(move)}`)]
}

function sayMove({ steps, ends, before, after }: Move): string {
  const gone = ends.map(({ what, name, does }) => {
    const harm = does === 'lockout' ? 'locks you out' : 'opens a wallet'
    if (what === 'place') return `the ${does === 'lockout' ? 'fire' : 'thief'} at ${safe(name)} that ${harm}`
    return does === 'lockout'
      ? `the loss of ${safe(name)} that ${harm}`
      : `${safe(name)}, who or which alone ${harm},`
  })
  const result = gone.length === 0 ? '' : `${gone.join(' and ')} ${gone.length === 1 ? 'is' : 'are'} gone; `
  return `${steps.map(sayStep).join(', and ')}: ${result}10 years ${percent(before)} -> ${percent(after)}`
}

function sayStep({ does, item, to }: Step): string {
  return does === 'move' ? `take ${safe(item)} to ${safe(to)}` : `have a second ${safe(item)} at ${safe(to)}`
}

function sayRecoveries(recoveries: readonly PlannedRecovery[]): readonly string[] {
  if (recoveries.length === 0) return []
  return ['', bold('Signed in advance'), ...recoveries.flatMap(sayPlanned)]
}

function sayPlanned({ name, wallet, plan, wrong }: PlannedRecovery): readonly string[] {
  const whose = wallet === null ? 'of no wallet in the vault' : `of ${safe(wallet)}`
  const { days, alert, recovery } = plan
  const to = recovery.to.map(({ address, label }) => safe(label ?? address)).join(', ')
  return [
    `  ${safe(name)}: ${bitcoins(alert.to.amount)} ${whose} to ${to}, about ${count(days, 'day')} after it is begun`,
    ...wrong.map((what) => `    ${bad('not so:')} ${what}`),
  ]
}

function nextOf({ model, stray }: Plan): readonly string[] {
  const assumed = model.items.filter((item) => item.assumed && item.place !== 'head').map(({ name }) => name)
  return [
    ...(stray.length === 0 ? [] : [`No such factor or store any more: ${stray.map(safe).join(', ')}.`]),
    ...(assumed.length === 0
      ? []
      : [`Where these are is assumed; cairn place add says it: ${assumed.map(safe).join(', ')}.`]),
    'The odds rest on assumed rates, told in docs/plan.md: good to compare, not to insure by.',
  ]
}
