/**
 * What one stolen thing opens for whoever can also read a store. A store abroad is read by its provider, by who breaks
 * into it, and by who finds its credentials on a stolen computer: passphrases can be guessed at there for years. One
 * that can be guessed is therefore counted as known, and then every other factor must not be enough alone.
 */
import { fewestMore, type Shape } from './quorum.js'

/** 2^60 guesses take ten thousand graphics cards more than a thousand years at N = 2^18. */
export const SAFE_BITS = 60

/** log2 of the guesses by the name of the passphrase; one that is not there is not known. */
export type Strengths = Readonly<Record<string, number>>

/** The passphrases that are counted as known. */
export function guessable(shape: Shape, strengths: Strengths): readonly string[] {
  return shape.groups
    .flatMap(({ factors }) => factors)
    .filter(({ kind, name }) => kind === 'passphrase' && (strengths[name] ?? 0) < SAFE_BITS)
    .map(({ name }) => name)
}

/** Names of factors each of which alone opens the vault, once the guessable passphrases are guessed. */
export function opensAlone(shape: Shape, strengths: Strengths): readonly string[] {
  const known = new Set(guessable(shape, strengths))
  if (known.size === 0) return []
  const others = shape.groups.flatMap(({ factors }) => factors).filter(({ kind }) => kind !== 'passphrase')
  return others.map(({ name }) => name).filter((name) => opensWith(shape, new Set([...known, name])))
}

function opensWith(shape: Shape, names: ReadonlySet<string>): boolean {
  const held = shape.groups.map(({ factors }) => factors.filter(({ name }) => names.has(name)).length)
  return fewestMore(shape, held) === 0
}
