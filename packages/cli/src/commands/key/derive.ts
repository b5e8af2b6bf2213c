/** `cairn key derive`: the addresses of an extended key or a descriptor, as CSV or JSON. */

import { fail } from '@cairn/core/errors.js'
import type { KeyAddressType } from '@cairn/core/keys/address.js'
import { type ListedKey, listKeys } from '@cairn/core/keys/key-listing.js'
import type { Context } from '../../context.js'
import { writePrivate } from '../../input.js'
import { type KeyOptions, openWhole, placed, readKeyText, readWhole } from '../../key-input.js'
import type { Outcome } from '../../outcome.js'
import { columns, safe } from '../../output.js'

interface Options extends KeyOptions {
  readonly from: number
  readonly to?: number
  readonly change?: boolean
  readonly account?: boolean
  readonly type?: KeyAddressType
  readonly path?: string
  readonly format?: 'csv' | 'json'
  readonly out?: string
  readonly reveal?: boolean
}

const USUAL = 20 // the gap limit of most wallets

export async function run(context: Context, options: Options, path?: string): Promise<Outcome> {
  if (options.change && options.account)
    return fail('usage', { reason: '--account lists change as well: it goes without --change' })
  const file = readWhole(await readKeyText(context, path))
  const { material, home } = placed(await openWhole(context, file, options), undefined, options.network)
  const { from, to = from + USUAL - 1, type, path: account } = options
  const keys = listKeys(material, {
    from,
    to,
    branches: options.account ? [0, 1] : [options.change ? 1 : 0],
    network: home.network,
    ...(type === undefined ? {} : { type }),
    ...(account === undefined ? {} : { path: account }),
    withPrivate: options.reveal === true,
  })
  return outcome(keys, options)
}

async function outcome(keys: readonly ListedKey[], options: Options): Promise<Outcome> {
  const { format, out, reveal } = options
  const json = { addresses: keys }
  const text = format === 'csv' ? csv(keys) : format === 'json' ? JSON.stringify(json, null, 2) : table(keys)
  if (out !== undefined) {
    await writePrivate(out, `${format === 'json' ? text : csv(keys)}\n`)
    return {
      json: { file: out, addresses: keys.length },
      text: `wrote ${keys.length} addresses to ${safe(out)}`,
    }
  }
  return reveal ? { json, secret: text } : { json, text }
}

/** RFC 4180; no field has a comma or a quotation mark in it. */
function csv(keys: readonly ListedKey[]): string {
  const withPrivate = keys.some((key) => key.private !== undefined)
  const head = ['branch', 'index', 'path', 'address', 'public_key', ...(withPrivate ? ['private_key'] : [])]
  const rows = keys.map((key) => [
    key.branch === 0 ? 'receive' : 'change',
    `${key.index}`,
    key.path ?? '',
    key.address,
    key.public ?? '',
    ...(withPrivate ? [key.private ?? ''] : []),
  ])
  return [head, ...rows].map((row) => row.join(',')).join('\n')
}

function table(keys: readonly ListedKey[]): string {
  return columns(
    keys.map(({ branch, index, path, address, ...key }) => [
      path ?? `${branch === 0 ? 'receive' : 'change'} ${index}`,
      address,
      key.private ?? '',
    ]),
  )
}
