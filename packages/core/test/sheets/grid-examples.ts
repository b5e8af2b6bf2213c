/** What is written or punched over: grids of SeedQR and plates of steel, filled and blank. */
import { text } from '../../src/bytes.js'
import { blankSeedQr, layOutSeedQr, seedQrContent } from '../../src/sheets/seedqr-sheet.js'
import { parseSteelWords } from '../../src/sheets/steel/content.js'
import { STEEL_STYLES } from '../../src/sheets/steel/kinds.js'
import { blankPlates, makePlates } from '../../src/sheets/steel/plates.js'
import { layOutSteel } from '../../src/sheets/steel/sheet.js'
import { DATE, type Example, english, oneCode, onlyText } from './example.js'
import { fonts } from './fonts.js'

const grid = (example: Omit<Example, 'isGrid' | 'card'>): Example => ({
  ...example,
  isGrid: true,
  card: 'never',
})

const seedQrs = [false, true].flatMap((compact) => {
  const name = compact ? 'CompactSeedQR' : 'SeedQR'
  const sheet = seedQrContent(english(16), { date: DATE, compact })
  const bytes = sheet.filled?.code ?? new Uint8Array()
  const told = compact
    ? { ...oneCode(Buffer.from(bytes).toString('hex'), english(16)), isHex: true as const }
    : oneCode(text(bytes), english(16))
  return [
    grid({ name, draw: (paper) => layOutSeedQr(sheet, { paper, metrics: fonts }), told: () => told }),
    grid({
      name: `${name}, blank`,
      draw: (paper) => layOutSeedQr(blankSeedQr(12, { compact }), { paper, metrics: fonts }),
      told: onlyText,
    }),
  ]
})

const KINDS = [
  ...STEEL_STYLES.map((style) => ({ style, size: 'card', compact: false }) as const),
  { style: 'seedqr', size: 'card', compact: true } as const,
]

const plates = KINDS.flatMap((kind) => {
  const name = `steel plate, ${kind.compact ? 'compact ' : ''}${kind.style}`
  const filled = () => makePlates(parseSteelWords(english(16)), kind)
  const draw =
    (made: ReturnType<typeof filled>): Example['draw'] =>
    (paper) => {
      if (paper === 'card') throw new Error('a template of a card is on a page')
      return layOutSteel(made, { paper, metrics: fonts })
    }
  return [
    grid({ name, draw: draw(filled()), told: () => ({ codes: [], reads: english(16) }) }),
    grid({ name: `${name}, blank`, draw: draw(blankPlates(12, kind)), told: onlyText }),
  ]
})

export const GRIDS: readonly Example[] = [...seedQrs, ...plates]
