/** Answers as the documentation of AWS, Backblaze, MinIO and Cloudflare has them; Ceph's come from a real gateway. */
import { describe, expect, it } from 'vitest'
import { failS3, listingOf, settingsOf } from '../../../src/stores/s3/answers.js'
import { bodyOf } from '../../../src/stores/s3/request.js'
import { codeOf } from '../contract.js'

const about = { store: 'cloud', object: 'a', bucket: 'vault', now: new Date('2026-11-25T12:00:00Z') }

const codeFor = (status: number, code: string | null, method = 'GET') =>
  codeOf(
    (async () => {
      const message = 'CANARY request of key AKIAEXAMPLE'
      const xml =
        code === null
          ? '<html>CANARY</html>'
          : `<Error><Code>${code}</Code><Message>${message}</Message></Error>`
      failS3({ status, xml, date: 'Wed, 25 Nov 2026 11:00:00 GMT', method }, about)
    })(),
  )

describe('an answer of an S3 service', () => {
  it('is not read beyond what may come: of an object that one is told of, of a listing the store', async () => {
    async function* endless() {
      for (;;) yield new Uint8Array(1000)
    }
    const answer = () => ({ status: 200, header: () => null, body: endless() })
    const read = (object: string) => codeOf(bodyOf(answer(), { limit: 10_000, object, store: 'cloud' }))
    expect(await read('vault.json')).toBe('object-unreadable')
    expect(await read('')).toBe('store-unreachable')
  })

  it.each([
    [404, 'NoSuchKey', 'object-missing'],
    [404, 'NoSuchBucket', 'store-bucket'],
    [403, 'AccessDenied', 'store-denied'],
    [403, 'AllAccessDisabled', 'store-denied'],
    [405, 'MethodNotAllowed', 'store-denied'],
    [403, 'InvalidAccessKeyId', 'store-credentials'],
    [403, 'SignatureDoesNotMatch', 'store-credentials'],
    [400, 'ExpiredToken', 'store-credentials'],
    [401, 'Unauthorized', 'store-credentials'],
    [403, 'RequestTimeTooSkewed', 'store-clock'],
    [403, 'QuotaExceeded', 'store-full'],
    [507, 'XMinioStorageFull', 'store-full'],
    [301, 'PermanentRedirect', 'store-unreachable'],
    [400, 'AuthorizationHeaderMalformed', 'store-unreachable'],
    [500, 'InternalError', 'store-unreachable'],
    [503, 'SlowDown', 'store-unreachable'],
    [429, 'TooManyRequests', 'store-unreachable'],
    [409, 'OperationAborted', 'store-unreachable'],
    [404, null, 'store-unreachable'],
    [200, null, 'store-unreachable'],
    [403, null, 'store-denied'],
    [502, null, 'store-unreachable'],
  ])('%i %s is %s', async (status, code, expected) => {
    expect(await codeFor(status, code)).toBe(expected)
  })

  it('passes on no word of the service', () => {
    const told = () =>
      failS3({ status: 403, xml: '<Error><Code>CANARY</Code></Error>', date: 'CANARY', method: 'GET' }, about)
    expect(told).toThrow(/^(?!.*CANARY)/)
  })

  it('lists keys with entities, and goes on where the page ends', () => {
    const xml = `<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>true</IsTruncated>
      <NextContinuationToken>1ueGc&amp;=</NextContinuationToken>
      <Contents><Key>a&amp;b&lt;&#x1F5FF;&#39;</Key><Size>7</Size></Contents>
      <Contents><Key>no size</Key><Size>-1</Size></Contents></ListBucketResult>`
    expect(listingOf(xml, 'cloud')).toEqual({ objects: [{ key: "a&b<🗿'", size: 7 }], next: '1ueGc&=' })
  })

  it('does not take another page for a listing', async () => {
    expect(await codeOf((async () => listingOf('<html>Welcome</html>', 'cloud'))())).toBe('store-unreachable')
  })

  it('reads settings, also those that were never made', () => {
    expect(settingsOf('<VersioningConfiguration xmlns="x"/>')).toEqual({ versioning: 'off' })
    expect(
      settingsOf('<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>'),
    ).toEqual({
      versioning: 'off',
    })
    expect(settingsOf('<PolicyStatus xmlns="x"><IsPublic>TRUE</IsPublic></PolicyStatus>')).toEqual({
      public: 'on',
    })
  })
})
