/**
 * Access to what JSON.parse returns, by own properties only, so that a key such as `constructor` is nothing special.
 * Where Electrum leaves a field out or writes null, there is nothing; a field of another type is damage.
 */
import { damaged, unsupported } from './damaged.js'

export type Json = null | boolean | number | string | readonly Json[] | JsonObject

export interface JsonObject {
  readonly [key: string]: Json
}

/** Of any list or object that is walked through. Electrum becomes unusable before. */
export const MAX_ENTRIES = 100_000

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** What stands at a key; undefined when there is no such key, or null. */
export function at(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? (value[key] ?? undefined) : undefined
}

export function textAt(value: Json | undefined, key: string): string | undefined {
  const found = at(value, key)
  return found === undefined || typeof found === 'string' ? found : damaged(`${key} is not a text`)
}

export function objectAt(value: Json | undefined, key: string): JsonObject | undefined {
  const found = at(value, key)
  return found === undefined || isObject(found) ? found : damaged(`${key} is not an object`)
}

/** Keys and values of the object at a key; none when there is nothing. */
export function entriesAt(value: Json | undefined, key: string): readonly (readonly [string, Json])[] {
  return bounded(Object.entries(objectAt(value, key) ?? {}), key)
}

export function listAt(value: Json | undefined, key: string): readonly Json[] {
  const found = at(value, key) ?? []
  return isList(found) ? bounded(found, key) : damaged(`${key} is not a list`)
}

/** @throws CairnError `wallet-unsupported`. */
export function bounded<T>(entries: readonly T[], key: string): readonly T[] {
  return entries.length <= MAX_ENTRIES ? entries : unsupported(`${key} has more than ${MAX_ENTRIES} entries`)
}

/** A whole number above zero, as heights, times and amounts are; undefined for anything else. */
export function positive(value: Json | undefined): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined
}
