/** `cairn place add NAME`: puts one copy of one thing on the list of who holds what where. */
import { fail } from '@cairn/core/errors.js'
import { nearNames, suggestion } from '@cairn/core/plan/near-names.js'
import { addThing, type Thing } from '@cairn/core/plan/places.js'
import type { Machine } from '@cairn/node/machine/open.js'
import { readPlaces, writePlaces } from '@cairn/node/machine/places.js'
import { readWallets } from '@cairn/node/machine/wallets.js'
import { realPorts as ports } from '@cairn/node/real.js'
import type { Context } from '../../context.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'
import { good, safe, today, warn } from '../../output.js'
import { seenDay } from '../../seen-day.js'

interface Options {
  readonly is: string
  readonly of: string
  readonly at: string
  readonly kind?: string
  readonly with?: string
  readonly checked?: string | true
  readonly share?: number
  readonly need?: number
}

export async function run(context: Context, options: Options, name: string): Promise<Outcome> {
  const machine = await openHere(context)
  const { home } = machine
  const { is, of, at, with: holder = 'me', share, need } = options
  const given = options.checked === true ? today() : options.checked
  const checked = given === undefined ? null : seenDay(given)
  const numbers = { ...(share === undefined ? {} : { share }), ...(need === undefined ? {} : { need }) }
  const things = await readPlaces(ports.disk, home)
  const kind = options.kind ?? things.find((thing) => thing.at === at)?.kind ?? 'elsewhere'
  const all = addThing(things, { name, is, of, at, kind, with: holder, checked, ...numbers })
  const wallets = await walletsBeside(machine, things)
  const doubt = doubtOf(machine, { is, of, wallets })
  await writePlaces(ports, home, all)
  return {
    json: { added: all.at(-1), ...(doubt === null ? {} : { known: false, near: doubt }) },
    text: `${good(`${safe(name)} is on the list`)}: at ${safe(at)}, with ${safe(holder)}.`,
    next: [
      ...(doubt === null ? [] : [warn(sayDoubt(doubt, name))]),
      'It goes into the vault with the next backup, sealed: cairn backup',
      'Next: cairn plan, which says what one fire or one thief can do.',
    ],
  }
}

/** Wallets of the vault, and those that other rows are of. */
async function walletsBeside({ home }: Machine, things: readonly Thing[]): Promise<readonly string[]> {
  const saved = (await readWallets(ports.disk, home)).map(({ name }) => name)
  const onPaper = things.filter(({ is }) => is !== 'factor' && is !== 'store').map(({ of }) => of)
  return [...new Set([...saved, ...onPaper])]
}

/** Near names of a wallet that the vault does not know; null where it does. @throws CairnError `place-invalid` */
function doubtOf(
  { config, description }: Machine,
  { is, of, wallets }: { readonly is: string; readonly of: string; readonly wallets: readonly string[] },
): readonly string[] | null {
  const factors = description.policy.groups.flatMap((group) => group.factors)
  if (is === 'factor')
    requireKnown(of, { what: 'factor', where: 'the policy', names: factors.map(({ name }) => name) })
  if (is === 'store')
    requireKnown(of, { what: 'store', where: 'the vault', names: config.stores.map(({ name }) => name) })
  const isWallet = is !== 'factor' && is !== 'store'
  return isWallet && !wallets.includes(of) ? nearNames(of, wallets) : null
}

interface Naming {
  readonly what: string
  readonly where: string
  readonly names: readonly string[]
}

/** What was typed is not repeated: it may be a secret in the wrong place. */
function requireKnown(of: string, { what, where, names }: Naming): void {
  if (names.includes(of)) return
  const reason = `${where} has no such ${what}, only ${names.map(safe).join(', ')}${suggestion(of, names)}`
  fail('place-invalid', { reason })
}

/** A wallet that exists on paper only is nothing wrong, but a slip looks the same. */
function sayDoubt([nearest]: readonly string[], name: string): string {
  const alone = 'No wallet of the vault has the name after --of, so it counts as a wallet of its own.'
  if (nearest === undefined) return alone
  return `${alone} Did you mean ${safe(nearest)}? Then: cairn place remove '${safe(name)}', and add it again.`
}
