/** The examples of RFC 7617 section 2, RFC 7616 section 3.9.1, RFC 2617 section 3.5 and RFC 2069 (erratum 749). */
import { describe, expect, it } from 'vitest'
import { authorizationWith, parseChallenges } from '../../../src/stores/webdav/authorization.js'

const DIGESTS = [
  {
    from: 'RFC 7616, SHA-256 and MD5: the stronger one',
    header:
      'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", ' +
      'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
    password: 'Circle of Life',
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    response: '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1',
  },
  {
    from: 'RFC 7616, MD5',
    header:
      'Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
    password: 'Circle of Life',
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
    response: '8ca523f5e9506fed4657c9700eebdbec',
  },
  {
    from: 'RFC 2617',
    header:
      'Basic realm="x", Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    password: 'Circle Of Life',
    cnonce: '0a4f113b',
    response: '6629fae49393a05397450978507c4ef1',
  },
  {
    from: 'RFC 2069, without qop',
    header:
      'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    password: 'CircleOfLife',
    cnonce: '',
    response: '1949323746fe6a43ef61f9606e7febea',
  },
]

const answer = (header: string, password: string, cnonce = '') =>
  authorizationWith(parseChallenges(header), { user: 'Mufasa', password }, cnonce)

describe('a password for a server', () => {
  it.each(DIGESTS)('is digested as in $from', ({ header, password, cnonce, response }) => {
    const authorize = answer(header, password, cnonce)
    expect(authorize?.('GET', '/dir/index.html')).toContain(`response="${response}"`)
  })

  it.each([
    ['Aladdin', 'open sesame', 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=='],
    ['test', '123£', 'Basic dGVzdDoxMjPCow=='],
  ])('of %s goes as it is with Basic', (user, password, expected) => {
    const challenges = parseChallenges('Basic realm="foo", charset="UTF-8"')
    expect(authorizationWith(challenges, { user, password }, '')?.('GET', '/')).toBe(expected)
  })

  it('counts the requests that use a nonce', () => {
    const authorize = answer('Digest realm="r", nonce="n", qop="auth"', 'p', 'c')
    expect(authorize?.('GET', '/')).toContain('nc=00000001')
    expect(authorize?.('GET', '/')).toContain('nc=00000002')
  })

  it('is for no server that wants what is not spoken here', () => {
    for (const header of [
      '',
      'Negotiate',
      'Bearer realm="x"',
      'Negotiate YII=',
      'Digest realm="r", nonce="n", algorithm=SHA-512-256, qop="auth"',
      'Digest realm="r", nonce="n", qop="auth-int"',
      'Digest realm="r", qop="auth"',
      '"""',
    ])
      expect(answer(header, 'p')).toBeUndefined()
  })
})
