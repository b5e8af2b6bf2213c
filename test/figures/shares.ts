/** Shares: every quorum, damage undone, and the reference implementation. */
import { expect, it } from 'vitest'
import { correctionFigures, misplaced } from '../../packages/core/test/words/codex32.figures.js'
import { ours, quorumFigures, referenceDifferences } from '../../packages/core/test/words/shares.figures.js'
import { present } from '../peers/peer.js'
import { slip39Reference } from '../peers/slip39-reference.js'
import { figure, isShort } from './rows.js'

const CASES = isShort ? 200 : 10_000

it('quorums', () =>
  figure('shares', async () =>
    quorumFigures(isShort ? { most: 16, ofEach: 20 } : { most: 16 }).map(({ scheme, tried, lost, twin }) => ({
      promise: `${scheme}: quorums of T-of-N up to 16 give the secret, sets one short name what is missing`,
      tried,
      held: tried - lost,
      twin: `spoils a share: ${twin.lost} of ${twin.tried} lost`,
    })),
  ))

it('codex32 corrections', () =>
  figure('shares', async () => {
    const { tried, undone } = correctionFigures(isShort ? 2_000 : 200_000)
    const twin = correctionFigures(200, misplaced)
    expect(twin.undone).toBeLessThan(twin.tried)
    const promise = 'codex32: damage within reach of the checksum is undone, up to 8 characters or a burst'
    const lost = `looks for other roots: ${twin.tried - twin.undone} of ${twin.tried} lost`
    return [{ promise, tried, held: undone, twin: lost }]
  }))

it.runIf(await present(slip39Reference))('SLIP-39 against its reference', () =>
  figure('shares', async () => {
    const { tried, different } = await referenceDifferences(CASES)
    const twin = await referenceDifferences(40, (shares) => ours(shares, ''))
    expect(twin.different).toBeGreaterThan(0)
    const promise = 'SLIP-39: one combines what the other split, Cairn and python-shamir-mnemonic'
    const lost = `forgets the passphrase: ${twin.different} of ${twin.tried} differ`
    return [{ promise, tried, held: tried - different, twin: lost }]
  }),
)
