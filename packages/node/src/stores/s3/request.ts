/**
 * One signed request to an S3 service, and what its answer means. The signature is Signature Version 4 by aws4fetch;
 * the hash of the body is signed, so that what was altered on the way is refused by the service.
 */
import { createHash } from 'node:crypto'
import { fail } from '@cairn/core/errors.js'
import { AwsV4Signer } from 'aws4fetch'
import { askHttp, type HttpAnswer } from '../http.js'
import { networkReason } from '../network.js'
import { tooLarge } from '../too-large.js'
import { ANSWER_MS, SLOWEST_BYTES_PER_S } from '../wrap/deadline.js'
import { failS3 } from './answers.js'
import { addressOf, encodePart, type S3Place } from './place.js'

export interface Asked {
  readonly method: 'GET' | 'PUT' | 'DELETE'
  /** With its prefix; empty for the bucket itself. */
  readonly key: string
  /** The key as the vault knows it, for errors. */
  readonly object?: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

/** The answer to a request that went well. @throws CairnError of a store */
export type Ask = (asked: Asked) => Promise<HttpAnswer>

export interface Client {
  readonly store: string
  readonly keys: { readonly access_key: string; readonly secret_key: string; readonly session_token?: string }
  readonly now: () => Date
}

/** An error's XML is a few hundred bytes. */
const ERROR_LIMIT_BYTES = 65_536

export function s3Client(place: S3Place, client: Client): Ask {
  return async (asked) => {
    const { method, body = new Uint8Array(0), object = '' } = asked
    const url = addressOf(place, asked.key)
    url.search = Object.entries(asked.query ?? {})
      .map((pair) => pair.map(encodePart).join('='))
      .join('&')
    const response = await send(await signed(url, { asked, place, client }), body, client.store)
    const isDone = response.status >= 200 && response.status < 300
    if (isDone && method === 'GET') return response
    const text = await bodyOf(response, { limit: ERROR_LIMIT_BYTES, object, store: client.store }).catch(
      () => new Uint8Array(0),
    )
    if (isDone) return response
    return failS3(
      {
        status: response.status,
        xml: new TextDecoder().decode(text),
        date: response.header('date'),
        method,
      },
      { store: client.store, object, bucket: place.bucket, now: client.now() },
    )
  }
}

interface Signing {
  readonly asked: Asked
  readonly place: S3Place
  readonly client: Client
}

function signed(url: URL, { asked, place, client }: Signing) {
  const { method, body = new Uint8Array(0) } = asked
  const { access_key, secret_key, session_token } = client.keys
  const headers: Record<string, string> = {
    'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
    // buckets with object lock take no upload without it
    ...(method === 'PUT' ? { 'content-md5': createHash('md5').update(body).digest('base64') } : {}),
  }
  const signer = new AwsV4Signer({
    method,
    url: url.href,
    headers,
    accessKeyId: access_key,
    secretAccessKey: secret_key,
    ...(session_token === undefined ? {} : { sessionToken: session_token }),
    service: 's3',
    region: place.region,
    datetime: client
      .now()
      .toISOString()
      .replace(/[:-]|\.\d{3}/g, ''),
  })
  return signer.sign()
}

async function send(
  { method, url, headers }: Awaited<ReturnType<AwsV4Signer['sign']>>,
  body: Uint8Array,
  store: string,
): Promise<HttpAnswer> {
  const ms = ANSWER_MS + (1000 * body.length) / SLOWEST_BYTES_PER_S
  try {
    const sent = { method, headers: Object.fromEntries(headers), ms }
    return await askHttp(new URL(url), method === 'PUT' ? { ...sent, body } : sent)
  } catch (error) {
    return fail('store-unreachable', { store, reason: networkReason(error) })
  }
}

interface Reading {
  readonly limit: number
  readonly object: string
  readonly store: string
}

/** The whole body, bounded while it comes in; one that ends early is a line that dropped. */
export async function bodyOf(response: HttpAnswer, { limit, object, store }: Reading): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of response.body) {
      size += part.length
      if (size > limit) break
      parts.push(part)
    }
  } catch (error) {
    return fail('store-unreachable', { store, reason: networkReason(error) })
  }
  if (size > limit && object !== '') tooLarge(store, object)
  if (size > limit) fail('store-unreachable', { store, reason: 'its answer does not come to an end' })
  return Buffer.concat(parts)
}
