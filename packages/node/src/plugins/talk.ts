/**
 * The talk with an age plugin, client's side (C2SP age-plugin.md, state machines `recipient-v1` and `identity-v1`).
 * In the first phase the client says what is to be done; in the second the plugin leads and asks.
 */
import { text, utf8 } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { FILE_KEY_BYTES, type Stanza } from '@cairn/core/vault/age-header.js'
import { pluginOfIdentity, pluginOfRecipient } from '@cairn/core/vault/age-plugin.js'
import type { WrapFileKey } from '@cairn/core/vault/sealed-key.js'
import type { Wait } from '../ports.js'
import type { Command } from '../stores/program.js'
import { type Connection, connect, type Starting } from './connection.js'

/** The person, as a plugin meets them. Texts are the plugin's: not to be trusted, nor to be kept. */
export interface Person {
  /** Shows a text; false when nobody is there. */
  readonly tell: (message: string) => boolean
  /** A secret as a PIN, typed unseen, or something public; null when nobody is there or nothing was typed. */
  readonly ask: (message: string, what: 'secret' | 'public') => Promise<string | null>
  /** null when nobody is there. */
  readonly choose: (question: Choice) => Promise<'yes' | 'no' | null>
}

export interface Choice {
  readonly message: string
  readonly yes: string
  readonly no: string | undefined
}

export interface PluginPorts {
  readonly person: Person
  readonly wait: Wait
  /** The program of a plugin; `age-plugin-NAME` of PATH unless given. */
  readonly commandOf?: (plugin: string) => Command
}

/** Requests of a plugin in one talk. */
const TURNS_LIMIT = 100
const MESSAGE_LIMIT_CHARACTERS = 1_024
const LABEL_LIMIT_CHARACTERS = 64

/**
 * Wraps file keys to a recipient `age1NAME1…` by its plugin. No identity is needed.
 * @throws CairnError `key-invalid`, `plugin-absent`, `plugin-failed`
 */
export function wrapByPlugin(recipient: string, ports: PluginPorts): WrapFileKey {
  const plugin = pluginOfRecipient(recipient)
  return async (fileKey) => {
    const stanzas: Stanza[] = []
    const request = [command(['add-recipient', recipient]), command(['wrap-file-key'], fileKey)]
    const failed = await talk(
      { plugin, machine: 'recipient-v1', request, ports },
      ({ args: [name, file, ...args], body }) => {
        if (name !== 'recipient-stanza') return 'unknown'
        if (file !== '0' || args.length === 0) return 'wrong'
        stanzas.push({ args, body })
        return 'taken'
      },
    )
    if (failed) return fail('plugin-failed', { plugin, reason: REPORTED })
    return stanzas.length > 0 ? stanzas : fail('plugin-failed', { plugin, reason: 'it wrapped nothing' })
  }
}

/**
 * The file keys that a plugin finds with these identities (`AGE-PLUGIN-NAME-1…`, all of one plugin) in the stanzas of
 * several files, in one talk, by the index of the file. Files that it cannot open are left out.
 * @throws CairnError `key-invalid`, `plugin-absent`, `plugin-failed`
 */
export async function unwrapByPlugin(
  identities: readonly string[],
  files: readonly (readonly Stanza[])[],
  ports: PluginPorts,
): Promise<ReadonlyMap<number, Uint8Array>> {
  const [plugin = '', ...others] = new Set(identities.map(pluginOfIdentity))
  if (others.length > 0) throw new RangeError('identities of several plugins in one talk')
  const found = new Map<number, Uint8Array>()
  const request = [
    ...identities.map((identity) => command(['add-identity', identity])),
    ...files.flatMap((stanzas, i) =>
      stanzas.map(({ args, body }) => command(['recipient-stanza', `${i}`, ...args], body)),
    ),
  ]
  const failed = await talk(
    { plugin, machine: 'identity-v1', request, ports },
    ({ args: [name, file = ''], body }) => {
      if (name !== 'file-key') return 'unknown'
      const index = /^(0|[1-9]\d{0,3})$/.test(file) ? Number(file) : files.length
      if (index >= files.length || found.has(index) || body.length !== FILE_KEY_BYTES) return 'wrong'
      found.set(index, body)
      return 'taken'
    },
  )
  // an error may be of a file that is for another device
  return failed && found.size === 0 ? fail('plugin-failed', { plugin, reason: REPORTED }) : found
}

const REPORTED = 'it reports an error'

interface Talk extends Omit<Starting, 'wait' | 'command'> {
  readonly request: readonly Stanza[]
  readonly ports: PluginPorts
}

/** What the stanzas of one machine are taken for. */
type Take = (stanza: Stanza) => 'taken' | 'wrong' | 'unknown'

/** True when the plugin reported an error, which the person was shown. */
async function talk({ plugin, machine, request, ports }: Talk, take: Take): Promise<boolean> {
  const { person, wait, commandOf } = ports
  const starting = commandOf ? { command: commandOf(plugin) } : {}
  const connection = await connect({ plugin, machine, wait, ...starting })
  let end: 'done' | 'broken' = 'broken'
  try {
    for (const stanza of [...request, command(['done'])]) connection.write(stanza)
    const failed = await listen({ plugin, connection, person }, take)
    end = 'done'
    return failed
  } finally {
    connection.close(end)
  }
}

interface Listening {
  readonly plugin: string
  readonly connection: Connection
  readonly person: Person
}

/** Answers until the plugin is done. True when it reported an error, which the person was shown. */
async function listen({ plugin, connection, person }: Listening, take: Take): Promise<boolean> {
  let failed = false
  for (let turn = 0; turn < TURNS_LIMIT; turn++) {
    const stanza = await connection.read()
    const name = stanza.args[0] ?? ''
    if (name === 'done') return failed
    const answer = ANSWERS[name]
    const taken = answer === undefined ? take(stanza) : 'taken'
    if (taken === 'wrong') break
    failed ||= name === 'error'
    if (taken === 'unknown') connection.write(command(['unsupported']))
    else connection.write((await answer?.(stanza, person)) ?? command(['ok']))
  }
  return fail('plugin-failed', { plugin, reason: 'what it says is not the protocol of age plugins' })
}

const ANSWERS: Readonly<Record<string, (stanza: Stanza, person: Person) => Promise<Stanza>>> = {
  msg: async ({ body }, person) => command([person.tell(messageIn(body)) ? 'ok' : 'fail']),
  error: async ({ body }, person) => {
    person.tell(messageIn(body))
    return command(['ok'])
  },
  confirm: async ({ args, body }, person) => {
    const [yes, no] = args.slice(1).map(decodeLabel)
    const chosen = await person.choose({ message: messageIn(body), yes: yes || 'yes', no })
    return chosen === null ? command(['fail']) : command(['ok', chosen])
  },
  'request-secret': async ({ body }, person) => answered(await person.ask(messageIn(body), 'secret')),
  'request-public': async ({ body }, person) => answered(await person.ask(messageIn(body), 'public')),
}

function answered(typed: string | null): Stanza {
  return typed === null ? command(['fail']) : command(['ok'], utf8(typed))
}

function command(args: readonly string[], body: Uint8Array = new Uint8Array(0)): Stanza {
  return { args, body }
}

function messageIn(body: Uint8Array): string {
  try {
    return text(body).slice(0, MESSAGE_LIMIT_CHARACTERS)
  } catch {
    return ''
  }
}

function decodeLabel(encoded: string): string {
  return messageIn(Buffer.from(encoded, 'base64')).slice(0, LABEL_LIMIT_CHARACTERS)
}
