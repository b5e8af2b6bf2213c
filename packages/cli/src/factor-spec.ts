/** `--factor KIND`, `--factor KIND=NAME`, and for a person `--factor person=NAME:age1…`: as typed to as asked. */
import { fail } from '@cairn/core/errors.js'
import { type FactorSpec, kindOf } from './factor-kinds.js'
import { FACTOR_FORMS } from './program/lists.js'

/**
 * Those without a name are called after their kind, the second one with its number.
 * @throws CairnError `policy-invalid`
 */
export function parseFactors(typed: readonly string[]): readonly FactorSpec[] {
  const counts = new Map<string, number>()
  return typed.map((text) => {
    const [, kind = '', name, rest] = /^([a-z][a-z0-9]*)(?:=([^:]*))?(?::(.+))?$/.exec(text) ?? []
    const number = (counts.get(kind) ?? 0) + 1
    counts.set(kind, number)
    const named = name || (number === 1 ? kind : `${kind} ${number}`)
    const spec = kindOf(kind)?.spec(named, rest)
    return spec ?? fail('policy-invalid', { reason: `--factor is ${FACTOR_FORMS}` })
  })
}
