/**
 * The two ways in which people keep output descriptors: the JSON that Bitcoin Core's `listdescriptors` writes and
 * `importdescriptors` takes, and text with one descriptor a line, as Sparrow, Coldcard and BlueWallet export it.
 */
import { text } from '../../bytes.js'

export interface ListedDescriptor {
  readonly desc: string
  readonly isChange: boolean
  readonly label: string
  /** The first index, and the one after the last; null when the list does not tell. */
  readonly start: number
  readonly end: number | null
  /** The next index to hand out. */
  readonly next: number
}

const MAX_BYTES = 4 * 1024 * 1024
const MAX_DESCRIPTORS = 10_000

/** A descriptor in a line of its own, perhaps behind a name such as `Receive: `. */
const LINE =
  /^(?:[\w ]{1,40}: )?((?:pk|pkh|wpkh|sh|wsh|tr|rawtr|combo|multi|sortedmulti|addr|raw)\([^\s]+\)(?:\?[a-z0-9=&]+)?(?:#\w{8})?)$/

/** Null when the bytes are no list of descriptors, or too long a one. */
export function parseList(bytes: Uint8Array): readonly ListedDescriptor[] | null {
  if (bytes.length > MAX_BYTES) return null
  const found = fromText(bytes)
  return found && found.length > 0 && found.length <= MAX_DESCRIPTORS ? found : null
}

function fromText(bytes: Uint8Array): readonly ListedDescriptor[] | null {
  try {
    const content = text(bytes).trim()
    return /^[[{]/.test(content) ? fromJson(JSON.parse(content)) : fromLines(content)
  } catch {
    return null
  }
}

function fromLines(content: string): readonly ListedDescriptor[] | null {
  const lines = content.split(/\r?\n/).map((line) => line.trim())
  const found = lines
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => LINE.exec(line)?.[1])
  if (!found.every((desc) => desc !== undefined)) return null
  return found.map((desc) => ({ desc, isChange: false, label: '', start: 0, end: null, next: 0 }))
}

function fromJson(json: unknown): readonly ListedDescriptor[] | null {
  const list = Array.isArray(json) ? json : (json as { descriptors?: unknown }).descriptors
  if (!Array.isArray(list)) return null
  const found = list.map(fromEntry)
  return found.every((entry) => entry !== null) ? found : null
}

/** Bitcoin Core's `range` is the last index, or the first and the last one. */
function fromEntry(entry: unknown): ListedDescriptor | null {
  if (typeof entry !== 'object' || entry === null || !('desc' in entry) || typeof entry.desc !== 'string')
    return null
  const { desc, internal, label, range, next, next_index } = entry as Record<string, unknown> & {
    desc: string
  }
  const [first, last] = Array.isArray(range) ? range : [0, range]
  return {
    desc,
    isChange: internal === true,
    label: typeof label === 'string' ? label : '',
    start: toIndex(first) ?? 0,
    end: toIndex(last) === null ? null : (toIndex(last) as number) + 1,
    next: toIndex(next_index) ?? toIndex(next) ?? 0,
  }
}

function toIndex(value: unknown): number | null {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 0x8000_0000
    ? (value as number)
    : null
}
