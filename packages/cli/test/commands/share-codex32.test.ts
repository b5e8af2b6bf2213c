import { describe, expect, test } from 'vitest'
import { run, runJson, useFolders } from '../run.js'
import { sit, useTerminal } from '../terminal.js'

// BIP-93, test vector 2.
const SHARES = [
  'MS12NAMEA320ZYXWVUTSRQPNMLKJHGFEDCAXRPP870HKKQRM',
  'MS12NAMECACDEFGHJKLMNPQRSTUVWXYZ023FTR2GDZMPY6PN',
]
const SECRET = 'd1808e096b35b209ca12132b264662a5'
const DAMAGED = SHARES[1]?.replace('FTR2', 'FTQQ') ?? ''

const damaged = [SHARES[0], DAMAGED].join('\n')

describe('codex32 shares', () => {
  const folder = useFolders()
  useTerminal()

  test('give the seed back', async () => {
    expect(await runJson(['share', 'combine', '--reveal'], { stdin: SHARES.join('\n') })).toEqual({
      exit: 0,
      json: { scheme: 'codex32', secret: SECRET },
    })
  })

  test('are not corrected unasked', async () => {
    const { exit, out, err } = await run(['share', 'combine', '--reveal'], { stdin: damaged })
    expect([exit, out]).toEqual([5, ''])
    expect(err).toMatch(
      /^cairn: share 2 is damaged, and its code proposes to change 2 characters: that is a guess/,
    )
    expect(err).not.toContain('FTR2')
  })

  test('are corrected when told so, and the places are named', async () => {
    const args = ['share', 'combine', '--reveal', '--accept-corrections']
    const { exit, out, err } = await run(args, { stdin: damaged })
    expect([exit, out]).toEqual([0, `${SECRET}\n`])
    expect(err).toContain(
      'Share 2 was read with 2 corrections (character 38, 39): compare it with the paper.',
    )
  })

  test('show a proposal only with --reveal', async () => {
    const { exit, out } = await run(['share', 'check'], { stdin: DAMAGED })
    expect(exit).toBe(3)
    expect(out).toContain('a correction of 2 characters is proposed: see it with --reveal')
    expect(out).not.toContain('FTR2')
    expect(await runJson(['share', 'check', '--reveal'], { stdin: DAMAGED })).toMatchObject({
      exit: 3,
      json: { valid: false, shares: [{ correction: { changes: 2 } }], proposals: [SHARES[1]] },
    })
  })

  test('are asked about at a terminal, with the proposal on the alternate screen', async () => {
    const sitting = sit(['share', 'combine', '--reveal'], { home: await folder() })
    for (const [i, share] of damaged.split('\n').entries()) {
      await sitting.shows(`share, ${i + 1} (empty line: done): `)
      sitting.types(`${share}\r`)
    }
    await sitting.shows('share, 3 (empty line: done): ')
    sitting.types('\r')
    await sitting.shows('Press any key: this disappears.')
    sitting.types(' ')
    await sitting.shows('Share 2: is this what stands on the paper?')
    sitting.types('y')
    await sitting.shows(SECRET)
    sitting.types(' ')
    const { exit, screen, alternate } = await sitting.ends()
    expect(exit).toBe(0)
    expect(alternate).toContain('023F TR2G')
    expect(screen).not.toMatch(/NAMEC|023F/)
  })

  test('that a person does not confirm are refused', async () => {
    const sitting = sit(['share', 'combine', '--reveal'], { home: await folder() })
    await sitting.shows('share, 1')
    sitting.types(`${DAMAGED}\r`)
    await sitting.shows('share, 2')
    sitting.types('\r')
    await sitting.shows('Press any key: this disappears.')
    sitting.types(' ')
    await sitting.shows('Share 1: is this what stands on the paper?')
    sitting.types('n')
    const { exit, screen } = await sitting.ends()
    expect(exit).toBe(5)
    expect(screen).toContain('share 1 is damaged')
  })
})
