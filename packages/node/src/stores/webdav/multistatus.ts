/**
 * The answer to a PROPFIND (RFC 4918 section 14.16): which resources there are, as far as a store needs it. Not an XML
 * parser: no document type, thus no entities but the five of XML and characters by number, and a bounded depth.
 */

export interface Resource {
  /** As the server wrote it: a path or a URL, percent-encoded. */
  readonly href: string
  readonly isFolder: boolean
  readonly size: number
  /** Milliseconds since 1970; undefined when the server does not say. */
  readonly modifiedMs: number | undefined
}

/** Of elements within one another; a multistatus has seven. */
const DEPTH = 32

interface Element {
  /** Local name when it is of the namespace `DAV:`, else empty. */
  readonly name: string
  readonly tag: string
  readonly namespaces: Readonly<Record<string, string>>
}

type Token =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open'; readonly tag: string; readonly attributes: string; readonly isEmpty: boolean }
  | { readonly kind: 'close'; readonly tag: string }

interface Collected {
  href: string
  isFolder: boolean
  length: string
  modified: string
}

/** The resources of a multistatus document, or undefined for what is none. */
export function parseMultistatus(xml: string): Resource[] | undefined {
  const found: Resource[] = []
  const open: Element[] = []
  let current: Collected | undefined
  let sawRoot = false
  for (const token of tokens(xml)) {
    if (token === undefined) return undefined
    if (token.kind === 'text') {
      if (current) collect(current, open.at(-1)?.name ?? '', token.text)
      continue
    }
    if (token.kind === 'open') {
      const element = elementOf(token, open.at(-1)?.namespaces ?? {})
      if (open.length === 0 && (sawRoot || element.name !== 'multistatus')) return undefined
      sawRoot = true
      if (element.name === 'response') current = { href: '', isFolder: false, length: '', modified: '' }
      if (element.name === 'collection' && current) current.isFolder = true
      if (!token.isEmpty && open.push(element) > DEPTH) return undefined
      continue
    }
    const closed = open.pop()
    if (closed?.tag !== token.tag) return undefined
    if (closed.name === 'response' && current) found.push(resourceOf(current))
  }
  return sawRoot && open.length === 0 ? found : undefined
}

function collect(into: Collected, name: string, text: string): void {
  if (name === 'href') into.href += text
  else if (name === 'getcontentlength') into.length += text
  else if (name === 'getlastmodified') into.modified += text
}

function resourceOf({ href, isFolder, length, modified }: Collected): Resource {
  const size = /^\s*\d{1,15}\s*$/.test(length) ? Number(length) : 0
  const ms = Date.parse(modified)
  return { href: href.trim(), isFolder, size, modifiedMs: Number.isNaN(ms) ? undefined : ms }
}

function elementOf(token: Token & { kind: 'open' }, outer: Element['namespaces']): Element {
  const { tag, attributes } = token
  const own: Record<string, string> = {}
  for (const [, prefix = '', double, single] of attributes.matchAll(
    /(?:^|\s)xmlns(?::([^\s=]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
  ))
    own[prefix] = double ?? single ?? ''
  const namespaces = Object.keys(own).length > 0 ? { ...outer, ...own } : outer
  const colon = tag.indexOf(':')
  const isDav = namespaces[colon < 0 ? '' : tag.slice(0, colon)] === 'DAV:'
  return { name: isDav ? tag.slice(colon + 1) : '', tag, namespaces }
}

/** Ends with undefined where it is no XML that we read. */
function* tokens(xml: string): Generator<Token | undefined> {
  for (let at = 0; at < xml.length; ) {
    const tag = xml[at] === '<'
    const [token, end] = tag ? markup(xml, at) : plain(xml, at)
    if (end < 0) return yield undefined
    if (token) yield token
    at = end
  }
}

type Read = readonly [Token | undefined, number]

const NONE: Read = [undefined, -1]

function plain(xml: string, at: number): Read {
  const next = xml.indexOf('<', at)
  const end = next < 0 ? xml.length : next
  const text = unescapeText(xml.slice(at, end))
  return text === undefined ? NONE : [{ kind: 'text', text }, end]
}

function markup(xml: string, at: number): Read {
  if (xml.startsWith('<?', at)) return [undefined, after(xml, '?>', at)]
  if (xml.startsWith('<!--', at)) return [undefined, after(xml, '-->', at + 4)]
  if (xml.startsWith('<![CDATA[', at)) {
    const end = after(xml, ']]>', at)
    return [{ kind: 'text', text: xml.slice(at + 9, end - 3) }, end]
  }
  if (xml.startsWith('<!', at)) return NONE
  return element(xml, at)
}

function after(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from)
  return at < 0 ? -1 : at + mark.length
}

function element(xml: string, at: number): Read {
  const end = endOfTag(xml, at)
  if (end < 0) return NONE
  const inner = xml.slice(at + 1, end)
  const isEmpty = inner.endsWith('/')
  const [, slash = '', tag = '', attributes = ''] =
    /^(\/?)([^\s/<>"'=&]+)(\s.*)?$/s.exec(isEmpty ? inner.slice(0, -1) : inner) ?? []
  if (tag === '') return NONE
  return [slash ? { kind: 'close', tag } : { kind: 'open', tag, attributes, isEmpty }, end + 1]
}

/** Place of the `>` that is in no quotes, or -1. */
function endOfTag(xml: string, from: number): number {
  let quote = ''
  for (let at = from; at < xml.length; at++) {
    const char = xml[at] as string
    if (quote !== '') quote = char === quote ? '' : quote
    else if (char === '>') return at
    else if (char === '"' || char === "'") quote = char
  }
  return -1
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescapeText(text: string): string | undefined {
  if (!text.includes('&')) return text
  let isKnown = true
  const plainText = text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,8}));|&/gi,
    (_all, hex, decimal, name) => {
      const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : -1
      const char = code >= 0 && code <= 0x10ffff ? String.fromCodePoint(code) : NAMED[name]
      if (char === undefined) isKnown = false
      return char ?? ''
    },
  )
  return isKnown ? plainText : undefined
}
