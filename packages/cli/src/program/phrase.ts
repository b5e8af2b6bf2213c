/** Declares `cairn phrase`. */
import type { Command } from 'commander'
import { oneOf, type Run, wholeNumber } from './declare.js'
import { CHILDREN, FORMS, LANGUAGES, NETWORKS, NEW_KINDS, PHRASE_KINDS } from './lists.js'
import { declareRepair } from './phrase-repair.js'

const MAX_NUMBER = 2 ** 31 - 1 // BIP-32: child numbers without the hardened half

export function declarePhrase(program: Command, run: Run): void {
  const phrase = program.command('phrase').description('recovery phrases: make, check, show and repair')
  phrase
    .command('new')
    .description('make a phrase, see it written down, and ask for it from the paper')
    .option('--kind <kind>', `one of ${NEW_KINDS.join(', ')}`, oneOf('--kind', NEW_KINDS), 'bip39')
    .option('--words <n>', 'number of words (bip39: 12, 15, 18, 21 or 24)', wholeNumber('--words', 12, 25))
    .option('--language <name>', 'word list', 'english')
    .option('--dice [file]', 'mix in throws of a die: ask for them, or read them (-: standard input)')
    .option('--coins [file]', 'mix in tosses of a coin, likewise')
    .option('--cards [file]', 'mix in a shuffled deck of cards, likewise')
    .option('--typed [file]', 'mix in any text, likewise')
    .option('--reveal', 'only show it, without asking for it from the paper')
    .action(run(() => import('../commands/phrase/new.js')))
  phrase
    .command('check')
    .description('check a recovery phrase, typed without echo or on standard input')
    .option('--weak', 'also try the 2^32 seeds of generators known to be weak; takes a while')
    .action(run(() => import('../commands/phrase/check.js')))
  phrase
    .command('show')
    .description('show the keys and addresses that a phrase leads to')
    .option('--passphrase', 'ask for the passphrase that goes with the phrase')
    .option('--passphrase-file <file>', 'read that passphrase from a file (-: standard input)')
    .option('--kind <kind>', `one of ${PHRASE_KINDS.join(', ')}`, oneOf('--kind', PHRASE_KINDS))
    .option(
      '--network <name>',
      'mainnet, testnet, signet or regtest',
      oneOf('--network', NETWORKS),
      'mainnet',
    )
    .option('--chain <name>', 'a chain, or all; without it Bitcoin and Ethereum')
    .option('--standard <name>', 'one standard, such as bip84')
    .option('--path <path>', "a path of your own, such as m/84'/0'/7'/0/*")
    .option('--account <n>', 'the account, counted from 0', wholeNumber('--account', 0, MAX_NUMBER), 0)
    .option('--from <n>', 'the first address', wholeNumber('--from', 0, MAX_NUMBER), 0)
    .option('--count <n>', 'addresses of each account', wholeNumber('--count', 1, 10_000), 5)
    .option('--change', 'the addresses for change instead of those for receiving')
    .option('--format <form>', 'each address with path and public key', oneOf('--format', ['csv', 'json']))
    .option('--reveal', 'also show the secret: entropy, seed and root key')
    .action(run(() => import('../commands/phrase/show.js')))
  phrase
    .command('where')
    .description('tell which wallets open a phrase, and where one of its addresses lies')
    .option('--address <address>', 'an address that the wallet had')
    .option('--made-with <wallet>', 'the wallet that the coins were in')
    .option('--passphrase', 'ask for the passphrase that goes with the phrase')
    .option('--passphrase-file <file>', 'read that passphrase from a file (-: standard input)')
    .option('--kind <kind>', `one of ${PHRASE_KINDS.join(', ')}`, oneOf('--kind', PHRASE_KINDS))
    .option(
      '--network <name>',
      'mainnet, testnet, signet or regtest',
      oneOf('--network', NETWORKS),
      'mainnet',
    )
    .option('--accounts <n>', 'accounts to look through', wholeNumber('--accounts', 1, 1000), 5)
    .option('--count <n>', 'addresses of each branch to look through', wholeNumber('--count', 1, 10_000), 30)
    .action(run(() => import('../commands/phrase/where.js')))
  declareRepair(phrase, run)
  declareChildren(phrase, run)
  phrase
    .command('convert')
    .description('write the secret of a phrase in another form')
    .requiredOption('--to <form>', `one of ${FORMS.join(', ')}`, oneOf('--to', FORMS))
    .option('--language <name>', 'word list of what comes out')
    .option(
      '--from <kind>',
      'read it as entropy, or as one of the kinds',
      oneOf('--from', ['entropy', ...PHRASE_KINDS]),
    )
    .option(
      '--from-language <name>',
      'word list of the phrase, where two fit',
      oneOf('--from-language', LANGUAGES),
    )
    .option('--reveal', 'show it')
    .action(run(() => import('../commands/phrase/convert.js')))
}

function declareChildren(phrase: Command, run: Run): void {
  phrase
    .command('child')
    .description('derive another secret from a phrase (BIP-85)')
    .option(
      '--application <name>',
      `one of ${CHILDREN.join(', ')}`,
      oneOf('--application', CHILDREN),
      'bip39',
    )
    .option('--index <n>', 'number of the child (default: the first that was not noted)', number('--index'))
    .option('--words <n>', 'bip39: number of words', wholeNumber('--words', 12, 24), 24)
    .option('--language <name>', 'bip39: word list', oneOf('--language', LANGUAGES), 'english')
    .option('--bytes <n>', 'hex: number of bytes', wholeNumber('--bytes', 16, 64), 32)
    .option('--length <n>', 'base64, base85: characters of the password', wholeNumber('--length', 10, 86), 24)
    .option('--sides <n>', 'dice: sides of a die', number('--sides'), 6)
    .option('--rolls <n>', 'dice: number of rolls', number('--rolls'), 10)
    .option('--identity <n>', 'nostr: number of the identity', number('--identity'), 1)
    .option('--bits <n>', 'rsa: size of the key', wholeNumber('--bits', 1024, 4096), 2048)
    .option('--subkey <n>', 'rsa: a subkey of an OpenPGP key', number('--subkey'))
    .option('--passphrase', 'ask for the passphrase that goes with the phrase')
    .option('--passphrase-file <file>', 'read that passphrase from a file (-: standard input)')
    .option('--kind <kind>', `one of ${PHRASE_KINDS.join(', ')}`, oneOf('--kind', PHRASE_KINDS))
    .option('--note <text>', 'what it is for: kept in a list on this computer, without the child')
    .option('--reveal', 'show the child')
    .action(run(() => import('../commands/phrase/child.js')))
  phrase
    .command('children')
    .description('list the children that were noted')
    .action(run(() => import('../commands/phrase/children.js')))
}

function number(name: string): (text: string) => number {
  return wholeNumber(name, 0, 999_999_999)
}
