/** PBKDF2-HMAC-SHA256 of node:crypto, for the passphrase of SLIP-39 shares: five times as fast as pure JavaScript. */
import { pbkdf2Sync } from 'node:crypto'
import type { Pbkdf2 } from '@cairn/core/words/slip39.js'

export const pbkdf2: Pbkdf2 = (password, salt, { iterations, bytes }) =>
  new Uint8Array(pbkdf2Sync(password, salt, iterations, bytes, 'sha256'))
