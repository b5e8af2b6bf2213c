/**
 * Official vectors and wallet files that lie beside the repository and are not part of it (their licences differ):
 * `../shared/vectors`, or the folder that CAIRN_VECTORS names.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const beside = fileURLToPath(new URL('../../shared/vectors', import.meta.url))

/** The folder of a topic, or null where the corpus is absent: the suite then says so and is left out. */
export function corpus(topic: string): string | null {
  const folder = `${process.env.CAIRN_VECTORS ?? beside}/${topic}`
  return existsSync(folder) ? folder : null
}
