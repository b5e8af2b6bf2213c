import { readdir } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { run, runJson, useFolders } from '../run.js'

// SLIP-0039 test vectors, number 4 (not extendable, passphrase TREZOR).
const OLD = [
  'shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view short owner flip making coding armed',
  'shadow pistol academic acid actress prayer class unknown daughter sweater depict flip twice unkind craft early superior advocate guest smoking',
]
const ENTROPY = '7f'.repeat(16)

interface Made {
  readonly set: string
  readonly groups: readonly { readonly shares: readonly string[] }[]
  readonly old: { readonly set: string }
}

const refresh = async (lines: readonly string[], ...args: readonly string[]) => {
  const { exit, json } = await runJson(['share', 'refresh', ...args, '--reveal'], { stdin: lines.join('\n') })
  return { exit, json: json as Made }
}
const combine = (lines: readonly string[]) =>
  runJson(['share', 'combine', '--reveal'], { stdin: lines.join('\n') })
const madeOf = async (scheme: string) => {
  const args = ['share', 'split', '--scheme', scheme, '--need', '2', '--of', '3', '--reveal']
  const { json } = await runJson(args, { stdin: ENTROPY })
  return (json as Made).groups[0]?.shares ?? []
}

describe('cairn share refresh', () => {
  const folder = useFolders()

  test.each(['slip39', 'sskr', 'codex32'])(
    'makes a new set of %s shares, and says what the old one opens',
    async (scheme) => {
      const old = await madeOf(scheme)
      const { exit, json } = await refresh(old.slice(1), '--need', '3', '--of', '4')
      expect(exit).toBe(0)
      expect(json).toMatchObject({ scheme, old: { opens: 'the same secret', needs: [2] } })
      expect(json.set).not.toBe(json.old.set)
      const shares = json.groups[0]?.shares ?? []
      expect(await combine(shares.slice(1))).toMatchObject({ exit: 0, json: { scheme, secret: ENTROPY } })
      expect(await combine(old.slice(0, 2))).toMatchObject({ exit: 0, json: { secret: ENTROPY } })
      expect(await combine([old[0] ?? '', ...shares])).toMatchObject({ exit: 7 })
    },
  )

  test('tells the person when the old set is replaced, and shows no secret', async () => {
    const old = await madeOf('slip39')
    const cwd = await folder()
    const { exit, out, err } = await run(
      ['share', 'refresh', '--need', '2', '--of', '2', '--out-dir', 'new'],
      { stdin: old.slice(0, 2).join('\n'), cwd },
    )
    expect(exit).toBe(0)
    expect(err).toMatch(/The old set [0-9a-f]{4} still opens the same secret with any 2 of its shares/)
    expect(err).toContain('The passphrase, if the shares have one, is the same as before.')
    expect(out + err).not.toContain(ENTROPY)
    expect((await readdir(`${cwd}/new`)).sort()).toEqual([
      'about.txt',
      'share-1-of-2.txt',
      'share-2-of-2.txt',
    ])
  })

  test('wants the passphrase of shares of the older form', async () => {
    expect(await refresh(OLD, '--need', '2', '--of', '2')).toMatchObject({
      exit: 5,
      json: { error: { code: 'share-passphrase-needed' } },
    })
  })

  test('refuses too few shares, no plan, and to show them unasked', async () => {
    expect(await refresh(OLD.slice(1), '--need', '2', '--of', '2')).toMatchObject({
      exit: 5,
      json: { error: { code: 'share-missing' } },
    })
    expect(await refresh(OLD)).toMatchObject({ exit: 2, json: { error: { code: 'usage' } } })
    const args = ['share', 'refresh', '--need', '2', '--of', '2']
    expect(await runJson(args, { stdin: OLD.join('\n') })).toMatchObject({
      exit: 5,
      json: { error: { code: 'reveal-needed' } },
    })
  })
})
