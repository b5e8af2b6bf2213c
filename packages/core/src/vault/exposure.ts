/**
 * What one stolen thing opens for whoever can also read a store. A store abroad is read by its provider, by who breaks
 * into it, and by who finds its credentials on a stolen computer: passphrases can be guessed at there for years. One
 * that can be guessed is therefore counted as known, and then every other factor must not be enough alone. A passkey
 * that its provider syncs is in the provider's hands too, and two of them may be in the same ones. The key of a computer
 * and what its TPM gives without a PIN fall to the same thief.
 */
import { fewestMore, type Shape } from './quorum.js'

/** 2^60 guesses take ten thousand graphics cards more than a thousand years at N = 2^18. */
export const SAFE_BITS = 60

/** log2 of the guesses by the name of the passphrase; one that is not there is not known. */
export type Strengths = Readonly<Record<string, number>>

/** The passphrases that are counted as known. */
export function guessable(shape: Shape, strengths: Strengths): readonly string[] {
  return factorsOf(shape)
    .filter(({ kind, name }) => kind === 'passphrase' && (strengths[name] ?? 0) < SAFE_BITS)
    .map(({ name }) => name)
}

/**
 * What alone opens the vault once the guessable passphrases are guessed, by the names of factors that are lost at once:
 * each thing by itself, and the passkeys that are synced, all of which one provider may hold.
 */
export function opensAlone(shape: Shape, strengths: Strengths): readonly string[] {
  const known = guessable(shape, strengths)
  const opening = thingsOf(shape).filter((names) => opensWith(shape, new Set([...known, ...names])))
  // a computer is told by the key that is enough
  const enough = new Set(opening.filter(({ length }) => length === 1).flat())
  return opening
    .filter((names) => names.length === 1 || !names.some((name) => enough.has(name)))
    .map((names) => names.join(' and '))
}

/** Factors that one computer holds together and that open the vault without any other, by their names. */
export function opensWithOneComputer(shape: Shape): readonly string[] {
  return computersOf(shape)
    .filter((names) => opensWith(shape, new Set(names)))
    .map((names) => names.join(' and '))
}

/** Factors that whoever gets one of them gets together; passphrases are in a head and are no things. */
function thingsOf(shape: Shape): readonly (readonly string[])[] {
  const factors = factorsOf(shape).filter(({ kind }) => kind !== 'passphrase')
  const synced = factors.filter((factor) => factor.synced)
  const others = factors.filter((factor) => !factor.synced)
  const together = synced.length > 0 ? [synced.map(({ name }) => name)] : []
  return [...others.map(({ name }) => [name]), ...together, ...computersOf(shape)]
}

/** A policy does not say which TPM is in which computer: one of each is taken for the same. */
function computersOf(shape: Shape): readonly (readonly string[])[] {
  const factors = factorsOf(shape)
  const open = factors.filter(({ kind, pin }) => kind === 'tpm' && pin !== true)
  return factors
    .filter(({ kind }) => kind === 'computer')
    .flatMap((computer) => open.map((tpm) => [computer.name, tpm.name]))
}

function factorsOf({ groups }: Shape): Shape['groups'][number]['factors'] {
  return groups.flatMap(({ factors }) => factors)
}

function opensWith(shape: Shape, names: ReadonlySet<string>): boolean {
  const held = shape.groups.map(({ factors }) => factors.filter(({ name }) => names.has(name)).length)
  return fewestMore(shape, held) === 0
}
