/**
 * What one stolen thing opens for whoever can also read a store. A store abroad is read by its provider, by who breaks
 * into it, and by who finds its credentials on a stolen computer: passphrases can be guessed at there for years. One
 * that can be guessed is therefore counted as known, and then every other factor must not be enough alone. A passkey
 * that its provider syncs is in the provider's hands too, and two of them may be in the same ones.
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

/**
 * What alone opens the vault once the guessable passphrases are guessed, by the names of factors that are lost at once:
 * each thing by itself, and the passkeys that are synced, all of which one provider may hold.
 */
export function opensAlone(shape: Shape, strengths: Strengths): readonly string[] {
  const known = guessable(shape, strengths)
  return thingsOf(shape)
    .filter((names) => opensWith(shape, new Set([...known, ...names])))
    .map((names) => names.join(' and '))
}

/** Factors that whoever gets one of them gets together; passphrases are in a head and are no things. */
function thingsOf(shape: Shape): readonly (readonly string[])[] {
  const factors = shape.groups.flatMap((group) => group.factors).filter(({ kind }) => kind !== 'passphrase')
  const synced = factors.filter((factor) => factor.synced)
  const others = factors.filter((factor) => !factor.synced)
  return [...others.map(({ name }) => [name]), ...(synced.length > 0 ? [synced.map(({ name }) => name)] : [])]
}

function opensWith(shape: Shape, names: ReadonlySet<string>): boolean {
  const held = shape.groups.map(({ factors }) => factors.filter(({ name }) => names.has(name)).length)
  return fewestMore(shape, held) === 0
}
