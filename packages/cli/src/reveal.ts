/**
 * Showing a secret. On a terminal it is shown on the alternate screen and gone afterwards; what is
 * printed into a pipe or a file is the caller's to guard. Never the clipboard.
 */
import { fail } from '@cairn/core/errors.js'
import type { Context } from './context.js'
import { openKeys, showPages } from './terminal.js'

/** Shows the secret on the given terminal until a key is pressed. */
export function reveal(context: Context, secret: string, screen: NodeJS.WriteStream = process.stderr) {
  return revealPages(context, paginate(secret, screen.rows || 24), screen)
}

/** Shows pages of a secret one by one, each until a key is pressed. */
export async function revealPages(
  context: Context,
  pages: readonly string[],
  screen: NodeJS.WriteStream = process.stderr,
) {
  const keys = context.input && screen.isTTY ? openKeys() : null
  if (keys === null) {
    return fail('input-missing', {
      what: 'a key press, to hide the secret again,',
      option: 'output to a pipe',
    })
  }
  try {
    await showPages(pages, keys, screen)
  } finally {
    keys.close()
  }
}

/** A page with what to press below it. */
export function withFooter(page: string, isLast: boolean): string {
  return `${page}\n\n${isLast ? 'Press any key: this disappears.' : 'Press any key for the next page.'} `
}

/** Pages that leave two lines of a screen of so many rows for what to press. */
export function paginate(text: string, rows: number): readonly string[] {
  const lines = text.replace(/\n+$/, '').split('\n')
  const room = Math.max(rows - 3, 5)
  const pages: string[] = []
  for (let at = 0; at < lines.length; at += room) {
    const last = at + room >= lines.length
    pages.push(withFooter(lines.slice(at, at + room).join('\n'), last))
  }
  return pages
}
