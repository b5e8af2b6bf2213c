/**
 * Runs once around the whole test run: collects what the workers leave out, and prints it last.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { leftOutFile } from './left-out.js'

export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-left-out-'))
  const file = join(folder, 'list')
  writeFileSync(file, '')
  process.env[leftOutFile] = file
  return () => {
    const lines = new Set(readFileSync(file, 'utf8').split('\n').filter(Boolean))
    for (const line of [...lines].sort()) console.warn(`LEFT OUT  ${line}`)
    rmSync(folder, { recursive: true })
  }
}
