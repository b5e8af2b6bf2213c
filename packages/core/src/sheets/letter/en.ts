/** The letter to heirs in English. */
import { plural } from './grammar.js'
import type { LetterTexts, Part } from './texts.js'

const language = 'en'

function piecesOf({ least, of, names }: Part): string {
  if (of === 1) return `this piece: ${names}`
  return least === of ? `all of these: ${names}` : `any ${least} of these ${of}: ${names}`
}

export const english: LetterTexts = {
  language,
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
      'Show nobody what is written on my sheets, other than the person who sits beside you to help. No bank, no shop, no support and no authority ever needs it. Whoever calls or writes and asks for it wants to steal it, however kind they sound, and whatever they know about me.',
    ],
  },
  about: {
    title: 'What this is about',
    intro:
      'I own digital money. No bank keeps it: it belongs to whoever has its keys. I keep the keys in what is called a vault, a collection of locked files that looks like noise to everybody else. Where its copies are stands below.',
    vault: 'The vault opens when enough pieces come together.',
    need: (part) => `It takes ${piecesOf(part)}.`,
    groups: (least, of) =>
      `The pieces form ${of} groups, and it takes ${least === of ? 'all' : least} of these groups.`,
    group: (name, part) => `From the group “${name}” it takes ${piecesOf(part)}.`,
    harmless:
      'One piece by itself opens nothing: a stranger who finds one can do nothing with it. Take good care of each all the same.',
    guard:
      'Some of what is listed below needs nothing beside it: whoever has it has the money. Guard each piece as you would guard cash.',
    wallets: (count, names) =>
      plural(language, count, {
        one: `In the vault there is one wallet (so the programs for such money are called): ${names}.`,
        other: `In the vault there are ${count} wallets (so the programs for such money are called): ${names}.`,
      }),
  },
  pieces: {
    title: 'Who has what',
    intro: 'Ask for each piece in person. Let it not be photographed, and not be read out on the telephone.',
    mine: 'Among my things',
    copies: 'Copies of the vault',
    lies: (name, at) => `${name}, kept at: ${at}`,
    seen: (day) => `seen there on ${day}`,
    folder: 'a folder of locked files, on this drive or computer',
    provider: 'locked files at a provider, which asks for its own access; a drive is simpler',
    copy: (address, about) => `${address}: ${about}`,
    also: '; ',
    kinds: {
      sheet: 'a recovery sheet: a page with 33 numbered words',
      passphrase: 'a passphrase, which is a long password',
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
  },
  needed: {
    title: 'What is enough',
    way: 'This is what it takes. Look for each piece until you have found it.',
    ways: 'Each of these lines is enough by itself. If a piece cannot be found, try another line.',
    more: (count) =>
      plural(language, count, {
        one: 'and one more combination.',
        other: `and ${count} more combinations.`,
      }),
    none: 'With the pieces that are on this list nobody gets in without me. If I did not complete it before you read this, look for a second sheet or a note with a passphrase among my papers.',
  },
  steps: {
    title: 'Step by step',
    lines: [
      'Read this letter to its end before you do anything.',
      'Choose one person to help you: somebody whom you have known for years and who is at home with computers. Not somebody who offers it unasked. Stay beside them while they work, and keep the papers in your own hands.',
      'Collect the pieces, as many as one line above asks for, and one copy of the vault. A copy is a folder with a file README.txt in it.',
      'Take a computer that works well and is up to date. Switch off everything that shares its screen. Get the program Cairn. The file README.txt in the copy says how it is used, and how it goes without that program.',
      'Your helper opens a window for typed commands and types the line below, with the place of the copy for COPY and a new folder for NEW-FOLDER. The program then asks for the pieces, one after the other. A mistake does no harm: it asks again.',
      'When it is done, the new folder holds the wallets. Your helper opens each with the program that is named beside it above. If one asks for a password of its own, look for it among my papers. See what is in it before you do anything else.',
      'Move the money to a wallet that is yours alone, made new and with its words written on paper by you. Send a small amount first, wait until it has arrived, and then the rest.',
      'Only when all has arrived, and not before, you may destroy my sheets.',
    ],
  },
  signed: {
    title: 'What I signed in advance',
    line: (file, days, to) =>
      `The file ${file} holds two payments that need no piece at all. Once the first one is sent, the second one, to ${to}, becomes possible about ${plural(language, days, { one: 'one day', other: `${days} days` })} later. A person who knows Bitcoin can send them.`,
  },
  ask: {
    title: 'Whom to ask',
    intro: 'These people know me and can help. They have no key but what stands above.',
  },
  closing: {
    title: 'In my own hand',
    written: (day) =>
      `Written on ${day}. There are no secrets in this letter: it may lie with a will. If you find two, the newer one counts.`,
    name: 'Name and signature',
  },
}
