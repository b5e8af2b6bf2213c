/** README.txt of a store: for whoever finds it, in plain words. It names nobody and no wallet. */
import { type VaultDescription, vaultFingerprint } from './description.js'
import { policySentences } from './quorum.js'

/** The text of `README.txt` in a store. */
export function storeReadme(description: VaultDescription): string {
  return `This folder is a Cairn vault: encrypted backups of wallets.

vault        ${description.id}
fingerprint  ${vaultFingerprint(description)}   (compare it with the recovery sheet)
made         ${description.created.slice(0, 10)}

Who can open it:
${policySentences(description.policy)
  .map((sentence) => `  - ${sentence}`)
  .join('\n')}

Do not change, rename or delete anything in here. Copy the whole folder as it is.

To restore with Cairn, on any computer:

  cairn restore --from THIS_FOLDER --to NEW_FOLDER

To restore without Cairn, with public tools only (age, a SLIP-39 tool, jq, gunzip, sha256sum):

  1. Get enough shares. A recovery sheet is a share. Each lock in vault.json is an age file:
     "age -d" opens it with the passphrase, the key file or the key of the person, and gives a share.${isSealed(description) ? SEALED : ''}
  2. Combine the shares with a SLIP-39 tool, with an empty passphrase. The result is 32 bytes in hex.
     In Bech32, with the prefix "age-secret-key-" and in upper case, they are an age identity.
  3. heads/DEVICE/NUMBER.json: the highest number is the newest snapshot; "manifest" names its object.
  4. objects/XX/NAME.age: "sha256sum" of the file must be NAME. "age -d -i KEY" and then "gunzip" give the
     manifest, which lists for each file its chunks: pack, offset and length. A pack opens likewise with
     "age -d"; each chunk in it is one gzip file.
${description.retired ? REKEYED : ''}
The format is described in full in docs/format.md of the Cairn project, with a script for the steps above.
`
}

const SEALED = `
     Where there is a "key", open that first, with the plugin of age or the passkey: it gives the key of the lock.`

function isSealed({ policy }: VaultDescription): boolean {
  return policy.groups.some(({ factors }) => factors.some((factor) => 'key' in factor))
}

const REKEYED = `
This vault was rekeyed: older objects are sealed to secrets of before. Each "lock" under "retired" in vault.json is an
age file that the identity of step 2 opens; it holds another identity. Give "age -d" all of them: -i KEY -i OLDER.
`
