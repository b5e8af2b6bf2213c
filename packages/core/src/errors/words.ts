/** Errors of recovery phrases, shares of every scheme, bytewords and UR. */
import type { Entry } from './entry.js'

export const wordErrors = {
  'phrase-unreadable': {
    kind: 'damaged',
    message: 'this is not a recovery phrase that Cairn knows',
    hint: 'check the spelling and the number of words with: cairn phrase check',
  },
  'phrase-unsupported': {
    kind: 'refused',
    message: 'addresses of {kind} seeds are not supported',
    hint: 'open it with the program that made it',
  },
  'phrase-too-long': {
    kind: 'damaged',
    message: 'the text is too long to be a recovery phrase',
    hint: 'give only the words, separated by spaces',
  },
  'word-count': {
    kind: 'damaged',
    message: 'the number of words is {words}, and not {expected}',
    hint: 'count the words on the paper; one may be missing or written twice',
  },
  'word-unknown': {
    kind: 'damaged',
    message: 'word {position} is not in the word list',
    hint: 'compare word {position} with the paper letter by letter',
  },
  'phrase-checksum': {
    kind: 'damaged',
    message: 'every word is known, but the checksum is wrong: a word is miswritten or out of order',
    hint: 'compare each word and the order with the paper',
  },
  'phrase-ambiguous': {
    kind: 'usage',
    message: 'these words make a valid phrase in several languages: {languages}',
    hint: 'say which of the languages the phrase was written in',
  },
  'parity-format': {
    kind: 'usage',
    message: 'this is not a phrase with its parity words: {reason}',
    hint: 'write the words of the phrase, then +, then the parity words, with ? for each word that is lost',
  },
  'passphrase-text': {
    kind: 'usage',
    message: 'the passphrase is not well-formed text',
    hint: 'type it again; a character was cut in half on its way here',
  },
  'convert-impossible': {
    kind: 'refused',
    message: 'a {from} secret cannot be written as {to}',
    hint: 'its words do not stand for entropy that the other form could hold',
  },
  'rolls-invalid': {
    kind: 'usage',
    message: 'number {place} of what was thrown is not {expected}',
    hint: 'dice are digits 1 to 6, coins H and T, cards like AS 10H KD; spaces and commas do not matter',
  },
  'rolls-few': {
    kind: 'refused',
    message: 'what was thrown brings {bits} bits, and the secret needs {need}',
    hint: 'throw on: 50 dice or 128 coins for 12 words, 100 dice or 256 coins for 24; repetitions count less',
  },
  'entropy-length': {
    kind: 'usage',
    message: 'the secret has {bytes} bytes: expected {expected}',
    hint: 'use one of the lengths the standard allows',
  },

  // aezeed (LND)
  'aezeed-version': {
    kind: 'refused',
    message: 'this aezeed phrase is of a version that this Cairn does not know',
    hint: 'install a newer Cairn, or open it with the LND that made it',
  },
  'ton-passphrase': {
    kind: 'mismatch',
    message: 'the passphrase does not open this TON phrase',
    hint: 'check upper and lower case and the keyboard layout',
  },
  'aezeed-passphrase': {
    kind: 'mismatch',
    message: 'the passphrase does not open this aezeed phrase',
    hint: 'check upper and lower case and the keyboard layout; a wallet without a passphrase opens without one',
  },

  // codex32
  'codex32-prefix': {
    kind: 'damaged',
    message: 'share {share}: a codex32 string begins with MS1',
    hint: 'copy it from its first character on',
  },
  'codex32-character': {
    kind: 'damaged',
    message: 'share {share}: character {position} is none that a codex32 string has',
    hint: 'compare character {position} with the paper: a B is an 8, an O is a 0, an I or 1 is an L',
  },
  'codex32-case': {
    kind: 'damaged',
    message: 'share {share}: capitals and small letters are mixed',
    hint: 'write all of it in capitals, or all of it in small letters',
  },
  'codex32-length': {
    kind: 'damaged',
    message: 'share {share}: no codex32 string has this number of characters',
    hint: 'count the characters on the paper: as a rule there are 48, or 74 for 256 bits',
  },
  'codex32-checksum': {
    kind: 'damaged',
    message: 'share {share}: the checksum is wrong: a character is miswritten',
    hint: 'compare it with the paper character by character; up to 4 wrong ones can be pointed at',
  },
  'codex32-suspect': {
    kind: 'damaged',
    message: 'share {share}: character {position} does not fit with the others',
    hint: 'compare character {position} with the paper',
  },
  'codex32-header': {
    kind: 'damaged',
    message: 'share {share}: the checksum is right, but there is no such threshold and index',
    hint: 'this string was not written by a correct program',
  },
  'codex32-secret': {
    kind: 'refused',
    message: 'share {share} is not a share but the secret itself',
    hint: 'give it alone: it needs no shares',
  },
  'codex32-conflict': {
    kind: 'mismatch',
    message: 'two different shares have the index {index}',
    hint: 'one of the two is from another set or was altered',
  },
  'codex32-misfit': {
    kind: 'mismatch',
    message: 'the shares do not fit together, though each is intact by itself',
    hint: 'one of them was altered, or belongs to another set with the same identifier',
  },
  'codex32-plan': {
    kind: 'usage',
    message: 'these shares cannot be made: {reason}',
    hint: 'codex32 has thresholds from 2 to 9 and up to 31 shares',
  },

  // Seed XOR, SeedQR
  'seedxor-part': {
    kind: 'damaged',
    message: 'part {part}: {reason}',
    hint: 'compare part {part} with the paper word by word',
  },
  'seedxor-lengths': {
    kind: 'mismatch',
    message: 'part {part} has another number of words than part 1',
    hint: 'all parts of a phrase have as many words as the phrase itself',
  },
  'seedxor-language': {
    kind: 'damaged',
    message: 'the words are not of the English list, which Seed XOR asks for',
    hint: 'it is a phrase of its own, and no part of another',
  },
  'seedxor-plan': {
    kind: 'usage',
    message: 'Seed XOR has 2 to {most} parts',
    hint: 'a Coldcard makes 2, 3 or 4; all of them are needed to come back',
  },
  'seedqr-length': {
    kind: 'damaged',
    message: 'no SeedQR has this number of digits',
    hint: 'count them: there are 48 for 12 words and 96 for 24',
  },

  // shares
  'share-unreadable': {
    kind: 'damaged',
    message: 'share {share}: this is no share of a scheme that Cairn knows',
    hint: 'shares stand one a line; SLIP-39, SSKR, codex32 and Seed XOR are known',
  },
  'share-word-unknown': {
    kind: 'damaged',
    message: 'share {share}: word {position} is not in the word list of these shares',
    hint: 'compare word {position} with the paper letter by letter',
  },
  'share-length': {
    kind: 'damaged',
    message: 'share {share}: no share has this number of words: {words}',
    hint: 'give each share on one line, and count its words: as a rule 20 or 33 of SLIP-39, 29 or 46 of SSKR',
  },
  'share-padding': {
    kind: 'damaged',
    message: 'share {share}: the padding bits are not zero',
    hint: 'compare the share with the paper word by word',
  },
  'share-checksum': {
    kind: 'damaged',
    message: 'share {share}: the checksum is wrong: a word is miswritten or out of order',
    hint: 'compare the share with the paper word by word; Cairn never guesses a correction',
  },
  'share-invalid': {
    kind: 'damaged',
    message: 'share {share}: {reason}',
    hint: 'this share was not written by a correct program',
  },
  'share-correction': {
    kind: 'refused',
    message:
      'share {share} is damaged, and its code proposes to change {changes} characters: that is a guess',
    hint: 'see it with cairn share check --reveal and compare it with the paper; then add --accept-corrections',
  },
  'share-foreign': {
    kind: 'mismatch',
    message: 'the shares belong to different sets: {reason}',
    hint: 'put together only shares of one set: cairn share check tells the set of each',
  },
  'share-conflict': {
    kind: 'mismatch',
    message: 'two different shares claim to be member {member} of group {group}',
    hint: 'one of the two is from another set or was altered',
  },
  'share-missing': {
    kind: 'refused',
    message: 'too few shares: {missing}',
    hint: 'find the shares named above',
  },
  'share-digest': {
    kind: 'mismatch',
    message: 'the shares do not fit together: the digest of the secret is wrong',
    hint: 'one of the shares was altered, or belongs to another set',
  },
  'share-passphrase': {
    kind: 'usage',
    message: 'a SLIP-39 passphrase holds printable ASCII characters only',
    hint: 'use letters without accents, digits, spaces and the signs of an English keyboard',
  },
  'share-passphrase-needed': {
    kind: 'refused',
    message:
      'these shares are of an older form, and a new set of them cannot be made without their passphrase',
    hint: 'add --passphrase, and leave it empty only when they have none; a wrong one would make shares of nothing',
  },
  'share-cost': {
    kind: 'refused',
    message: 'the shares ask for {iterations} rounds of key derivation, an absurd amount of work',
    hint: 'shares ask for 10,000 or 20,000 as a rule; these were altered or are hostile',
  },
  'share-plan': {
    kind: 'usage',
    message: 'these groups cannot be made: {reason}',
    hint: 'thresholds go from 1 to the number of members, at most 16 members and 16 groups',
  },

  // bytewords and UR
  'bytewords-word': {
    kind: 'damaged',
    message: 'word {position} is not one of the 256 Bytewords',
    hint: 'compare word {position} with the paper letter by letter',
  },
  'bytewords-checksum': {
    kind: 'damaged',
    message: 'the checksum of the Bytewords is wrong: a word is miswritten, missing or out of order',
    hint: 'compare each word and the order with the paper',
  },
  'ur-invalid': {
    kind: 'damaged',
    message: 'this UR cannot be read: {reason}',
    hint: 'scan the code again, or copy the text from ur: to its end',
  },
  'ur-word': {
    kind: 'damaged',
    message: 'the UR has letters that stand for nothing',
    hint: 'scan the code again, or copy the text from ur: to its end',
  },
  'ur-checksum': {
    kind: 'damaged',
    message: 'the checksum of the UR is wrong: a letter was changed or lost',
    hint: 'scan the code again, or copy the text from ur: to its end',
  },
  'ur-missing': {
    kind: 'refused',
    message: 'parts of the UR are missing: {have} of {need} are there',
    hint: 'let the codes run until all parts were scanned; any order will do',
  },
  'ur-foreign': {
    kind: 'mismatch',
    message: 'these are parts of different URs',
    hint: 'scan one sequence of codes at a time',
  },
  'ur-no-phrase': {
    kind: 'refused',
    message: 'this UR is intact and holds a key or something else, but no phrase',
    hint: 'look at keys and descriptors with: cairn key inspect',
  },
} as const satisfies Record<string, Entry>
