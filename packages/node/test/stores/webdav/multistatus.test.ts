import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMultistatus } from '../../../src/stores/webdav/multistatus.js'

/** As Apache writes it: two names for one namespace, and a property that is not there. */
const APACHE = `<?xml version="1.0" encoding="utf-8"?>
<D:multistatus xmlns:D="DAV:" xmlns:ns0="DAV:">
<D:response xmlns:lp1="DAV:" xmlns:g0="DAV:">
<D:href>/dav/objects/</D:href>
<D:propstat><D:prop><lp1:resourcetype><D:collection/></lp1:resourcetype>
<lp1:getlastmodified>Wed, 25 Nov 2026 23:00:00 GMT</lp1:getlastmodified></D:prop>
<D:status>HTTP/1.1 200 OK</D:status></D:propstat>
<D:propstat><D:prop><g0:getcontentlength/></D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>
</D:response>
<D:response xmlns:lp1="DAV:">
<D:href>/dav/objects/a%26b.age</D:href>
<D:propstat><D:prop><lp1:resourcetype/><lp1:getcontentlength>1234</lp1:getcontentlength></D:prop>
<D:status>HTTP/1.1 200 OK</D:status></D:propstat>
</D:response>
</D:multistatus>
`
/** As Nextcloud writes it. */
const NEXTCLOUD =
  '<?xml version="1.0"?><d:multistatus xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns" xmlns:oc="http://owncloud.org/ns">' +
  '<d:response><d:href>/remote.php/dav/files/me/cairn/x.age</d:href><d:propstat><d:prop><d:resourcetype/>' +
  '<d:getcontentlength>7</d:getcontentlength><oc:size>9</oc:size></d:prop><d:status>HTTP/1.1 200 OK</d:status>' +
  '</d:propstat></d:response></d:multistatus>'

const within = (inner: string) =>
  `<multistatus xmlns="DAV:"><response><href>/a</href>${inner}</response></multistatus>`

describe('a multistatus', () => {
  it('is read as servers write it', () => {
    const modifiedMs = Date.UTC(2026, 10, 25, 23)
    expect(parseMultistatus(APACHE)).toEqual([
      { href: '/dav/objects/', isFolder: true, size: 0, modifiedMs },
      { href: '/dav/objects/a%26b.age', isFolder: false, size: 1234, modifiedMs: undefined },
    ])
    expect(parseMultistatus(NEXTCLOUD)).toEqual([
      { href: '/remote.php/dav/files/me/cairn/x.age', isFolder: false, size: 7, modifiedMs: undefined },
    ])
  })

  it('is read with comments, CDATA, characters by name and number, and a > in quotes', () => {
    const xml = `<!-- x > y --><multistatus xmlns='DAV:' a=">"><response><href>/<![CDATA[a&]]>&amp;&#98;&#x63;</href></response></multistatus>`
    expect(parseMultistatus(xml)?.map(({ href }) => href)).toEqual(['/a&&bc'])
  })

  it('takes nothing from elements of another namespace', () => {
    const [found] =
      parseMultistatus(within('<x:getcontentlength xmlns:x="urn:x">9</x:getcontentlength>')) ?? []
    expect(found).toMatchObject({ href: '/a', size: 0 })
    expect(parseMultistatus('<multistatus xmlns="urn:x"/>')).toBeUndefined()
  })

  it.each([
    ['is cut', APACHE.slice(0, -20)],
    ['is a web page', '<!DOCTYPE html><html><body>Sign in</body></html>'],
    ['brings its own entities', `<!DOCTYPE x [<!ENTITY a "aaaa">]>${within('&a;')}`],
    ['names an entity that XML does not have', within('&nbsp;')],
    ['is nested without end', within('<a>'.repeat(40) + '</a>'.repeat(40))],
    ['closes what is not open', within('</x>')],
    ['has two roots', `${within('')}${within('')}`],
    ['is empty', ''],
  ])('is none when it %s', (_what, xml) => expect(parseMultistatus(xml)).toBeUndefined())

  it('is read or refused, whatever it holds', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      '"',
      '&',
      ';',
      '&#0;',
      '&#x110000;',
      '<!',
      '<![CDATA[',
      ']]>',
      'href',
      APACHE,
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 8 })), { maxLength: 30 }), (pieces) => {
        parseMultistatus(pieces.join(''))
        parseMultistatus(within(pieces.join('')))
      }),
      { seed: 2026, numRuns: 2000 },
    )
  })
})
