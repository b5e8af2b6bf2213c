/**
 * Miniscript in output descriptors, BIP-379, inside `wsh()` and as leaves of `tr()`: keys are taken out of the text, the
 * types and the safety of what remains are judged by @bitcoinerlab/miniscript, and its symbolic script is put in bytes.
 * Only sane expressions are read, as Bitcoin Core does. Nothing is satisfied here.
 */
import { analyzeMiniscript, compileMiniscript } from '@bitcoinerlab/miniscript'
import { concat, unhex } from '../../bytes.js'
import { fail } from '../../errors.js'
import { hash160 } from '../hash.js'
import { push, scriptNumber, xOnly } from '../script.js'
import { parseKeyNode } from './musig.js'
import { splitArguments } from './split.js'
import type { Miniscript } from './types.js'

/** BIP-379 "Specification": the fragments behind any wrappers such as `v:`. */
const FRAGMENT =
  /^(?:[asctdvjnlu]+:)?(pk_k|pk_h|pk|pkh|older|after|sha256|hash256|ripemd160|hash160|andor|and_[vbn]|or_[bcdi]|thresh|multi|multi_a)$/
const CONSTANT = /^(?:[asctdvjnlu]+:)?[01]$/
const HASH_BYTES: Readonly<Record<string, number>> = { sha256: 32, hash256: 32, ripemd160: 20, hash160: 20 }

/** Far above what fits in a script; nesting costs stack. */
const MAX_NESTING = 100
const MAX_WRAPPERS = 200
const MAX_WITNESS_SCRIPT = 3600 // bytes; the policy of nodes for P2WSH

/** True for the name, wrappers included, of an expression that only miniscript has. */
export function isFragment(name: string): boolean {
  return FRAGMENT.test(name)
}

/** @throws CairnError `descriptor-invalid`; `descriptor-unsupported` for one that is valid and not sane. */
export function parseMiniscript(text: string, context: Miniscript['context']): Miniscript {
  const found = new Map<string, number>()
  const template = withoutKeys(text, { found, context, depth: 0 })
  const rule = context === 'wsh' ? 'compressed' : 'x-only'
  const keys = [...found.keys()].map((key) => parseKeyNode(key, rule))
  const script = { type: 'miniscript', template, keys, context } as const
  const { valid, issane } = guarded(() => analyzeMiniscript(placeholders(template), contextOf(script)))
  if (!valid) return invalid('its miniscript is malformed')
  if (!issane) return fail('descriptor-unsupported', { reason: 'its miniscript is not safe to use' })
  const size = compileWith(script)(keys.map(() => new Uint8Array(33).fill(2))).length
  if (context === 'wsh' && size > MAX_WITNESS_SCRIPT) return invalid('its script is too long')
  return script
}

/** Writes it with its keys, spelled by the caller. */
export function formatMiniscript({ template }: Miniscript, keys: readonly string[]): string {
  return template.replace(/@(\d+)/g, (_, number: string) => keys[Number(number)] as string)
}

/** The script as a function of its public keys, in the order of `keys`. */
export function compileWith(
  script: Pick<Miniscript, 'template' | 'context'>,
): (keys: readonly Uint8Array[]) => Uint8Array {
  const { asm } = guarded(() => compileMiniscript(placeholders(script.template), contextOf(script)))
  const words = asm.split(' ')
  return (keys) => {
    const shown = script.context === 'tapscript' ? keys.map(xOnly) : keys
    return concat(...words.map((word) => encodeWord(word, shown)))
  }
}

interface Taking {
  /** The key expressions met, and their numbers. */
  readonly found: Map<string, number>
  readonly context: Miniscript['context']
  readonly depth: number
}

/** The expression with `@n` for each key; the arguments that are no expressions are checked. */
function withoutKeys(text: string, taking: Taking): string {
  if (CONSTANT.test(text)) return text
  const [, name = '', inside = ''] = /^([a-z0-9_:]+)\((.*)\)$/.exec(text) ?? []
  const fragment = FRAGMENT.exec(name)?.[1]
  if (fragment === undefined || taking.depth > MAX_NESTING || name.length > MAX_WRAPPERS)
    return invalid('its miniscript is malformed')
  const parts = splitArguments(inside)
  return `${name}(${parts.map((part, i) => argument(part, { fragment, i, taking })).join(',')})`
}

function argument(
  text: string,
  { fragment, i, taking }: { readonly fragment: string; readonly i: number; readonly taking: Taking },
): string {
  const isThreshold = i === 0 && ['thresh', 'multi', 'multi_a'].includes(fragment)
  if (isThreshold || fragment === 'older' || fragment === 'after') {
    return /^[1-9]\d{0,9}$/.test(text) ? text : invalid('its miniscript has a number that is none')
  }
  const bytes = HASH_BYTES[fragment]
  if (bytes !== undefined) {
    const isHash = text.length === 2 * bytes && /^[0-9a-fA-F]+$/.test(text)
    return isHash ? text.toLowerCase() : invalid('its miniscript has a hash that is none')
  }
  if (fragment.startsWith('pk') || fragment.startsWith('multi')) return numberOf(text, taking.found)
  return withoutKeys(text, { ...taking, depth: taking.depth + 1 })
}

function numberOf(key: string, found: Map<string, number>): string {
  const number = found.get(key) ?? found.size
  found.set(key, number)
  return `@${number}`
}

/** The library takes any word for a key. */
function placeholders(template: string): string {
  return template.replaceAll('@', 'key')
}

function contextOf({ context }: Pick<Miniscript, 'context'>): { readonly tapscript: boolean } {
  return { tapscript: context === 'tapscript' }
}

const OPCODES: Readonly<Record<string, number>> = {
  OP_IF: 0x63,
  OP_NOTIF: 0x64,
  OP_ELSE: 0x67,
  OP_ENDIF: 0x68,
  OP_VERIFY: 0x69,
  OP_TOALTSTACK: 0x6b,
  OP_FROMALTSTACK: 0x6c,
  OP_IFDUP: 0x73,
  OP_DUP: 0x76,
  OP_SWAP: 0x7c,
  OP_SIZE: 0x82,
  OP_EQUAL: 0x87,
  OP_EQUALVERIFY: 0x88,
  OP_0NOTEQUAL: 0x92,
  OP_ADD: 0x93,
  OP_BOOLAND: 0x9a,
  OP_BOOLOR: 0x9b,
  OP_NUMEQUAL: 0x9c,
  OP_NUMEQUALVERIFY: 0x9d,
  OP_RIPEMD160: 0xa6,
  OP_SHA256: 0xa8,
  OP_HASH160: 0xa9,
  OP_HASH256: 0xaa,
  OP_CHECKSIG: 0xac,
  OP_CHECKSIGVERIFY: 0xad,
  OP_CHECKMULTISIG: 0xae,
  OP_CHECKMULTISIGVERIFY: 0xaf,
  OP_CHECKLOCKTIMEVERIFY: 0xb1,
  OP_CHECKSEQUENCEVERIFY: 0xb2,
  OP_CHECKSIGADD: 0xba,
}

/** One word of the symbolic script: an opcode, a number to 16, `<hex>`, `<key0>` or `<HASH160(key0)>`. */
function encodeWord(word: string, keys: readonly Uint8Array[]): Uint8Array {
  const opcode = OPCODES[word]
  if (opcode !== undefined) return Uint8Array.of(opcode)
  if (/^\d{1,2}$/.test(word)) return scriptNumber(Number(word))
  const [, hashed, number] = /^<(HASH160\()?key(\d+)\)?>$/.exec(word) ?? []
  if (number !== undefined) {
    const key = keys[Number(number)] as Uint8Array
    return push(hashed === undefined ? key : hash160(key))
  }
  const digits = /^<((?:[0-9a-f]{2}){1,75})>$/.exec(word)?.[1]
  return digits === undefined ? invalid('its miniscript is malformed') : push(unhex(digits))
}

/** The messages of the library stay inside; it also meets too deep a nesting with an error of the engine. */
function guarded<T>(run: () => T): T {
  try {
    return run()
  } catch {
    return invalid('its miniscript is malformed')
  }
}

function invalid(reason: string): never {
  return fail('descriptor-invalid', { reason })
}
