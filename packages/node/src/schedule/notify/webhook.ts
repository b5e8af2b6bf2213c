/**
 * A message as JSON, posted to a URL: `{"text", "subject", "lines"}`. `text` is what Slack, Mattermost, Google Chat
 * and many others show. No redirect is followed: what was configured is where it goes.
 */
import { fail } from '@cairn/core/errors.js'
import type { Message } from '@cairn/core/plan/alarms.js'
import { type Channel, type ChannelOpening, SEND_MS } from './channel.js'

/** @throws CairnError `channel-url` */
export async function webhookChannel({ name, url }: ChannelOpening): Promise<Channel> {
  const to = new URL(url)
  if (to.username !== '' || to.password !== '') fail('channel-url', { reason: 'it holds a name or password' })
  if (to.protocol === 'http:' && !isLocal(to.hostname))
    fail('channel-url', { reason: 'over a network it begins with https://' })
  return { send: (message) => post(name, to, message) }
}

async function post(channel: string, to: URL, message: Message): Promise<void> {
  const answer = await fetch(to, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text: [message.subject, ...message.lines].join('\n'), ...message }),
    redirect: 'error',
    signal: AbortSignal.timeout(SEND_MS),
  }).catch(() => fail('message-unsent', { channel, reason: 'no answer came from the address' }))
  await answer.body?.cancel()
  if (!answer.ok) fail('message-unsent', { channel, reason: `the address answered with ${answer.status}` })
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
}
