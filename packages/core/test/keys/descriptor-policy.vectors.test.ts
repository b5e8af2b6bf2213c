/** Wallet policies: the test vectors of BIP-388 (the figures are the BIP's own), and the way there and back for any policy. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveKey, formatExtendedKey, fromSeed, neuter } from '../../src/keys/bip32.js'
import {
  descriptorToPolicy,
  formatDescriptor,
  parseDescriptor,
  policyToDescriptor,
} from '../../src/keys/descriptor.js'
import { SEED, thrown } from './fuzz.js'

const VALID = [
  {
    name: 'BIP-44, first account',
    template: 'pkh(@0/**)',
    keys: [
      "[6738736c/44'/0'/0']xpub6Br37sWxruYfT8ASpCjVHKGwgdnYFEn98DwiN76i2oyY6fgH1LAPmmDcF46xjxJr22gw4jmVjTE2E3URMnRPEPYyo1zoPSUba563ESMXCeb",
    ],
    descriptor:
      "pkh([6738736c/44'/0'/0']xpub6Br37sWxruYfT8ASpCjVHKGwgdnYFEn98DwiN76i2oyY6fgH1LAPmmDcF46xjxJr22gw4jmVjTE2E3URMnRPEPYyo1zoPSUba563ESMXCeb/<0;1>/*)",
  },
  {
    name: 'BIP-84, third account',
    template: 'wpkh(@0/**)',
    keys: [
      "[6738736c/84'/0'/2']xpub6CRQzb8u9dmMcq5XAwwRn9gcoYCjndJkhKgD11WKzbVGd932UmrExWFxCAvRnDN3ez6ZujLmMvmLBaSWdfWVn75L83Qxu1qSX4fJNrJg2Gt",
    ],
    descriptor:
      "wpkh([6738736c/84'/0'/2']xpub6CRQzb8u9dmMcq5XAwwRn9gcoYCjndJkhKgD11WKzbVGd932UmrExWFxCAvRnDN3ez6ZujLmMvmLBaSWdfWVn75L83Qxu1qSX4fJNrJg2Gt/<0;1>/*)",
  },
  {
    name: 'BIP-86, first account',
    template: 'tr(@0/**)',
    keys: [
      "[6738736c/86'/0'/0']xpub6CryUDWPS28eR2cDyojB8G354izmx294BdjeSvH469Ty3o2E6Tq5VjBJCn8rWBgesvTJnyXNAJ3QpLFGuNwqFXNt3gn612raffLWfdHNkYL",
    ],
    descriptor:
      "tr([6738736c/86'/0'/0']xpub6CryUDWPS28eR2cDyojB8G354izmx294BdjeSvH469Ty3o2E6Tq5VjBJCn8rWBgesvTJnyXNAJ3QpLFGuNwqFXNt3gn612raffLWfdHNkYL/<0;1>/*)",
  },
  {
    name: 'Miniscript: A 3-of-3 that becomes a 2-of-3 after 90 days',
    template: 'wsh(thresh(3,pk(@0/**),s:pk(@1/**),s:pk(@2/**),sln:older(12960)))',
    keys: [
      "[6738736c/48'/0'/0'/100']xpub6FC1fXFP1GXQpyRFfSE1vzzySqs3Vg63bzimYLeqtNUYbzA87kMNTcuy9ubr7MmavGRjW2FRYHP4WGKjwutbf1ghgkUW9H7e3ceaPLRcVwa",
      "[b2b1f0cf/44'/0'/0'/100']xpub6EYajCJHe2CK53RLVXrN14uWoEttZgrRSaRztujsXg7yRhGtHmLBt9ot9Pd5ugfwWEu6eWyJYKSshyvZFKDXiNbBcoK42KRZbxwjRQpm5Js",
      "[a666a867/44'/0'/0'/100']xpub6Dgsze3ujLi1EiHoCtHFMS9VLS1UheVqxrHGfP7sBJ2DBfChEUHV4MDwmxAXR2ayeytpwm3zJEU3H3pjCR6q6U5sP2p2qzAD71x9z5QShK2",
    ],
    descriptor:
      "wsh(thresh(3,pk([6738736c/48'/0'/0'/100']xpub6FC1fXFP1GXQpyRFfSE1vzzySqs3Vg63bzimYLeqtNUYbzA87kMNTcuy9ubr7MmavGRjW2FRYHP4WGKjwutbf1ghgkUW9H7e3ceaPLRcVwa/<0;1>/*),s:pk([b2b1f0cf/44'/0'/0'/100']xpub6EYajCJHe2CK53RLVXrN14uWoEttZgrRSaRztujsXg7yRhGtHmLBt9ot9Pd5ugfwWEu6eWyJYKSshyvZFKDXiNbBcoK42KRZbxwjRQpm5Js/<0;1>/*),s:pk([a666a867/44'/0'/0'/100']xpub6Dgsze3ujLi1EiHoCtHFMS9VLS1UheVqxrHGfP7sBJ2DBfChEUHV4MDwmxAXR2ayeytpwm3zJEU3H3pjCR6q6U5sP2p2qzAD71x9z5QShK2/<0;1>/*),sln:older(12960)))",
  },
  {
    name: 'Miniscript: A singlesig wallet with automatic inheritance to a timelocked 2-of-3 multisig',
    template: 'wsh(or_d(pk(@0/**),and_v(v:multi(2,@1/**,@2/**,@3/**),older(65535))))',
    keys: [
      "[6738736c/48'/0'/0'/100']xpub6FC1fXFP1GXQpyRFfSE1vzzySqs3Vg63bzimYLeqtNUYbzA87kMNTcuy9ubr7MmavGRjW2FRYHP4WGKjwutbf1ghgkUW9H7e3ceaPLRcVwa",
      "[b2b1f0cf/44'/0'/0'/100']xpub6EYajCJHe2CK53RLVXrN14uWoEttZgrRSaRztujsXg7yRhGtHmLBt9ot9Pd5ugfwWEu6eWyJYKSshyvZFKDXiNbBcoK42KRZbxwjRQpm5Js",
      "[a666a867/44'/0'/0'/100']xpub6Dgsze3ujLi1EiHoCtHFMS9VLS1UheVqxrHGfP7sBJ2DBfChEUHV4MDwmxAXR2ayeytpwm3zJEU3H3pjCR6q6U5sP2p2qzAD71x9z5QShK2",
      "[bb641298/44'/0'/0'/100']xpub6Dz8PHFmXkYkykQ83ySkruky567XtJb9N69uXScJZqweYiQn6FyieajdiyjCvWzRZ2GoLHMRE1cwDfuJZ6461YvNRGVBJNnLA35cZrQKSRJ",
    ],
    descriptor:
      "wsh(or_d(pk([6738736c/48'/0'/0'/100']xpub6FC1fXFP1GXQpyRFfSE1vzzySqs3Vg63bzimYLeqtNUYbzA87kMNTcuy9ubr7MmavGRjW2FRYHP4WGKjwutbf1ghgkUW9H7e3ceaPLRcVwa/<0;1>/*),and_v(v:multi(2,[b2b1f0cf/44'/0'/0'/100']xpub6EYajCJHe2CK53RLVXrN14uWoEttZgrRSaRztujsXg7yRhGtHmLBt9ot9Pd5ugfwWEu6eWyJYKSshyvZFKDXiNbBcoK42KRZbxwjRQpm5Js/<0;1>/*,[a666a867/44'/0'/0'/100']xpub6Dgsze3ujLi1EiHoCtHFMS9VLS1UheVqxrHGfP7sBJ2DBfChEUHV4MDwmxAXR2ayeytpwm3zJEU3H3pjCR6q6U5sP2p2qzAD71x9z5QShK2/<0;1>/*,[bb641298/44'/0'/0'/100']xpub6Dz8PHFmXkYkykQ83ySkruky567XtJb9N69uXScJZqweYiQn6FyieajdiyjCvWzRZ2GoLHMRE1cwDfuJZ6461YvNRGVBJNnLA35cZrQKSRJ/<0;1>/*),older(65535))))",
  },
  {
    name: 'Taproot wallet policy with sortedmulti_a and a miniscript leaf',
    template: 'tr(@0/**,{sortedmulti_a(1,@0/<2;3>/*,@1/**),or_b(pk(@2/**),s:pk(@3/**))})',
    keys: [
      "[6738736c/48'/0'/0'/100']xpub6FC1fXFP1GXQpyRFfSE1vzzySqs3Vg63bzimYLeqtNUYbzA87kMNTcuy9ubr7MmavGRjW2FRYHP4WGKjwutbf1ghgkUW9H7e3ceaPLRcVwa",
      'xpub6Fc2TRaCWNgfT49nRGG2G78d1dPnjhW66gEXi7oYZML7qEFN8e21b2DLDipTZZnfV6V7ivrMkvh4VbnHY2ChHTS9qM3XVLJiAgcfagYQk6K',
      'xpub6GxHB9kRdFfTqYka8tgtX9Gh3Td3A9XS8uakUGVcJ9NGZ1uLrGZrRVr67DjpMNCHprZmVmceFTY4X4wWfksy8nVwPiNvzJ5pjLxzPtpnfEM',
      'xpub6GjFUVVYewLj5no5uoNKCWuyWhQ1rKGvV8DgXBG9Uc6DvAKxt2dhrj1EZFrTNB5qxAoBkVW3wF8uCS3q1ri9fueAa6y7heFTcf27Q4gyeh6',
    ],
    descriptor:
      "tr([6738736c/48'/0'/0'/100']xpub6FC1fXFP1GXQpyRFfSE1vzzySqs3Vg63bzimYLeqtNUYbzA87kMNTcuy9ubr7MmavGRjW2FRYHP4WGKjwutbf1ghgkUW9H7e3ceaPLRcVwa/<0;1>/*,{sortedmulti_a(1,[6738736c/48'/0'/0'/100']xpub6FC1fXFP1GXQpyRFfSE1vzzySqs3Vg63bzimYLeqtNUYbzA87kMNTcuy9ubr7MmavGRjW2FRYHP4WGKjwutbf1ghgkUW9H7e3ceaPLRcVwa/<2;3>/*,xpub6Fc2TRaCWNgfT49nRGG2G78d1dPnjhW66gEXi7oYZML7qEFN8e21b2DLDipTZZnfV6V7ivrMkvh4VbnHY2ChHTS9qM3XVLJiAgcfagYQk6K/<0;1>/*),or_b(pk(xpub6GxHB9kRdFfTqYka8tgtX9Gh3Td3A9XS8uakUGVcJ9NGZ1uLrGZrRVr67DjpMNCHprZmVmceFTY4X4wWfksy8nVwPiNvzJ5pjLxzPtpnfEM/<0;1>/*),s:pk(xpub6GjFUVVYewLj5no5uoNKCWuyWhQ1rKGvV8DgXBG9Uc6DvAKxt2dhrj1EZFrTNB5qxAoBkVW3wF8uCS3q1ri9fueAa6y7heFTcf27Q4gyeh6/<0;1>/*))})",
  },
] as const

const root = fromSeed(new Uint8Array(32).fill(7))
const xpub = (index: number) => formatExtendedKey(neuter(deriveKey(root, [index])))
const some = (count: number) => Array.from({ length: count }, (_, i) => xpub(i))

describe('BIP-388', () => {
  it.each(VALID)('$name', ({ template, keys, descriptor: text }) => {
    const descriptor = policyToDescriptor({ template, keys })
    expect(formatDescriptor(descriptor)).toBe(formatDescriptor(parseDescriptor(text)))
    expect(descriptorToPolicy(descriptor)).toEqual({ template, keys })
  })

  it.each([
    ['a placeholder without a path', 'pkh(@0)', 1],
    ['an explicit path', 'pkh(@0/0/**)', 1],
    ['placeholders out of order', 'sh(multi(1,@1/**,@0/**))', 2],
    ['a skipped placeholder', 'sh(multi(1,@0/**,@2/**))', 2],
    ['a repeated key', 'sh(multi(1,@0/**,@0/**))', 1],
    ['multipaths that meet', 'sh(multi(1,@0/<0;1>/*,@0/<1;2>/*))', 1],
    ['a key in the template', `sh(multi(1,@0/**,${xpub(9)}/<0;1>/*))`, 1],
    ['a multipath of three', 'pkh(@0/<0;1;2>/*)', 1],
    ['derivation before aggregation', 'tr(musig(@0/**,@1/**))', 2],
    ['musig that repeats a key', 'tr(musig(@0,@0)/**)', 1],
    ['a key too many', 'pkh(@0/**)', 2],
    ['no key', 'raw(00)', 0],
  ])('refuses %s', (_, template, count) => {
    expect(thrown(() => policyToDescriptor({ template, keys: some(count) }))).toBe('descriptor-invalid')
  })

  it('refuses a key twice, a private key and a key with a path in the list', () => {
    for (const key of [xpub(0), formatExtendedKey(root), `${xpub(1)}/0`, `${xpub(1)}/*`]) {
      const policy = { template: 'wsh(multi(1,@0/**,@1/**))', keys: [xpub(0), key] }
      expect(thrown(() => policyToDescriptor(policy))).toBe('descriptor-invalid')
    }
  })

  it('has no policy for what is not of its form', () => {
    for (const text of [
      `wpkh(${xpub(0)})`,
      `wpkh(${xpub(0)}/*)`,
      `wpkh(${formatExtendedKey(root)}/<0;1>/*)`,
      `wpkh(${xpub(0)}/<0;1;2>/*)`,
    ]) {
      expect(thrown(() => descriptorToPolicy(parseDescriptor(text)))).toBe('descriptor-unsupported')
    }
  })

  it('comes back from its descriptor for any threshold, keys and multipath', () => {
    const policies = fc.record({
      count: fc.integer({ min: 1, max: 15 }),
      receive: fc.integer({ min: 0, max: 100 }),
      wrap: fc.constantFrom('wsh(sortedmulti', 'sh(wsh(multi', 'tr(@0/<900;901>/*,sortedmulti_a'),
    })
    const property = fc.property(policies, ({ count, receive, wrap }) => {
      const names = some(count).map((_, i) => `@${i}/<${receive + 1};${receive + 2}>/*`)
      const close = wrap.startsWith('sh') ? ')))' : '))'
      const policy = { template: `${wrap}(${count},${names.join(',')}${close}`, keys: some(count) }
      expect(descriptorToPolicy(policyToDescriptor(policy))).toEqual(policy)
    })
    fc.assert(property, { seed: SEED, numRuns: 30 })
  })
})
