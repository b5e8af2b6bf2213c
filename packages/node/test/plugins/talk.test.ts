import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newIdentity } from '@cairn/core/vault/identity.js'
import { openKey, sealKey, stanzasOf } from '@cairn/core/vault/sealed-key.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { age } from '../../../../test/peers/age.js'
import {
  agePlugins,
  newPostQuantum,
  newStone,
  type PluginPair,
  pathWithReal,
  pathWithStone,
  realPlugin,
  stone,
} from '../../../../test/peers/age-plugins.js'
import { present } from '../../../../test/peers/peer.js'
import { runBytes } from '../../../../test/peers/run.js'
import { SILENCE_LIMIT_MS } from '../../src/plugins/connection.js'
import { type Person, type PluginPorts, unwrapByPlugin, wrapByPlugin } from '../../src/plugins/talk.js'
import type { Command } from '../../src/stores/program.js'

const forever = () => new Promise<void>(() => {})
const nobody: Person = { tell: () => false, ask: async () => null, choose: async () => null }
const ports = (command: Command, person: Person = nobody): PluginPorts => ({
  person,
  wait: forever,
  commandOf: () => command,
})

const key = newIdentity()
let ours: PluginPair
let sealed: string
let folder: string
beforeAll(async () => {
  ours = await newStone()
  sealed = await sealKey(key.identity, wrapByPlugin(ours.recipient, ports(stone())))
  folder = mkdtempSync(join(tmpdir(), 'cairn-plugins-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const seal = (odd: string) => sealKey(key.identity, wrapByPlugin(ours.recipient, ports(stone(odd))))

/** Opens what was sealed plainly with a plugin that behaves so. */
async function open(odd: string, person?: Person) {
  const files = [stanzasOf(sealed) ?? []]
  const found = await unwrapByPlugin([ours.identity], files, ports(stone(odd), person))
  const opened = await openKey({ key: sealed, recipient: key.recipient }, async () => found.get(0) ?? null)
  return typeof opened === 'string' ? opened : opened.identity === key.identity
}

describe('the talk with an age plugin', () => {
  it('seals keys, and opens several at once; what is for another is left out', async () => {
    const other = await newStone()
    const foreign = await sealKey(key.identity, wrapByPlugin(other.recipient, ports(stone())))
    const files = [foreign, sealed, sealed].map((each) => stanzasOf(each) ?? [])
    const found = await unwrapByPlugin([ours.identity], files, ports(stone()))
    expect([...found.keys()]).toEqual([1, 2])
    for (const fileKey of found.values())
      expect(await openKey({ key: sealed, recipient: key.recipient }, async () => fileKey)).toEqual({
        identity: key.identity,
      })
  })

  it('answers what it does not know with "unsupported", and goes on', async () => {
    expect(await open('grease')).toBe(true)
  })

  it('shows messages, and asks for a PIN and for a decision', async () => {
    const told: string[] = []
    const person: Person = {
      tell: (message) => told.push(message) > 0,
      ask: async (message, what) => {
        told.push(`${what}: ${message}`)
        return '4711'
      },
      choose: async ({ message, yes, no }) => {
        told.push(`${message} ${yes}/${no}`)
        return 'yes'
      },
    }
    for (const odd of ['message', 'pin', 'confirm']) expect(await open(odd, person)).toBe(true)
    expect(told).toEqual([
      'please touch the \u001b[31mstone',
      'secret: the PIN of the stone',
      'put the stone on the table it is here/skip it',
    ])
  })

  it('tells the plugin when nobody is there, and when the answer is no', async () => {
    const refusing: Person = {
      ...nobody,
      tell: () => true,
      ask: async () => '0000',
      choose: async () => 'no',
    }
    for (const person of [nobody, refusing])
      for (const odd of ['pin', 'confirm'])
        await expect(open(odd, person)).rejects.toMatchObject({ code: 'plugin-failed' })
  })

  it.each(['crash', 'cut', 'garbage', 'flood', 'line', 'chatter', 'error', 'index', 'short'])(
    'ends with an error when the plugin does this: %s',
    async (odd) => {
      await expect(open(odd)).rejects.toMatchObject({ code: 'plugin-failed' })
    },
  )

  it.each(['crash', 'error', 'index', 'pin'])('seals nothing when the plugin does this: %s', async (odd) => {
    await expect(seal(odd)).rejects.toMatchObject({ code: 'plugin-failed' })
  })

  it('tells the person what the plugin reports, and keeps it out of the error', async () => {
    const told: string[] = []
    const person: Person = { ...nobody, tell: (message) => told.push(message) > 0 }
    const error = await open('error', person).catch((error) => error)
    expect(told).toEqual(['the stone is not here'])
    expect(`${error.message} ${error.hint}`).not.toContain('stone is not here')
  })

  it('gives up on a plugin that is silent for too long, and not sooner', async () => {
    const waits: number[] = []
    const wait = async (ms: number) => void waits.push(ms)
    const silent = unwrapByPlugin([ours.identity], [[]], { ...ports(stone('silent')), wait })
    await expect(silent).rejects.toMatchObject({ code: 'plugin-failed' })
    expect(waits).toEqual([SILENCE_LIMIT_MS])
  })

  it('says which program is missing', async () => {
    const missing: PluginPorts = { person: nobody, wait: forever }
    await expect(wrapByPlugin(ours.recipient, missing)(new Uint8Array(16))).rejects.toMatchObject({
      code: 'plugin-absent',
      message: expect.stringContaining('age-plugin-stone'),
    })
    const odd = { ...missing, commandOf: (): Command => [folder] }
    await expect(wrapByPlugin(ours.recipient, odd)(new Uint8Array(16))).rejects.toMatchObject({
      code: 'plugin-failed',
    })
  })

  it('refuses what is no recipient and no identity of a plugin', async () => {
    expect(() => wrapByPlugin(newIdentity().recipient, ports(stone()))).toThrow(/age plugin/)
    const native = unwrapByPlugin([newIdentity().identity], [[]], ports(stone()))
    await expect(native).rejects.toMatchObject({ code: 'key-invalid' })
  })
})

/** What `age` seals we open, and the reverse, with the plugin in its PATH. */
async function agreesWithAge(pair: PluginPair, command: Command, program: string, PATH: string) {
  const byAge = await runBytes(program, ['-a', '-r', pair.recipient], {
    input: `${key.identity}\n`,
    env: { PATH },
  })
  const found = await unwrapByPlugin([pair.identity], [stanzasOf(`${byAge}`) ?? []], ports(command))
  const fileKey = async () => found.get(0) ?? null
  expect(await openKey({ key: `${byAge}`, recipient: key.recipient }, fileKey)).toEqual({
    identity: key.identity,
  })
  const byUs = await sealKey(key.identity, wrapByPlugin(pair.recipient, ports(command)))
  const file = join(folder, 'identity')
  writeFileSync(file, `${pair.identity}\n`, { mode: 0o600 })
  const opened = await runBytes(program, ['-d', '-i', file], { input: byUs, env: { PATH } })
  expect(`${opened}`).toBe(`${key.identity}\n`)
}

describe.runIf(await present(age))('with the real age', () => {
  it('the plugin of these tests seals and opens the same files', async () => {
    await agreesWithAge(ours, stone(), 'age', pathWithStone(folder))
  })
})

describe.runIf(await present(agePlugins))('the real age-plugin-pq', () => {
  it('seals and opens the same files here and in age', async () => {
    const command: Command = [realPlugin('age-plugin-pq')]
    const pair = await newPostQuantum()
    await agreesWithAge(pair, command, 'age', pathWithReal())
    await agreesWithAge(pair, command, realPlugin('age'), pathWithReal())
  })
})
