/** Credentials of stores from the files that were named. */
import { resolve } from 'node:path'
import type { GivenCredentials } from '@cairn/node/vault/stores.js'
import { readBounded } from './input.js'

const LIMIT_BYTES = 65_536

/** @throws CairnError `file-absent`, `file-denied`, `input-too-long` */
export async function givenCredentials(file: string | undefined): Promise<GivenCredentials | undefined> {
  if (file === undefined) return undefined
  const from = resolve(file)
  return { bytes: await readBounded(from, LIMIT_BYTES), from }
}
