/**
 * Which token, and which key on it: a PKCS #11 URI (RFC 7512) of the attributes `token`, `serial`, `manufacturer` and
 * `model`, and `id` and `object` of the key. Not here: where a PIN is or which module serves the token. A PIN in a URI
 * would be an argument, which every user of the computer can see.
 */
import { hex, text } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'

export interface TokenUri {
  /** The part that says which token, as a URI. */
  readonly tokens: string
  /** CKA_ID of the key, in hex. */
  readonly id?: string
  /** CKA_LABEL of the key. */
  readonly object?: string
}

const OF_TOKEN = ['token', 'serial', 'manufacturer', 'model']

/** @throws CairnError `token-uri` */
export function parseTokenUri(uri: string): TokenUri {
  if (!uri.startsWith('pkcs11:')) return fail('token-uri', { reason: 'it does not begin with pkcs11:' })
  if (uri.includes('?')) return fail('token-uri', { reason: 'a PIN or a module has no place in it' })
  const parts = uri
    .slice('pkcs11:'.length)
    .split(';')
    .filter((part) => part !== '')
  const named = new Map(parts.map(namedPart))
  const unknown = [...named.keys()].find((name) => ![...OF_TOKEN, 'id', 'object', 'type'].includes(name))
  if (unknown !== undefined || named.size < parts.length)
    return fail('token-uri', {
      reason: 'it has token, serial, manufacturer, model, id and object, each once',
    })
  const values = new Map([...named].map(([name, value]) => [name, bytesOf(value)]))
  const [id, object] = [values.get('id'), values.get('object')]
  return {
    tokens: `pkcs11:${parts.filter((part) => OF_TOKEN.includes(namedPart(part)[0])).join(';')}`,
    ...(id === undefined ? {} : { id: hex(id) }),
    ...(object === undefined ? {} : { object: text(object) }),
  }
}

function namedPart(part: string): readonly [name: string, value: string] {
  const at = part.indexOf('=')
  return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)]
}

/** RFC 7512, section 2.3: letters, digits and some marks stand for themselves, all else is %XX. */
function bytesOf(value: string): Uint8Array {
  if (!/^(?:[A-Za-z0-9\-._~:[\]@!$'()*+,=&]|%[0-9a-fA-F]{2})*$/.test(value))
    return fail('token-uri', { reason: 'characters beyond letters and digits are written as %XX' })
  return Buffer.from(
    value.replace(/%(..)/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  )
}
