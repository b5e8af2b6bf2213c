/** XML as libxml2 reads it, another parser than ours. */
import { spawnSync } from 'node:child_process'
import { leaveOut } from '../../../../test/left-out.js'

export const hasXmllint = spawnSync('xmllint', ['--version']).status === 0
if (!hasXmllint) leaveOut('XML of jobs', { because: 'xmllint is missing (apt install libxml2-utils)' })

export function wellFormed(xml: string): boolean {
  return spawnSync('xmllint', ['--nonet', '--noout', '-'], { input: encoded(xml) }).status === 0
}

/** The text of every element at a path. */
export function valuesAt(xml: string, path: string): readonly string[] {
  const count = Number(xpath(xml, `count(${path})`))
  return Array.from({ length: count }, (_, i) => xpath(xml, `string((${path})[${i + 1}])`))
}

function xpath(xml: string, expression: string): string {
  const { stdout, status } = spawnSync('xmllint', ['--nonet', '--xpath', expression, '-'], {
    input: encoded(xml),
  })
  if (status !== 0) throw new Error(`xmllint ended with ${status}`)
  return stdout.toString().replace(/\n$/, '')
}

/** In the encoding that its first line names. */
function encoded(xml: string): Buffer {
  return xml.includes('encoding="UTF-16"') ? Buffer.from(`\ufeff${xml}`, 'utf16le') : Buffer.from(xml)
}
