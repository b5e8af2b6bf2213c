import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { hex } from '../../src/bytes.js'
import {
  deriveScripts,
  formatDescriptor,
  parseDescriptor,
  parseKeyExpression,
  splitBranches,
} from '../../src/keys/descriptor.js'
import { readCases } from './cases.js'
import { thrown } from './fuzz.js'

interface DescriptorCase {
  readonly descriptor: string
  readonly scripts?: readonly string[]
  readonly expands_to?: readonly string[]
}

interface ExpressionCase {
  readonly kind: 'checksum' | 'key-expression'
  readonly text: string
}

interface PolicyCase {
  readonly template: string
  readonly descriptor?: string
}

const UNSUPPORTED = /^tr\([^()]*,|musig\(|wsh\((?:thresh|or_d)\(/
const REFUSALS = ['descriptor-invalid', 'descriptor-unsupported']
const FILES = [381, 382, 383, 384, 385, 386, 387, 389, 390].map((bip) => `bip${bip}.json`)

const folder = corpus('descriptors')
describe.runIf(folder)('descriptors of the BIPs', () => {
  const cases = FILES.flatMap((file) => (folder ? readCases<DescriptorCase>(folder, file) : []))
  const valid = cases.filter(({ valid }) => valid)

  it('derive the scripts that are stated', () => {
    const supported = valid.filter(({ descriptor }) => !UNSUPPORTED.test(descriptor))
    expect(supported.length).toBeGreaterThan(30)
    for (const { id, descriptor: text, scripts, expands_to } of supported) {
      const descriptor = parseDescriptor(text)
      const indexes = descriptor.isRange ? [0, 1, 2] : [0]
      const ours = indexes.flatMap((index) => deriveScripts(descriptor, { index })).map(hex)
      if (scripts && !scripts[0]?.startsWith('Child')) expect(ours, id).toEqual(scripts)
      const expanded = expands_to?.map((text) => formatDescriptor(parseDescriptor(text)))
      if (expanded) expect(splitBranches(descriptor).map(formatDescriptor), id).toEqual(expanded)
    }
  })

  it('are called unsupported where they are valid and not derived', () => {
    const unsupported = valid.filter(({ descriptor }) => UNSUPPORTED.test(descriptor))
    expect(unsupported.length).toBeGreaterThan(10)
    for (const { id, descriptor } of unsupported) {
      expect(
        thrown(() => parseDescriptor(descriptor)),
        id,
      ).toBe('descriptor-unsupported')
    }
  })

  it('are refused where they are invalid', () => {
    const invalid = cases.filter(({ valid }) => !valid)
    expect(invalid.length).toBeGreaterThan(40)
    for (const { id, descriptor } of invalid) {
      expect(REFUSALS, id).toContain(thrown(() => parseDescriptor(descriptor)))
    }
  })
})

describe.runIf(folder)('checksums and key expressions of BIP-380', () => {
  const cases = folder ? readCases<ExpressionCase>(folder, 'bip380.json') : []

  it('are read or refused as stated', () => {
    for (const { id, kind, text, valid } of cases) {
      const code = thrown(() => (kind === 'checksum' ? parseDescriptor(text) : parseKeyExpression(text)))
      expect(code === null, id).toBe(valid)
    }
    expect(cases.length).toBeGreaterThan(20)
  })
})

describe.runIf(folder)('wallet policies of BIP-388', () => {
  const cases = folder ? readCases<PolicyCase>(folder, 'bip388.json') : []

  it('have descriptors that are read, or known and unsupported', () => {
    for (const { id, descriptor } of cases.filter(({ valid }) => valid)) {
      const expected = UNSUPPORTED.test(descriptor ?? '') ? 'descriptor-unsupported' : null
      expect(
        thrown(() => parseDescriptor(descriptor ?? '')),
        id,
      ).toBe(expected)
    }
  })

  it('are no descriptors themselves', () => {
    for (const { id, template } of cases) {
      expect(REFUSALS, id).toContain(thrown(() => parseDescriptor(template)))
    }
    expect(cases.length).toBeGreaterThan(10)
  })
})
