/**
 * Every kind of phrase that Cairn recognises, more common kinds first: where a text is valid as several, the
 * first one is named first, but for a checksum that is never right by chance (`check.ts`), and where it is valid as none,
 * the first of equally good guesses wins. One BIP-39 phrase in 190 is an Electrum seed too, by chance.
 */
import { readings as aezeed } from './aezeed.js'
import { readings as algorand } from './algorand.js'
import { readings as bip39 } from './bip39.js'
import { readings as bytewords } from './bytewords-seed.js'
import { readings as codex32 } from './codex32.js'
import { readings as electrum } from './electrum.js'
import { readings as electrumOld } from './electrum-old.js'
import { readings as monero } from './monero.js'
import { readings as mymonero } from './mymonero.js'
import { readings as polyseed } from './polyseed.js'
import type { PhraseKind, PhraseReader } from './reading.js'
import { readings as seedqr } from './seedqr.js'
import { readings as slip39 } from './slip39.js'
import { readings as sskr } from './sskr.js'
import { readings as ton } from './ton.js'
import { readings as ur } from './ur-phrase.js'

export const KINDS: readonly PhraseReader[] = [
  { kind: 'bip39', title: 'BIP-39 phrase', readings: bip39 },
  { kind: 'slip39', title: 'SLIP-39 share', readings: slip39 },
  { kind: 'electrum', title: 'Electrum seed', readings: electrum },
  { kind: 'electrum-old', title: 'Electrum seed from before version 2.0', readings: electrumOld },
  { kind: 'aezeed', title: 'aezeed phrase of LND', readings: aezeed },
  { kind: 'sskr', title: 'SSKR share', readings: sskr },
  { kind: 'bytewords', title: 'seed in Bytewords', readings: bytewords },
  { kind: 'ur', title: 'UR', readings: ur },
  { kind: 'monero', title: 'Monero phrase', readings: monero },
  { kind: 'mymonero', title: 'MyMonero phrase', readings: mymonero },
  { kind: 'codex32', title: 'codex32 string', readings: codex32 },
  { kind: 'algorand', title: 'Algorand phrase', readings: algorand },
  { kind: 'polyseed', title: 'polyseed phrase', readings: polyseed },
  { kind: 'ton', title: 'TON phrase', readings: ton },
  { kind: 'seedqr', title: 'SeedQR', readings: seedqr },
]

/** The name a person knows a kind by. */
export function titleOf(kind: PhraseKind | 'unknown'): string {
  return KINDS.find((row) => row.kind === kind)?.title ?? 'phrase of an unknown kind'
}
