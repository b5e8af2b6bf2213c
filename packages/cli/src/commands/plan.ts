/** `cairn plan`: what loss locks the owner out, what theft opens a wallet, the odds over the years, what to change. */
import { fail } from '@cairn/core/errors.js'
import type { MinimalSets } from '@cairn/core/plan/condition.js'
import { homeOf, type Model, strayThings } from '@cairn/core/plan/model.js'
import { type Move, movesOf } from '@cairn/core/plan/moves.js'
import { type PlaceKind, partOf, type Thing } from '@cairn/core/plan/places.js'
import type { PlannedRecovery } from '@cairn/core/plan/recoveries.js'
import { type Point, type Rule321, rule321, type Scenarios, scenariosOf } from '@cairn/core/plan/scenarios.js'
import type { Step } from '@cairn/core/plan/steps.js'
import { type Assumed, assumedOf, type Survival, survivalOf, YEARS } from '@cairn/core/plan/survival.js'
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
  readonly assumed: Assumed
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
      : nextOf(plan, here.known.things),
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
    assumed: assumedOf(model),
    moves: movesOf(model, SEED, known),
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
    assumed: more.assumed,
    moves: moves.map((move) => ({ ...move, text: sayMove(move, model) })),
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
    ...(points.length === 0 ? [good('  none')] : points.map((point) => `  ${sayPoint(point, plan.model)}`)),
    ...(together.length === 0 ? [] : ['', bold('What lies together')]),
    ...together.map(({ place, items }) => `  ${safe(place)}: ${items.map(safe).join(', ')}`),
    '',
    bold('Odds that you still reach everything, if nobody looks and nothing is replaced'),
    columns(
      survival.map(({ years, odds }) => [`  ${years} ${years === 1 ? 'year' : 'years'}`, percent(odds)]),
    ),
    `  ${sayAssumed(plan.assumed)}`,
    '',
    say321(rule),
    ...sayRecoveries(plan.recoveries),
    ...sayMoves(plan),
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

function sayPoint({ what, name, does, items }: Point, model: Model): string {
  const taken = what === 'item' ? '' : ` (${items.map(safe).join(', ')})`
  if (does === 'lockout') {
    if (what === 'place') return warn(`${disaster(name, model)} locks you out${taken}`)
    return warn(`without ${safe(name)} you are locked out${taken}`)
  }
  if (what === 'place') return bad(`${intruder(name, model)} opens a wallet${taken}`)
  return bad(`${what === 'holder' ? safe(name) : `whoever has ${safe(name)}`} opens a wallet${taken}`)
}

const isCloud = (name: string, { places }: Model) =>
  places.some((place) => place.name === name && place.kind === 'cloud')

function disaster(name: string, model: Model): string {
  return isCloud(name, model) ? `the end of ${safe(name)}` : `a fire at ${safe(name)}`
}

function intruder(name: string, model: Model): string {
  return isCloud(name, model) ? `a break-in at ${safe(name)}` : `a thief at ${safe(name)}`
}

/** What the odds rest on, as a person would compare it with their own house. */
function sayAssumed({ places, things, person }: Assumed): string {
  const rates = [
    ...places.map(({ kind, fire, theft }) => `${PLACE_WORDS[kind] ?? kind} ${rate(fire + theft)}`),
    ...things.map(({ kind, loss }) => `${kind} ${rate(loss)}`),
    ...(person === null ? [] : [`a person with what they hold ${rate(person)}`]),
  ]
  return `Assumed to be lost in a year, each by itself: ${rates.join(', ')}.`
}

const PLACE_WORDS: Readonly<Partial<Record<PlaceKind, string>>> = {
  relative: 'home of a relative',
  friend: 'home of a friend',
  elsewhere: 'another place',
  carried: 'what is carried',
}

function rate(part: number): string {
  return `${Number((part * 100).toFixed(2))} %`
}

function percent(odds: number): string {
  return `${(odds * 100).toFixed(odds > 0.99 ? 2 : 1)} %`
}

function say321({ copies, media, elsewhere, holds }: Rule321): string {
  const found = `${count(copies, 'copy', 'copies')}, ${count(media, 'kind', 'kinds')} of media, ${elsewhere} elsewhere`
  return holds
    ? good(`The 3-2-1 rule holds: ${found}.`)
    : warn(`The 3-2-1 rule does not hold: ${found}, where it wants 3, 2 and 1.`)
}

function sayMoves({ moves, model }: Plan): readonly string[] {
  if (moves.length === 0) return []
  return ['', bold('What to change, the best first'), ...moves.map((move) => `  ${sayMove(move, model)}`)]
}

function sayMove({ steps, ends, before, after }: Move, model: Model): string {
  const gone = ends.map(({ what, name, does }) => {
    const harm = does === 'lockout' ? 'locks you out' : 'opens a wallet'
    if (what === 'place')
      return `${(does === 'lockout' ? disaster : intruder)(name, model)} no longer ${harm}`
    return does === 'lockout'
      ? `the loss of ${safe(name)} no longer ${harm}`
      : `${safe(name)} alone no longer ${harm}`
  })
  const result = gone.length === 0 ? '' : `${gone.join(', ')}; `
  return `${saySteps(steps, model)}: ${result}10 years ${percent(before)} -> ${percent(after)}`
}

function saySteps(steps: readonly Step[], model: Model): string {
  const [first] = steps
  if (steps.every(({ does }) => does === 'move')) return sayTaken(steps)
  if (first?.does !== 'share') return steps.map((step) => sayStep(step, model)).join(', and ')
  const places = steps.map(({ to }) => safe(to)).join(', ')
  return `split the words of ${safe(first.item)} into 3 shares of which 2 are needed (cairn share split), one each at ${places}, and leave the paper`
}

/** What goes to one place together, so that nobody walks twice. */
function sayTaken(steps: readonly Step[]): string {
  const places = [...new Set(steps.map(({ to }) => to))]
  const taken = places.map((place) => {
    const things = steps.filter(({ to }) => to === place).map(({ item }) => safe(item))
    return `${listed(things)} to ${safe(place)}`
  })
  return `take ${taken.join(', and ')}`
}

function listed(names: readonly string[]): string {
  const last = names[names.length - 1] ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

function sayStep({ does, item, to }: Step, { items }: Model): string {
  if (does === 'add')
    return `add a recovery sheet to the vault, with no more factors needed (cairn policy add), at ${safe(to)}`
  return items.some(({ name, kind }) => name === item && kind === 'store')
    ? `keep one more copy of the vault at ${safe(to)}, beside ${safe(item)} (cairn store add)`
    : `have a second ${safe(item)} at ${safe(to)}`
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

/** Devices whose words are not on the list: another device is set up from them. */
function wordless({ model }: Plan, things: readonly Thing[]): readonly string[] {
  const onPaper = new Set(things.flatMap((thing) => (thing.is === 'phrase' ? [keyName(thing)] : [])))
  return things.flatMap((thing) =>
    thing.is === 'device' &&
    !onPaper.has(keyName(thing)) &&
    model.items.some(({ name }) => name === thing.name)
      ? [safe(thing.name)]
      : [],
  )
}

function keyName(thing: Thing): string {
  return `${thing.of} ${partOf(thing)?.share ?? ''}`
}

/** Nothing that is moved ends that whoever has a whole phrase has the wallet. */
function whole({ model, points }: Plan): readonly string[] {
  const phrases = new Set(model.items.filter(({ kind }) => kind === 'phrase').map(({ name }) => name))
  return points.flatMap(({ what, name, does }) =>
    what === 'item' && does === 'theft' && phrases.has(name) ? [safe(name)] : [],
  )
}

function nextOf(plan: Plan, things: readonly Thing[]): readonly string[] {
  const { model, stray } = plan
  const [devices, phrases] = [wordless(plan, things), whole(plan)]
  const assumed = model.items.filter((item) => item.assumed && item.place !== 'head').map(({ name }) => name)
  return [
    ...(stray.length === 0 ? [] : [`No such factor or store any more: ${stray.map(safe).join(', ')}.`]),
    ...(assumed.length === 0
      ? []
      : [`Where these are is assumed; cairn place add says it: ${assumed.map(safe).join(', ')}.`]),
    ...(devices.length === 0
      ? []
      : [
          `A lost device is set up again from its words. Put them on the list too (--is phrase): ${devices.join(', ')}.`,
        ]),
    ...(phrases.length === 0
      ? []
      : [
          `That ${phrases.join(' or ')} opens a wallet alone ends only with new words, shared out from the start (cairn phrase new, cairn share split), and the coins moved there.`,
        ]),
    'The wallets on this computer count for nothing here: it is about the day when they are gone.',
    'The odds rest on assumed rates (docs/plan.md): good to compare, not to insure by.',
  ]
}
