import { describe, expect, it } from 'vitest'
import { addressOf, parseS3Url } from '../../../src/stores/s3/place.js'
import { codeOf } from '../contract.js'

const address = (url: string, key = 'objects/ab/x.age') => {
  const place = parseS3Url(url)
  return addressOf(place, place.prefix + key).href
}

describe('the URL of an S3 store', () => {
  it.each([
    ['s3://vault', 'https://vault.s3.us-east-1.amazonaws.com/objects/ab/x.age'],
    [
      's3://vault/a/b/?region=eu-central-1',
      'https://vault.s3.eu-central-1.amazonaws.com/a/b/objects/ab/x.age',
    ],
    ['s3://my.vault?region=eu-west-1', 'https://s3.eu-west-1.amazonaws.com/my.vault/objects/ab/x.age'],
    ['s3://vault?endpoint=http://127.0.0.1:7480', 'http://127.0.0.1:7480/vault/objects/ab/x.age'],
    ['s3://Vault/p?endpoint=https://host/s3/', 'https://host/s3/Vault/p/objects/ab/x.age'],
    ['s3://vault?endpoint=https://host:1/&style=host', 'https://vault.host:1/objects/ab/x.age'],
  ])('%s leads to %s', (url, expected) => {
    expect(address(url)).toBe(expected)
  })

  it('encodes a key so that every part of it stands for itself', () => {
    expect(address('s3://v1v?endpoint=http://h', "a b+c/d%20?#'é")).toBe(
      'http://h/v1v/a%20b%2Bc/d%2520%3F%23%27%C3%A9',
    )
  })

  it.each([
    ['s3://v1v', 'us-east-1'],
    ['s3://v1v?endpoint=https://0123.r2.cloudflarestorage.com', 'auto'],
    ['s3://v1v?endpoint=https://s3.us-west-004.backblazeb2.com', 'us-west-004'],
    ['s3://v1v?endpoint=https://s3.eu-central-003.backblazeb2.com&region=x', 'x'],
    ['s3://v1v?endpoint=http://localhost:9000', 'us-east-1'],
  ])('finds the region of %s', (url, region) => {
    expect(parseS3Url(url).region).toBe(region)
  })

  it.each([
    's3://',
    's3:///prefix',
    's3://a',
    's3:vault',
    's3://vault?endpoint=host:9000',
    's3://vault?endpoint=ftp://host',
    's3://vault?endpoint=http://host?x=1',
    's3://vault?regoin=eu',
    's3://vault?region=a&region=b',
    's3://vault?region=',
    's3://vault?style=virtual',
    's3://vault?page=0',
    's3://vault/a/%E9',
  ])('refuses %s', async (url) => {
    expect(await codeOf((async () => parseS3Url(url))())).toBe('usage')
  })

  it.each(['s3://KEY:SECRET@vault', 's3://vault?endpoint=https://KEY:SECRET@host'])(
    'takes no credentials in it: %s',
    async (url) => {
      expect(await codeOf((async () => parseS3Url(url))())).toBe('secret-argument')
    },
  )
})
