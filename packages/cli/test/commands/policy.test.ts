import { rm, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { useFolders } from '../run.js'
import { makeVault } from '../vault.js'

describe('cairn policy show', () => {
  const folder = useFolders()

  test('tells as JSON what opens the vault, with no secret at hand', async () => {
    const { json } = await makeVault(await folder())
    expect(await json(['policy', 'show'])).toEqual({
      exit: 0,
      json: {
        vault: expect.stringMatching(/^[0-9a-f]{32}$/),
        fingerprint: expect.stringMatching(/^[0-9a-f]{4}(-[0-9a-f]{4}){4}$/),
        revision: 1,
        need: 1,
        groups: [
          {
            name: 'factors',
            need: 2,
            factors: [
              { kind: 'computer', name: 'computer', recipient: expect.stringMatching(/^age1/) },
              { kind: 'sheet', name: 'sheet' },
            ],
          },
        ],
        opens_with_at_least: 2,
        survives_losses: 0,
        sentences: [
          'The vault opens with computer and sheet.',
          'Losing computer or sheet closes it for good.',
          'A thief needs at least 2 of them: one alone opens nothing.',
        ],
        stores: [{ name: 'main', state: 'current', revision: 1 }],
      },
    })
  })

  test('tells people the same, and how long guessing takes', async () => {
    const { cwd, cairn } = await makeVault(await folder())
    await writeFile(`${cwd}/pass`, 'seven words that nobody else would ever choose\n')
    const factors = ['--factor', 'passphrase', '--factor', 'computer', '--passphrase-file', 'pass']
    await cairn(['init', 'other', '--no-input', ...factors])
    const { exit, out } = await cairn(['policy', 'show', '--vault', 'other'])
    expect(exit).toBe(0)
    expect(out).toContain('The vault opens with passphrase and computer.')
    expect(out).toContain('scrypt N = 2^18, 256 MiB a guess')
    expect(out).toContain('more than a million years')
  })

  test('names a store that is away or damaged, and still answers', async () => {
    const { cwd, cairn, json } = await makeVault(await folder())
    await writeFile(`${cwd}/vault/store/vault.json`, '{"format":"cairn-vault"')
    expect(await json(['policy', 'show'])).toMatchObject({
      exit: 0,
      json: { stores: [{ state: 'damaged' }] },
    })
    await rm(`${cwd}/vault/store`, { recursive: true })
    const { err } = await cairn(['policy', 'show'])
    expect(err).toContain('The store main could not be asked.')
  })

  test('says on a machine without a vault that there is none', async () => {
    const { json } = await makeVault(await folder())
    const answer = await json(['policy', 'show'], { home: '/nonexistent/elsewhere' })
    expect(answer).toMatchObject({ json: { error: { code: 'vault-absent' } } })
  })
})
