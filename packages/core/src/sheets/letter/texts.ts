/**
 * What a letter to heirs says, by language. It is read in grief by somebody who never opened a terminal: short sentences,
 * no term of the trade that is not explained, no haste. Another language is another row.
 */
import type { LetterFacts } from './facts.js'

export interface LetterTexts {
  /** BCP 47. */
  readonly language: string
  readonly title: string
  readonly subtitle: string
  readonly footer: string
  readonly opening: readonly string[]
  readonly rules: { readonly title: string; readonly lines: readonly string[] }
  readonly about: (facts: LetterFacts) => { readonly title: string; readonly lines: readonly string[] }
  readonly pieces: {
    readonly title: string
    readonly intro: string
    readonly mine: string
    readonly copies: string
  }
  /** Of a thing: where it is. */
  readonly lies: (name: string, at: string) => string
  /** When somebody last saw it there. */
  readonly seen: (day: string) => string
  readonly copy: (isFolder: boolean) => string
  readonly kinds: Readonly<Record<string, string>>
  readonly needed: {
    readonly title: string
    readonly ways: string
    readonly more: (count: number) => string
    /** Where the list does not let them in: to be told, and not hoped over. */
    readonly none: string
  }
  readonly steps: { readonly title: string; readonly lines: readonly string[] }
  readonly signed: {
    readonly title: string
    readonly line: (signed: LetterFacts['signed'][number]) => string
  }
  readonly ask: { readonly title: string; readonly intro: string }
  readonly closing: {
    readonly title: string
    /** To write on. */
    readonly lines: number
    readonly written: (date: string) => string
    readonly name: string
  }
}

const english: LetterTexts = {
  language: 'en',
  title: 'For those who come after me',
  subtitle: 'A letter about the digital money that I leave, and how you get to it',
  footer: 'Letter to my heirs',
  opening: [
    'You are reading this because I can no longer look after these things myself. Please take your time. Nothing in this letter is urgent: what I leave does not spoil, and it waits for you.',
    'You need no knowledge of computers to understand it. For some of the steps you need a patient person who has it, and I say below how to choose one.',
  ],
  rules: {
    title: 'Two rules before anything else',
    lines: [
      'Throw nothing away. No paper, no key, no telephone, no computer, no memory stick, however old it looks, until everything is done. There may be no second copy.',
      'Show nobody what is written on my sheets, other than the person who sits beside you. No bank, no shop, no support and no authority ever needs it. Whoever calls or writes and asks for it wants to steal it, however kind they sound, and whatever they know about me.',
    ],
  },
  about: ({ wallets, need, isOneEnough }) => ({
    title: 'What this is about',
    lines: [
      'I own digital money. No bank keeps it: it belongs to whoever has its keys. I keep the keys in what is called a vault, a collection of locked files that looks like noise to everybody else. Copies of it lie in several places.',
      `The vault opens when enough pieces come together. ${need}`,
      isOneEnough
        ? 'Some of what is listed below needs nothing beside it: whoever has it has the money. Guard each piece as you would guard cash.'
        : 'One piece by itself opens nothing, so you need not be afraid of losing one or of a stranger finding one.',
      ...(wallets.length === 0
        ? []
        : [
            `In the vault there ${wallets.length === 1 ? 'is one wallet' : `are ${wallets.length} wallets`}, which is what the programs for such money are called: ${wallets.join(', ')}.`,
          ]),
    ],
  }),
  pieces: {
    title: 'Who has what',
    intro: 'Ask for each piece in person. Let it not be photographed, and not be read out on the telephone.',
    mine: 'Among my things',
    copies: 'Copies of the vault',
  },
  lies: (name, at) => `${name}, kept at: ${at}`,
  seen: (day) => `seen there on ${day}`,
  copy: (isFolder) =>
    isFolder
      ? 'a folder of locked files, on this drive or computer'
      : 'locked files at a provider, which asks for its own access; a drive is simpler',
  kinds: {
    sheet: 'a recovery sheet: a page with 33 numbered words',
    passphrase: 'a passphrase',
    computer: 'my computer, whose own key is a piece',
    tpm: 'my computer, whose own key is a piece',
    passkey: 'a passkey, which a telephone or computer keeps',
    person: 'a key of their own, on their own computer',
    plugin: 'a device with a key in it',
    pkcs11: 'a device with a key in it',
    store: 'a copy of the vault, locked',
    phrase: 'the words of a wallet: a page with 12 or 24 words that is worth all that is in it',
    share: 'one share of the words of a wallet; several are needed together',
    device: 'a device that signs payments',
    recovery: 'a file with two payments that I signed in advance',
  },
  needed: {
    title: 'What is enough',
    ways: 'Each of these lines is enough by itself. If a piece cannot be found, try another line.',
    more: (count) => `and ${count} more combinations.`,
    none: 'With the pieces that are on this list nobody gets in without me. If I did not complete it before you read this, look for a second sheet or a note with a passphrase among my papers.',
  },
  steps: {
    title: 'Step by step',
    lines: [
      'Read this letter to its end before you do anything.',
      'Choose one person to help you: somebody whom you have known for years and who is at home with computers. Not somebody who offers it by himself. Stay beside them while they work, and keep the papers in your own hands.',
      'Collect the pieces, as many as one line above asks for, and one copy of the vault. A copy is a folder with a file README.txt in it.',
      'Take a computer that works well and is up to date. Switch off everything that shares its screen. Get the program Cairn. The file README.txt in the copy says how it is used, and how it goes without that program.',
      'Your helper opens a window for typed commands and types the line below, with the place of the copy in the middle and a new folder at the end. The program then asks for the pieces, one after the other. A mistake does no harm: it asks again.',
      'When it is done, the new folder holds the wallets. Your helper opens each with the program that is named beside it above. If one asks for a password of its own, look for it among my papers. See what is in it before you do anything else.',
      'Move the money to a wallet that is yours alone, made new and with its words written on paper by you. Send a small amount first, wait until it has arrived, and then the rest.',
      'Only when all has arrived, and not before, you may destroy my sheets.',
    ],
  },
  signed: {
    title: 'What I signed in advance',
    line: ({ name, days, to }) =>
      `The file ${name} holds two payments that need no piece at all. Once the first one is sent, the second one, to ${to}, becomes possible about ${days} days later. A person who knows Bitcoin can send them.`,
  },
  ask: {
    title: 'Whom to ask',
    intro: 'These people know me and can help. They have no key but what stands above.',
  },
  closing: {
    title: 'In my own hand',
    lines: 6,
    written: (date) =>
      `Written on ${date}. There are no secrets in this letter: it may lie with a will. If you find two, the newer one counts.`,
    name: 'Name and signature',
  },
}

export const LETTERS = { en: english } as const
export type LetterLanguage = keyof typeof LETTERS
