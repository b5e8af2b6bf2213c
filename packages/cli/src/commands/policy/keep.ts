/** `cairn policy keep file|keychain`: moves the key of this computer, which stays the same. */
import { fail } from '@cairn/core/errors.js'
import { type Keep, readKept, writeKept } from '@cairn/node/machine/kept.js'
import { realPorts as ports } from '@cairn/node/real.js'
import type { Context } from '../../context.js'
import { KEPT } from '../../kept-words.js'
import { openHere } from '../../machine.js'
import type { Outcome } from '../../outcome.js'

export async function run(context: Context, _options: object, keep: Keep): Promise<Outcome> {
  const { home } = await openHere(context)
  await ports.exclusively(home.lock, async () => {
    const bytes = await readKept(ports, home.computerKey)
    if (bytes === undefined)
      return fail('policy-invalid', { reason: 'this computer is no factor of the vault' })
    return writeKept(ports, home.computerKey, { bytes, keep })
  })
  return { json: { kept: keep }, text: `The key of this computer is kept ${KEPT[keep]}.` }
}
