/** Stores that lie, and what becomes of each lie. */
import { expect, it } from 'vitest'
import { LIES } from '../../packages/node/test/sim/lies.js'
import { judge, letThrough, type Verdicts } from '../../packages/node/test/vault/lies.js'
import { figure, row } from './rows.js'

it('lies', () =>
  figure('lies', async () => {
    const verdicts = new Map<string, Verdicts>()
    for (const lie of LIES) verdicts.set(lie.name, await judge(lie))
    const failing = (holds: (verdict: Verdicts) => boolean) => {
      const lost = [...verdicts].filter(([, verdict]) => !holds(verdict)).map(([name]) => name)
      return { tried: verdicts.size, lost }
    }
    const twins = {
      history: await letThrough('history'),
      compare: await letThrough('compare'),
      seen: await letThrough('seen'),
    }
    for (const { through } of Object.values(twins)) expect(through).toBeGreaterThan(0)
    const twin = (name: keyof typeof twins) =>
      `without ${name}: ${twins[name].through} of ${twins[name].tried} get through`
    const other = LIES.filter(({ name, alone }) => verdicts.get(name)?.alone !== alone)
    const stated = { tried: LIES.length, lost: other.map(({ name }) => name) }
    const alone = LIES.filter(({ alone }) => alone === 'noticed').length
    return [
      row(
        'classes of dishonest heads, descriptions and records in one of two stores: a computer that knows the vault names the liar, and not the other store',
        failing(({ known, honest }) => known !== 'intact' && (honest === 'intact' || known === 'frozen')),
        twin('history'),
      ),
      row(
        'the same where the liar is the only store of that computer',
        failing(({ only }) => only !== 'intact'),
        twin('seen'),
      ),
      row(
        'a new computer with the honest store too: the newest of everything comes back, or an error says what is wrong',
        failing(({ both }) => both !== 'missed'),
        twin('compare'),
      ),
      row(
        `a new computer with the liar alone: what it notices is as stated (${alone} of ${LIES.length}), and nothing false is believed`,
        stated,
      ),
      row(
        'the same with an anchor: noticed',
        failing(({ anchored }) => anchored === 'noticed'),
      ),
    ]
  }))
