/** What a share is, how it is checked alone and how it is used: the same on its sheet and on a form to write it on. */
import type { SchemeName } from '../words/shares/scheme.js'
import { type Block, flow } from './layout/block.js'
import type { Kit } from './layout/kit.js'
import { told } from './layout/section.js'
import { unbroken } from './layout/text.js'

export interface SharePart {
  readonly scheme: SchemeName
  readonly piecesAre: 'words' | 'letters'
  /** It needs no other one. */
  readonly isWhole?: boolean
  /** Who holds others, where that is said. */
  readonly holders?: readonly string[]
}

/** Three parts, below each other. */
export function shareMeaning(kit: Kit, share: SharePart): Block {
  const { what, check, use } = tellingOf(share)
  const parts = [
    told(kit, 'What this is', [what]),
    told(kit, 'How to check it alone', [check]),
    told(kit, 'How to use it', [use]),
  ]
  return flow({ blocks: parts, gap: kit.style.gap / 3 })
}

interface Telling {
  readonly what: string
  readonly check: string
  readonly use: string
}

function tellingOf({ scheme, isWhole = false, holders = [], piecesAre }: SharePart): Telling {
  const once = `Once a year, type it into ${unbroken('cairn share check')}.`
  const right = `That tells whether every ${piecesAre === 'words' ? 'word' : 'letter'} is right and of which set it is, and gives nothing away.`
  const together = `Bring as many together as are needed, and type them into ${unbroken('cairn share combine')}.`
  const asked = holders.length === 0 ? '' : ' Ask for them in person: what was sent was copied.'
  if (isWhole)
    return {
      what: 'The whole key: this share needs no other one. Whoever reads it can take all that the key opens. Keep it dry and dark, and away from cameras, phones and copiers.',
      check: `${once} ${right} If somebody saw it, tell the owner: what it opens must go to a new key.`,
      use: `Type it into ${unbroken('cairn share combine')}.`,
    }
  if (scheme === 'seedxor')
    return {
      what: `One part of several that together make a key. It looks like a recovery phrase and opens a wallet of its own. Which parts belong together only their owner knows. ${APART}`,
      check: `${once} That tells most slips, and not of which set it is. If it is lost or somebody saw it, tell the owner: no part can be missed, and new ones must replace all of them.`,
      use: `${together}${asked}`,
    }
  return {
    what: `One share of several that together make a key. By itself it opens no wallet and tells nothing about the key. ${APART}`,
    check: `${once} ${right} If it is lost or somebody saw it, tell the owner: a new set replaces this one when the others hand in their old shares.`,
    use: `${together}${asked}`,
  }
}

const APART = 'Keep it apart from the others, dry and dark, and away from cameras, phones and copiers.'
