/** `cairn plan --heirs`: what each person holds, who gets in without the owner today, and who once the owner is gone. */
import type { MinimalSets } from '@cairn/core/plan/condition.js'
import { type HeirsPlan, LEFT } from '@cairn/core/plan/heirs.js'
import type { Context } from '../context.js'
import type { Outcome } from '../outcome.js'
import { bad, bold, columns, good, safe, warn } from '../output.js'
import { planHere } from '../plan-here.js'

/** Nobody gets in afterwards. */
const ATTENTION = 8
const LISTED = 6

export async function heirs(context: Context): Promise<Outcome> {
  const { heirs: plan } = await planHere(context)
  const isOpen = plan.after.sets.length > 0
  return {
    json: heirsJson(plan),
    text: say(plan),
    next: isOpen
      ? [
          'Write it down for them: cairn sheet letter --out letter.pdf',
          'Let one of them try it, with nothing at stake: cairn drill --heir NAME',
        ]
      : [
          'Give somebody a sheet or a key of their own: cairn policy add sheet=NAME, cairn policy add person=NAME:age1…',
          'Then put it on the list: cairn place add',
        ],
    exit: isOpen ? 0 : ATTENTION,
  }
}

/** The same for `cairn plan --json`. */
export function heirsJson({ holders, gone, left, today, people, after, ways, lacking }: HeirsPlan): object {
  const names = (items: readonly { readonly name: string }[]) => items.map(({ name }) => name)
  return {
    gets_in: after.sets.length > 0,
    holders: holders.map(({ name, items }) => ({ name, items: names(items) })),
    gone: names(gone),
    left: names(left),
    today: today.sets,
    people: people.sets,
    after: after.sets,
    ways: ways.sets,
    lacking,
  }
}

function say(plan: HeirsPlan): string {
  const { holders, gone, left, today, after, ways, lacking } = plan
  const list = (items: readonly { readonly name: string }[]) => items.map(({ name }) => safe(name)).join(', ')
  const rows = holders.map(({ name, items }) => [`  ${safe(name)}`, list(items)])
  return [
    bold('What each person holds'),
    ...(rows.length === 0 ? [warn('  nobody but you holds anything')] : [columns(rows)]),
    '',
    bold('Today, without you'),
    ...(today.sets.length === 0
      ? ['  nobody opens a wallet']
      : lines(today, (set) => bad(`  ${set} can open a wallet`))),
    '',
    bold('When you are gone'),
    `  with you goes: ${gone.length === 0 ? 'nothing' : list(gone)}`,
    `  you leave: ${left.length === 0 ? 'nothing' : list(left)}`,
    ...(after.sets.length > 0
      ? lines(after, (set) => good(`  ${set} can reach every wallet`))
      : [bad('  nobody reaches every wallet')]),
    ...(lacking.length === 0
      ? []
      : [`  one of these in their hands would do: ${lacking.map(safe).join(', ')}`]),
    ...(ways.sets.length === 0 ? [] : ['', bold('What is enough then'), ...lines(ways, (set) => `  ${set}`)]),
  ].join('\n')
}

function lines({ sets }: MinimalSets, tell: (set: string) => string): readonly string[] {
  const name = (one: string) => (one === LEFT ? 'whoever finds what you leave' : safe(one))
  const told = sets
    .slice(0, LISTED)
    .map((set) => tell(set.length === 0 ? 'anybody' : set.map(name).join(' + ')))
  return sets.length > LISTED ? [...told, `  and ${sets.length - LISTED} more, with --json`] : told
}
