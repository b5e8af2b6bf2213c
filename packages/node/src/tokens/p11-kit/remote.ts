/**
 * Calls of PKCS#11 made by the program `p11-kit remote`: it loads the module of the token, so that no foreign code
 * runs in this process, and a PIN goes over a pipe, where neither the process list nor the environment shows it.
 * (`pkcs11-tool` asks for a PIN on a terminal only, and otherwise takes it from an argument or the environment.)
 */
import { spawn } from 'node:child_process'
import { fail } from '@cairn/core/errors.js'
import { errno } from '../../disk.js'
import { stopAtExit } from '../../stores/program.js'
import { type Answer, byteArray, type Call, firstMessage, frame, parseAnswer } from './message.js'

/** How parameters of mechanisms go over the pipe: bare until p11-kit 0.25.5, since 0.25.6 after a byte that flags them. */
export type Form = 'bare' | 'flagged'

export interface Remote {
  readonly form: Form
  /** One call after the other. Resolves with null when the program ended or answers nonsense. */
  readonly call: (call: Call, ...args: readonly Uint8Array[]) => Promise<Answer | null>
  readonly end: () => void
}

export interface Connecting {
  /** Which tokens, as a URI of RFC 7512; `pkcs11:` is all. */
  readonly tokens: string
  /** Path of a module; those that p11-kit is configured with when absent. */
  readonly module?: string | undefined
  readonly form: Form
}

const HANDSHAKE = Buffer.from('PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1', 'latin1')
const VERSION = 0

/** Null when there is no such token, or no such module. @throws CairnError `token-program` */
export async function connect({ tokens, module, form }: Connecting): Promise<Remote | null> {
  const args = ['remote', ...(module === undefined ? [] : ['--provider', module]), tokens]
  const child = spawn('p11-kit', args, { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true })
  stopAtExit(child)
  const take = takerOf(child)
  const trouble = await new Promise<unknown>((resolve) => {
    child.once('spawn', () => resolve(null)).once('error', resolve)
  })
  if (trouble !== null) {
    if (errno(trouble) !== 'ENOENT') throw trouble
    return fail('token-program', { program: 'p11-kit', install: 'p11-kit (Debian: apt-get install p11-kit)' })
  }
  child.stdin.write(Uint8Array.of(VERSION))
  if ((await take(firstByte)) !== VERSION) return null
  let number = 0
  const call: Remote['call'] = async (name, ...callArgs) => {
    number += 1
    child.stdin.write(frame(number, name, callArgs))
    const message = await take(nextMessage)
    return message === null ? null : answerOrNull(name, message)
  }
  const end = () => void child.stdin.end()
  const ready = await call(
    'C_Initialize',
    byteArray(HANDSHAKE),
    Uint8Array.of(0),
    byteArray(Uint8Array.of(0)),
  )
  if (ready?.rv === 0) return { form, call, end }
  end()
  return null
}

function answerOrNull(call: Call, message: Uint8Array): Answer | null {
  try {
    return parseAnswer(call, message)
  } catch {
    return null
  }
}

type Take<T> = (bytes: Uint8Array) => { readonly value: T; readonly rest: Uint8Array } | null

const firstByte: Take<number | undefined> = (bytes) =>
  bytes.length === 0 ? null : { value: bytes[0], rest: bytes.subarray(1) }

const nextMessage: Take<Uint8Array | null> = (bytes) => {
  const first = firstMessage(bytes)
  if (first === 'broken') return { value: null, rest: bytes }
  return first === null ? null : { value: first.message, rest: first.rest }
}

interface Pipes {
  readonly stdin: NodeJS.WritableStream
  readonly stdout: NodeJS.ReadableStream
}

/** Waits until what the child wrote begins with what is taken; null when it ends before. */
function takerOf({ stdin, stdout }: Pipes): <T>(take: Take<T>) => Promise<T | null> {
  let bytes: Uint8Array = new Uint8Array(0)
  let ended = false
  let wake = () => {}
  stdin.on('error', () => {}) // it may end without reading what it is sent
  stdout.on('data', (piece: Buffer) => {
    bytes = Buffer.concat([bytes, piece])
    wake()
  })
  stdout.on('close', () => {
    ended = true
    wake()
  })
  return async (take) => {
    for (;;) {
      const taken = take(bytes)
      if (taken !== null) {
        bytes = taken.rest
        return taken.value
      }
      if (ended) return null
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
}
