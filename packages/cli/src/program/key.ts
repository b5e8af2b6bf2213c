/** Declares `cairn key`. */
import type { Command } from 'commander'
import { oneOf, type Run, wholeNumber } from './declare.js'
import { ADDRESS_KINDS, NETWORKS, PROGRAM_NAMES, WRITTEN_FORMATS } from './lists.js'

const MAX_INDEX = 2 ** 31 - 1 // BIP-32: child numbers without the hardened half

export function declareKey(program: Command, run: Run): void {
  const key = program
    .command('key')
    .description('single keys, extended keys, descriptors: read, convert, derive')
  reading(key.command('inspect'))
    .description('say what a key is, whether it is whole, and which addresses it has')
    .argument('[file]', 'a file with the key (default: standard input)')
    .option('--reveal', 'also show the private key, and the repairs of a damaged one')
    .action(run(() => import('../commands/key/inspect.js')))
  declareExport(key, run)
  reading(key.command('import'))
    .description('say how a key comes into a wallet program, and write the file that it takes')
    .argument('[file]', 'a file with the key (default: standard input)')
    .option('--for <program>', `one of ${PROGRAM_NAMES.join(', ')}`, oneOf('--for', PROGRAM_NAMES))
    .option('--type <type>', `of the addresses: ${ADDRESS_KINDS.join(', ')}`, oneOf('--type', ADDRESS_KINDS))
    .option('--new-password-file <file>', 'the password of a file that is encrypted')
    .option('--out <file>', 'write the file that the program takes')
    .action(run(() => import('../commands/key/import.js')))
  reading(key.command('derive'))
    .description('list the addresses of an extended key or a descriptor')
    .argument('[file]', 'a file with the key (default: standard input)')
    .option('--from <n>', 'the first index', wholeNumber('--from', 0, MAX_INDEX), 0)
    .option('--to <n>', 'the last index (default: 19 after the first)', wholeNumber('--to', 0, MAX_INDEX))
    .option('--change', 'the addresses for change instead of those for receiving')
    .option('--account', 'both: the whole account')
    .option('--type <type>', `of the addresses: ${ADDRESS_KINDS.join(', ')}`, oneOf('--type', ADDRESS_KINDS))
    .option('--path <path>', 'from the key to the account (default: the standard one from a master key)')
    .option('--format <form>', 'csv or json', oneOf('--format', ['csv', 'json']))
    .option('--out <file>', 'write the list to a new file')
    .option('--reveal', 'with the private key of each address')
    .action(run(() => import('../commands/key/derive.js')))
}

function declareExport(key: Command, run: Run): void {
  reading(key.command('export'))
    .description('write a key, or the key of a phrase at a path, in another format; encrypted unless asked')
    .argument('[file]', 'a file with the key or phrase (default: standard input)')
    .option('--to <format>', `one of ${WRITTEN_FORMATS.join(', ')}`, oneOf('--to', WRITTEN_FORMATS))
    .option('--path <path>', "from a phrase or extended key, such as m/84'/0'/0'/0/0")
    .option('--type <type>', `of the addresses: ${ADDRESS_KINDS.join(', ')}`, oneOf('--type', ADDRESS_KINDS))
    .option('--passphrase', 'ask for the passphrase that goes with the phrase')
    .option('--passphrase-file <file>', 'read that passphrase from a file')
    .option('--new-password-file <file>', 'the password of what is written (default: asked for)')
    .option('--out <file>', 'write it to a new file that only you can read')
    .option('--reveal', 'allow a plain private key')
    .action(run(() => import('../commands/key/export.js')))
}

/** Of commands that read a key. */
function reading(command: Command): Command {
  return command
    .option('--password-file <file>', 'read the password of the key from a file (-: standard input)')
    .option('--chain <name>', 'the chain it is used on, where the key does not say')
    .option('--network <name>', NETWORKS.join(', '), oneOf('--network', NETWORKS))
}
