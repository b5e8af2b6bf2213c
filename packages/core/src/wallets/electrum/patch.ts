/**
 * JSON Patch (RFC 6902) with JSON Pointer (RFC 6901), as far as Electrum writes it: `add`, `replace` and `remove`.
 * A patch that does not fit is damage, as in Electrum itself.
 */
import { damaged } from './damaged.js'
import { at, type Json, type JsonObject, textAt } from './json.js'

type Editable = Record<string, Json> | Json[]

// A change near the front of a long list moves all that is behind it, and a file has room for a million changes.
const MAX_MOVED = 10_000

const OPERATIONS = ['add', 'replace', 'remove'] as const

/** Applies the patches in order. Changes the document. */
export function applyPatches(document: JsonObject, patches: readonly Json[]): void {
  for (const patch of patches) applyPatch(document, patch)
}

function applyPatch(document: JsonObject, patch: Json): void {
  const operation = OPERATIONS.find((name) => name === at(patch, 'op')) ?? misfit()
  const [root, ...tokens] = (textAt(patch, 'path') ?? misfit()).split('/')
  const key = unescaped(tokens.pop() ?? misfit())
  if (root !== '') misfit()
  const parent = tokens.reduce<Json>((value, token) => childOf(value, unescaped(token)), document)
  const target = editable(parent)
  if (operation !== 'add' && !has(target, key)) misfit()
  const change = { operation, key, value: operation === 'remove' ? null : operandOf(patch) }
  if (Array.isArray(target)) editList(target, change)
  else editObject(target, change)
}

interface Change {
  readonly operation: (typeof OPERATIONS)[number]
  readonly key: string
  readonly value: Json
}

function editObject(target: Record<string, Json>, { operation, key, value }: Change): void {
  if (operation === 'remove') delete target[key]
  // an assignment to `__proto__` would not make a property
  else Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true })
}

/** RFC 6901, section 4: `-` is the place behind the last one. */
function editList(target: Json[], { operation, key, value }: Change): void {
  const index = key === '-' ? target.length : indexOf(key)
  if (!(index <= target.length) || target.length - index > MAX_MOVED) misfit()
  target.splice(index, operation === 'add' ? 0 : 1, ...(operation === 'remove' ? [] : [value]))
}

function childOf(value: Json, key: string): Json {
  const parent = editable(value)
  if (!has(parent, key)) return misfit()
  return Array.isArray(parent) ? (parent[indexOf(key)] as Json) : (parent[key] as Json)
}

function has(target: Editable, key: string): boolean {
  return Array.isArray(target) ? indexOf(key) < target.length : Object.hasOwn(target, key)
}

function editable(value: Json): Editable {
  return typeof value === 'object' && value !== null ? (value as Editable) : misfit()
}

/** RFC 6901, section 4: digits without leading zeros; NaN, which is in no list, for anything else. */
function indexOf(key: string): number {
  return /^(?:0|[1-9]\d{0,9})$/.test(key) ? Number(key) : Number.NaN
}

function operandOf(patch: Json): Json {
  const { value } = patch as JsonObject
  return Object.hasOwn(patch as JsonObject, 'value') && value !== undefined ? value : misfit()
}

/** RFC 6901, section 4: first `~1`, then `~0`. */
function unescaped(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~')
}

function misfit(): never {
  return damaged('a change appended to it does not fit')
}
