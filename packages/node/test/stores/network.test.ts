import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { networkReason } from '../../src/stores/network.js'

const withCode = (code: string) => Object.assign(new Error('words of a library'), { code })

it.each([
  ['ECONNREFUSED', 'nothing answers at its address'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'its certificate is not one that this computer trusts'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'its certificate is not one that this computer trusts'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another host'],
  ['ANOTHER', 'the line dropped'],
])('tells %s as: %s', (code, reason) => {
  expect(networkReason(withCode(code))).toBe(reason)
  expect(networkReason(new TypeError('fetch failed', { cause: withCode(code) }))).toBe(reason)
})

it('tells a server that speaks no TLS from a line that dropped', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const error = await fetch(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`).catch(
    (error) => error,
  )
  server.close()
  expect(networkReason(error)).toBe('no secure connection to it comes about')
})
