/** Errors of what opens a vault: factors, the keychain of the operating system, devices that keep a key. */
import type { Entry } from './entry.js'

export const factorErrors = {
  'factors-missing': {
    kind: 'refused',
    message: 'too few factors: {have} of the {need} needed; still possible: {possible}',
    hint: 'give more factors: --passphrase-file, --sheet-file, --identity-file, --pin-file, --passkey',
  },
  'passkey-failed': {
    kind: 'refused',
    message: 'the passkey cannot be used: {reason}',
    hint: 'try it again with the browser and the device that have it, or use other factors',
  },
  'plugin-absent': {
    kind: 'absent',
    message: 'the age plugin {plugin} is not installed: no program age-plugin-{plugin} is in PATH',
    hint: 'install it, or use other factors',
  },
  'plugin-failed': {
    kind: 'refused',
    message: 'the age plugin {plugin} did not do it: {reason}',
    hint: 'is its device connected? Try the plugin with age itself, or use other factors',
  },
  'policy-file': {
    kind: 'damaged',
    message: 'the policy in {path} cannot be read: {reason}',
    hint: 'docs/policy.md shows how it is written',
  },
  'factor-absent': {
    kind: 'absent',
    message: 'the policy has no factor named {factor}; it has {known}',
    hint: 'see them with: cairn policy show',
  },
  'passphrase-needed': {
    kind: 'refused',
    message: 'the passphrase {factor} stays a factor and was not given: its new share is locked with it',
    hint: 'give it with another --passphrase-file, or remove that factor too',
  },
  'policy-exposed': {
    kind: 'refused',
    message: 'for a store that is not a folder this policy is too weak: {reason}',
    hint: 'let Cairn make the passphrase, need one factor more, or accept it with --accept guessable',
  },
  'policy-one-computer': {
    kind: 'refused',
    message: '{both} are taken to be in one computer: whoever has it opens the vault alone',
    hint: 'give the TPM a PIN (tpm:pin), need one factor more, take one of the two, or accept it with --accept one-computer',
  },

  // the keychain of the operating system
  'keychain-absent': {
    kind: 'unreachable',
    message: 'the keychain of the operating system cannot be used: {reason}',
    hint: 'log in to the desktop, which has one; without one, keep it in a file: --keep file',
  },
  'keychain-locked': {
    kind: 'unreachable',
    message: 'the keychain of the operating system is locked',
    hint: 'unlock it, as by logging in to the desktop; what works at night without anybody is kept in a file: --keep file',
  },
  'keychain-lost': {
    kind: 'absent',
    message: 'the keychain of the operating system no longer has {what}',
    hint: 'credentials: cairn store add again, with --credentials-file; the key of this computer: policy remove, then add',
  },

  // devices that keep a key
  'token-program': {
    kind: 'absent',
    message: 'the program {program} is not installed',
    hint: 'install {install}',
  },
  'tpm-absent': {
    kind: 'unreachable',
    message: 'no TPM 2.0 answers on this computer',
    hint: 'turn it on in the settings of the firmware (TPM, PTT or fTPM); TPM2TOOLS_TCTI names another one',
  },
  'tpm-denied': {
    kind: 'refused',
    message: 'this user may not use the TPM of this computer',
    hint: 'on Debian: sudo usermod -aG tss USER, then log in anew',
  },
  'tpm-owned': {
    kind: 'refused',
    message: 'a password guards the owner hierarchy of this TPM, and Cairn has none for it',
    hint: 'ask who set it; tpm2_changeauth -c owner -p PASSWORD takes it away',
  },
  'tpm-other': {
    kind: 'mismatch',
    message: '{factor} was sealed by another TPM than the one of this computer',
    hint: 'open the vault with other factors; after a new mainboard or a cleared TPM: cairn policy remove, then add',
  },
  'tpm-locked': {
    kind: 'refused',
    message: 'the TPM takes no PIN now, after too many wrong ones',
    hint: 'leave the computer on and try later; tpm2_getcap properties-variable shows LOCKOUT_INTERVAL in seconds',
  },
  'tpm-failed': {
    kind: 'unreachable',
    message: 'the TPM did not do what it was asked: {reason}',
    hint: 'try again, once after a restart; enough other factors open the vault without it',
  },
  'pin-needed': {
    kind: 'refused',
    message: 'the PIN of {factor} is needed',
    hint: 'give it with --pin-file, or run the command on a terminal',
  },
  'pin-length': {
    kind: 'usage',
    message: 'a PIN of the TPM has {least} to {most} bytes',
    hint: 'choose another one; digits and Latin letters are one byte each',
  },
  'pin-wrong': {
    kind: 'mismatch',
    message: 'the PIN of {factor} is wrong',
    hint: 'look twice before the next try: some wrong ones lock the TPM or token',
  },
  'pin-locked': {
    kind: 'refused',
    message: 'the token of {factor} has locked its PIN, after too many wrong ones',
    hint: 'set a new PIN with the program of the token, which asks for its PUK',
  },
  'token-absent': {
    kind: 'absent',
    message: 'the token {token} is not there',
    hint: 'plug it in; p11-kit list-tokens shows what this computer sees, and CAIRN_PKCS11_MODULE names the module of another',
  },
  'token-uri': {
    kind: 'usage',
    message: 'this does not say which token is meant: {reason}',
    hint: 'write it like pkcs11=NAME:pkcs11:token=LABEL;id=%01 (p11-kit list-tokens)',
  },
  'token-key': {
    kind: 'refused',
    message: 'no key of the token {token} can be used: {reason}',
    hint: 'it takes an RSA key of 2048 to 4096 bits that decrypts, or a P-256 key that derives, with its public key or certificate',
  },
  'token-other': {
    kind: 'mismatch',
    message: 'the token does not hold the key that {factor} was made with',
    hint: 'plug in the other token, or open the vault with other factors',
  },
  'token-failed': {
    kind: 'unreachable',
    message: 'the token of {factor} did not do what it was asked: {reason}',
    hint: 'take it out and plug it in again; enough other factors open the vault without it',
  },
  'passphrase-guessable': {
    kind: 'refused',
    message:
      'the passphrase takes by estimate 2^{bits} guesses, at least 2^{least} are needed; to guess it takes {time}',
    hint: 'let Cairn make one, or use six or more random words',
  },
  'passphrase-weak': {
    kind: 'refused',
    message: 'the passphrase is too short: at least {least} characters are needed',
    hint: 'let Cairn make one, or use six or more random words',
  },
} as const satisfies Record<string, Entry>
