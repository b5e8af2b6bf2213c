/**
 * The figures owed: how often each promise was tried, how often it held, and what a broken twin lost in the same
 * harness. Run by `npm run figures`; the short forms of the same functions are tests.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { kills } from '../../packages/cli/test/kill.js'
import { sealFigures } from '../../packages/core/test/vault/seal.figures.js'
import { correctionFigures, misplaced } from '../../packages/core/test/words/codex32.figures.js'
import { ours, quorumFigures, referenceDifferences } from '../../packages/core/test/words/shares.figures.js'
import { native } from '../../packages/node/src/primitives.js'
import { everyOperationFails, powerCuts } from '../../packages/node/test/vault/faults.js'
import { without } from '../../packages/node/test/vault/twins.js'
import { present } from '../peers/peer.js'
import { slip39Reference } from '../peers/slip39-reference.js'

const isShort = process.env.CAIRN_FIGURES !== 'long'
const KILLS = isShort ? 12 : 10_000
const CUTS = isShort ? 300 : 1_000_000
const CASES = isShort ? 200 : 10_000

interface Row {
  readonly promise: string
  readonly tried: number
  readonly held: number
  /** What the broken twin lost, and in how many tries. */
  readonly twin: string
  readonly seconds: number
}

const rows: Row[] = []

async function figure(make: () => Promise<readonly Omit<Row, 'seconds'>[]>): Promise<void> {
  const start = performance.now()
  const found = await make()
  const seconds = Math.round((performance.now() - start) / 1000)
  for (const row of found) {
    rows.push({ ...row, seconds })
    expect(row.held, row.promise).toBe(row.tried)
  }
}

function* seeds(count: number): Generator<number> {
  for (let seed = 1; seed <= count; seed++) yield seed
}

it('power cuts', () =>
  figure(async () => {
    const { tried, lost } = await powerCuts(seeds(CUTS))
    const twin = await powerCuts(seeds(60), without('sync'))
    expect(twin.lost.length).toBeGreaterThan(0)
    const promise = 'power cuts during a backup: nothing reported saved is lost'
    return [
      { promise, tried, held: tried - lost.length, twin: `without fsync: ${twin.lost.length} of 60 lose` },
    ]
  }))

it('failing operations', () =>
  figure(async () => {
    const found = []
    for (const code of ['ENOSPC', 'EIO', 'EACCES']) {
      for (const mode of ['once', 'on'] as const) {
        const { tried, lost } = await everyOperationFails(code, mode)
        const promise = `${code} at every disk operation of a backup in turn, ${mode === 'on' ? 'from then on' : mode}`
        found.push({ promise, tried, held: tried - lost.length, twin: 'none' })
      }
    }
    return found
  }))

it('kills', () =>
  figure(async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'cairn-figures-'))
    try {
      const { tried, lost } = await kills({ seeds: seeds(KILLS), cwd: mkdtempSync(join(cwd, 'own-')) })
      const broken = await kills({
        seeds: seeds(200),
        cwd: mkdtempSync(join(cwd, 'twin-')),
        twin: 'writesInPlace',
        until: 'first',
      })
      expect(broken.lost.length).toBeGreaterThan(0)
      const promise = 'SIGKILL of the real backup: nothing reported saved is lost, the next backup works'
      return [
        {
          promise,
          tried,
          held: tried - lost.length,
          twin: `writes in place: loses after ${broken.tried} kills`,
        },
      ]
    } finally {
      rmSync(cwd, { recursive: true, force: true })
    }
  }))

it.runIf(!isShort)('every bit of a sealed object', () =>
  figure(async () =>
    (await sealFigures(native)).map(({ what, tried, caught, twin }) => ({
      promise: `sealed object: ${what}`,
      tried,
      held: caught,
      twin: twin === null ? 'none' : `lets ${twin} through`,
    })),
  ),
)

it('quorums', () =>
  figure(async () =>
    quorumFigures(isShort ? { most: 16, ofEach: 20 } : { most: 16 }).map(({ scheme, tried, lost, twin }) => ({
      promise: `${scheme}: quorums of T-of-N up to 16 give the secret, sets one short name what is missing`,
      tried,
      held: tried - lost,
      twin: `spoils a share: ${twin.lost} of ${twin.tried} lost`,
    })),
  ))

it('codex32 corrections', () =>
  figure(async () => {
    const { tried, undone } = correctionFigures(isShort ? 2_000 : 200_000)
    const twin = correctionFigures(200, misplaced)
    expect(twin.undone).toBeLessThan(twin.tried)
    const promise = 'codex32: damage within reach of the checksum is undone, up to 8 characters or a burst'
    const lost = `looks for other roots: ${twin.tried - twin.undone} of ${twin.tried} lost`
    return [{ promise, tried, held: undone, twin: lost }]
  }))

it.runIf(await present(slip39Reference))('SLIP-39 against its reference', () =>
  figure(async () => {
    const { tried, different } = await referenceDifferences(CASES)
    const twin = await referenceDifferences(40, (shares) => ours(shares, ''))
    expect(twin.different).toBeGreaterThan(0)
    const promise = 'SLIP-39: one combines what the other split, Cairn and python-shamir-mnemonic'
    const lost = `forgets the passphrase: ${twin.different} of ${twin.tried} differ`
    return [{ promise, tried, held: tried - different, twin: lost }]
  }),
)

afterAll(() => {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
  const [cpu] = cpus()
  const head = `# Figures

Made by \`npm run figures\`${isShort ? ' in its **short form** (`-- --short`): minutes, not the full counts owed' : ''}. Seeds count from 1.

Commit ${commit}, ${new Date().toISOString().slice(0, 10)}, ${cpus().length} x ${cpu?.model}, Node ${process.version}.

| promise | tried | held | broken twin | seconds |
|---|---:|---:|---|---:|
`
  const lines = rows.map(
    ({ promise, tried, held, twin, seconds }) =>
      `| ${promise} | ${tried} | ${held} | ${twin} | ${seconds} |\n`,
  )
  writeFileSync(fileURLToPath(new URL('../../docs/figures.md', import.meta.url)), head + lines.join(''))
})
