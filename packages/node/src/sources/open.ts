import { fileSource } from './files.js'
import type { Source } from './source.js'
export function openSource(spec: string): Source {
  return fileSource(spec)
}
