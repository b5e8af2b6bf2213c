/**
 * A bucket of an S3 service as a store: AWS, Ceph, MinIO, Backblaze B2, Cloudflare R2 and others that speak the
 * "Amazon Simple Storage Service API Reference" (API version 2006-03-01), with Signature Version 4. An upload is one
 * PUT with the hashes of its body, so that the service keeps all of it or nothing; no part of the work relies on
 * creating a name only when it is absent, which not every service honours. Buckets are never made here.
 */
import { fail, isCairnError } from '@cairn/core/errors.js'
import { OBJECT_LIMIT_BYTES } from '@cairn/core/vault/seal.js'
import type { HttpAnswer } from './http.js'
import type { Opening } from './opening.js'
import { listingOf, settingsOf } from './s3/answers.js'
import { parseS3Url, type S3Place } from './s3/place.js'
import { type Ask, bodyOf, s3Client } from './s3/request.js'
import type { Store, StoredObject, Traits } from './store.js'

/** A page of a listing: a thousand keys of at most a kibibyte, with their XML. */
const LISTING_LIMIT_BYTES = 8 * 1024 * 1024
/** 2 TiB of full packs: a listing that goes on beyond is a server that does not come to an end. */
const MOST_PAGES = 1000

/** @throws CairnError `usage` for a URL that it cannot read, `credentials-missing` */
export async function s3Store(opening: Opening): Promise<Store> {
  const place = parseS3Url(opening.url)
  const { access_key, secret_key, session_token } = await opening.credentials()
  if (access_key === undefined || secret_key === undefined)
    return fail('credentials-missing', { store: opening.name, what: 'access_key and secret_key' })
  const ask = s3Client(place, {
    store: opening.name,
    keys: { access_key, secret_key, ...(session_token === undefined ? {} : { session_token }) },
    now: opening.ports.now,
  })
  return {
    name: opening.name,
    place: opening.url,
    get: async (key) => {
      const response = await ask({ method: 'GET', key: place.prefix + key, object: key })
      return bodyOf(response, { limit: OBJECT_LIMIT_BYTES, object: key, store: opening.name })
    },
    put: async (key, bytes) =>
      void (await ask({ method: 'PUT', key: place.prefix + key, object: key, body: bytes })),
    list: (prefix) => list(ask, place, { prefix, store: opening.name }),
    remove: async (key) => void (await ask({ method: 'DELETE', key: place.prefix + key, object: key })),
    look: () => look(ask, opening.name, opening.ports.now),
  }
}

interface Listing {
  readonly prefix: string
  readonly store: string
}

async function list(ask: Ask, place: S3Place, { prefix, store }: Listing): Promise<readonly StoredObject[]> {
  const found: StoredObject[] = []
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = {
      'list-type': '2',
      prefix: place.prefix + prefix,
      ...(place.page === undefined ? {} : { 'max-keys': String(place.page) }),
      ...(token === undefined ? {} : { 'continuation-token': token }),
    }
    const response = await ask({ method: 'GET', key: '', query })
    const { objects, next } = listingOf(await textOf(response, store), store)
    // a key that ends in a slash is how consoles show an empty folder
    for (const { key, size } of objects)
      if (key.startsWith(place.prefix + prefix) && !key.endsWith('/'))
        found.push({ key: key.slice(place.prefix.length), size })
    if (next === undefined) return found
    token = next
  }
  return fail('store-unreachable', { store, reason: 'its listing does not come to an end' })
}

async function textOf(response: HttpAnswer, store: string): Promise<string> {
  const bytes = await bodyOf(response, { limit: LISTING_LIMIT_BYTES, object: '', store })
  return new TextDecoder().decode(bytes)
}

/**
 * What the bucket is set to; a setting that may not be read, or that the service does not know, is unknown. It is open
 * to everybody by its policy or by its access control list, and closed when neither opens it.
 */
async function look(ask: Ask, store: string, now: () => Date): Promise<Traits> {
  let ahead = Number.NaN
  const setting = async (name: string, absent: Partial<Traits> = {}): Promise<Partial<Traits>> => {
    try {
      const response = await ask({ method: 'GET', key: '', query: { [name]: '' } })
      ahead = Date.parse(response.header('date') ?? '') - now().getTime()
      return settingsOf(await textOf(response, store))
    } catch (error) {
      // 404: NoSuchBucketPolicy, ObjectLockConfigurationNotFoundError
      return isCairnError(error, 'object-missing') ? absent : {}
    }
  }
  const [versioning, lock, policy, acl] = await Promise.all([
    setting('versioning'),
    setting('object-lock', { lock: 'off' }),
    setting('policyStatus', { public: 'off' }),
    setting('acl'),
  ])
  return {
    versioning: versioning.versioning ?? 'unknown',
    lock: lock.lock ?? (versioning.versioning === 'off' ? 'off' : 'unknown'),
    public: either(policy.public, acl.public),
    ...(Number.isNaN(ahead) ? {} : { clockAheadMs: ahead }),
  }
}

function either(a: Traits['public'] = 'unknown', b: Traits['public'] = 'unknown'): Traits['public'] {
  if (a === 'on' || b === 'on') return 'on'
  return a === 'off' && b === 'off' ? 'off' : 'unknown'
}
