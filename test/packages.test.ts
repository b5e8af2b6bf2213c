import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { inexact, installScripts, type Lock, type Manifest, unpinned } from './packages.js'

const json = <T>(path: string) =>
  JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')) as T

const manifests = ['.', 'packages/core', 'packages/node', 'packages/cli', 'packages/web'].map((folder) =>
  json<Manifest>(`${folder}/package.json`),
)
const lock = json<Lock>('package-lock.json')
const locked = (entry: object): Lock => ({
  packages: { '': {}, 'node_modules/a': { integrity: 'sha512-AA==', ...entry } },
})

describe('what is installed', () => {
  test('is named by one exact version', () => {
    expect(manifests.flatMap(inexact)).toEqual([])
  })

  test('runs nothing at installation', () => {
    expect(installScripts(lock, json('package.json'))).toEqual([])
  })

  test('is held by a hash and names no host', () => {
    expect(Object.keys(lock.packages).length).toBeGreaterThan(50)
    expect(unpinned(lock)).toEqual([])
  })

  test.each(['^1.0.0', '~1.0.0', '1.x', '*', 'latest', '>=1.0.0', 'git+https://example.org/a', 'file:../a'])(
    'a version like %s is caught',
    (version) => {
      expect(inexact({ name: 'twin', devDependencies: { a: version } })).toEqual([`twin: a ${version}`])
    },
  )

  test('a script that no rule forbids is caught, and one that is forbidden passes', () => {
    const withScript = locked({ hasInstallScript: true })
    expect(installScripts(withScript, {})).toEqual(['node_modules/a: has a script'])
    expect(installScripts(withScript, { allowScripts: { a: true } })).toHaveLength(2)
    expect(installScripts(withScript, { allowScripts: { a: false } })).toEqual([])
  })

  test('a host, a missing hash and a link out of the checkout are caught', () => {
    expect(unpinned(locked({ resolved: 'https://example.org/a.tgz' }))).toEqual([
      'node_modules/a: names where it came from',
    ])
    expect(unpinned(locked({ integrity: undefined }))).toEqual(['node_modules/a: no hash'])
    expect(unpinned(locked({ link: true, resolved: '../a' }))).toEqual([
      'node_modules/a: a link out of the checkout',
    ])
  })
})
