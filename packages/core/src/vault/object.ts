/**
 * Keys of what lies in a store. Objects are named by the SHA-256 of their sealed bytes (`objectId` in seal.ts),
 * so `sha256sum` checks a store without a key, and sending one twice changes nothing.
 */
export const VAULT_FILE = 'vault.json'
export const README_FILE = 'README.txt'

/** Where an object lies in a store. */
export function objectKey(id: string): string {
  return `objects/${id.slice(0, 2)}/${id}.age`
}

/** The id of an object key, or null when the key is not one. */
export function objectIdOf(key: string): string | null {
  const match = /^objects\/([0-9a-f]{2})\/([0-9a-f]{64})\.age$/.exec(key)
  return match?.[2]?.startsWith(match[1] as string) ? match[2] : null
}

/** Where a head lies in a store. */
export function headKey(device: string, seq: number): string {
  return `heads/${device}/${seq}.json`
}

/** Device and sequence of a head key, or null when the key is not one. */
export function headPlaceOf(key: string): { readonly device: string; readonly seq: number } | null {
  const match = /^heads\/([0-9a-f]{16})\/([1-9][0-9]{0,8})\.json$/.exec(key)
  return match ? { device: match[1] as string, seq: Number(match[2]) } : null
}

/** Where a record of forgotten snapshots lies in a store: named by the SHA-256 of the file. */
export function forgottenKey(id: string): string {
  return `forgotten/${id}.json`
}
