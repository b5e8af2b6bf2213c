/**
 * The `age` program (Debian's 1.1.1). Identities go through a file of mode 0600, passphrases through a terminal
 * of their own, since `age` reads them from nowhere else.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Peer } from './peer.js'
import { python } from './python.js'
import { type RunOptions, run, runBytes, which } from './run.js'

export const age: Peer = {
  name: 'age',
  install: 'apt-get install age',
  available: async () => which('age') !== null && which('age-keygen') !== null,
}

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-age-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A new identity, `AGE-SECRET-KEY-1…`. */
export async function keygen(): Promise<string> {
  const said = await run('age-keygen', [])
  return said.split('\n').find((line) => line.startsWith('AGE-SECRET-KEY-')) ?? ''
}

/** `age-keygen -y`: the recipient of an identity, `age1…`. */
export const recipientOf = (identity: string) => run('age-keygen', ['-y'], { input: `${identity}\n` })

export const encrypt = (plain: Uint8Array, recipients: readonly string[]): Promise<Buffer> =>
  runBytes('age', ['--encrypt', ...recipients.flatMap((recipient) => ['-r', recipient])], { input: plain })

/** Rejects with what `age` said when it refuses. */
export const decrypt = (sealed: Uint8Array, identity: string): Promise<Buffer> =>
  inFolder((folder) => {
    const file = join(folder, 'identity')
    writeFileSync(file, `${identity}\n`, { mode: 0o600 })
    return runBytes('age', ['--decrypt', '-i', file], { input: sealed })
  })

/** Types the passphrase at each prompt on a terminal made for the program. */
const typist = `
import json, os, pty, sys
job = json.load(sys.stdin)
child, terminal = pty.fork()
if child == 0:
    os.execvp(job['program'], [job['program']] + job['args'])
said = b''
asked = 0 # what was answered; a prompt may come in pieces
while True:
    try:
        part = os.read(terminal, 1024)
        said += part
        if b'passphrase' in said[asked:] and said.rstrip().endswith(b':'):
            asked = len(said)
            os.write(terminal, (job['passphrase'] + '\\n').encode())
    except OSError:
        part = b''
    if not part:
        break
code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
if code != 0:
    sys.stderr.write(said.decode())
sys.exit(code)
`

export interface Typing extends Pick<RunOptions, 'cwd' | 'env'> {
  readonly program: string
  readonly args: readonly string[]
  readonly passphrase: string
}

/** Runs `age`, or a program that runs it, on a terminal. Rejects with what the terminal showed when it fails. */
export const typePassphrase = async ({ cwd, env = {}, ...job }: Typing): Promise<void> => {
  const where = cwd === undefined ? {} : { cwd }
  await run(python(), ['-c', typist], { input: JSON.stringify(job), env, ...where })
}

const withPassphrase = (
  mode: '--encrypt' | '--decrypt',
  bytes: Uint8Array,
  passphrase: string,
): Promise<Buffer> =>
  inFolder(async (folder) => {
    const [from, to] = [join(folder, 'in'), join(folder, 'out')]
    writeFileSync(from, bytes)
    const args = [mode, ...(mode === '--encrypt' ? ['-p'] : []), '-o', to, from]
    await typePassphrase({ program: 'age', args, passphrase })
    return readFileSync(to)
  })

export const encryptWithPassphrase = (plain: Uint8Array, passphrase: string) =>
  withPassphrase('--encrypt', plain, passphrase)

/** Rejects with what `age` said when it refuses. */
export const decryptWithPassphrase = (sealed: Uint8Array, passphrase: string) =>
  withPassphrase('--decrypt', sealed, passphrase)
