/**
 * The error catalogue. Every error a user can meet has a stable code, a one-line message in the
 * user's words, a hint about what to do next, and a kind that decides the exit code.
 * Details fill the `{placeholders}`; they are never secret, and a library's own message is never passed on.
 */
export type ErrorKind = 'usage' | 'damaged' | 'unreachable' | 'refused' | 'absent' | 'mismatch' | 'attention'

/** Exit codes of the `cairn` command, by kind. 0 is done, 1 is a bug. */
export const EXIT_CODES: Readonly<Record<ErrorKind, number>> = {
  usage: 2,
  damaged: 3,
  unreachable: 4,
  refused: 5,
  absent: 6,
  mismatch: 7,
  attention: 8,
}

interface Entry {
  readonly kind: ErrorKind
  readonly message: string
  readonly hint: string
}

const entries = {
  // random
  'random-broken': {
    kind: 'refused',
    message: 'the random generator of this computer does not work',
    hint: 'do not make keys here; use another computer',
  },

  // words
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
    message: '{words} words: expected {expected}',
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
    message: 'share {share}: {words} words is not a length a share can have',
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

  // keys, addresses, descriptors
  'path-invalid': {
    kind: 'usage',
    message: 'this is not a derivation path',
    hint: "write it like m/84h/0h/0h/0/5 or m/84'/0'/0'/0/5",
  },
  'key-invalid': {
    kind: 'damaged',
    message: 'this is not a valid {what}',
    hint: 'compare it with the original; one character may be wrong',
  },
  'key-unreadable': {
    kind: 'damaged',
    message: 'this is not a key or a key file that Cairn knows',
    hint: 'give one key, address or key file; for a phrase: cairn phrase check, for a wallet: cairn wallet inspect',
  },
  'key-damaged': {
    kind: 'damaged',
    message: 'this {what} is damaged: {reason}',
    hint: 'compare it with the original, or use another copy',
  },
  'key-unsupported': {
    kind: 'refused',
    message: 'this {what} is of a form that is not supported: {reason}',
    hint: 'open it with the program that made it',
  },
  'key-password': {
    kind: 'mismatch',
    message: 'the password does not open this {what}',
    hint: 'check upper and lower case, spaces and the keyboard layout',
  },
  'key-password-needed': {
    kind: 'refused',
    message: 'this {what} is encrypted and its password is needed',
    hint: 'give it when asked, or with --password-file',
  },
  'key-public': {
    kind: 'refused',
    message: 'this {what} holds no private key',
    hint: 'give the private key or the phrase that it comes from',
  },
  'key-conversion': {
    kind: 'usage',
    message: 'this {what} cannot be written as {format}: {reason}',
    hint: 'see what can be written with: cairn key export --help',
  },
  'key-hardened': {
    kind: 'refused',
    message: 'hardened keys cannot be derived from an extended public key',
    hint: 'give the private key or the phrase, or the extended public key of the account',
  },
  'address-invalid': {
    kind: 'damaged',
    message: 'this is not a valid address',
    hint: 'copy the address again; one character may be wrong',
  },
  'descriptor-invalid': {
    kind: 'damaged',
    message: 'this output descriptor cannot be read: {reason}',
    hint: 'copy the descriptor again, with its checksum',
  },
  'descriptor-checksum': {
    kind: 'damaged',
    message: 'the checksum of the output descriptor is wrong',
    hint: 'copy the descriptor again; a character was changed or lost',
  },
  'descriptor-unsupported': {
    kind: 'refused',
    message: 'this kind of output descriptor is not supported yet: {reason}',
    hint: 'the wallet is still saved as a file; only its addresses cannot be derived',
  },

  // wallets
  'wallet-unreadable': {
    kind: 'damaged',
    message: 'the {kind} wallet cannot be read: {reason}',
    hint: 'the file may be cut off or altered; look for an older copy',
  },
  'wallet-too-large': {
    kind: 'refused',
    message: 'the wallet is too large to be read: {bytes} bytes, the limit is {limit}',
    hint: 'it is saved as a plain file instead; add it with --as file',
  },
  'wallet-cost': {
    kind: 'refused',
    message: 'the wallet asks for an absurd amount of work or memory to check a password',
    hint: 'the file was altered or is hostile; do not open it',
  },
  'wallet-password': {
    kind: 'mismatch',
    message: 'the password does not open this wallet',
    hint: 'check upper and lower case and the keyboard layout',
  },
  'wallet-password-needed': {
    kind: 'refused',
    message: 'this wallet is encrypted and its password is needed',
    hint: 'give it when asked, or with --password-file',
  },
  'wallet-unsupported': {
    kind: 'refused',
    message: 'this {kind} wallet is of a form that is not supported: {reason}',
    hint: 'add it with --as file: it is then saved as it is',
  },
  'labels-invalid': {
    kind: 'damaged',
    message: 'line {line} of the labels is not BIP-329',
    hint: 'each line is one JSON object with "type" and "ref"',
  },
  'records-invalid': {
    kind: 'damaged',
    message: 'line {line} of the recorded {what} cannot be read',
    hint: 'the wallet files are saved apart from it and can be restored',
  },

  // vault format
  'vault-newer': {
    kind: 'refused',
    message: 'this vault has format version {version}; this Cairn reads up to version {known}',
    hint: 'install a newer Cairn, nothing was changed',
  },
  'vault-damaged': {
    kind: 'damaged',
    message: 'the description of the vault (vault.json) is damaged: {reason}',
    hint: 'take vault.json from another copy of the store',
  },
  'vault-forged': {
    kind: 'mismatch',
    message: 'vault.json was changed by somebody who does not hold the vault secret',
    hint: 'do not trust this store; use another copy',
  },
  'object-damaged': {
    kind: 'damaged',
    message: 'object {object} is damaged: {reason}',
    hint: 'restore from another store with --from; cairn check, then cairn backup stores it again',
  },
  'object-missing': {
    kind: 'absent',
    message: 'object {object} is missing from the store',
    hint: 'restore from another store with --from; cairn check, then cairn backup stores it again',
  },
  'object-unreadable': {
    kind: 'unreachable',
    message: 'object {object} in the store {store} cannot be read: {reason}',
    hint: 'the drive may be failing: cairn check --repair writes it again from another store; then think of a new drive',
  },
  'object-foreign': {
    kind: 'mismatch',
    message: 'object {object} is not sealed for this vault',
    hint: 'the store holds objects of another vault',
  },
  'manifest-damaged': {
    kind: 'damaged',
    message: 'the manifest of snapshot {snapshot} is damaged: {reason}',
    hint: 'restore an older snapshot: cairn snapshots',
  },
  'head-damaged': {
    kind: 'damaged',
    message: 'head {head} is damaged: {reason}',
    hint: 'run: cairn check',
  },
  'head-forged': {
    kind: 'mismatch',
    message: 'head {head} is not signed by a device of this vault',
    hint: 'do not trust this store; use another copy',
  },

  // policy and factors
  'policy-invalid': {
    kind: 'usage',
    message: 'this unlock policy cannot be made: {reason}',
    hint: 'for example: --factor passphrase --factor computer --factor sheet --need 2',
  },
  'factor-passphrase': {
    kind: 'mismatch',
    message: 'the passphrase is wrong',
    hint: 'check upper and lower case, spaces and the keyboard layout',
  },
  'factor-key': {
    kind: 'mismatch',
    message: 'the key does not open the factor {factor}',
    hint: 'use the key file that was made for this vault',
  },
  'factor-sheet': {
    kind: 'mismatch',
    message: 'the sheet does not belong to this vault',
    hint: 'compare the fingerprint on the sheet with the one of the vault; when they agree, the policy was changed between the two: use the newer sheet, or another store',
  },
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
  'factors-missing': {
    kind: 'refused',
    message: 'too few factors: {have} of the {need} needed; still possible: {possible}',
    hint: 'give more factors: --passphrase-file, --sheet-file, --identity-file, --pin-file, --passkey',
  },
  'passkey-failed': {
    kind: 'refused',
    message: 'the passkey cannot be used: {reason}',
    hint: 'try it again with the browser and the device that have it, or use other factors',
  },
  'plugin-absent': {
    kind: 'absent',
    message: 'the age plugin {plugin} is not installed: no program age-plugin-{plugin} is in PATH',
    hint: 'install it, or use other factors',
  },
  'plugin-failed': {
    kind: 'refused',
    message: 'the age plugin {plugin} did not do it: {reason}',
    hint: 'is its device connected? Try the plugin with age itself, or use other factors',
  },
  'policy-file': {
    kind: 'damaged',
    message: 'the policy in {path} cannot be read: {reason}',
    hint: 'docs/policy.md shows how it is written',
  },
  'factor-absent': {
    kind: 'absent',
    message: 'the policy has no factor named {factor}; it has {known}',
    hint: 'see them with: cairn policy show',
  },
  'passphrase-needed': {
    kind: 'refused',
    message: 'the passphrase {factor} stays a factor and was not given: its new share is locked with it',
    hint: 'give it with another --passphrase-file, or remove that factor too',
  },
  'policy-exposed': {
    kind: 'refused',
    message: 'for a store that is not a folder this policy is too weak: {reason}',
    hint: 'let Cairn make the passphrase, need one factor more, or accept it with --accept guessable',
  },
  'policy-one-computer': {
    kind: 'refused',
    message: '{both} are taken to be in one computer: whoever has it opens the vault alone',
    hint: 'give the TPM a PIN (tpm:pin), need one factor more, take one of the two, or accept it with --accept one-computer',
  },

  // the keychain of the operating system
  'keychain-absent': {
    kind: 'unreachable',
    message: 'the keychain of the operating system cannot be used: {reason}',
    hint: 'log in to the desktop, which has one; without one, keep it in a file: --keep file',
  },
  'keychain-locked': {
    kind: 'unreachable',
    message: 'the keychain of the operating system is locked',
    hint: 'unlock it, as by logging in to the desktop; what works at night without anybody is kept in a file: --keep file',
  },
  'keychain-lost': {
    kind: 'absent',
    message: 'the keychain of the operating system no longer has {what}',
    hint: 'credentials: cairn store add again, with --credentials-file; the key of this computer: policy remove, then add',
  },

  // devices that keep a key
  'token-program': {
    kind: 'absent',
    message: 'the program {program} is not installed',
    hint: 'install {install}',
  },
  'tpm-absent': {
    kind: 'unreachable',
    message: 'no TPM 2.0 answers on this computer',
    hint: 'turn it on in the settings of the firmware (TPM, PTT or fTPM); TPM2TOOLS_TCTI names another one',
  },
  'tpm-denied': {
    kind: 'refused',
    message: 'this user may not use the TPM of this computer',
    hint: 'on Debian: sudo usermod -aG tss USER, then log in anew',
  },
  'tpm-owned': {
    kind: 'refused',
    message: 'a password guards the owner hierarchy of this TPM, and Cairn has none for it',
    hint: 'ask who set it; tpm2_changeauth -c owner -p PASSWORD takes it away',
  },
  'tpm-other': {
    kind: 'mismatch',
    message: '{factor} was sealed by another TPM than the one of this computer',
    hint: 'open the vault with other factors; after a new mainboard or a cleared TPM: cairn policy remove, then add',
  },
  'tpm-locked': {
    kind: 'refused',
    message: 'the TPM takes no PIN now, after too many wrong ones',
    hint: 'leave the computer on and try later; tpm2_getcap properties-variable shows LOCKOUT_INTERVAL in seconds',
  },
  'tpm-failed': {
    kind: 'unreachable',
    message: 'the TPM did not do what it was asked: {reason}',
    hint: 'try again, once after a restart; enough other factors open the vault without it',
  },
  'pin-needed': {
    kind: 'refused',
    message: 'the PIN of {factor} is needed',
    hint: 'give it with --pin-file, or run the command on a terminal',
  },
  'pin-length': {
    kind: 'usage',
    message: 'a PIN of the TPM has {least} to {most} bytes',
    hint: 'choose another one; digits and Latin letters are one byte each',
  },
  'pin-wrong': {
    kind: 'mismatch',
    message: 'the PIN of {factor} is wrong',
    hint: 'look twice before the next try: some wrong ones lock the TPM or token',
  },
  'pin-locked': {
    kind: 'refused',
    message: 'the token of {factor} has locked its PIN, after too many wrong ones',
    hint: 'set a new PIN with the program of the token, which asks for its PUK',
  },
  'token-absent': {
    kind: 'absent',
    message: 'the token {token} is not there',
    hint: 'plug it in; p11-kit list-tokens shows what this computer sees, and CAIRN_PKCS11_MODULE names the module of another',
  },
  'token-uri': {
    kind: 'usage',
    message: 'this does not say which token is meant: {reason}',
    hint: 'write it like pkcs11=NAME:pkcs11:token=LABEL;id=%01 (p11-kit list-tokens)',
  },
  'token-key': {
    kind: 'refused',
    message: 'no key of the token {token} can be used: {reason}',
    hint: 'it takes an RSA key of 2048 to 4096 bits that decrypts, or a P-256 key that derives, with its public key or certificate',
  },
  'token-other': {
    kind: 'mismatch',
    message: 'the token does not hold the key that {factor} was made with',
    hint: 'plug in the other token, or open the vault with other factors',
  },
  'token-failed': {
    kind: 'unreachable',
    message: 'the token of {factor} did not do what it was asked: {reason}',
    hint: 'take it out and plug it in again; enough other factors open the vault without it',
  },
  'passphrase-guessable': {
    kind: 'refused',
    message:
      'the passphrase takes by estimate 2^{bits} guesses, at least 2^{least} are needed; to guess it takes {time}',
    hint: 'let Cairn make one, or use six or more random words',
  },
  'passphrase-weak': {
    kind: 'refused',
    message: 'the passphrase is too short: at least {least} characters are needed',
    hint: 'let Cairn make one, or use six or more random words',
  },

  // stores, machine, commands
  'store-unreachable': {
    kind: 'unreachable',
    message: 'the store {store} cannot be reached: {reason}',
    hint: 'is the drive plugged in, the network up? nothing was lost, the next backup catches up',
  },
  'store-away': {
    kind: 'unreachable',
    message: 'the drive of the store {store} is not plugged in: {found} is in its place',
    hint: 'to use several drives in turn, give each a name of its own: cairn store add NAME PATH',
  },
  'store-absent': {
    kind: 'absent',
    message: 'there is no Cairn vault at {store}',
    hint: 'name the folder that contains vault.json',
  },
  'store-full': {
    kind: 'unreachable',
    message: 'the store {store} is full',
    hint: 'free some space; older snapshots are untouched',
  },
  'store-denied': {
    kind: 'unreachable',
    message: 'this computer may not read or write in the store {store}',
    hint: 'check the permissions of the folder, or what the provider lets this account do',
  },
  'store-foreign': {
    kind: 'mismatch',
    message: 'the store {store} belongs to another vault',
    hint: 'another drive may be plugged in under the same name',
  },
  'stores-differ': {
    kind: 'mismatch',
    message: 'the stores show different vaults: {vaults}',
    hint: 'compare these fingerprints with a recovery sheet, and leave out each store that shows another one',
  },
  'store-history': {
    kind: 'mismatch',
    message: 'the history in store {store} is {history}',
    hint: 'do not trust this store until you know why: cairn check; then: cairn check --repair --accept {store}',
  },
  'store-lies': {
    kind: 'damaged',
    message: 'the store {store} gave back other bytes than it was given',
    hint: 'the snapshot is not saved there; the drive may be failing',
  },
  'store-name': {
    kind: 'usage',
    message:
      'a store name has 1 to 64 letters, digits, dots, dashes or underscores, and starts with a letter or digit',
    hint: 'for example: usb-stick',
  },
  'store-known': {
    kind: 'refused',
    message: 'there is already a store of that name or at that place: {name}',
    hint: 'one place under two names is one copy; list the stores with: cairn store list',
  },
  'store-nested': {
    kind: 'refused',
    message: 'this place and the store {name} lie one inside the other',
    hint: 'they would be lost together: choose a folder of its own, better on another drive',
  },
  'store-unknown': {
    kind: 'absent',
    message: 'no store is named {name}',
    hint: 'list them with: cairn store list',
  },
  'store-last': {
    kind: 'refused',
    message: '{name} is the only store of this vault',
    hint: 'add another one first with: cairn store add',
  },
  'store-bucket': {
    kind: 'absent',
    message: 'the store {store} has no bucket {bucket}',
    hint: 'check its name, region and endpoint; a new bucket is made with the tools of the provider',
  },
  'store-credentials': {
    kind: 'refused',
    message: 'the store {store} does not accept the credentials',
    hint: 'they may be mistyped, expired or revoked: cairn store add NAME URL --credentials-file FILE gives new ones',
  },
  'store-clock': {
    kind: 'refused',
    message: 'the clock of this computer and that of the store {store} differ by {minutes} minutes',
    hint: 'set the clock of this computer; a store does not accept requests of another time',
  },
  'store-kind': {
    kind: 'usage',
    message: 'no kind of store has such a URL; known are: {known}',
    hint: 'give a path, or a URL such as s3://bucket/prefix?endpoint=https://host&region=name',
  },
  'host-key-changed': {
    kind: 'refused',
    message: 'the server of the store {store} shows the key {found}, and not {known}',
    hint: 'someone may stand in between: nothing was sent; if its owner confirms the new key, {remedy}',
  },
  'credentials-missing': {
    kind: 'refused',
    message: 'the store {store} needs credentials: {what}',
    hint: 'give them with --credentials-file FILE; see docs/stores.md',
  },
  'password-plain': {
    kind: 'refused',
    message: 'the password of the store {store} could be read by anyone on the way',
    hint: 'use https://…; where the whole way is yours, add plain_http = "allowed" to the credentials file',
  },
  'rclone-absent': {
    kind: 'unreachable',
    message: 'the store {store} needs the program rclone, which is not on this computer',
    hint: 'install it (Debian, Ubuntu: apt-get install rclone; elsewhere: https://rclone.org/install) and try again',
  },
  'credentials-invalid': {
    kind: 'damaged',
    message: 'the credentials file {path} cannot be used: {reason}',
    hint: 'it is TOML, one entry a line, such as: password = "…"; see docs/stores.md',
  },
  'disk-full': {
    kind: 'unreachable',
    message: 'the disk is full',
    hint: 'free some space and try again; nothing older was changed',
  },
  'file-absent': {
    kind: 'absent',
    message: 'there is no file or folder at {path}',
    hint: 'check the path',
  },
  'file-denied': {
    kind: 'unreachable',
    message: 'this computer may not read or write {path}',
    hint: 'check the permissions, or run as the user who owns it',
  },
  'file-changing': {
    kind: 'unreachable',
    message: '{path} keeps changing while it is copied',
    hint: 'close the wallet program and try again',
  },
  'file-exists': {
    kind: 'refused',
    message: 'there is already a file at {path}',
    hint: 'choose another name; nothing is written over',
  },
  'file-special': {
    kind: 'refused',
    message: '{path} is neither a file nor a folder',
    hint: 'sockets, devices and pipes are not backed up',
  },
  'file-unreadable': {
    kind: 'unreachable',
    message: 'the disk does not give out {path}',
    hint: 'close the program that uses it; when it happens again, check the disk',
  },
  'file-name': {
    kind: 'refused',
    message: 'a name in {path} is not valid text',
    hint: 'give that file or folder a name in UTF-8',
  },
  'folder-too-large': {
    kind: 'refused',
    message: 'there are more than {limit} files and folders in {path}',
    hint: 'name the folder of the wallet itself',
  },
  'node-unreachable': {
    kind: 'unreachable',
    message: 'the Bitcoin node at {url} does not answer',
    hint: 'start the node, or add the wallet file instead',
  },
  'node-refused': {
    kind: 'refused',
    message: 'the Bitcoin node refused: {reason}',
    hint: 'check that the wallet is loaded and that the cookie file is the one of this node',
  },
  'password-file-open': {
    kind: 'refused',
    message: '{path} holds a password, and other users of this computer can read it',
    hint: 'take that away with: chmod 600 {path}',
  },
  'vault-absent': {
    kind: 'absent',
    message: 'no vault is known here',
    hint: 'make one with: cairn init, or name it with --vault DIR',
  },
  'vault-exists': {
    kind: 'refused',
    message: 'there is already something at {path}',
    hint: 'choose an empty or new folder',
  },
  'device-unknown': {
    kind: 'refused',
    message: 'this computer may not write to the vault {vault}',
    hint: 'add it with cairn join, or restore with --from',
  },
  'device-removed': {
    kind: 'refused',
    message: 'this computer was removed from the vault on {date}',
    hint: 'what it saved before can be restored; to save again, remove {path} and run: cairn join',
  },
  'device-absent': {
    kind: 'absent',
    message: 'the vault has no device {device}; it has: {known}',
    hint: 'list them with: cairn device list',
  },
  'device-known': {
    kind: 'refused',
    message: 'another device of the vault is called {device}',
    hint: 'choose another name with --name',
  },
  'device-own': {
    kind: 'refused',
    message: 'this is the computer that the command runs on',
    hint: 'remove it from another computer of the vault',
  },
  'devices-many': {
    kind: 'refused',
    message: 'a vault has {limit} devices at most, removed ones included',
    hint: 'make another vault with: cairn init',
  },
  'device-choose': {
    kind: 'refused',
    message: '{what} was saved by several devices: {devices}',
    hint: 'say which one with --device',
  },
  'anchor-mistyped': {
    kind: 'usage',
    message: 'this is no anchor: {reason}',
    hint: 'compare it with the line that cairn anchor printed; spaces and capitals do not matter',
  },
  'anchor-foreign': {
    kind: 'mismatch',
    message: 'the anchor is of the vault {vault}, and this one is {known}',
    hint: 'take the anchor of this vault, or the stores of the other one',
  },
  'anchor-unmet': {
    kind: 'mismatch',
    message: 'no store shows snapshot {seq} of {date}, of which the anchor knows: {state}',
    hint: 'something newer is hidden or gone; try other copies, or restore without --anchor what is there',
  },
  'vault-overtaken': {
    kind: 'refused',
    message:
      'another computer changed the vault at the same moment, in {store}; what was asked for here may be lost',
    hint: 'look with cairn device list and cairn policy show, then do it again',
  },
  'state-damaged': {
    kind: 'damaged',
    message: "the file {path} in this computer's Cairn folder is damaged",
    hint: 'the vault itself is not touched; restore from the store with --from',
  },
  'memory-damaged': {
    kind: 'damaged',
    message: 'what this computer remembers of its snapshots is damaged: {path}',
    hint: 'run: cairn backup, which writes it anew; the snapshots themselves are not touched',
  },
  'wallets-damaged': {
    kind: 'damaged',
    message: 'the list of wallets of this computer is damaged: {path}',
    hint: 'move it away and add the wallets again with cairn wallet add; their snapshots are not touched',
  },
  'vault-busy': {
    kind: 'refused',
    message: 'another cairn is working on this vault (process {pid})',
    hint: 'wait until it has finished',
  },
  'schedule-none': {
    kind: 'absent',
    message: 'no system that runs jobs was found here',
    hint: 'cairn schedule install --with systemd, launchd, windows or cron names one; let anything else run every hour: cairn backup --due',
  },
  'schedule-refused': {
    kind: 'refused',
    message: '{program} did not do what it was asked to',
    hint: 'see what would be installed with cairn schedule install --print, and try {program} by hand',
  },
  'schedule-path': {
    kind: 'refused',
    message:
      'a path of the vault or of Cairn is too long for a job of this system, or has a character that it cannot take',
    hint: 'use shorter paths without line breaks, and on Windows without " and %',
  },
  'wallet-name': {
    kind: 'usage',
    message:
      'a wallet name has 1 to 64 letters, digits, dots, dashes or underscores, and starts with a letter or digit',
    hint: 'for example: savings',
  },
  'wallet-known': {
    kind: 'refused',
    message: 'there is already a wallet named {name}',
    hint: 'choose another name, or remove the old one with: cairn wallet remove {name}',
  },
  'wallet-reserved': {
    kind: 'usage',
    message: 'the name {name} is taken by the list of places, which goes into every snapshot by itself',
    hint: 'choose another name for the wallet',
  },
  'wallet-absent': {
    kind: 'absent',
    message: 'no wallet is named {name}',
    hint: 'list them with: cairn wallet list',
  },
  'no-wallets': {
    kind: 'absent',
    message: 'no wallet was added yet',
    hint: 'find them with: cairn wallet scan, then: cairn wallet add NAME PATH',
  },
  'snapshot-absent': {
    kind: 'absent',
    message: 'there is no such snapshot',
    hint: 'list them with: cairn snapshots',
  },
  'destination-exists': {
    kind: 'refused',
    message: '{path} is not empty, and nothing is ever written over an existing wallet',
    hint: 'choose a new folder with --to, or add --overwrite to keep the old files under another name',
  },
  'restore-once': {
    kind: 'refused',
    message: 'restoring {path} can lose money: {reason}',
    hint: 'add --force only when the newer one is gone for good',
  },
  'words-no-identity': {
    kind: 'absent',
    message: 'no words belong to this wallet: it has no key that comes from a phrase',
    hint: 'its file is its only backup; drill without --words',
  },

  // alarms
  'channel-url': {
    kind: 'usage',
    message: 'alarms cannot be sent there: {reason}',
    hint: 'for example: desktop:, smtps://mail.example.org?to=me@example.org, https://chat.example.org/hook',
  },
  'channel-known': {
    kind: 'usage',
    message: 'there is already a way for alarms called {channel}',
    hint: 'remove it first: cairn alarm remove {channel}',
  },
  'channel-absent': {
    kind: 'absent',
    message: 'there is no way for alarms called {channel}',
    hint: 'see: cairn alarm list',
  },
  'places-absent': {
    kind: 'absent',
    message: 'no newest snapshot of the vault holds a list of places',
    hint: 'the list goes into every snapshot made after: cairn place add',
  },
  'places-damaged': {
    kind: 'damaged',
    message: 'the list of places on this computer cannot be read',
    hint: 'put back the copy of places.json that a backup has, or remove the file and list the places again',
  },
  'place-known': {
    kind: 'usage',
    message: 'the list of places already has a thing called {name}',
    hint: 'choose another name, or take the old row away: cairn place remove NAME',
  },
  'place-invalid': {
    kind: 'usage',
    message: 'this cannot be put on the list of places: {reason}',
    hint: 'for example: cairn place add "sheet in the bank" --is factor --of sheet --at bank --kind bank',
  },
  'place-absent': {
    kind: 'absent',
    message: 'the list of places has nothing of that name',
    hint: 'see: cairn place list',
  },
  'port-taken': {
    kind: 'refused',
    message: 'port {port} of this computer is taken or not allowed',
    hint: 'choose another one with --port, or 0 for any',
  },
  'message-unsent': {
    kind: 'unreachable',
    message: 'no alarm can be sent by {channel}: {reason}',
    hint: 'put that right, then: cairn alarm test {channel}; what was just being added is not kept: add it again',
  },
  'drill-differs': {
    kind: 'attention',
    message: 'the drill found differences',
    hint: 'read the report; do not rely on this backup',
  },
  'input-missing': {
    kind: 'usage',
    message: '{what} is needed, and nobody can be asked here',
    hint: 'give it with {option}',
  },
  'input-differs': {
    kind: 'usage',
    message: '{what}: the two entries are not the same',
    hint: 'nothing was changed; try again',
  },
  'input-not-text': {
    kind: 'usage',
    message: 'the input is not text (UTF-8)',
    hint: 'save the file as UTF-8 text',
  },
  'input-too-long': {
    kind: 'usage',
    message: 'the input is larger than {limit} bytes',
    hint: 'give only what was asked for',
  },
  'reveal-needed': {
    kind: 'refused',
    message: 'the result is a secret and is shown only on request',
    hint: 'add --reveal where nobody and no camera looks on',
  },
  'secret-argument': {
    kind: 'usage',
    message: '{what} was given as an argument: now it may be in the history of the shell',
    hint: 'delete it there; secrets are typed when asked, come from standard input or from a --…-file',
  },
  'usage-command': {
    kind: 'usage',
    message: '{reason}',
    hint: 'see: {command} --help',
  },
  usage: {
    kind: 'usage',
    message: '{reason}',
    hint: 'see: cairn --help',
  },

  // sheets: steel
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
    hint: 'clean the plate, and take the picture again with light from another side; or read these places by hand',
  },
  'steel-check': {
    kind: 'damaged',
    message: 'plate {plate}: the check does not hold; odd are {where}',
    hint: 'a punch is missing or too many where a row and a column that are odd cross: compare there',
  },
  'steel-number': {
    kind: 'damaged',
    message: 'plate {plate}: the punches of row {row} are no number of a word',
    hint: 'compare that row with your phrase',
  },
  'steel-missing': {
    kind: 'absent',
    message: 'of {of} plates, {missing} is missing',
    hint: 'take a picture of every plate, and read them together',
  },
  'steel-foreign': {
    kind: 'mismatch',
    message: 'these plates are not of one phrase',
    hint: 'read only the plates of one phrase together',
  },
  'seedqr-unreadable': {
    kind: 'damaged',
    message: 'the modules are no SeedQR: more of them are wrong than its code puts right',
    hint: 'compare the squares zone by zone with the device that showed it',
  },
} as const satisfies Record<string, Entry>

export type ErrorCode = keyof typeof entries
export type ErrorDetails = Readonly<Record<string, string | number>>

/** The catalogue as data: `docs/errors.md` is held equal to it. */
export const ERRORS: Readonly<Record<ErrorCode, Entry>> = entries

export class CairnError extends Error {
  readonly code: ErrorCode
  readonly kind: ErrorKind
  readonly hint: string
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(fill(ERRORS[code].message, details))
    this.name = 'CairnError'
    this.code = code
    this.kind = ERRORS[code].kind
    this.hint = fill(ERRORS[code].hint, details)
    this.details = details
  }
}

/** Throws the catalogued error. Returns never, so that `return fail(…)` narrows types. */
export function fail(code: ErrorCode, details: ErrorDetails = {}): never {
  throw new CairnError(code, details)
}

/** True for a catalogued error, optionally one of the given codes. */
export function isCairnError(error: unknown, ...codes: readonly ErrorCode[]): error is CairnError {
  return error instanceof CairnError && (codes.length === 0 || codes.includes(error.code))
}

function fill(template: string, details: ErrorDetails): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(details[name] ?? placeholder))
}
