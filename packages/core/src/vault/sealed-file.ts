/**
 * A file that a passphrase opens: age v1 (C2SP age.md) with one scrypt stanza, so that `age -d` opens it. For sheets that
 * are kept as files. Not for the vault, whose secret is never under a passphrase alone.
 */
import { Encrypter } from 'age-encryption'
import { random } from '../random.js'
import { parsePassphrase } from './passphrase.js'

/**
 * The bytes of the sealed file; the passphrase is taken in its normal form.
 * @param cost log2 of the scrypt N: 18 takes about a second and 256 MiB
 * @throws CairnError `passphrase-weak`, `input-too-long`, `random-broken`
 */
export async function sealFile(
  plain: Uint8Array,
  passphrase: string,
  cost: { readonly logN: number },
): Promise<Uint8Array> {
  random(16) // proves the generator that the library draws from
  const encrypter = new Encrypter()
  encrypter.setPassphrase(parsePassphrase(passphrase))
  encrypter.setScryptWorkFactor(cost.logN)
  return encrypter.encrypt(plain)
}
