/**
 * A message by mail: `smtps://host?to=me@example.org&from=…`, or `smtp://host:587?…`, which must change to TLS before
 * anything is said unless the server is on this computer. Name and password come from the credentials.
 */
import { fail } from '@cairn/core/errors.js'
import type { Message } from '@cairn/core/plan/alarms.js'
import { createTransport } from 'nodemailer'
import { type Channel, type ChannelOpening, SEND_MS } from './channel.js'

/** RFC 8314 section 3.3: submission over implicit TLS; RFC 6409: submission. */
const PORTS = { 'smtps:': 465, 'smtp:': 587 } as const

const PARAMETERS: readonly string[] = ['to', 'from']

/** Enough to tell an address from a slip of the pen; the mail server is the judge. */
const ADDRESS = /^[^\s@<>,;:"]{1,64}@[^\s@<>,;:"]{1,255}$/

interface Letter {
  readonly host: string
  readonly port: number
  readonly tls: 'from the start' | 'before anything is said' | 'not needed'
  readonly to: string
  readonly from: string
}

/** @throws CairnError `channel-url` */
export async function mailChannel({ name, url, credentials }: ChannelOpening): Promise<Channel> {
  const letter = parseMail(url)
  return {
    send: async (message) => {
      const { user, password } = await credentials()
      const login = user === undefined ? {} : { auth: { user, pass: password ?? '' } }
      await send({ channel: name, letter, message, login })
    },
  }
}

function parseMail(text: string): Letter {
  const url = new URL(text)
  const invalid = (reason: string) => fail('channel-url', { reason })
  if (url.username !== '' || url.password !== '') invalid('a name and password belong in --credentials-file')
  // the URL is shown: what nobody asked for may be a password in the wrong place
  if ([...url.searchParams.keys()].some((name) => !PARAMETERS.includes(name)))
    invalid('behind the ? are to and from only; a password belongs in --credentials-file')
  const to = url.searchParams.get('to') ?? invalid('it does not say to whom: ?to=me@example.org')
  const from = url.searchParams.get('from') ?? to
  for (const address of [to, from]) if (!ADDRESS.test(address)) invalid('it holds no mail address')
  const secure = url.protocol === 'smtps:'
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? PORTS[secure ? 'smtps:' : 'smtp:'] : Number(url.port),
    tls: secure ? 'from the start' : local ? 'not needed' : 'before anything is said',
    to,
    from,
  }
}

interface Sending {
  readonly channel: string
  readonly letter: Letter
  readonly message: Message
  readonly login: { readonly auth?: { readonly user: string; readonly pass: string } }
}

async function send({ channel, letter, message, login }: Sending): Promise<void> {
  const { host, port, tls, to, from } = letter
  const transport = createTransport({
    host,
    port,
    secure: tls === 'from the start',
    requireTLS: tls === 'before anything is said',
    ...login,
    connectionTimeout: SEND_MS,
    greetingTimeout: SEND_MS,
    socketTimeout: SEND_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail({ from, to, subject: message.subject, text: `${message.lines.join('\n')}\n` })
  } catch (error) {
    fail('message-unsent', { channel, reason: reasonOf(error) })
  } finally {
    transport.close()
  }
}

/** https://nodemailer.com/smtp: the codes of its errors. Its messages quote the server and are not passed on. */
const REASONS: Readonly<Record<string, string>> = {
  EAUTH: 'the mail server does not accept the name and password',
  ENOAUTH: 'the mail server wants a name and password',
  EENVELOPE: 'the mail server does not take mail for this address',
  EMESSAGE: 'the mail server refused the message',
  ETLS: 'the connection to the mail server cannot be secured',
  ESOCKET: 'the mail server does not answer',
  ECONNECTION: 'the mail server does not answer',
  ETIMEDOUT: 'the mail server does not answer',
  EDNS: 'no mail server of this name is known',
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS[code] ?? 'the mail server does not answer as it should'
}
