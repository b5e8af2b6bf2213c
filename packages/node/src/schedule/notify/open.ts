/** From the URL of a channel to the channel: one row a kind, loaded when it is first used. */
import { fail } from '@cairn/core/errors.js'
import type { Channel, ChannelOpening } from './channel.js'

interface Kind {
  readonly open: (opening: ChannelOpening) => Promise<Channel>
  /** What may be shown of the URL: the rest of a webhook is often what lets anyone write to it. */
  readonly shown: (url: URL) => string
}

const mail: Kind = {
  open: async (opening) => (await import('./mail.js')).mailChannel(opening),
  shown: (url) => url.href,
}
const webhook: Kind = {
  open: async (opening) => (await import('./webhook.js')).webhookChannel(opening),
  shown: (url) => `${url.origin}/…`,
}

const KINDS: Readonly<Record<string, Kind>> = {
  'desktop:': {
    open: async (opening) => (await import('./desktop.js')).desktopChannel(opening),
    shown: () => 'desktop:',
  },
  'smtp:': mail,
  'smtps:': mail,
  'https:': webhook,
  'http:': webhook,
}

/** Nothing is sent yet. @throws CairnError `channel-url` */
export async function openChannel(opening: ChannelOpening): Promise<Channel> {
  return kindOf(opening.url).open(opening)
}

/** @throws CairnError `channel-url` */
export function shownUrl(url: string): string {
  return kindOf(url).shown(new URL(url))
}

function kindOf(url: string): Kind {
  const kind = URL.canParse(url) ? KINDS[new URL(url).protocol] : undefined
  return kind ?? fail('channel-url', { reason: 'it begins with desktop:, smtp://, smtps:// or https://' })
}
