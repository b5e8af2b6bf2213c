/**
 * How a client of HTTP proves who it is: Basic (RFC 7617) and Digest (RFC 7616) with `qop=auth` or none, MD5 or
 * SHA-256. MD5 is what servers have; it guards the password of the connection, and no object.
 */
import { createHash } from 'node:crypto'
import { hex } from '@cairn/core/bytes.js'
import { random } from '@cairn/core/random.js'

export interface Login {
  readonly user: string
  readonly password: string
}

/** One way that a server offers, with its parameters. */
export interface Challenge {
  /** In lower case. */
  readonly scheme: string
  readonly parameters: Readonly<Record<string, string>>
}

/** The `Authorization` header of a request. */
export type Authorize = (method: string, target: string) => string

/** The challenges of a `WWW-Authenticate` header (RFC 9110 section 11.6.1); what cannot be read is left out. */
export function parseChallenges(header: string): Challenge[] {
  const found: { scheme: string; parameters: Record<string, string> }[] = []
  const word = /[\s,]*([\w!#$%&'*+.^`|~-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]*)))?/y
  for (let match = word.exec(header); match; match = word.exec(header)) {
    const [, name = '', quoted, bare] = match
    const value = quoted?.replace(/\\(.)/g, '$1') ?? bare
    if (value === undefined) found.push({ scheme: name.toLowerCase(), parameters: {} })
    else if (found.length > 0)
      (found.at(-1) as Challenge & { parameters: Record<string, string> }).parameters[name.toLowerCase()] =
        value
  }
  return found
}

/** The strongest way that both sides know, or undefined. Draws the number that a client uses once (`cnonce`). */
export function authorization(challenges: readonly Challenge[], login: Login): Authorize | undefined {
  return authorizationWith(challenges, login, hex(random(16)))
}

export function authorizationWith(
  challenges: readonly Challenge[],
  login: Login,
  cnonce: string,
): Authorize | undefined {
  const digests = challenges.filter(({ scheme }) => scheme === 'digest')
  const best = ['SHA-256', 'MD5']
    .flatMap((name) => digests.filter((one) => algorithmOf(one) === name))
    .find(isKnown)
  if (best !== undefined) return digest(best.parameters, login, cnonce)
  if (challenges.some(({ scheme }) => scheme === 'basic')) return () => basic(login)
  return undefined
}

function algorithmOf({ parameters }: Challenge): string {
  return (parameters.algorithm ?? 'MD5').toUpperCase()
}

/** RFC 7616 section 3.4.3: without a `qop` it is the form of RFC 2069; `auth-int` alone is not spoken here. */
function isKnown({ parameters: { nonce, qop } }: Challenge): boolean {
  return nonce !== undefined && (qop === undefined || qop.split(/[\s,]+/).includes('auth'))
}

/** RFC 7617 section 2, in UTF-8. */
function basic({ user, password }: Login): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

/** RFC 7616 section 3.4. The count of requests goes up with each. */
function digest(parameters: Challenge['parameters'], { user, password }: Login, cnonce: string): Authorize {
  const { realm = '', nonce = '', opaque, algorithm, qop } = parameters
  const hash = (text: string) =>
    createHash(algorithm?.toUpperCase() === 'SHA-256' ? 'sha256' : 'md5')
      .update(text)
      .digest('hex')
  const secret = hash(`${user}:${realm}:${password}`)
  let count = 0
  return (method, target) => {
    count += 1
    const nc = count.toString(16).padStart(8, '0')
    const action = hash(`${method}:${target}`)
    const response =
      qop === undefined
        ? hash(`${secret}:${nonce}:${action}`)
        : hash(`${secret}:${nonce}:${nc}:${cnonce}:auth:${action}`)
    const quoted = {
      username: user,
      realm,
      nonce,
      uri: target,
      response,
      ...(opaque === undefined ? {} : { opaque }),
    }
    return `Digest ${[
      ...Object.entries(quoted).map(([name, value]) => `${name}="${value.replace(/["\\]/g, '\\$&')}"`),
      ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
      ...(qop === undefined ? [] : ['qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`]),
    ].join(', ')}`
  }
}
