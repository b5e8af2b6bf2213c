/** The questions of `cairn init` on a terminal, for somebody who makes a vault for the first time. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import { newPassphrase, normalize } from '@cairn/core/vault/passphrase.js'
import { anyOf, type Grouped } from '@cairn/core/vault/policy.js'
import type { Keep } from '@cairn/node/machine/kept.js'
import type { Accepted } from '@cairn/node/vault/exposed.js'
import type { AskedFactor } from '@cairn/node/vault/own-keys.js'
import * as clack from '@clack/prompts'
import { askSecret } from './ask.js'
import type { Context } from './context.js'
import { askNewPassphrase } from './new-passphrase.js'
import type { PolicyOptions } from './policy-spec.js'
import { reveal } from './reveal.js'
import { Interrupted } from './terminal.js'

export interface InitOptions extends PolicyOptions {
  readonly accept?: readonly Accepted[]
  readonly keep?: Keep
  readonly store?: string
  readonly credentialsFile?: string
  readonly passphraseFile?: readonly string[]
  readonly sheetOut?: readonly string[]
}

/** What is decided before anything is made. */
export interface Choices {
  readonly folder: string
  readonly policy: Grouped<AskedFactor>
  /** A file for each sheet, in order; sheets beyond are shown on the terminal. */
  readonly sheetFiles: readonly string[]
}

const screen = { output: process.stderr }

const WELCOME = `A vault keeps sealed copies of your wallets, in as many places as you like.
It opens with any two of three things: a passphrase, this computer, and a recovery sheet on paper.
Lose one of them and the other two still open it; whoever finds one of them alone can open nothing.`

/** @throws Interrupted when the person gives up; then nothing was made */
export async function guide(
  context: Context,
  options: InitOptions,
  folder: string | undefined,
): Promise<Choices> {
  process.stderr.write(`${WELCOME}\n\n`)
  const where = folder ?? (await askPath('Where shall the vault be?', join(homedir(), 'Cairn')))
  const passphrase = await choosePassphrase(context, options.passphraseFile?.[0])
  const sheetFiles = options.sheetOut ?? (await chooseSheet())
  return {
    folder: resolve(where),
    policy: anyOf(2, [
      { kind: 'passphrase', name: 'passphrase', passphrase },
      { kind: 'computer', name: 'computer' },
      { kind: 'sheet', name: 'sheet' },
    ]),
    sheetFiles: sheetFiles.map((file) => resolve(file)),
  }
}

const QUESTION = { what: 'the passphrase', option: '--passphrase-file' }

async function choosePassphrase(context: Context, file: string | undefined): Promise<string> {
  if (file !== undefined) return askNewPassphrase(context, QUESTION, file)
  const made = await answered(
    clack.select({
      ...screen,
      message: 'The passphrase',
      options: [
        { value: 'made', label: 'Let Cairn make one', hint: 'seven random words, the safer choice' },
        { value: 'own', label: 'Type one of my own' },
      ],
    }),
  )
  return made === 'own' ? askNewPassphrase(context, QUESTION) : makePassphrase(context)
}

const TRIES = 3

/** Shown, then asked back: what nobody wrote down is found out now. */
async function makePassphrase(context: Context): Promise<string> {
  const passphrase = newPassphrase()
  for (let i = 0; i < TRIES; i++) {
    await reveal(context, `The passphrase of this vault:\n\n    ${passphrase}\n\n${WRITE_DOWN}`)
    const typed = await askSecret(context, { ...QUESTION, what: 'Now type it' })
    if (normalize(typed.trim()) === passphrase) return passphrase
    process.stderr.write('That is not the same. Here it is again.\n')
  }
  return fail('input-differs', { what: 'the passphrase' })
}

const WRITE_DOWN = 'Write it down, dashes included. It is shown only now; next you type it from your note.'

async function chooseSheet(): Promise<readonly string[]> {
  const how = await answered(
    clack.select({
      ...screen,
      message: 'The recovery sheet',
      options: [
        { value: 'page', label: 'Write a page that I print', hint: 'an HTML file; delete it afterwards' },
        { value: 'hand', label: 'Show me 33 words that I write down by hand' },
      ],
    }),
  )
  return how === 'hand' ? [] : [await askPath('Where shall the page be?', resolve('recovery-sheet.pdf'))]
}

async function askPath(message: string, proposed: string): Promise<string> {
  return answered(clack.text({ ...screen, message, placeholder: proposed, defaultValue: proposed }))
}

async function answered<T>(question: Promise<T | symbol>): Promise<Exclude<T, symbol>> {
  const answer = await question
  if (clack.isCancel(answer)) throw new Interrupted()
  return answer as Exclude<T, symbol>
}
