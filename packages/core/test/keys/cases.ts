/** Cases of the vectors that lie beside the repository, in their common shape. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Case {
  readonly id: string
  readonly valid: boolean
}

/** Reads `{ cases: [...] }`; the caller names the fields that it uses. */
export function readCases<Fields>(folder: string, file: string): readonly (Case & Fields)[] {
  return (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { cases: (Case & Fields)[] }).cases
}
