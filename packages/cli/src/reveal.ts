/**
 * Showing a secret. On a terminal it is shown on the alternate screen and gone afterwards; what is
 * printed into a pipe or a file is the caller's to guard. Never the clipboard.
 */
import { fail } from '@cairn/core/errors.js'
import type { Context } from './context.js'
import { openKeys, showPages } from './terminal.js'

/** Shows the secret on the given terminal until a key is pressed. */
export async function reveal(context: Context, secret: string, screen: NodeJS.WriteStream = process.stderr) {
  const keys = context.input && screen.isTTY ? openKeys() : null
  if (keys === null) {
    return fail('input-missing', {
      what: 'a key press, to hide the secret again,',
      option: 'output to a pipe',
    })
  }
  try {
    await showPages(paginate(secret, screen.rows || 24), keys, screen)
  } finally {
    keys.close()
  }
}

/** Pages that leave two lines of a screen of so many rows for what to press. */
export function paginate(text: string, rows: number): readonly string[] {
  const lines = text.replace(/\n+$/, '').split('\n')
  const room = Math.max(rows - 3, 5)
  const pages: string[] = []
  for (let at = 0; at < lines.length; at += room) {
    const last = at + room >= lines.length
    const footer = last ? 'Press any key: this disappears.' : 'Press any key for the next page.'
    pages.push(`${lines.slice(at, at + room).join('\n')}\n\n${footer} `)
  }
  return pages
}
