/**
 * The text of an Electrum wallet as data (electrum/json_db.py): the literal of Electrum 1.x, or JSON, perhaps with
 * patches appended. What the fields mean is in holdings.ts and the files beside it.
 */
import { text } from '../../bytes.js'
import { damaged } from './damaged.js'
import { isObject, type Json, type JsonObject } from './json.js'
import { parseLiteral } from './literal.js'
import { applyPatches } from './patch.js'
import { segments } from './segments.js'

/** @throws CairnError `wallet-unreadable`. */
export function parseDatabase(bytes: Uint8Array): JsonObject {
  const decoded = decode(bytes)
  const found = isJson(decoded) ? parseJson(decoded) : parseLiteral(decoded)
  return isObject(found) ? found : damaged('it is malformed')
}

/** True when the text can only be a wallet in plain: an object that begins as one of the two forms does. */
export function looksPlain(start: string): boolean {
  return /^\s*\{\s*(?:["'}]|u['"]|\d)/.test(start)
}

/** The keys of JSON have double quotes; `repr` uses single ones unless a key has one in it, and no key has. */
function isJson(decoded: string): boolean {
  return /^\s*\{\s*["}]/.test(decoded)
}

function parseJson(decoded: string): Json {
  const [document, ...patches] = segments(decoded).map(parseSegment)
  if (document === undefined) return damaged('it is cut off')
  if (patches.length > 0 && isObject(document)) applyPatches(document, patches)
  return document
}

/** The message of JSON.parse quotes what it read. */
function parseSegment(segment: string): Json {
  try {
    return JSON.parse(segment) as Json
  } catch {
    return damaged('it is malformed')
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return text(bytes)
  } catch {
    return damaged('it is not a text')
  }
}
