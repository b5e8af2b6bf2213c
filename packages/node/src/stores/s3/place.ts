/**
 * The URL of an S3 store: `s3://bucket/prefix?endpoint=URL&region=R&style=path|host`. Without an endpoint it is AWS.
 * With one the bucket stands in the path (`style=path`), which every service takes; AWS wants it in the host name.
 */
import { fail } from '@cairn/core/errors.js'

export interface S3Place {
  readonly endpoint: URL
  readonly bucket: string
  /** Empty, or with a slash at its end. */
  readonly prefix: string
  readonly region: string
  readonly style: 'path' | 'host'
  /** Objects a page of a listing; the service's own number when absent. */
  readonly page?: number
}

const NAMES = ['endpoint', 'region', 'style', 'page']
const EXAMPLE = 's3://bucket/prefix?endpoint=https://host&region=name'

/** @throws CairnError `usage`, `secret-argument` when the URL holds credentials */
export function parseS3Url(url: string): S3Place {
  const parsed = URL.canParse(url) ? new URL(url) : wrong(`an S3 store is ${EXAMPLE}`)
  if (parsed.username || parsed.password) fail('secret-argument', { what: 'a key of the store' })
  const query = queryOf(parsed)
  // the host of a URL of another scheme than http keeps its case
  const bucket = parsed.host
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/.test(bucket))
    wrong(`the bucket is missing or has no valid name: ${EXAMPLE}`)
  const region = query.get('region') ?? regionOf(query.get('endpoint'))
  if (!/^[a-z0-9-]{1,64}$/.test(region)) wrong('the region of an S3 store is a name such as eu-central-1')
  const endpoint = endpointOf(query.get('endpoint') ?? `https://s3.${region}.amazonaws.com`)
  const style = query.get('style') ?? (query.has('endpoint') || bucket.includes('.') ? 'path' : 'host')
  if (style !== 'path' && style !== 'host') wrong('style is path or host')
  const page = query.get('page')
  if (page !== undefined && !/^[1-9]\d{0,3}$/.test(page)) wrong('page is a number from 1 to 9999')
  return {
    endpoint,
    bucket,
    prefix: prefixOf(parsed.pathname),
    region,
    style: style as S3Place['style'],
    ...(page === undefined ? {} : { page: Number(page) }),
  }
}

function queryOf({ searchParams }: URL): ReadonlyMap<string, string> {
  const query = new Map<string, string>()
  for (const [name, value] of searchParams) {
    if (!NAMES.includes(name) || query.has(name))
      wrong(`an S3 store takes ${NAMES.slice(0, 3).join(', ')} behind the ?, each once`)
    query.set(name, value)
  }
  return query
}

/** As services have it in the names of their hosts. */
function regionOf(endpoint: string | undefined): string {
  const host = endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint).hostname : ''
  if (host.endsWith('.r2.cloudflarestorage.com')) return 'auto'
  return /^s3[.-]([a-z0-9-]+)\./.exec(host)?.[1] ?? 'us-east-1'
}

function endpointOf(endpoint: string): URL {
  const url = URL.canParse(endpoint)
    ? new URL(endpoint)
    : wrong('the endpoint of an S3 store is a URL such as https://host:port')
  if (url.username || url.password) fail('secret-argument', { what: 'a key of the store' })
  if (!/^https?:$/.test(url.protocol) || url.search || url.hash)
    wrong('the endpoint of an S3 store is a URL such as https://host:port')
  return url
}

function prefixOf(pathname: string): string {
  try {
    const parts = decodeURIComponent(pathname)
      .split('/')
      .filter((part) => part !== '')
    if (parts.some((part) => part === '.' || part === '..'))
      wrong('the prefix of an S3 store has no dots alone')
    return parts.map((part) => `${part}/`).join('')
  } catch {
    return wrong('the prefix of an S3 store is not valid text')
  }
}

/** The address of a key, or of the bucket for the empty key. Each part is encoded as Signature Version 4 has it. */
export function addressOf({ endpoint, bucket, style }: S3Place, key: string): URL {
  const url = new URL(endpoint)
  const base = endpoint.pathname.replace(/\/$/, '')
  const path = key.split('/').map(encodePart).join('/')
  if (style === 'host') {
    url.hostname = `${bucket}.${endpoint.hostname}`
    url.pathname = `${base}/${path}`
  } else url.pathname = `${base}/${bucket}${key === '' ? '' : `/${path}`}`
  return url
}

/** RFC 3986, section 2.3: only unreserved characters stand for themselves. */
export function encodePart(part: string): string {
  return encodeURIComponent(part).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

function wrong(reason: string): never {
  return fail('usage', { reason })
}
