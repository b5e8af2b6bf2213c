/** A way on which an alarm reaches a person. */
import type { Message } from '@cairn/core/plan/alarms.js'
import type { Credentials } from '../../stores/credentials.js'

export interface Channel {
  /**
   * Resolves when it was taken over by the next in line: the mail server, the program at the other end, the desktop.
   * @throws CairnError `message-unsent`, `credentials-missing`
   */
  send(message: Message): Promise<void>
}

/** What a kind of channel is made of. */
export interface ChannelOpening {
  readonly name: string
  readonly url: string
  readonly credentials: () => Promise<Credentials>
}

/** Longest that a channel may take. */
export const SEND_MS = 60_000
