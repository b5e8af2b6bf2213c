import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { run, runJson, useFolders } from '../run.js'
import { sit, useTerminal } from '../terminal.js'

// SLIP-0039 test vectors, number 4: "Basic sharing 2-of-3 (128 bits)", passphrase TREZOR.
const SHARES = [
  'shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view short owner flip making coding armed',
  'shadow pistol academic acid actress prayer class unknown daughter sweater depict flip twice unkind craft early superior advocate guest smoking',
]
const SECRET = 'b43ceb7e57a0ea8766221624d01b0864'
const SECRET_WITHOUT_PASSPHRASE = '61cf4d6c0d8a07d8c2fd3cff22432664'
// Number 1: "Valid mnemonic without sharing (128 bits)".
const FOREIGN =
  'duckling enlarge academic academic agency result length solution fridge kidney coal piece deal husband erode duke ajar critical decision keyboard'

const combine = ['share', 'combine', '--passphrase-file', 'pass']

describe('cairn share combine', () => {
  const folder = useFolders()
  const withPassphrase = async () => {
    const cwd = await folder()
    await writeFile(`${cwd}/pass`, 'TREZOR\n')
    return cwd
  }

  test('prints the secret as JSON', async () => {
    const cwd = await withPassphrase()
    const { exit, json } = await runJson([...combine, '--reveal'], { stdin: SHARES.join('\n'), cwd })
    expect([exit, json]).toEqual([0, { scheme: 'slip39', secret: SECRET }])
  })

  test('takes a scheme by name, and refuses shares of another', async () => {
    const cwd = await withPassphrase()
    const args = [...combine, '--reveal', '--scheme']
    expect(await runJson([...args, 'slip39'], { stdin: SHARES.join('\n'), cwd })).toMatchObject({ exit: 0 })
    expect(await runJson([...args, 'codex32'], { stdin: SHARES.join('\n'), cwd })).toMatchObject({
      exit: 3,
      json: { error: { code: 'share-unreadable' } },
    })
  })

  test('prints nothing but the secret into a pipe', async () => {
    const cwd = await withPassphrase()
    const { exit, out } = await run([...combine, '--reveal'], { stdin: SHARES.join('\r\n\n'), cwd })
    expect([exit, out]).toEqual([0, `${SECRET}\n`])
  })

  test('shows the secret only when asked to', async () => {
    const cwd = await withPassphrase()
    const { exit, out, err } = await run(combine, { stdin: SHARES.join('\n'), cwd })
    expect([exit, out]).toEqual([5, ''])
    expect(err).toMatch(/^cairn: the result is a secret/)
  })

  test('too few shares: refused, with what is missing', async () => {
    const { exit, json } = await runJson(['share', 'combine', '--reveal'], { stdin: SHARES[0] as string })
    expect(exit).toBe(5)
    expect(json).toMatchObject({ error: { code: 'share-missing' } })
    expect(JSON.stringify(json)).toContain('group 1 needs 2 shares and has 1')
  })

  test('shares of two sets: a mismatch', async () => {
    const { exit, json } = await runJson(['share', 'combine', '--reveal'], {
      stdin: `${SHARES[0]}\n${FOREIGN}`,
    })
    expect(exit).toBe(7)
    expect(json).toMatchObject({ error: { code: 'share-foreign' } })
  })

  test('a miswritten word is named by its place and not repeated', async () => {
    const { exit, out, err } = await run(['share', 'combine'], {
      stdin: SHARES[0]?.replace('wildlife', 'wildlive') ?? '',
    })
    expect([exit, out]).toEqual([3, ''])
    expect(err).toMatch(/^cairn: share 1: word 6 /)
    expect(err).not.toContain('wildli')
  })

  test('nothing on standard input is a usage error', async () => {
    expect(await runJson(['share', 'combine'])).toMatchObject({
      exit: 2,
      json: { error: { code: 'input-missing' } },
    })
  })

  test('a passphrase from standard input leaves none for the shares', async () => {
    const args = ['share', 'combine', '--reveal', '--passphrase-file', '-']
    expect(await runJson(args, { stdin: SHARES.join('\n') })).toMatchObject({
      exit: 2,
      json: { error: { code: 'usage' } },
    })
  })

  test('takes more than any set of shares as too long', async () => {
    expect(await runJson(['share', 'combine'], { stdin: 'x'.repeat(70_000) })).toMatchObject({
      exit: 2,
      json: { error: { code: 'input-too-long' } },
    })
  })
})

describe('cairn share combine on a terminal', () => {
  const folder = useFolders()
  useTerminal()

  test('reads shares without echo and shows the secret on the alternate screen', async () => {
    const sitting = sit(['share', 'combine', '--passphrase', '--reveal'], { home: await folder() })
    for (const [i, share] of SHARES.entries()) {
      await sitting.shows(`share, ${i + 1} (empty line: done): `)
      sitting.types(`${share}\r`)
    }
    await sitting.shows('share, 3 (empty line: done): ')
    sitting.types('\r')
    await sitting.shows('the passphrase of the shares (not shown while you type): ')
    sitting.types('TREZOX\u007fR\r')
    await sitting.shows('Press any key: this disappears.')
    sitting.types(' ')
    const { exit, screen, alternate } = await sitting.ends()
    expect(exit).toBe(0)
    expect(alternate).toContain(SECRET)
    expect(screen).not.toMatch(/shadow|pistol|TREZO|b43ceb/)
  })

  test('shows JSON with a secret on the alternate screen, too', async () => {
    const home = await folder()
    await writeFile(`${home}/shares`, SHARES.join('\n'))
    const sitting = sit(['share', 'combine', '--reveal', '--json'], { home, redirect: `< ${home}/shares` })
    await sitting.shows('"secret":"')
    await sitting.shows('Press any key: this disappears.')
    sitting.types('q')
    const { exit, screen, left } = await sitting.ends()
    expect([exit, left]).toEqual([0, true])
    expect(screen).not.toContain('secret')
  })

  test('asks at the terminal while the shares come through a pipe', async () => {
    const home = await folder()
    await writeFile(`${home}/shares`, SHARES.join('\n'))
    const args = ['share', 'combine', '--passphrase', '--reveal']
    const sitting = sit(args, { home, redirect: `< ${home}/shares > ${home}/out` })
    await sitting.shows('the passphrase of the shares (not shown while you type): ')
    sitting.types('TREZOR\r')
    expect((await sitting.ends()).exit).toBe(0)
    expect(await readFile(`${home}/out`, 'utf8')).toBe(`${SECRET}\n`)
  })

  test('asks nothing with --no-input', async () => {
    const { exit, screen } = await sit(['share', 'combine', '--no-input'], { home: await folder() }).ends()
    expect(exit).toBe(2)
    expect(screen).toContain('cairn: share is needed, and nobody can be asked here')
  })

  test('Ctrl-C at a prompt ends with 130 and leaves the terminal as it was', async () => {
    const sitting = sit(['share', 'combine'], { home: await folder() })
    await sitting.shows('share, 1')
    sitting.types('shadow \u0003')
    const { exit, screen } = await sitting.ends()
    expect(exit).toBe(130)
    expect(screen).not.toContain('shadow')
  })

  test('Ctrl-C while a secret is shown takes it off the screen', async () => {
    const home = await folder()
    await writeFile(`${home}/shares`, SHARES.join('\n'))
    const sitting = sit(['share', 'combine', '--reveal'], { home, redirect: `< ${home}/shares` })
    await sitting.shows('Press any key: this disappears.')
    sitting.types('\u0003')
    const { exit, screen, alternate, left } = await sitting.ends()
    expect([exit, left]).toEqual([130, true])
    expect(alternate).toContain(SECRET_WITHOUT_PASSPHRASE)
    expect(screen).not.toContain(SECRET_WITHOUT_PASSPHRASE)
  })
})
