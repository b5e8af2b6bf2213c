/**
 * The kinds of factors at the terminal, one row a kind: how one is typed, and what `policy show` says of it. How one is
 * asked for when a vault is unlocked: factors.ts.
 */
import { mebibytesOf } from '@cairn/core/vault/guessing.js'
import { parsePasskey } from '@cairn/core/vault/passkey.js'
import type { Factor } from '@cairn/core/vault/policy.js'
import type { FactorKind } from '@cairn/core/vault/quorum.js'
import { safe } from './output.js'

/** A factor as typed: without what is asked for or made afterwards. */
export type FactorSpec =
  | { readonly kind: 'passphrase'; readonly name: string }
  | { readonly kind: 'computer'; readonly name: string }
  | { readonly kind: 'sheet'; readonly name: string }
  | { readonly kind: 'person'; readonly name: string; readonly recipient: string }
  | { readonly kind: 'passkey'; readonly name: string }
  | { readonly kind: 'plugin'; readonly name: string; readonly plugin: string }
  | { readonly kind: 'tpm'; readonly name: string; readonly pin: boolean }
  | { readonly kind: 'pkcs11'; readonly name: string; readonly uri: string }

export interface KindRow<K extends FactorKind = FactorKind> {
  /** From `KIND=NAME:REST` as typed; null when it is not written so. */
  readonly spec: (name: string, rest: string | undefined) => FactorSpec | null
  /** As in "the key of a person". */
  readonly what: string
  /** What else `policy show` tells of one; empty when nothing. */
  readonly detail: (factor: Extract<Factor, { readonly kind: K }>) => string
}

const KINDS: { readonly [K in FactorKind]: KindRow<K> } = {
  passphrase: {
    spec: (name, rest) => (rest === undefined ? { kind: 'passphrase', name } : null),
    what: 'a passphrase',
    detail: ({ logN }) => `scrypt N = 2^${logN}, ${mebibytesOf(logN)} MiB a guess`,
  },
  computer: {
    spec: (name, rest) => (rest === undefined ? { kind: 'computer', name } : null),
    what: 'the key file on a computer',
    detail: ({ recipient }) => recipient,
  },
  person: {
    spec: (name, rest) => (rest === undefined ? null : { kind: 'person', name, recipient: rest }),
    what: 'the key of a person',
    detail: ({ recipient }) => recipient,
  },
  sheet: {
    spec: (name, rest) => (rest === undefined ? { kind: 'sheet', name } : null),
    what: 'words on paper',
    detail: () => '',
  },
  passkey: {
    spec: (name, rest) => (rest === undefined ? { kind: 'passkey', name } : null),
    what: 'a passkey',
    detail: ({ passkey, synced }) =>
      `for ${parsePasskey(passkey).rp}, ${synced ? 'which its provider may copy, and so has too' : 'bound to one device'}`,
  },
  plugin: {
    spec: (name, rest) => (rest === undefined ? null : { kind: 'plugin', name, plugin: rest }),
    what: 'a key of an age plugin',
    detail: ({ plugin }) => short(plugin),
  },
  tpm: {
    spec: (name, rest) =>
      rest === undefined || rest === 'pin' ? { kind: 'tpm', name, pin: rest === 'pin' } : null,
    what: 'the TPM of a computer',
    detail: ({ pin }) => (pin ? 'asks for a PIN' : 'without a PIN'),
  },
  pkcs11: {
    spec: (name, rest) =>
      rest === undefined ? null : { kind: 'pkcs11', name, uri: `pkcs11:${rest.replace(/^pkcs11:/, '')}` },
    what: 'a PKCS#11 token',
    detail: ({ token: { label, serial }, id }) =>
      safe([label, serial, `key ${id}`].filter((text) => text !== '').join(', ')),
  },
}

/** The recipients of some plugins fill a screen. */
function short(recipient: string): string {
  return recipient.length > 90 ? `${recipient.slice(0, 60)}…${recipient.slice(-8)}` : recipient
}

/** The row of a kind; undefined when there is no such kind. Give `detail` factors of that kind only. */
export function kindOf(kind: string): KindRow | undefined {
  return Object.hasOwn(KINDS, kind) ? (KINDS[kind as FactorKind] as unknown as KindRow) : undefined
}
