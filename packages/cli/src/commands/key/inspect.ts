/** `cairn key inspect`: what a key is, whether it is whole, where it leads; never the key unless it is asked for. */
import { hex } from '@cairn/core/bytes.js'
import { CairnError, EXIT_CODES } from '@cairn/core/errors.js'
import type { KeyFile, KeyFormat, Opened } from '@cairn/core/keys/key-file.js'
import { coinOf, type WrittenFormat, writeKey } from '@cairn/core/keys/key-writer.js'
import { isSpendable, publicPart } from '@cairn/core/keys/material.js'
import { type Damage, placesOf, type Repair } from '@cairn/core/keys/repair.js'
import type { Context } from '../../context.js'
import {
  chainOption,
  type KeyOptions,
  placed,
  readKeyText,
  readOrDiagnose,
  tryOpen,
} from '../../key-input.js'
import type { Outcome } from '../../outcome.js'
import { bad, bold, columns, count, good, safe } from '../../output.js'

interface Options extends KeyOptions {
  readonly reveal?: boolean
}

export async function run(context: Context, options: Options, path?: string): Promise<Outcome> {
  const read = readOrDiagnose(await readKeyText(context, path))
  if ('damage' in read) return damaged(read.damage, options)
  const { file } = read
  const found = await tryOpen(context, file, options)
  const chain = chainOption(options)
  const opened = found && placed(found, chain, options.network)
  return outcome(file, opened, options)
}

export const TITLES: Readonly<Record<KeyFormat, string>> = {
  wif: 'private key (WIF)',
  electrum: 'private key as Electrum writes it',
  hex: 'private key in hexadecimal',
  mini: 'mini private key',
  bip38: 'encrypted private key (BIP-38)',
  xprv: 'extended private key',
  xpub: 'extended public key',
  descriptor: 'output descriptor',
  policy: 'wallet policy (BIP-388)',
  'keystore-v1': 'Ethereum keystore of version 1',
  'keystore-v3': 'Ethereum keystore of version 3',
  presale: 'wallet of the Ethereum presale',
  eip2335: 'keystore of an Ethereum validator',
  'solana-id': 'Solana key pair (id.json)',
  'solana-base58': 'Solana key pair in Base58',
  monero: 'pair of Monero keys',
  pem: 'key in PEM',
  'public-key': 'public key',
  address: 'address',
}

interface Shown {
  readonly format: KeyFormat
  readonly encrypted: boolean
  readonly chain: string | null
  readonly network: string
  readonly compressed?: boolean
  readonly address: string | null
  readonly addresses: readonly string[]
  readonly public: string | null
}

async function outcome(file: KeyFile, opened: Opened | null, options: Options): Promise<Outcome> {
  const home = opened?.home ?? file.home
  const part = opened ? publicPart(opened.material, home) : null
  const all = part?.addresses ?? []
  const own = all.filter(({ form }) => form === file.type)
  const named = own.length > 0 ? own : all
  const shown: Shown = {
    format: file.format,
    encrypted: file.encrypted,
    chain: home.chain,
    network: home.network,
    ...(file.compressed === undefined ? {} : { compressed: file.compressed }),
    address: named[0]?.address ?? file.stated?.address ?? null,
    addresses: named.length > 0 ? named.map(({ address }) => address) : stated(file),
    public: part?.public ?? file.stated?.public ?? null,
  }
  const secret =
    options.reveal && opened && isSpendable(opened.material) ? await privateText(file, opened) : null
  const rows = [
    ['chain', [home.chain ?? 'not said', home.network === 'mainnet' ? '' : home.network].join(' ').trim()],
    ...(file.compressed === undefined
      ? []
      : [['public key', file.compressed ? 'compressed' : 'uncompressed']]),
    ...file.details.map(([name, value]) => [name, safe(value)]),
    ['public', shown.public ?? ''],
    ...named.map(({ form, address }) => [form, address]),
    ...(opened ? [] : [['address', shown.address ?? '']]),
  ].filter(([, value]) => value !== '')
  return {
    json: { ...shown, ...(secret === null ? {} : { private: secret }) },
    text: [title(file, opened), columns(rows.map(([name = '', value = '']) => [`  ${name}`, value]))].join(
      '\n',
    ),
    ...(secret === null ? {} : { secret }),
    next: advice(file, opened),
  }
}

function stated({ stated: { address } = {} }: KeyFile): readonly string[] {
  return address === undefined ? [] : [address]
}

function title(file: KeyFile, opened: Opened | null): string {
  const state = file.encrypted ? (opened ? ', opened with its password' : ', not opened') : ''
  return `${good('whole')}: ${bold(TITLES[file.format])}${state}`
}

/** In the form that programs of its chain read. */
async function privateText({ format }: KeyFile, { material, home }: Opened): Promise<string> {
  const write = (format: WrittenFormat) => writeKey({ material, home, format })
  if (material.kind === 'extended') return write(letter(material.extended.form))
  if (material.kind === 'descriptor') return write('descriptor-private')
  if (material.kind === 'monero') return write('monero')
  if (material.kind !== 'single') return ''
  if (home.chain === 'solana') return write('solana-base58')
  const isBitcoin = material.curve === 'secp256k1' && format !== 'hex' && format !== 'pem' && coinOf(home)
  return isBitcoin ? write('wif') : hex(material.privateKey as Uint8Array)
}

function letter(form: string): WrittenFormat {
  return form === 'p2wpkh' ? 'zprv' : form === 'p2sh-p2wpkh' ? 'yprv' : 'xprv'
}

function advice({ encrypted, format }: KeyFile, opened: Opened | null): readonly string[] {
  if (encrypted && !opened) return ['Its password was not tried: give it with --password-file.']
  if (format === 'address') return ['An address is no key: nothing can be spent with it.']
  return [
    'Next: cairn key import, to bring it into a wallet program; cairn key export, to encrypt or convert it',
  ]
}

const DAMAGED: Readonly<Record<Damage['format'], string>> = {
  wif: TITLES.wif,
  bip38: TITLES.bip38,
  xprv: TITLES.xprv,
  xpub: TITLES.xpub,
  address: TITLES.address,
}

/** A public text is shown repaired at once; a private one by the places until it is asked for. */
function damaged(damage: Damage, { reveal }: Options): Outcome {
  const { format, repairs, tried, chance, allPairs } = damage
  const isPublic = format === 'xpub' || format === 'address'
  const shows = isPublic || reveal === true
  const candidates = repairs.map((repair) =>
    shows ? { changes: repair.changes, text: repair.text } : { changes: placesOf(repair) },
  )
  const texts = repairs.map(({ text }) => text).join('\n')
  const { code, message, hint } = new CairnError('key-invalid', { what: DAMAGED[format] })
  return {
    json: {
      error: { code, message, hint },
      format,
      encrypted: format === 'bip38',
      damaged: true,
      candidates,
      tried,
      chance,
      complete: allPairs,
    },
    text: sayDamage(damage, isPublic),
    ...(reveal && !isPublic && repairs.length > 0 ? { secret: texts } : {}),
    next: damageAdvice(damage, shows),
    exit: EXIT_CODES.damaged,
  }
}

function sayDamage({ format, repairs, tried, chance }: Damage, isPublic: boolean): string {
  const lines = repairs.map((repair) => `  ${sayRepair(repair)}${isPublic ? `: ${repair.text}` : ''}`)
  const found =
    repairs.length === 0 ? 'no small change makes it whole' : `${count(repairs.length, 'repair')} found`
  return [
    `${bad('damaged')}: ${DAMAGED[format]}; its check does not hold, ${found}`,
    ...lines,
    `  ${tried.toLocaleString('en-US')} texts were held against the check: a wrong one passes once in ${oneIn(chance)}`,
  ].join('\n')
}

function oneIn(chance: number): string {
  return chance === 0 ? 'never' : Math.floor(1 / chance).toLocaleString('en-US')
}

function sayRepair({ changes }: Repair): string {
  return changes.map(({ kind, position }) => `character ${position} ${SAID[kind]}`).join(', ')
}

const SAID = {
  wrong: 'is wrong',
  missing: 'is missing',
  surplus: 'is one too many',
  swapped: 'and the next are swapped',
} as const

function damageAdvice({ format, repairs, allPairs }: Damage, shows: boolean): readonly string[] {
  if (repairs.length === 0) {
    const pairs = allPairs ? '' : ' Of two wrong characters only look-alikes were tried.'
    return [`Write ? for each character that you cannot read, up to three.${pairs}`]
  }
  if (format === 'address')
    return ["Never pay to a guessed address: it may be somebody else's. Ask its owner."]
  return shows
    ? ['It is a proposal: compare it with the original, and its address with one that you know.']
    : ['See the repaired key with --reveal.']
}
