/** What options offer and what is in the core; lists of which a command's own test says it are not here. */
import { NETWORKS } from '@cairn/core/keys/network.js'
import { PAPERS } from '@cairn/core/sheets/drawing.js'
import { STEEL_SIZES, STEEL_STYLES } from '@cairn/core/sheets/steel/kinds.js'
import { LANGUAGES as BIP39 } from '@cairn/core/words/bip39/lists.js'
import { STANDARD_LANGUAGES } from '@cairn/core/words/bip39.js'
import { FORMS } from '@cairn/core/words/convert.js'
import { LANGUAGES as MONERO } from '@cairn/core/words/monero/lists.js'
import { LANGUAGES as POLYSEED } from '@cairn/core/words/polyseed/lists.js'
import { SHEET_FORMATS } from '@cairn/node/sheets/make.js'
import { expect, test } from 'vitest'
import * as offered from '../src/program/lists.js'

test.each([
  ['formats of sheets', offered.SHEET_FORMATS, SHEET_FORMATS],
  ['sizes of paper', offered.PAPER_SIZES, Object.keys(PAPERS)],
  ['styles of steel plates', offered.STEEL_STYLES, STEEL_STYLES],
  ['sizes of steel plates', offered.STEEL_SIZES, Object.keys(STEEL_SIZES)],
  ['forms of a phrase', offered.FORMS, FORMS],
  ['networks', offered.NETWORKS, Object.keys(NETWORKS)],
  ['languages', offered.LANGUAGES, STANDARD_LANGUAGES],
  ['languages of any kind', offered.ALL_LANGUAGES, [...BIP39, ...MONERO, ...POLYSEED]],
])('the %s that are offered are those there are', (_, given, own) => {
  expect([...given].toSorted()).toEqual([...new Set<string>(own)].toSorted())
})
