/**
 * The descriptors of a Bitcoin Core wallet. The file has them with the master key, `wpkh(xpub/84h/0h/0h/0/*)`, from
 * which nobody can derive without the private key; with the keys it cached beside, they become what `listdescriptors`
 * shows, `wpkh([fingerprint/84h/0h/0h]xpub/0/*)`.
 */
import { equal, hex } from '../../bytes.js'
import { fail, isCairnError } from '../../errors.js'
import { deriveKey, type ExtendedKey, fingerprint } from '../../keys/bip32.js'
import {
  type Descriptor,
  descriptorKeys,
  formatDescriptor,
  type KeyExpression,
  type Outputs,
  parseDescriptor,
  scriptsOfBranch,
  withKeys,
} from '../../keys/descriptor.js'
import { isHardened, type Path } from '../../keys/path.js'
import { tryOutputs } from '../bitcoin/addresses.js'
import { KIND } from './database.js'
import { type CachedKey, cacheKey, type DescriptorRecord, type WalletRecords } from './records.js'

export interface WalletDescriptor {
  readonly record: DescriptorRecord
  /** Public, with its checksum. */
  readonly text: string
  /** As the file has it, and as `text`; null when Cairn does not read its kind (miniscript, script trees). */
  readonly stored: Descriptor | null
  readonly shown: Descriptor | null
  /** Null when there is no way to its addresses. */
  readonly outputs: Outputs | null
  readonly isInternal: boolean
  /** Private keys, encrypted or not, that the file has for it. */
  readonly privateKeys: ReadonlySet<string>
}

/** In the order of `listdescriptors`: by text. */
export function readDescriptors(records: WalletRecords): readonly WalletDescriptor[] {
  const privateKeys = new Map<string, Set<string>>()
  for (const { descriptor, publicKey } of [...records.keys, ...records.encryptedKeys]) {
    privateKeys.set(descriptor, (privateKeys.get(descriptor) ?? new Set()).add(hex(publicKey)))
  }
  const found = records.descriptors.map((record): WalletDescriptor => {
    const stored = parse(record.text)
    const shown =
      stored && withKeys(stored, (key, number) => normalise(key, cacheKey(record.id, number), records))
    return {
      record,
      text: shown ? formatDescriptor(shown) : record.text,
      stored,
      shown,
      outputs: stored && shown && outputsOf(record, { stored, shown }, records),
      isInternal: records.internal.has(record.id),
      privateKeys: privateKeys.get(record.id) ?? new Set(),
    }
  })
  return found.sort((a, b) => (a.text < b.text ? -1 : 1))
}

function parse(text: string): Descriptor | null {
  try {
    return parseDescriptor(text, { requireChecksum: true })
  } catch (error) {
    if (isCairnError(error, 'descriptor-unsupported')) return null
    return fail('wallet-unreadable', { kind: KIND, reason: 'a record is damaged (walletdescriptor)' })
  }
}

/** What the wallet cached for a key that is followed by hardened steps. */
export interface CachedStep {
  /** The steps from the key of the descriptor to the cached one. */
  readonly path: Path
  readonly cached: CachedKey
}

/**
 * The cached keys of a key expression: behind the last hardened step, which Core has kept since 22.0, and the parent
 * of all addresses, which it has always kept.
 */
export function cachedSteps(
  { path, wildcard }: KeyExpression,
  cacheKey: string,
  records: WalletRecords,
): CachedStep[] {
  const steps = path.filter((step) => typeof step === 'number')
  const hardened = steps.slice(0, steps.findLastIndex(isHardened) + 1)
  if (hardened.length === 0 || steps.length < path.length || wildcard === 'hardened') return []
  const [last, parent] = [records.lastHardened.get(cacheKey), records.parents.get(cacheKey)]
  return [
    ...(last ? [{ path: hardened, cached: last }] : []),
    ...(parent ? [{ path: steps, cached: parent }] : []),
  ]
}

/** BIP-380 "Normalization of Key Expressions with Hardened Derivation". */
function normalise(expression: KeyExpression, cacheKey: string, records: WalletRecords): KeyExpression {
  const { key, path } = expression
  const [step, parent] = cachedSteps(expression, cacheKey, records)
  if (key.kind !== 'extended' || !step) return expression
  if (parent && !leadsToParent(withNetwork(step.cached, key.extended), step, parent)) {
    return fail('wallet-unreadable', { kind: KIND, reason: 'its cached keys contradict each other' })
  }
  const origin = expression.origin ?? { fingerprint: fingerprint(key.extended), path: [] }
  return {
    ...expression,
    origin: { ...origin, path: [...origin.path, ...step.path] },
    key: { kind: 'extended', extended: withNetwork(step.cached, key.extended) },
    path: path.slice(step.path.length),
  }
}

function leadsToParent(key: ExtendedKey, { path }: CachedStep, parent: CachedStep): boolean {
  const { publicKey, chainCode } = deriveKey(key, parent.path.slice(path.length))
  return equal(publicKey, parent.cached.publicKey) && equal(chainCode, parent.cached.chainCode)
}

export function withNetwork(cached: CachedKey, { network, form }: ExtendedKey): ExtendedKey {
  return { ...cached, network, form, privateKey: null }
}

interface Forms {
  readonly stored: Descriptor
  readonly shown: Descriptor
}

/** Below a hardened wildcard (`/*h`, in wallets that were migrated) the key of each address is cached. */
function outputsOf(
  record: DescriptorRecord,
  { stored, shown }: Forms,
  records: WalletRecords,
): Outputs | null {
  const isHardenedRange = descriptorKeys(stored).some(({ wildcard }) => wildcard === 'hardened')
  if (isHardenedRange) return (index) => cachedOutputs(record.id, stored, { index, records })
  return tryOutputs(shown)
}

interface Place {
  readonly index: number
  readonly records: WalletRecords
}

function cachedOutputs(id: string, stored: Descriptor, { index, records }: Place): readonly Uint8Array[] {
  const keys = descriptorKeys(stored).map((key, number): KeyExpression | null => {
    if (key.wildcard !== 'hardened') return key
    const child = records.children.get(cacheKey(id, number, index))
    return child ? { origin: null, key: { kind: 'public', ...child }, path: [], wildcard: 'none' } : null
  })
  if (keys.includes(null)) return []
  const concrete = withKeys(stored, (_, number) => keys[number] as KeyExpression)
  return scriptsOfBranch(concrete, 0)(index)
}
