/** Errors of sheets and pages: drawn, printed, and read from paper. */
import type { Entry } from './entry.js'

export const sheetErrors = {
  'sheet-character': {
    kind: 'usage',
    message: 'a sheet cannot show the character {character}',
    hint: 'leave it out of the name: letters of European languages, Chinese, Japanese and Korean can be shown',
  },
  'sheet-fonts': {
    kind: 'absent',
    message: 'the fonts of the sheets are not there',
    hint: 'install Cairn again; in a checkout of its source: npm run build',
  },
  'sheet-paper': {
    kind: 'refused',
    message: '{what} does not fit on {paper} paper',
    hint: 'choose larger paper: --paper a4 or --paper letter',
  },
  'sheet-too-large': {
    kind: 'refused',
    message: 'there is more on this sheet than paper holds',
    hint: 'shorten the names and notes on it',
  },
  'sheet-unreadable': {
    kind: 'damaged',
    message: 'the words of a recovery sheet cannot be found in this text',
    hint: 'give the words in order with spaces between them, or each with its number',
  },
  'picture-unknown': {
    kind: 'damaged',
    message: '{name} is no picture, PDF or text that Cairn can read',
    hint: 'save it as PNG, JPEG or PDF; a telephone can save its photos as JPEG too',
  },
  'picture-damaged': {
    kind: 'damaged',
    message: '{name} cannot be opened: {reason}',
    hint: 'copy the file again from where it came, or scan or photograph the paper again',
  },
  'picture-too-large': {
    kind: 'refused',
    message: '{name} is too large: {what}, and at most {limit} are opened',
    hint: 'make the picture smaller, or give only the pages that have something on them',
  },
  'picture-locked': {
    kind: 'refused',
    message: '{name} is sealed with a passphrase',
    hint: 'give the passphrase with --passphrase-file',
  },
  'picture-passphrase': {
    kind: 'mismatch',
    message: 'the passphrase does not open {name}',
    hint: 'check upper and lower case and the keyboard layout',
  },
  'sheet-unproven': {
    kind: 'refused',
    message:
      'the sheet was drawn, but read back it is not what was to be written: {what}; nothing was written',
    hint: 'try it again, and on another computer if it stays so; the blank form of the sheet can be filled in by hand',
  },
  'sheet-unknown': {
    kind: 'damaged',
    message: 'nothing in {name} is a phrase, a share, a key or anything else that Cairn knows',
    hint: 'a word may be miswritten or missing: cairn phrase check and cairn share check say which',
  },
  'codes-none': {
    kind: 'absent',
    message: 'no code can be read on {name}',
    hint: 'photograph it again: bright light without shadow or glare, straight from above, near enough that the code fills a third of the picture, and still; or type what is on it',
  },
  'margin-codeless': {
    kind: 'absent',
    message: '{name} has no code whose margin could be tried',
    hint: 'a blank form, a steel plate and a sheet without a code have none; a photo must show the code large and sharp',
  },
  'paper-layout': {
    kind: 'usage',
    message: 'this cannot be laid out on pages: {reason}',
    hint: 'take fewer parity pages or more bytes a page; a set has at most 255 pages',
  },
  'paper-unreadable': {
    kind: 'damaged',
    message: 'none of the pages given can be read: {pages}',
    hint: 'scan them again, flat and in good light',
  },
  'paper-version': {
    kind: 'refused',
    message: 'page {place} of those given is of a version that this Cairn does not know',
    hint: 'install a newer Cairn',
  },
  'paper-mixed': {
    kind: 'mismatch',
    message: 'the pages are of {count} sets: {sets}',
    hint: 'give the pages of one set only, or say which is meant with --print-id; each bears the eight characters of its set',
  },
  'paper-set': {
    kind: 'absent',
    message: 'none of the pages given is of the set {set}; they are of {sets}',
    hint: 'compare the eight characters of the set with those on the pages',
  },
  'paper-few': {
    kind: 'absent',
    message: 'the set {set} needs {needed} more of its {pages} pages; missing are {missing}',
    hint: 'find any {needed} of these pages, or scan damaged ones again, and give them together with the others',
  },
  'paper-short': {
    kind: 'absent',
    message:
      'too few pages of the print {set}, which has {sheets}: {codes} codes more are needed, as many as are on {needed}; missing are the pages {missing}',
    hint: 'any of these will do: find them, or scan them again at 300 dpi, flat and sharp, and give all together',
  },
  'paper-content': {
    kind: 'damaged',
    message: 'the pages of the set {set} are whole, but together they are not what was printed',
    hint: 'one of them was changed on purpose or by a faulty program; try with other pages of the set',
  },
  'capsule-damaged': {
    kind: 'damaged',
    message: 'what the pages hold is no snapshot that Cairn wrote: {reason}',
    hint: 'it was sealed by another program, or a newer Cairn wrote it; take another print',
  },
  'capsule-forged': {
    kind: 'mismatch',
    message: 'the snapshot on these pages was made by somebody who does not hold the vault secret',
    hint: 'do not use what is on them; take another print or another copy of the vault',
  },
  'capsule-large': {
    kind: 'refused',
    message: 'this is too much for paper: {size}, and {limit}; the most is taken by {largest}',
    hint: 'name the wallets that are meant, or allow more with --most-pages',
  },
  'cups-absent': {
    kind: 'absent',
    message: 'this computer cannot print: {reason}',
    hint: 'install and start CUPS (packages cups and cups-client), or write a file with --out and print that',
  },
  'printer-absent': {
    kind: 'absent',
    message: '{asked}; this computer knows {known}',
    hint: 'name one of them: --print PRINTER',
  },
  'printer-busy': {
    kind: 'unreachable',
    message: 'the printer {printer} prints nothing now: {reason}',
    hint: 'look after it first, or the page would wait in the spool; lpstat -p {printer} says more',
  },
  'print-unconfirmed': {
    kind: 'refused',
    message: 'nothing was printed on {printer}: it was not confirmed',
    hint: 'answer with y when asked, or give --yes-print {printer} in a script',
  },
  'print-failed': {
    kind: 'unreachable',
    message: 'the printer {printer} did not take the page',
    hint: 'lpstat -t shows what CUPS thinks of it',
  },
} as const satisfies Record<string, Entry>
