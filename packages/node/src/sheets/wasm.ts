/**
 * The parts of readers and rasterisers that are WebAssembly: from the files of the installed packages, or beside the
 * bundled command, and never from a network, which is what their own loaders would try.
 */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'

/** As `require` names them; the bundle has each under its last name. */
export const WASM = {
  zxing: 'zxing-wasm/reader/zxing_reader.wasm',
  pdfium: '@hyzyla/pdfium/pdfium.wasm',
  resvg: '@resvg/resvg-wasm/index_bg.wasm',
} as const

export async function loadWasm(name: keyof typeof WASM): Promise<ArrayBuffer> {
  const bundled = fileURLToPath(new URL(`./${basename(WASM[name])}`, import.meta.url))
  const file = existsSync(bundled) ? bundled : createRequire(import.meta.url).resolve(WASM[name])
  const bytes = await readFile(file)
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
}
