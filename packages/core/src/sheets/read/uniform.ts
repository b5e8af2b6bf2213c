/** UR of any type as a text: what it holds where that is known, else its type and how much of it is there. */
import { ACCOUNT_TYPES, parseUrAccount, type UrAccount } from '../../keys/ur-account.js'
import { KEY_TYPES, parseUrKey } from '../../keys/ur-key.js'
import { OUTPUT_TYPES, parseUrOutput } from '../../keys/ur-output.js'
import { isUr, type UrState, urState } from '../../words/ur.js'
import { toPhrase } from '../../words/ur-phrase.js'
import { readAnyKey } from './keys.js'
import { quietly } from './quietly.js'
import type { Reading } from './reading.js'
import { readPhrase } from './words.js'

/** Several parts stand one after another with white space between. */
export function readUr(text: string): Reading | null {
  if (!isUr(text)) return null
  const state = quietly(() => urState(text))
  if (!state) return null
  const held = state.ur && heldBy(text, state)
  if (held) return { ...held, tells: { ...held.tells, ur: state.type } }
  const tells = { ur: state.type, parts: state.have, parts_needed: state.need }
  return { kind: 'ur', secret: isSecret(state.type), text: text.trim(), tells }
}

function heldBy(text: string, { type, ur }: UrState): Reading | null {
  const phrase = quietly(() => toPhrase(text))
  if (phrase !== null) return readPhrase(phrase)
  if (!ur) return null
  if (OUTPUT_TYPES.includes(type))
    return ofKey(
      quietly(() => parseUrOutput(ur)),
      'descriptor',
    )
  if (ACCOUNT_TYPES.some((one) => one === type)) return ofAccount(quietly(() => parseUrAccount(ur)))
  return KEY_TYPES.includes(type)
    ? ofKey(
        quietly(() => parseUrKey(ur)),
        'extended-key',
      )
    : null
}

/** A key with its origin before it is a part of a descriptor, which alone no file of keys has. */
function ofKey(text: string | null, kind: Reading['kind']): Reading | null {
  if (text === null) return null
  const secret = isPrivate(text)
  return readAnyKey(text) ?? { kind: secret ? 'private-key' : kind, secret, text, tells: {} }
}

/** A line for each descriptor, then for each key of a multisig. Nothing in it is private, or it is read as a secret. */
function ofAccount(account: UrAccount | null): Reading | null {
  if (account === null) return null
  const { fingerprint, descriptors, cosigners } = account
  const text = [...descriptors, ...cosigners].join('\n')
  return { kind: 'descriptor', secret: isPrivate(text), text, tells: { fingerprint } }
}

function isPrivate(text: string): boolean {
  return /prv[1-9A-HJ-NP-Za-km-z]{100}/.test(text)
}

/** What can be read by all; a type that is not known may hold anything. */
const PUBLIC =
  /^(?:crypto-)?(?:psbt|account|account-descriptor|output|output-descriptor|coin-info|request|response)$/

function isSecret(type: string): boolean {
  return !PUBLIC.test(type)
}
