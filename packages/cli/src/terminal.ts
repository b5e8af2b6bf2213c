/**
 * The terminal a person sits at: single keys without echo, and the alternate screen.
 * Keys come from standard input when it is the terminal, else from the controlling terminal, so that a
 * question can be asked while a phrase arrives on a pipe. Words for people go to standard error.
 * Not a line editor for visible text; the interactive flows use prompts for that.
 */
import { openSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { ReadStream } from 'node:tty'

/** Ctrl-C. The shell ends with exit code 130 and prints nothing more. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

export interface Keys {
  /** The next character that was typed; null at the end of the input. */
  next(): Promise<string | null>
  close(): void
}

const CTRL_C = '\u0003'
const CONTROLLING_TERMINAL = process.platform === 'win32' ? 'CONIN$' : '/dev/tty'

/** True when a question would be seen: standard error is a terminal. */
export function somebodyIsThere(): boolean {
  return process.stderr.isTTY === true
}

// What was typed ahead of a question stays for the next one, as it would in any terminal.
let ahead = ''

/** Switches echo off until `close`. Returns null when there is no terminal to read from. */
export function openKeys(): Keys | null {
  const input = process.stdin.isTTY ? process.stdin : controllingTerminal()
  if (input === null) return null
  input.setRawMode(true)
  const typing = listen(input)
  const close = () => {
    typing.stop()
    input.setRawMode(false)
    input.pause()
    if (input !== process.stdin) input.destroy()
  }
  return { next: () => nextKey(typing), close }
}

interface Typing {
  hasEnded: boolean
  /** Resolves at the next thing that happens. */
  readonly something: () => Promise<void>
  readonly stop: () => void
}

function listen(input: ReadStream): Typing {
  const decoder = new StringDecoder('utf8')
  let wake = () => {}
  const take = (chunk: Buffer) => {
    ahead += decoder.write(chunk)
    wake()
  }
  const end = () => {
    typing.hasEnded = true
    wake()
  }
  const typing: Typing = {
    hasEnded: false,
    something: () =>
      new Promise((resolve) => {
        wake = resolve
      }),
    stop: () => input.off('data', take).off('end', end),
  }
  input.on('data', take).once('end', end).resume()
  return typing
}

async function nextKey(typing: Typing): Promise<string | null> {
  while (ahead === '' && !typing.hasEnded) await typing.something()
  const code = ahead.codePointAt(0)
  if (code === undefined) return null
  const character = String.fromCodePoint(code)
  ahead = ahead.slice(character.length)
  if (character === CTRL_C) throw new Interrupted()
  return character
}

function controllingTerminal(): ReadStream | null {
  try {
    return new ReadStream(openSync(CONTROLLING_TERMINAL, 'r+'))
  } catch {
    return null
  }
}

// "Erase below" from the top corner: "erase all" makes some terminals push the page into their scroll-back.
const CLEAR = '\u001b[H\u001b[J'
const ENTER = `\u001b[?1049h${CLEAR}`
const LEAVE = `${CLEAR}\u001b[?1049l`

/** Shows the pages one by one on the alternate screen, a key after each; nothing stays behind. */
export async function showPages(pages: readonly string[], keys: Keys, screen: NodeJS.WriteStream) {
  const leave = () => screen.write(LEAVE)
  const stop = () => {
    leave()
    process.exit(143)
  }
  process.once('exit', leave).once('SIGTERM', stop).once('SIGHUP', stop)
  screen.write(ENTER)
  try {
    for (const [i, page] of pages.entries()) {
      screen.write(`${i > 0 ? CLEAR : ''}${page}`)
      await keys.next()
    }
  } finally {
    leave()
    process.off('exit', leave).off('SIGTERM', stop).off('SIGHUP', stop)
  }
}
