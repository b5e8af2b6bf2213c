/**
 * What an S3 service answers, from XML and status to values and catalogued errors. The XML is flat and comes from a
 * server that nobody trusts: the few elements that are needed are looked for, and anything else is passed over.
 */
import { fail } from '@cairn/core/errors.js'
import type { StoredObject, Traits } from '../store.js'

export interface Page {
  readonly objects: readonly StoredObject[]
  /** Where the next page begins; absent on the last one. */
  readonly next?: string
}

/** ListObjectsV2. @throws CairnError `store-unreachable` for what is no listing */
export function listingOf(xml: string, store: string): Page {
  if (!/<ListBucketResult[\s>]/.test(xml)) return noService(store)
  const objects = [...xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)].flatMap(([, inner = '']) => {
    const [key, size] = [element(inner, 'Key'), element(inner, 'Size')]
    return key === undefined || !/^\d{1,15}$/.test(size ?? '') ? [] : [{ key, size: Number(size) }]
  })
  const next = element(xml, 'IsTruncated') === 'true' ? element(xml, 'NextContinuationToken') : undefined
  return { objects, ...(next === undefined ? {} : { next }) }
}

/** "Amazon S3 predefined groups" of the access control lists: everybody, and whoever has an account of the service. */
const EVERYBODY =
  /<URI>\s*http:\/\/acs\.amazonaws\.com\/groups\/global\/(?:AllUsers|AuthenticatedUsers)\s*<\/URI>/

/** GetBucketVersioning, GetObjectLockConfiguration, GetBucketPolicyStatus, GetBucketAcl. */
export function settingsOf(xml: string): Partial<Traits> {
  if (/<VersioningConfiguration[\s/>]/.test(xml))
    return { versioning: element(xml, 'Status') === 'Enabled' ? 'on' : 'off' }
  if (/<ObjectLockConfiguration[\s/>]/.test(xml))
    return { lock: element(xml, 'ObjectLockEnabled') === 'Enabled' ? 'on' : 'off' }
  if (/<PolicyStatus[\s/>]/.test(xml))
    return { public: element(xml, 'IsPublic')?.toLowerCase() === 'true' ? 'on' : 'off' }
  if (/<AccessControlPolicy[\s/>]/.test(xml)) return { public: EVERYBODY.test(xml) ? 'on' : 'off' }
  return {}
}

export interface Answer {
  readonly status: number
  readonly xml: string
  /** The `Date` header. */
  readonly date: string | null
  readonly method: string
}

export interface About {
  readonly store: string
  readonly object: string
  readonly bucket: string
  readonly now: Date
}

const WRONG_KEYS = [
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'InvalidToken',
  'TokenRefreshRequired',
  'UserSuspended',
]
const FULL = ['QuotaExceeded', 'StorageLimitExceeded', 'XMinioStorageFull', 'EntityTooLarge']

/** "REST error responses" of the API reference, and how Ceph and MinIO call what AWS does not have. */
export function failS3({ status, xml, date, method }: Answer, { store, object, bucket, now }: About): never {
  const code = /<Error[\s>]/.test(xml) ? element(xml, 'Code') : undefined
  if (status === 404 && code === 'NoSuchBucket') return fail('store-bucket', { store, bucket })
  if (status === 404 && code !== undefined && method !== 'PUT') return fail('object-missing', { object })
  if (status === 507 || FULL.includes(code ?? '')) return fail('store-full', { store })
  if (code === 'RequestTimeTooSkewed') return fail('store-clock', { store, minutes: skewMinutes(date, now) })
  if (WRONG_KEYS.includes(code ?? '') || status === 401) return fail('store-credentials', { store })
  if (status === 301 || status === 307 || code === 'AuthorizationHeaderMalformed')
    return fail('store-unreachable', { store, reason: 'it expects another region or endpoint' })
  if (status === 403 || status === 405) return fail('store-denied', { store })
  if (status >= 500 || status === 429 || status === 408 || status === 409)
    return fail('store-unreachable', { store, reason: `the server is in trouble or overloaded (${status})` })
  return noService(store)
}

/** Of a clock that differs by less than a minute: 1, since then something else is wrong with it. */
function skewMinutes(date: string | null, now: Date): number | string {
  const there = Date.parse(date ?? '')
  return Number.isNaN(there) ? 'several' : Math.max(1, Math.round(Math.abs(there - now.getTime()) / 60_000))
}

function noService(store: string): never {
  return fail('store-unreachable', { store, reason: 'what answers there is no S3 service' })
}

function element(xml: string, name: string): string | undefined {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]
  return found === undefined ? undefined : withoutEntities(found)
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function withoutEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{2,4}));/g, (all, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[name] ?? all
    const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : all
  })
}
