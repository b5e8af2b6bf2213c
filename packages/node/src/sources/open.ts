/** Which source a wallet comes from, by how it was named. */
import { fileSource } from './files.js'
import type { Source } from './source.js'

/** `spec` is the path of a file or folder. */
export function openSource(spec: string): Source {
  return fileSource(spec)
}
