import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'

const steps = new URL('../scripts/steps.js', import.meta.url).href

/** Asks the check of `npm start` what it thinks of another Node. */
function checked(version: string): { status: number | null; stderr: string } {
  const code = `
    Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })
    const { checkNode } = await import(${JSON.stringify(steps)})
    checkNode()
  `
  return spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })
}

describe('npm start', () => {
  test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('runs on Node %s', (version) => {
    expect(checked(version).status).toBe(0)
  })

  test.each(['20.18.9', '18.20.0', '16.0.0'])('says on Node %s what is needed', (version) => {
    const { status, stderr } = checked(version)
    expect(status).toBe(1)
    expect(stderr).toBe(`cairn: this is Node ${version}; Cairn needs 20.19 or newer (https://nodejs.org)\n`)
  })
})
