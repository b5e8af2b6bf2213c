/** What the sheet of a phrase tells of the passphrase that goes with it: that there is one, and never the passphrase itself. */
import { phraseFingerprint } from '../keys/accounts.js'
import type { Stretch } from '../words/pbkdf2.js'
import type { Phrase } from '../words/phrase.js'

export interface PassphraseChoice {
  /** The passphrase itself, for what is derived; it does not come on the sheet. */
  readonly passphrase?: string
  /** `used` says that one goes with the words, without telling it; so does a passphrase that is given. */
  readonly passphraseIs?: 'used'
  readonly stretch?: Stretch
}

export interface PassphraseFacts {
  readonly passphrase: 'none' | 'used'
  /** Of the wallet that a person will look for; null where that is not known, and for kinds without one. */
  readonly fingerprint: string | null
}

/** With a passphrase that is not told, the fingerprint of the words alone would be that of another wallet. */
export function passphraseFacts(phrase: Phrase, choice: PassphraseChoice): PassphraseFacts {
  const { passphrase = '', stretch } = choice
  if (isUntold(choice)) return { passphrase: 'used', fingerprint: null }
  return {
    passphrase: passphrase === '' ? 'none' : 'used',
    fingerprint: phraseFingerprint(phrase, passphrase, stretch ? { stretch } : {}),
  }
}

/** Whether one goes with the words that is not known here. */
export function isUntold({ passphrase = '', passphraseIs }: PassphraseChoice): boolean {
  return passphraseIs === 'used' && passphrase === ''
}
