/** `cairn phrase children`: which children of which phrases are in use, as they were noted on this computer. */
import { childrenFile, readChildren } from '@cairn/node/machine/children.js'
import { realPorts as ports } from '@cairn/node/real.js'
import type { Context } from '../../context.js'
import type { Outcome } from '../../outcome.js'
import { columns, safe } from '../../output.js'

export async function run(context: Context): Promise<Outcome> {
  const children = await readChildren(ports.disk, context.home)
  const file = childrenFile(context.home)
  if (children.length === 0)
    return {
      json: { children, file },
      text: 'No child was noted yet.',
      next: ['Make one: cairn phrase child --application bip39 --note "what it is for" --reveal'],
    }
  const rows = children.map(({ parent, path, time, note }) => [parent, path, time.slice(0, 10), safe(note)])
  return {
    json: { children, file },
    text: columns(rows),
    next: [`Keep this list with the phrase: cairn wallet add children ${file}`],
  }
}
