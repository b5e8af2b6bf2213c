/** Sentences on a sheet of UR codes. */
import { unbroken } from '../layout/text.js'
import type { UrHolding, UrSheetType } from './types.js'

/** As of 2026, with the sources in docs/sheets.md. */
export const READ_BY: Readonly<Record<UrSheetType, string>> = {
  'crypto-account': 'Sparrow, Krux',
  'account-descriptor': 'Sparrow',
  'crypto-output': 'Sparrow, Krux; SeedSigner, of a multisig',
  'output-descriptor': 'Sparrow',
  'crypto-hdkey': 'Sparrow',
  hdkey: 'Sparrow',
  'crypto-bip39': 'Jade, Krux, Sparrow',
  'crypto-seed': 'Sparrow, Gordian Seed Tool',
  seed: 'Sparrow, Gordian Seed Tool',
  'crypto-sskr': 'Gordian Seed Tool',
  sskr: 'Gordian Seed Tool',
}

const READ_BACK = `Without such a device: photograph it where no cloud copies the picture, ${unbroken('cairn sheet read')}, and delete the photo.`
const WATCH =
  'Scan it with a wallet that watches: a new wallet, from a QR code. Parts are scanned one after another, in any order. Compare the first address and the fingerprint before you receive anything.'

/** What it is, and how it is used. */
export const MEANINGS: Readonly<Record<UrHolding['what'], readonly (readonly [string, string])[]>> = {
  phrase: [
    [
      'What this is',
      'The key to a wallet, as a code that signing devices scan. Whoever photographs it owns all that is in the wallet and needs nobody’s leave. Keep it dry, dark and apart from cameras, and away from copiers.',
    ],
    [
      'How to use it',
      `Let the device scan it: load a seed from a QR code. Compare the fingerprint. ${READ_BACK} It is not what a person can copy by hand: keep the words, too.`,
    ],
  ],
  share: [
    [
      'What this is',
      'One share of several that make a seed together. By itself it tells nothing about the seed and opens no wallet. Keep it apart from the others, dry and dark, and away from cameras and copiers.',
    ],
    [
      'How to use it',
      `Scan enough shares of the set into one device. ${READ_BACK} The texts of all go into ${unbroken('cairn share combine')}.`,
    ],
  ],
  account: [
    [
      'What this is',
      'Public keys. Whoever sees them knows every address and payment of the account, and can spend nothing. It is no backup of the keys: they are in the recovery phrase alone.',
    ],
    ['How to use it', WATCH],
  ],
  wallet: [
    [
      'What this is',
      'The public half of a wallet: which keys it has, and how many sign. Whoever sees it knows every address and payment, and can spend nothing. Of a multisig it is needed beside the phrases: without it they may not bring the wallet back.',
    ],
    ['How to use it', WATCH],
  ],
  key: [
    [
      'What this is',
      'A public key. Whoever sees it can know addresses and payments, and can spend nothing. It is no backup of the key itself, and it does not say which kind of addresses it has.',
    ],
    [
      'How to use it',
      'Scan it where a wallet asks for an extended public key: for watching, or as a signer of a multisig. Compare fingerprint and path.',
    ],
  ],
}
