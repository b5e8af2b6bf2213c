/** Sentences as blocks: wrapping at spaces, between characters of East Asia, and within what is too long for a line. */
import type { Face, Mark } from '../drawing.js'
import type { Block } from './block.js'
import { CAP_HEIGHT, type Kit, LEADING } from './kit.js'

export interface TextStyle {
  readonly width: number
  /** The size of body text unless given. */
  readonly size?: number
  /** `text` unless given. */
  readonly face?: Face
  readonly anchor?: 'start' | 'middle' | 'end'
}

/** Where a line may break besides spaces: Unicode Annex 14, class ID, roughly. */
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u
/** Keeps the words of a command on one line; on the sheet it is a space like any other. */
const NO_BREAK_SPACE = '\u00a0'
/** What no line begins with, a space before it or not: classes CL, EX, IS, and CJ and NS of Japanese. */
const CLOSING = /^[、。，．：；！？）」』】〕〉》”’»,.:;!?)\]ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ]/u
/** What no line ends with: class OP, and quotation marks that open in Chinese and close in German. */
const OPENING = /(?:[（「『【〔〈《«„([] *|[“‘])$/u

/** A command or a date within a sentence, which no line end parts. */
export function unbroken(text: string): string {
  return text.replaceAll(' ', NO_BREAK_SPACE)
}

/** The lines of a text; its own line ends stay. */
export function wrap(kit: Kit, text: string, style: TextStyle): readonly string[] {
  return text
    .normalize('NFC')
    .split('\n')
    .flatMap((paragraph) => wrapParagraph(kit, paragraph, style))
}

function wrapParagraph(kit: Kit, text: string, { width, size = kit.style.body, face = 'text' }: TextStyle) {
  const fits = (line: string) => kit.metrics.widthOf(line.trimEnd(), face, size) <= width
  const lines: string[] = []
  let line = ''
  for (const piece of pieces(text).flatMap((piece) => broken(piece, fits))) {
    if (line !== '' && !fits(line + piece)) {
      lines.push(line.trimEnd())
      line = piece.trimStart()
    } else line += piece
  }
  return [...lines, line.trimEnd()]
}

/** What is too long for a line breaks behind the marks of a URL or a path, and anywhere where that is not enough. */
function broken(piece: string, fits: (line: string) => boolean): readonly string[] {
  if (fits(piece)) return [piece]
  const parts = piece.match(/[^/?&=@]*[/?&=@]+|[^/?&=@]+/gu) ?? []
  return parts.flatMap((part) => (fits(part) ? [part] : [...part]))
}

/** Pieces that stay whole, each with the space behind it: words, and what no-break spaces or punctuation hold together. */
function pieces(text: string): readonly string[] {
  const found: string[] = []
  let piece = ''
  let last = ''
  for (const character of text) {
    if (piece !== '' && mayBreak(piece, last, character)) {
      found.push(piece)
      piece = ''
    }
    piece += character
    last = character
  }
  return piece === '' ? found : [...found, piece]
}

/** @param last character of `before` */
function mayBreak(before: string, last: string, character: string): boolean {
  if (isLetter(last) && isLetter(character)) return false
  if (character === ' ' || CLOSING.test(character) || OPENING.test(before)) return false
  if (last === ' ') return true
  if (last === NO_BREAK_SPACE || character === NO_BREAK_SPACE) return false
  return EAST_ASIAN.test(last) || EAST_ASIAN.test(character)
}

/** Of ASCII, or punctuation of it: most of what is ever wrapped. */
function isLetter(character: string): boolean {
  return character > ' ' && character < '\u007f'
}

/** A text in as many lines as it needs. */
export function sentences(kit: Kit, text: string, style: TextStyle): Block {
  const { size = kit.style.body, face = 'text', anchor = 'start', width } = style
  const lines = wrap(kit, text, style)
  const left = { start: 0, middle: width / 2, end: width }[anchor]
  return {
    height: lines.length * size * LEADING,
    draw: ({ x, y }) =>
      lines.flatMap((line, i): readonly Mark[] =>
        line === ''
          ? []
          : [
              {
                kind: 'text',
                x: x + left,
                y: y + baseline(size) + i * size * LEADING,
                size,
                face,
                text: line.replaceAll(NO_BREAK_SPACE, ' '),
                anchor,
              },
            ],
      ),
  }
}

/** Of a line of text, from its top: capitals are in the middle of it. */
export function baseline(size: number): number {
  return size * ((LEADING + CAP_HEIGHT) / 2)
}
