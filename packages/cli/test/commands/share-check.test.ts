import { describe, expect, test } from 'vitest'
import { run, runJson, useBuilt } from '../run.js'

// SLIP-0039 test vectors, numbers 4 and 1.
const SHARES = [
  'shadow pistol academic always adequate wildlife fancy gross oasis cylinder mustang wrist rescue view short owner flip making coding armed',
  'shadow pistol academic acid actress prayer class unknown daughter sweater depict flip twice unkind craft early superior advocate guest smoking',
]
const FOREIGN =
  'duckling enlarge academic academic agency result length solution fridge kidney coal piece deal husband erode duke ajar critical decision keyboard'
// BCR-2020-011, a share of the second of two groups.
const SSKR =
  'tuna next keep gyro gear runs body brag acid jowl zero claw barn silk play fund hope heat into brew jazz lava down skew king sets very whiz crux'

const check = (lines: readonly string[], ...args: readonly string[]) =>
  runJson(['share', 'check', ...args], { stdin: lines.join('\n') })

describe('cairn share check', () => {
  useBuilt()

  test('tells a holder that one share is intact, of which set, and how many are needed', async () => {
    expect(await check([SHARES[0] as string])).toEqual({
      exit: 0,
      json: {
        valid: true,
        shares: [
          {
            scheme: 'slip39',
            valid: true,
            set: '6435',
            group: 1,
            groups: 1,
            groups_need: 1,
            member: 3,
            need: 2,
            bytes: 16,
            words: 20,
            problems: [],
          },
        ],
        together: {
          complete: false,
          missing: 'group 1 needs 2 shares and has 1 (number 3)',
          groups_need: 1,
          groups: [{ group: 1, have: [3], need: 2, complete: false }],
        },
      },
    })
    const { exit, out } = await run(['share', 'check'], { stdin: SSKR })
    expect(exit).toBe(0)
    expect(out).toBe(
      'share 1: intact, share of SSKR, 29 words\n' +
        '  of set 4bbf, share 2 of group 2\n' +
        '  3 shares of its group needed, 2 of 2 groups needed, 16 bytes of secret\n',
    )
  })

  test('says whether several are enough', async () => {
    expect(await check(SHARES)).toMatchObject({
      exit: 0,
      json: { together: { complete: true, missing: '' } },
    })
    const { out } = await run(['share', 'check'], { stdin: SHARES.join('\n') })
    expect(out).toMatch(/\ntogether: enough\n$/)
  })

  test('says that shares are of different sets, with exit code 7', async () => {
    expect(await check([SHARES[0] as string, FOREIGN])).toMatchObject({
      exit: 7,
      json: { valid: true, together: { complete: false, code: 'share-foreign' } },
    })
    expect(await check([SHARES[0] as string, SSKR])).toMatchObject({ exit: 7 })
  })

  test('names what is damaged by its place, with exit code 3, and no word of it', async () => {
    const damaged = SHARES[0]?.replace('wildlife', 'wildlive') ?? ''
    const { exit, out, err } = await run(['share', 'check'], { stdin: `${SHARES[1]}\n${damaged}` })
    expect(exit).toBe(3)
    expect(out).toContain('share 2: damaged, share of SLIP-39, 20 words')
    expect(out).toContain('word 6 is not in the word list, which has 1 similar word')
    expect(err).toContain('compare word 6 with the paper')
    expect(out + err).not.toMatch(/wildli|shadow/)
    expect(await check([damaged])).toMatchObject({
      exit: 3,
      json: { valid: false, shares: [{ problems: [{ position: 6, code: 'word-unknown', suggestions: 1 }] }] },
    })
  })

  test('says that a text is no share', async () => {
    expect(await check(['not a share at all'])).toMatchObject({
      exit: 3,
      json: { valid: false, shares: [{ scheme: null, problems: [{ code: 'share-unreadable' }] }] },
    })
  })
})
