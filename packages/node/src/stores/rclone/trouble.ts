/**
 * What stands in the way of rclone, from its exit code and what it wrote to standard error. Its exit codes
 * (https://rclone.org/docs/#exit-code) tell missing from the rest and no more, and what it writes is the message of
 * the provider or of the system: of it is only asked which trouble it names; it goes nowhere else.
 */
import { fail } from '@cairn/core/errors.js'
import type { Ended } from '../program.js'

export type Trouble =
  | { readonly code: 'store-full' | 'store-denied' }
  | { readonly code: 'store-unreachable'; readonly reason: string }

const unreachable = (reason: string): Trouble => ({ code: 'store-unreachable', reason })

/** The first one that fits. */
const TROUBLES: readonly (readonly [RegExp, Trouble])[] = [
  // Google answers "403 Quota exceeded for quota metric 'Queries'" to who asks too often
  [
    /rate ?limit|quota metric|too ?many ?requests|slow ?down|\b429\b/i,
    unreachable('it is asked too often at the moment'),
  ],
  [
    /no space left|too big for remaining disk space|not enough (disk )?space|insufficient.?(storage|space)|disk full/i,
    { code: 'store-full' },
  ],
  [/quota.{0,40}exceeded|over ?quota|exceeded.{0,20}quota|\b507\b/i, { code: 'store-full' }],
  [/is a directory|not a directory|single files/i, unreachable('a file or folder is in the way')],
  [/didn't find section in config file/i, unreachable('rclone has no remote of this name')],
  [
    /decrypt configuration|using RCLONE_CONFIG_PASS|--ask-password/i,
    unreachable('the configuration of rclone is locked; RCLONE_PASSWORD_COMMAND can open it'),
  ],
  [
    /permission denied|operation not permitted|read-only file system|access ?(is )?denied|forbidden|unauthori[sz]ed/i,
    { code: 'store-denied' },
  ],
  [/insufficient.?permission|InvalidAccessKeyId|SignatureDoesNotMatch|\b40[13]\b/i, { code: 'store-denied' }],
  [
    /invalid_grant|couldn't fetch token|token (has )?expired|login failed|unable to authenticate/i,
    { code: 'store-denied' },
  ],
  [
    /dial tcp|no such host|connection (refused|reset)|timeout|timed out|network is|unexpected EOF/i,
    unreachable('there is no connection to it'),
  ],
]

/** @param said without the names of remotes and objects, which may look like anything */
export function troubleOf(code: Ended['code'], said: string): Trouble {
  if (code === 'stopped') return unreachable('rclone was stopped')
  if (code === 'too-much') return unreachable('what rclone lists has no end')
  const [, trouble] = TROUBLES.find(([words]) => words.test(said)) ?? []
  return trouble ?? unreachable(`rclone ended with code ${code}`)
}

/** @throws CairnError of this trouble */
export function failAs(store: string, { code, ...more }: Trouble): never {
  return fail(code, { store, ...more })
}
