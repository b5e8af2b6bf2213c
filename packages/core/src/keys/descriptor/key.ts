/**
 * Key expressions of output descriptors, BIP-380 "Key Expressions" with the multipath steps of BIP-389 and the x-only
 * keys of BIP-386: read, written, made public, and led to public keys. Not `musig()`, which is in musig.ts.
 */
import { secp256k1 } from '@noble/curves/secp256k1.js'
import { concat, hex, unhex } from '../../bytes.js'
import { fail, isCairnError } from '../../errors.js'
import {
  deriveKey,
  fingerprint,
  formatExtendedKey,
  neuter,
  parseExtendedKey,
  publicChildren,
} from '../bip32.js'
import { formatStep, HARDENED, isHardened, MAX_DEPTH, parseStep } from '../path.js'
import { decodeWif, encodeWif, publicKeyOf } from '../wif.js'
import type { KeyExpression, KeyMaterial, KeyOrigin, Step, Wildcard } from './types.js'

/** What the script around a key asks of it. */
export type KeyRule = 'any' | 'compressed' | 'x-only'

const WILDCARDS: Readonly<Record<Wildcard, readonly string[]>> = { none: [], plain: ['*'], hardened: ['*h'] }

/** @throws CairnError `descriptor-invalid`. */
export function parseKeyExpression(text: string, rule: KeyRule = 'any'): KeyExpression {
  const [, originText, keyText, pathText] = /^(?:\[([^\]]*)\])?([^/[\]]+)((?:\/[^/]+)*)$/.exec(text) ?? []
  if (keyText === undefined) return invalid('a key expression is malformed')
  const key = parseMaterial(keyText, rule)
  const { path, wildcard } = parseSteps(pathText ?? '')
  checkPath(key, { path, wildcard })
  return { origin: originText === undefined ? null : parseOrigin(originText), key, path, wildcard }
}

/** What follows a key: `/0/<0;1>/*`; no step for the empty text. */
export function parseSteps(text: string): Pick<KeyExpression, 'path' | 'wildcard'> {
  const steps = text === '' ? [] : text.slice(1).split('/')
  const last = steps.at(-1) ?? ''
  const wildcard = last === '*' ? 'plain' : /^\*['h]$/.test(last) ? 'hardened' : 'none'
  const path = (wildcard === 'none' ? steps : steps.slice(0, -1)).map(parsePathStep)
  if (path.filter((step) => typeof step !== 'number').length > 1) invalid('a key has two multipath steps')
  return { path, wildcard }
}

/** Hardened steps are marked with `h`. */
export function formatKeyExpression({ origin, key, path, wildcard }: KeyExpression): string {
  return `${origin ? formatOrigin(origin) : ''}${formatMaterial(key)}${formatSteps({ path, wildcard })}`
}

/** `/0/<0;1>/*`. */
export function formatSteps({ path, wildcard }: Pick<KeyExpression, 'path' | 'wildcard'>): string {
  return [...path.map(formatPathStep), ...WILDCARDS[wildcard]].map((step) => `/${step}`).join('')
}

/** The path that one branch of a multipath takes, without its wildcard. */
export function pathOfBranch({ path }: Pick<KeyExpression, 'path'>, branch: number): number[] {
  return path.map((step) => (typeof step === 'number' ? step : (step[branch] as number)))
}

/** How many branches the multipath step has; 1 without one. */
export function branchesOfKey({ path }: Pick<KeyExpression, 'path'>): number {
  return path.reduce<number>((count, step) => (typeof step === 'number' ? count : step.length), 1)
}

export function isPrivateKey({ key }: KeyExpression): boolean {
  return key.kind === 'single' || (key.kind === 'extended' && key.extended.privateKey !== null)
}

/** The fingerprint of the master key, when the expression tells: by its origin, or since it is the master key. */
export function masterFingerprint({ origin, key }: KeyExpression): string | null {
  if (origin) return origin.fingerprint
  return key.kind === 'extended' && key.extended.depth === 0 ? fingerprint(key.extended) : null
}

/** How long its public keys are: 33 bytes, 65, or 32 for a key that is given as x-only. */
export function publicKeyBytes({ key }: KeyExpression): number {
  if (key.kind === 'public') return key.publicKey.length
  return key.kind === 'single' && !key.single.compressed ? 65 : 33
}

/**
 * The public keys of a branch by index; the parent is derived once.
 * @throws CairnError `key-hardened` when a hardened step follows an extended public key.
 */
export function publicKeysOf(expression: KeyExpression, branch: number): (index: number) => Uint8Array {
  const { key, wildcard } = expression
  if (key.kind !== 'extended') {
    const publicKey = key.kind === 'public' ? key.publicKey : publicKeyOf(key.single)
    return () => publicKey
  }
  const parent = deriveKey(key.extended, pathOfBranch(expression, branch))
  if (wildcard === 'plain') return publicChildren(parent)
  if (wildcard === 'none') return () => parent.publicKey
  if (!parent.privateKey) return fail('key-hardened')
  return (index) => deriveKey(parent, [index + HARDENED]).publicKey
}

/**
 * The same key without its private part. BIP-380 "Normalization of Key Expressions with Hardened Derivation": the
 * steps down to the last hardened one are taken and move to the origin. Where a hardened wildcard or multipath step
 * prevents it, the public form names the key but gives no public keys.
 */
export function publicKeyExpression(expression: KeyExpression): KeyExpression {
  const { key, path, wildcard } = expression
  if (key.kind === 'public' || !isPrivateKey(expression)) return expression
  if (key.kind === 'single')
    return { ...expression, key: { kind: 'public', publicKey: publicKeyOf(key.single) } }
  const count = path.findLastIndex((step) => [step].flat().some(isHardened)) + 1
  const taken = path.slice(0, count)
  if (count === 0 || wildcard === 'hardened' || !taken.every((step) => typeof step === 'number')) {
    return { ...expression, key: { kind: 'extended', extended: neuter(key.extended) } }
  }
  const origin = expression.origin ?? { fingerprint: fingerprint(key.extended), path: [] }
  return {
    origin: { ...origin, path: [...origin.path, ...taken] },
    key: { kind: 'extended', extended: neuter(deriveKey(key.extended, taken)) },
    path: path.slice(count),
    wildcard,
  }
}

function parseOrigin(text: string): KeyOrigin {
  const [fingerprint = '', ...steps] = text.split('/')
  if (!/^[0-9a-fA-F]{8}$/.test(fingerprint))
    return invalid('a key origin needs a fingerprint of 8 hex digits')
  if (steps.length > MAX_DEPTH) return invalid('a key origin is too long')
  const path = steps.map((step) => parseStep(step) ?? invalid('a key origin has a step that is no number'))
  return { fingerprint: fingerprint.toLowerCase(), path }
}

function formatOrigin({ fingerprint, path }: KeyOrigin): string {
  return `[${[fingerprint, ...path.map(formatPathStep)].join('/')}]`
}

function parseMaterial(text: string, rule: KeyRule): KeyMaterial {
  if (/^(?:[0-9a-fA-F]{2}){32,}$/.test(text)) return { kind: 'public', publicKey: parsePublicKey(text, rule) }
  if (/^[xt](?:pub|prv)/.test(text))
    return { kind: 'extended', extended: miswritten(() => parseExtendedKey(text)) }
  const single = miswritten(() => decodeWif(text))
  if (!single.compressed && rule !== 'any')
    return invalid('an uncompressed key cannot stand in a segwit output')
  return { kind: 'single', single }
}

function parsePublicKey(text: string, rule: KeyRule): Uint8Array {
  const bytes = unhex(text)
  if (bytes.length === 65 && rule !== 'any')
    return invalid('an uncompressed key cannot stand in a segwit output')
  if (bytes.length === 32 && rule !== 'x-only')
    return invalid('a key of 32 bytes stands in a taproot output only')
  const point = bytes.length === 32 ? concat(Uint8Array.of(0x02), bytes) : bytes
  return secp256k1.utils.isValidPublicKey(point) ? bytes : invalid('a public key is no point of the curve')
}

function formatMaterial(key: KeyMaterial): string {
  if (key.kind === 'public') return hex(key.publicKey)
  return key.kind === 'single' ? encodeWif(key.single) : formatExtendedKey(key.extended)
}

function parsePathStep(text: string): Step {
  const inside = /^<(.*)>$/.exec(text)?.[1]
  if (inside === undefined) return parseStep(text) ?? invalid('a path has a step that is no number')
  const steps = inside.split(';').map((step) => parseStep(step) ?? invalid('a multipath step needs numbers'))
  if (steps.length < 2) return invalid('a multipath step needs two numbers or more')
  if (new Set(steps).size < steps.length) return invalid('a multipath step repeats a number')
  return steps
}

function formatPathStep(step: Step): string {
  if (typeof step === 'number') return formatStep(step, { mark: 'h' })
  return `<${step.map(formatPathStep).join(';')}>`
}

function checkPath(key: KeyMaterial, { path, wildcard }: Pick<KeyExpression, 'path' | 'wildcard'>): void {
  const length = path.length + (wildcard === 'none' ? 0 : 1)
  if (length === 0) return
  if (key.kind !== 'extended') invalid('only an extended key has a path')
  else if (key.extended.depth + length > MAX_DEPTH) invalid('a path is too long')
}

function miswritten<T>(parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (isCairnError(error, 'key-invalid')) return invalid('a key is miswritten')
    throw error
  }
}

function invalid(reason: string): never {
  return fail('descriptor-invalid', { reason })
}
