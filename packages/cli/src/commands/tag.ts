/** `cairn tag SNAPSHOT [NAME...]`: names a snapshot that was made before, or takes a name away. */
import { fail } from '@cairn/core/errors.js'
import { parseTag } from '@cairn/core/vault/tags.js'
import { realPorts as ports } from '@cairn/node/real.js'
import { tagSnapshot } from '@cairn/node/vault/tag.js'
import type { Context } from '../context.js'
import { openHere } from '../machine.js'
import type { Outcome } from '../outcome.js'
import { safe } from '../output.js'

interface Options {
  readonly remove?: readonly string[]
}

export async function run(
  context: Context,
  { remove: removed = [] }: Options,
  at: string,
  names: readonly string[],
): Promise<Outcome> {
  const [add, remove] = [names.map(parseTag), removed.map(parseTag)]
  if (add.length + remove.length === 0) fail('usage', { reason: 'name a tag to add, or one to --remove' })
  const { id, seq, tags } = await tagSnapshot(await openHere(context), { at, add, remove }, ports)
  const now = tags.length > 0 ? `has the tags ${tags.join(', ')}` : 'has no tags'
  return {
    json: { snapshot: id, seq, tags },
    text: safe(`Snapshot ${seq} ${now}.`),
    next: ['This computer knows it now; the next backup carries it into the vault.'],
  }
}
