/**
 * How a key comes into a wallet program: what the program takes, and what a person does there. A row a program; the steps
 * are those of its own documentation, named in docs/keys.md.
 */
import { fail } from '../errors.js'
import type { KeyAddressType } from './address.js'
import { type Writing, writeKey } from './key-writer.js'
import { type Home, isSpendable, type Material } from './material.js'

export interface Program {
  readonly name: ProgramName
  readonly title: string
  readonly takes: (material: Material, home: Home) => boolean
  /** What its file holds; for `--out`. */
  readonly format: Writing['format'] | 'importdescriptors'
  /** `FILE` is the file that Cairn writes. */
  readonly steps: readonly string[]
}

export type ProgramName =
  | 'bitcoin-core'
  | 'electrum'
  | 'sparrow'
  | 'metamask'
  | 'geth'
  | 'phantom'
  | 'solana-cli'
  | 'monero-wallet-cli'
  | 'validator'
  | 'litecoin-core'

const isSingle = (curve: string) => (material: Material) =>
  material.kind === 'single' && material.curve === curve && material.privateKey !== null
const onBitcoin = ({ chain }: Home) => chain === 'bitcoin' || chain === null
const onEvm = ({ chain }: Home) => chain === 'ethereum' || chain === null

export const PROGRAMS: readonly Program[] = [
  {
    name: 'electrum',
    title: 'Electrum',
    takes: (material, home) =>
      onBitcoin(home) && (isSingle('secp256k1')(material) || material.kind === 'extended'),
    format: 'electrum',
    steps: [
      'File > New/Restore > Import Bitcoin addresses or private keys (a single key), or',
      'Standard wallet > Use a master key (an xprv, yprv, zprv or their public forms).',
      'Better: Wallet > Private keys > Sweep sends the coins of a single key to a wallet that has words.',
    ],
  },
  {
    name: 'bitcoin-core',
    title: 'Bitcoin Core',
    takes: (material, home) => onBitcoin(home) && canDescribe(material),
    format: 'importdescriptors',
    steps: [
      'bitcoin-cli createwallet NAME false true (of a public key: createwallet NAME true true)',
      'bitcoin-cli -rpcwallet=NAME -stdin importdescriptors < FILE',
      'It looks through the whole chain, which takes from minutes to hours.',
    ],
  },
  {
    name: 'sparrow',
    title: 'Sparrow',
    takes: (material, home) => onBitcoin(home) && (canDescribe(material) || isSingle('secp256k1')(material)),
    format: 'descriptor',
    steps: [
      'An extended key or a descriptor: File > New Wallet, then Edit under Descriptor and paste it.',
      'A single key: Tools > Sweep Private Key sends its coins to the open wallet.',
    ],
  },
  {
    name: 'metamask',
    title: 'MetaMask',
    takes: (material, home) => onEvm(home) && isSingle('secp256k1')(material),
    format: 'keystore',
    steps: [
      'Account menu > Add account or hardware wallet > Import account > JSON File, with the password of FILE.',
    ],
  },
  {
    name: 'geth',
    title: 'geth (clef)',
    takes: (material, home) => onEvm(home) && isSingle('secp256k1')(material),
    format: 'keystore',
    steps: ['Copy FILE into the folder keystore of its data folder: cp FILE ~/.ethereum/keystore/'],
  },
  {
    name: 'phantom',
    title: 'Phantom',
    takes: (material) => isSingle('ed25519')(material),
    format: 'solana-base58',
    steps: ['Account menu > Add / Connect Wallet > Import Private Key, and paste what is in FILE.'],
  },
  {
    name: 'solana-cli',
    title: 'Solana command line',
    takes: (material) => isSingle('ed25519')(material),
    format: 'solana-id',
    steps: ['solana config set --keypair FILE'],
  },
  {
    name: 'monero-wallet-cli',
    title: 'Monero command line',
    takes: ({ kind }) => kind === 'monero',
    format: 'monero',
    steps: [
      'monero-wallet-cli --generate-from-keys NAME, and give address, spend key and view key when asked.',
    ],
  },
  {
    name: 'validator',
    title: 'clients of Ethereum validators',
    takes: (material) => isSingle('bls12-381')(material),
    format: 'eip2335',
    steps: [
      'Lighthouse: lighthouse account validator import --keystore FILE',
      'A key that signs in two places at once is slashed: be sure that no other client has it.',
    ],
  },
  {
    name: 'litecoin-core',
    title: 'the program of the coin',
    takes: (material, { chain }) =>
      isSingle('secp256k1')(material) && ['litecoin', 'dogecoin', 'dash', 'zcash'].includes(chain ?? ''),
    format: 'wif',
    steps: ['In its console (Help > Debug window, or Tools): importprivkey, with the key in FILE.'],
  },
]

export const PROGRAM_NAMES = PROGRAMS.map(({ name }) => name)

/** The programs that take such a key. */
export function programsFor(material: Material, home: Home): readonly Program[] {
  return PROGRAMS.filter(({ takes }) => takes(material, home))
}

/**
 * What the program reads: for Bitcoin Core one line for `importdescriptors`, else the key in the program's format.
 * @throws CairnError `key-conversion` for a program that takes no such key.
 */
export async function writeFor(program: Program, writing: Omit<Writing, 'format'>): Promise<string> {
  const { material, home } = writing
  if (!program.takes(material, home))
    return fail('key-conversion', { what: 'key', format: program.title, reason: 'it takes no such keys' })
  if (program.format === 'importdescriptors') return importLine(writing)
  const format = !isSpendable(material) && program.format === 'electrum' ? 'zpub' : program.format
  const extended = material.kind === 'extended' && program.format === 'electrum'
  return writeKey({ ...writing, format: extended ? extendedFormat(material) : format })
}

function extendedFormat(material: Material): 'xprv' | 'zprv' | 'xpub' | 'zpub' | 'yprv' | 'ypub' {
  if (material.kind !== 'extended') return 'xpub'
  const { form, privateKey } = material.extended
  const letter = form === 'p2wpkh' ? 'z' : form === 'p2sh-p2wpkh' ? 'y' : 'x'
  return privateKey ? `${letter}prv` : `${letter}pub`
}

/** Bitcoin Core, `help importdescriptors`: a single key may have been used for any kind of address. */
async function importLine(writing: Omit<Writing, 'format'>): Promise<string> {
  const { material } = writing
  const format = isSpendable(material) ? 'descriptor-private' : 'descriptor'
  const types: readonly (KeyAddressType | undefined)[] =
    material.kind === 'single' && writing.type === undefined
      ? material.compressed
        ? ['p2pkh', 'p2sh-p2wpkh', 'p2wpkh', 'p2tr']
        : ['p2pkh']
      : [writing.type]
  const all = await Promise.all(
    types.map((type) => writeKey({ ...writing, format, ...(type === undefined ? {} : { type }) })),
  )
  const isRange =
    material.kind === 'extended' || (material.kind === 'descriptor' && material.descriptor.isRange)
  const range = isRange ? { range: [0, 999], active: true } : {}
  return JSON.stringify(all.map((desc) => ({ desc, timestamp: 0, ...range })))
}

function canDescribe(material: Material): boolean {
  return (
    material.kind === 'descriptor' ||
    material.kind === 'extended' ||
    (material.kind === 'single' && material.curve === 'secp256k1') ||
    material.kind === 'address'
  )
}
