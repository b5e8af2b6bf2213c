import { describe, expect, it } from 'vitest'
import { corpus } from '../../../../test/corpus.js'
import { hex } from '../../src/bytes.js'
import {
  deriveScripts,
  descriptorToPolicy,
  formatDescriptor,
  parseDescriptor,
  parseKeyExpression,
  policyToDescriptor,
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
  readonly keys?: readonly string[]
  readonly descriptor?: string
}

const FILES = [381, 382, 383, 384, 385, 386, 387, 389, 390].map((bip) => `bip${bip}.json`)

const folder = corpus('descriptors')
describe.runIf(folder)('descriptors of the BIPs', () => {
  const cases = FILES.flatMap((file) => (folder ? readCases<DescriptorCase>(folder, file) : []))
  const valid = cases.filter(({ valid }) => valid)

  it('derive the scripts that are stated', () => {
    expect(valid.length).toBeGreaterThan(40)
    for (const { id, descriptor: text, scripts, expands_to } of valid) {
      const descriptor = parseDescriptor(text)
      const indexes = descriptor.isRange ? [0, 1, 2] : [0]
      const ours = indexes.flatMap((index) => deriveScripts(descriptor, { index })).map(hex)
      if (scripts?.length && !scripts[0]?.startsWith('Child')) expect(ours, id).toEqual(scripts)
      const expanded = expands_to?.map((text) => formatDescriptor(parseDescriptor(text)))
      if (expanded) expect(splitBranches(descriptor).map(formatDescriptor), id).toEqual(expanded)
    }
  })

  it('are refused where they are invalid', () => {
    const invalid = cases.filter(({ valid }) => !valid)
    expect(invalid.length).toBeGreaterThan(40)
    for (const { id, descriptor } of invalid) {
      expect(
        thrown(() => parseDescriptor(descriptor)),
        id,
      ).toBe('descriptor-invalid')
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

  it('lead to their descriptors and back', () => {
    const valid = cases.filter(({ valid }) => valid)
    expect(valid.length).toBeGreaterThan(4)
    for (const { id, template, keys = [], descriptor: text = '' } of valid) {
      const descriptor = policyToDescriptor({ template, keys })
      expect(formatDescriptor(descriptor), id).toBe(formatDescriptor(parseDescriptor(text)))
      expect(descriptorToPolicy(descriptor), id).toEqual({ template, keys })
    }
  })

  it('are refused where they are invalid', () => {
    const keys = cases.flatMap(({ keys = [] }) => keys)
    const invalid = cases.filter(({ valid }) => !valid)
    expect(invalid.length).toBeGreaterThan(4)
    for (const { id, template } of invalid) {
      const count = new Set(template.match(/@\d+/g)).size
      const policy = { template, keys: [...new Set(keys)].slice(0, count) }
      expect(
        thrown(() => policyToDescriptor(policy)),
        id,
      ).toBe('descriptor-invalid')
    }
  })

  it('are no descriptors themselves', () => {
    for (const { id, template } of cases) {
      expect(
        thrown(() => parseDescriptor(template)),
        id,
      ).toBe('descriptor-invalid')
    }
    expect(cases.length).toBeGreaterThan(10)
  })
})
