/** How often `phrase fix` finds a phrase again, into docs/phrase-fix.md. `npm run figures -- fix`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, it } from 'vitest'
import { DAMAGES, hitRate, type Rate } from '../../packages/core/test/words/fix/damages.js'
import { isShort } from './rows.js'

const COUNT = isShort ? 20 : 300
const LENGTHS = [12, 24]
const DOCUMENT = fileURLToPath(new URL('../../docs/phrase-fix.md', import.meta.url))

const rows: string[] = []
const share = ({ tried }: Rate, n: number) => `${Math.round((100 * n) / tried)} %`

it.each(Object.keys(DAMAGES))('%s', (damage) => {
  const cells = LENGTHS.flatMap((words) => {
    const rate = hitRate(damage, words, COUNT)
    return [share(rate, rate.first), share(rate, rate.firstTen), share(rate, rate.found)]
  })
  rows.push(`| ${[damage, ...cells].join(' | ')} |\n`)
})

afterAll(() => {
  const text = readFileSync(DOCUMENT, 'utf8')
  const table = `<!-- rates -->\n${COUNT} random phrases a class and length.\n
| damage | 12 words: first | in ten | found | 24 words: first | in ten | found |
|---|---:|---:|---:|---:|---:|---:|
${rows.join('')}<!-- /rates -->`
  writeFileSync(
    DOCUMENT,
    text.replace(/<!-- rates -->[\s\S]*<!-- \/rates -->/, () => table),
  )
})
