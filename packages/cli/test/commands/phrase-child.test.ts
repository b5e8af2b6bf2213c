import { describe, expect, test } from 'vitest'
import { run, runJson, useBuilt, useFolders } from '../run.js'

const PHRASE = 'legal winner thank year wave sausage worth useful legal winner thank yellow'

interface Made {
  readonly child: string
  readonly path: string
  readonly parent: string
  readonly index: number
}

describe('cairn phrase child', () => {
  useBuilt()
  const folder = useFolders()
  const parent = async () => {
    const { json } = await runJson(['phrase', 'show'], { stdin: PHRASE })
    return (json as { fingerprint: string }).fingerprint
  }
  const make = async (home: string, ...args: readonly string[]) => {
    const { exit, json } = await runJson(['phrase', 'child', '--reveal', ...args], { stdin: PHRASE, home })
    expect(exit).toBe(0)
    return json as Made
  }

  test('gives the same child each time, and says where it comes from', async () => {
    const home = await folder()
    const one = await make(home, '--words', '12', '--index', '0')
    expect(one).toEqual(await make(home, '--words', '12', '--index', '0'))
    expect(one).toMatchObject({ path: "m/83696968'/39'/0'/12'/0'", parent: await parent(), index: 0 })
    expect(one.child.split(' ')).toHaveLength(12)
    const other = await runJson(
      ['phrase', 'child', '--words', '12', '--index', '0', '--reveal', '--passphrase-file', '-'],
      { stdin: PHRASE, home },
    )
    expect(other).toMatchObject({ exit: 2, json: { error: { code: 'usage' } } })
  })

  test.each([
    [['--application', 'wif'], /^[KL][1-9A-HJ-NP-Za-km-z]{51}$/],
    [['--application', 'xprv'], /^xprv9/],
    [['--application', 'hex', '--bytes', '16'], /^[0-9a-f]{32}$/],
    [['--application', 'base64', '--length', '20'], /^[A-Za-z0-9+/]{20}$/],
    [['--application', 'base85'], /^.{24}$/],
    [['--application', 'dice', '--rolls', '3'], /^[0-5],[0-5],[0-5]$/],
    [['--application', 'nostr'], /^nsec1/],
    [['--application', 'rsa', '--bits', '1024'], /^-----BEGIN RSA PRIVATE KEY-----/],
  ])('makes %j', async (args, form) => {
    const { child } = await make(await folder(), ...args)
    expect(child).toMatch(form)
  })

  test('notes what a number is for, and goes on to the next', async () => {
    const home = await folder()
    const paths = []
    for (const note of ['hot wallet', 'shop']) paths.push((await make(home, '--note', note)).path)
    expect(paths).toEqual(["m/83696968'/39'/0'/24'/0'", "m/83696968'/39'/0'/24'/1'"])
    const { json } = await runJson(['phrase', 'children'], { home })
    expect(json).toMatchObject({
      children: [
        { parent: await parent(), application: 'bip39', path: paths[0], note: 'hot wallet' },
        { parent: await parent(), application: 'bip39', path: paths[1], note: 'shop' },
      ],
    })
  })

  test('shows nothing unless asked to', async () => {
    const { exit, out } = await run(['phrase', 'child'], { stdin: PHRASE, home: await folder() })
    expect([exit, out]).toEqual([5, ''])
  })

  test('refuses numbers out of bounds', async () => {
    const home = await folder()
    for (const args of [
      ['--application', 'base64', '--length', '19'],
      ['--application', 'dice', '--sides', '1'],
      ['--application', 'rsa', '--bits', '1025'],
      ['--words', '13'],
    ]) {
      const { exit, json } = await runJson(['phrase', 'child', '--reveal', ...args], { stdin: PHRASE, home })
      expect([exit, json]).toMatchObject([2, { error: { code: 'usage' } }])
    }
  })
})
