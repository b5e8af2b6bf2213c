/** `--factor KIND`, `--factor KIND=NAME`, and for a person `--factor person=NAME:age1…`: as typed to as asked. */
import { fail } from '@cairn/core/errors.js'

export type FactorSpec =
  | { readonly kind: 'passphrase'; readonly name: string }
  | { readonly kind: 'computer'; readonly name: string }
  | { readonly kind: 'sheet'; readonly name: string }
  | { readonly kind: 'person'; readonly name: string; readonly recipient: string }

/**
 * Those without a name are called after their kind, the second one with its number.
 * @throws CairnError `policy-invalid`
 */
export function parseFactors(typed: readonly string[]): readonly FactorSpec[] {
  const counts = new Map<string, number>()
  return typed.map((text) => {
    const [, kind = '', name, recipient] = /^([a-z]+)(?:=([^:]*))?(?::(.+))?$/.exec(text) ?? []
    const number = (counts.get(kind) ?? 0) + 1
    counts.set(kind, number)
    const named = name || (number === 1 ? kind : `${kind} ${number}`)
    if (kind === 'person' && recipient) return { kind, name: named, recipient }
    if ((kind === 'passphrase' || kind === 'computer' || kind === 'sheet') && !recipient)
      return { kind, name: named }
    return fail('policy-invalid', {
      reason: '--factor is passphrase, computer, sheet or person=NAME:age1…, each also with =NAME',
    })
  })
}
