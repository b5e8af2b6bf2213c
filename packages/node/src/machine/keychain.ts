/**
 * The keychain of the operating system, through the library `@napi-rs/keyring`: the Secret Service of a Linux desktop
 * (https://specifications.freedesktop.org/secret-service/), the Keychain of macOS, the Credential Manager of Windows.
 * Never the kernel's keyring, to which the library falls back on Linux: it is empty after a restart.
 *
 * The library is an optional dependency, compiled for most platforms, and is loaded when something is kept there.
 */
import { fail } from '@cairn/core/errors.js'

export interface Keychain {
  /** Null when there is none under this name. @throws CairnError `keychain-absent`, `keychain-locked` */
  get(account: string): Promise<Uint8Array | null>
  set(account: string, secret: Uint8Array): Promise<void>
  /** Nothing when there is none. */
  remove(account: string): Promise<void>
}

const SERVICE = 'cairn'

export const systemKeychain: Keychain = {
  get: (account) =>
    inKeychain(account, async (entry) => {
      const secret = await entry.getSecret()
      return secret === null || secret === undefined ? null : Uint8Array.from(secret)
    }),
  set: (account, secret) => inKeychain(account, (entry) => entry.setSecret(secret)),
  remove: (account) => inKeychain(account, async (entry) => void (await entry.deleteCredential())),
}

type Entry = InstanceType<typeof import('@napi-rs/keyring')['AsyncEntry']>

async function inKeychain<T>(account: string, work: (entry: Entry) => Promise<T>): Promise<T> {
  const { AsyncEntry } = await import('@napi-rs/keyring').catch(() =>
    fail('keychain-absent', {
      reason: 'the package @napi-rs/keyring is not installed, or not for this platform',
    }),
  )
  try {
    return await work(new AsyncEntry(SERVICE, account, { linux: { store: 'secret-service' } }))
  } catch (error) {
    // what the library says is asked for one word and goes nowhere else
    const said = error instanceof Error ? error.message : ''
    if (/dismissed|locked/i.test(said)) return fail('keychain-locked')
    return fail('keychain-absent', { reason: 'it does not answer in this session' })
  }
}
