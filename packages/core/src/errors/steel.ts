/** Errors of steel plates and of drawn SeedQR symbols. */
import type { Entry } from './entry.js'

export const steelErrors = {
  'steel-letters': {
    kind: 'refused',
    message: 'four letters do not tell the words of the list {list} apart, or are not A to Z',
    hint: 'punch the numbers of the words instead: --style decimal or --style binary',
  },
  'steel-unseen': {
    kind: 'damaged',
    message: 'there is no plate in this picture whose five big marks are seen',
    hint: 'take the picture from straight above, the whole plate in it, in light from one side that makes the punches dark',
  },
  'steel-blank': {
    kind: 'absent',
    message: 'the plate has no punches',
    hint: 'nothing was read; if it has, take the picture with light from one side',
  },
  'steel-unsure': {
    kind: 'damaged',
    message: 'plate {plate}: not clear at {where}',
    hint: 'clean the plate, and take the picture again with light from another side; or read these places by hand; if it is no steel plate, there is no code on the picture that can be read',
  },
  'steel-check': {
    kind: 'damaged',
    message: 'plate {plate}: the check does not hold; odd are {where}',
    hint: 'a punch is missing or too many where a row and a column that are odd cross: compare there; if it is no steel plate, there is no code on the picture that can be read',
  },
  'steel-number': {
    kind: 'damaged',
    message: 'plate {plate}: the punches of row {row} are no number of a word',
    hint: 'compare that row with your phrase',
  },
  'steel-missing': {
    kind: 'absent',
    message: 'of {of} plates, {missing} is missing',
    hint: 'take a picture of every plate, and read them together; if it is no steel plate, there is no code on the picture that can be read',
  },
  'steel-foreign': {
    kind: 'mismatch',
    message: 'these plates are not of one phrase: {why}',
    hint: 'read only the plates of one phrase together; if it is no steel plate, there is no code on the picture that can be read',
  },
  'steel-order': {
    kind: 'mismatch',
    message: 'the check of every plate holds, but its words are no phrase',
    hint: 'two rows may have changed places, or the plates are of two phrases: compare row by row with your phrase',
  },
  'seedqr-unreadable': {
    kind: 'damaged',
    message: 'the modules are no SeedQR: more of them are wrong than its code puts right',
    hint: 'compare the squares zone by zone with the device that showed it',
  },
} as const satisfies Record<string, Entry>
