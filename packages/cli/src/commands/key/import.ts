/**
 * `cairn key import`: reads a key, verifies it, and says how it comes into a wallet program; writes the file that the
 * program takes. Cairn itself keeps no keys.
 */

import { fail, isCairnError } from '@cairn/core/errors.js'
import type { KeyAddressType } from '@cairn/core/keys/address.js'
import type { Opened } from '@cairn/core/keys/key-file.js'
import {
  PROGRAMS,
  type Program,
  type ProgramName,
  programsFor,
  writeFor,
} from '@cairn/core/keys/key-programs.js'
import { secrecyOf, writeKey } from '@cairn/core/keys/key-writer.js'
import { isSpendable, publicPart } from '@cairn/core/keys/material.js'
import { askNewSecret } from '../../ask.js'
import type { Context } from '../../context.js'
import { writePrivate } from '../../input.js'
import { chainOption, type KeyOptions, openWhole, placed, readKeyText, readWhole } from '../../key-input.js'
import type { Outcome } from '../../outcome.js'
import { bold, columns, good, safe } from '../../output.js'
import { TITLES } from './inspect.js'

interface Options extends KeyOptions {
  readonly for?: ProgramName
  readonly type?: KeyAddressType
  readonly newPasswordFile?: string
  readonly out?: string
}

export async function run(context: Context, given: Options, path?: string): Promise<Outcome> {
  const file = readWhole(await readKeyText(context, path))
  const options = file.type === undefined ? given : { type: file.type, ...given }
  if (options.out !== undefined && options.for === undefined)
    return fail('usage', { reason: 'say with --for which program the file is for' })
  const chain = chainOption(options)
  const opened = placed(await openWhole(context, file, options), chain, options.network)
  const { material, home } = opened
  const programs = programsFor(material, home).filter(
    ({ name }) => options.for === undefined || name === options.for,
  )
  if (options.for !== undefined && programs.length === 0) {
    const title = PROGRAMS.find(({ name }) => name === options.for)?.title ?? options.for
    return fail('key-conversion', {
      what: 'key',
      format: `a key of ${title}`,
      reason: 'it takes no such keys',
    })
  }
  const [program] = programs
  if (options.out !== undefined && program) await write(context, { opened, program }, options)
  const part = publicPart(material, home)
  const descriptor = await publicDescriptor(opened, options)
  const shown = programs.map(({ name, title, steps }) => ({
    program: name,
    title,
    steps: steps.map((step) => step.replaceAll('FILE', options.out ?? 'FILE')),
  }))
  return {
    json: {
      format: file.format,
      chain: home.chain,
      spendable: isSpendable(material),
      address: part.addresses[0]?.address ?? null,
      addresses: part.addresses.map(({ address }) => address),
      public: part.public,
      ...(descriptor === null ? {} : { descriptor }),
      programs: shown,
      ...(options.out === undefined ? {} : { file: options.out }),
    },
    text: [
      `${good('whole')}: ${bold(TITLES[file.format])}${isSpendable(material) ? '' : ', which can look but not spend'}`,
      columns(part.addresses.map(({ form, address }) => [`  ${form}`, address])),
      ...(descriptor === null ? [] : [`  ${descriptor}`]),
      ...shown.flatMap(({ title, steps }) => ['', bold(title), ...steps.map((step) => `  ${safe(step)}`)]),
    ]
      .filter((line, i) => i === 0 || line !== '' || shown.length > 0)
      .join('\n'),
    next: advice(opened, options),
  }
}

async function write(
  context: Context,
  { opened, program }: { readonly opened: Opened; readonly program: Program },
  { out = '', type, newPasswordFile }: Options,
): Promise<void> {
  const isEncrypted = program.format !== 'importdescriptors' && secrecyOf(program.format) === 'encrypted'
  const question = { what: 'a new password for the file', option: '--new-password-file' }
  const password = isEncrypted ? await askNewSecret(context, question, newPasswordFile) : ''
  const text = await writeFor(program, { ...opened, password, ...(type === undefined ? {} : { type }) })
  await writePrivate(out, text.endsWith('\n') ? text : `${text}\n`)
}

async function publicDescriptor({ material, home }: Opened, { type }: Options): Promise<string | null> {
  try {
    const writing = { material, home, format: 'descriptor' } as const
    return await writeKey({ ...writing, ...(type === undefined ? {} : { type }) })
  } catch (error) {
    if (isCairnError(error, 'key-conversion')) return null
    throw error
  }
}

function advice({ material }: Opened, { out, for: program }: Options): readonly string[] {
  if (out !== undefined) {
    return isSpendable(material)
      ? [`${safe(out)} is as secret as the key: delete it when the program has it.`]
      : []
  }
  const write = program === undefined ? '--for PROGRAM --out FILE' : '--out FILE'
  return [`Write the file that the program takes with: ${write}`]
}
