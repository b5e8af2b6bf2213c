/**
 * The word lists of Monero, 1,626 words each, and how many first characters tell the words of a list apart.
 * Data of the Monero project, src/mnemonics, unchanged since 2018; the old English list is that of Electrum.
 *
 * Copyright (c) 2014-2022, The Monero Project. All rights reserved.
 * Redistribution and use in source and binary forms, with or without modification, are permitted provided that the
 * following conditions are met: 1. Redistributions of source code must retain the above copyright notice, this list
 * of conditions and the following disclaimer. 2. Redistributions in binary form must reproduce the above copyright
 * notice, this list of conditions and the following disclaimer in the documentation and/or other materials provided
 * with the distribution. 3. Neither the name of the copyright holder nor the names of its contributors may be used
 * to endorse or promote products derived from this software without specific prior written permission.
 * THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES,
 * INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
 * DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL,
 * SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
 * SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY,
 * WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE
 * USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
 *
 * The Japanese, Portuguese and Spanish words: made by dabura667, MIT licence, with the same disclaimer of warranty.
 */
import { WORDS as englishOld } from '../electrum-old/words.js'
import { WORDS as chineseSimplified } from './lists/chinese-simplified.js'
import { WORDS as dutch } from './lists/dutch.js'
import { WORDS as english } from './lists/english.js'
import { WORDS as esperanto } from './lists/esperanto.js'
import { WORDS as french } from './lists/french.js'
import { WORDS as german } from './lists/german.js'
import { WORDS as italian } from './lists/italian.js'
import { WORDS as japanese } from './lists/japanese.js'
import { WORDS as lojban } from './lists/lojban.js'
import { WORDS as portuguese } from './lists/portuguese.js'
import { WORDS as russian } from './lists/russian.js'
import { WORDS as spanish } from './lists/spanish.js'

export interface MoneroList {
  readonly words: readonly string[]
  /** "Number of unique starting characters to trim the wordlist to when matching" */
  readonly prefix: number
}

/** In the order in which Monero looks for the language of a seed (electrum-words.cpp, find_seed_language). */
export const LISTS = {
  chinese_simplified: { words: chineseSimplified, prefix: 1 },
  english: { words: english, prefix: 3 },
  dutch: { words: dutch, prefix: 4 },
  french: { words: french, prefix: 4 },
  spanish: { words: spanish, prefix: 4 },
  german: { words: german, prefix: 4 },
  italian: { words: italian, prefix: 4 },
  portuguese: { words: portuguese, prefix: 4 },
  japanese: { words: japanese, prefix: 3 },
  russian: { words: russian, prefix: 4 },
  esperanto: { words: esperanto, prefix: 4 },
  lojban: { words: lojban, prefix: 4 },
  english_old: { words: englishOld, prefix: 4 },
} as const satisfies Record<string, MoneroList>

export type MoneroLanguage = keyof typeof LISTS

export const LANGUAGES = Object.keys(LISTS) as readonly MoneroLanguage[]

/** Words of each list: three of them stand for 32 bits. */
export const N = 1626
