/** The rows of the schemes in two levels: SLIP-39 and SSKR. */
import type { Member } from '../shamir/recovery.js'
import * as slip39 from '../slip39.js'
import * as sskr from '../sskr.js'
import type { Scheme, SchemeName, ShareFacts } from './scheme.js'

/** Of two levels, with a digest of the secret in the shares wherever more than one is needed. */
const tells = { set: true, missing: true, mixed: true } as const

export const SLIP39: Scheme = {
  name: 'slip39',
  title: 'SLIP-39',
  secretIs: 'seed',
  tells: { ...tells, passphrase: 'untold' },
  readings: slip39.readings,
  facts: (text, position) => factsOf('slip39', slip39.parseShare(text, position)),
  state: (texts) => slip39.recovery(texts.map((text, i) => slip39.parseShare(text, i + 1))),
  combine: (texts, { passphrase, pbkdf2 }) => slip39.combine(texts, passphrase, pbkdf2),
  split: (secret, plan, draw) => slip39.splitWith({ ...plan, secret }, draw),
  refresh: (texts, plan, draw) =>
    slip39.refreshWith(
      texts.map((text, i) => slip39.parseShare(text, i + 1)),
      plan,
      draw,
    ),
}

export const SSKR: Scheme = {
  name: 'sskr',
  title: 'SSKR',
  secretIs: 'entropy',
  tells: { ...tells, passphrase: 'none' },
  readings: sskr.readings,
  facts: (text, position) => factsOf('sskr', sskr.parseShare(text, position)),
  state: (texts) => sskr.recovery(texts.map((text, i) => sskr.parseShare(text, i + 1))),
  combine: (texts) => sskr.combine(texts),
  forms: ['words', 'uri', 'minimal', 'ur'],
  split: (secret, plan, draw) => sskr.splitWith({ ...plan, secret }, draw),
  refresh: (texts, plan, draw) =>
    sskr.refreshWith(
      texts.map((text, i) => sskr.parseShare(text, i + 1)),
      plan,
      draw,
    ),
}

function factsOf(scheme: SchemeName, share: Member & { readonly identifier: number }): ShareFacts {
  return {
    scheme,
    set: share.identifier.toString(16).padStart(4, '0'),
    group: share.groupIndex + 1,
    groups: share.groupCount,
    groupsNeed: share.groupThreshold,
    member: share.memberIndex + 1,
    need: share.memberThreshold,
    bytes: share.value.length,
  }
}
