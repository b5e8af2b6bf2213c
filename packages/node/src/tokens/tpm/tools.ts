/**
 * One tool of tpm2-tools (https://tpm2-tools.readthedocs.io, 4.0 and later), and what stands in its way. Which TPM is
 * meant, TPM2TOOLS_TCTI says; without it the tools find the one of this computer. What a tool writes to standard error
 * is only asked for the response code of the TPM (TPM 2.0 Library, part 2, section 6.6); it goes nowhere else.
 */
import { fail } from '@cairn/core/errors.js'
import { errno } from '../../disk.js'
import { type Ended, runToEnd } from '../../stores/program.js'

export interface Tool {
  readonly tool: string
  readonly args: readonly string[]
  /** On its standard input: the only way of a secret into a tool. */
  readonly input?: Uint8Array
  /** Of the factor, for errors. */
  readonly factor: string
}

/** Far more than a sealed object may hold. */
const OUTPUT_LIMIT_BYTES = 4_096

/** What it wrote to standard output. @throws CairnError of `TROUBLES`, `token-program`, `tpm-absent`, `tpm-denied`, `tpm-owned`, `tpm-failed` */
export async function runTool(asked: Tool): Promise<Uint8Array> {
  const ended = await start(asked)
  if (ended.code === 0) return ended.output
  if (codeOf(ended.said) !== OBJECT_MEMORY) return failAs(asked, ended)
  // a TPM without a resource manager keeps what earlier tools loaded
  await start({ ...asked, tool: 'tpm2_flushcontext', args: ['-t'] })
  const again = await start(asked)
  return again.code === 0 ? again.output : failAs(asked, again)
}

async function start({ tool, args, input = new Uint8Array(0) }: Tool): Promise<Ended> {
  try {
    return await runToEnd({ command: [tool], args, input, limitBytes: OUTPUT_LIMIT_BYTES })
  } catch (error) {
    if (errno(error) === 'ENOENT')
      return fail('token-program', {
        program: tool,
        install: 'tpm2-tools (Debian: apt-get install tpm2-tools)',
      })
    throw error
  }
}

const OBJECT_MEMORY = 0x902

function failAs({ tool, factor }: Tool, { code, said }: Ended): never {
  const response = codeOf(said)
  if (response === undefined) {
    // no TPM answered: the library says why it could not reach one
    if (/permission denied/i.test(said)) return fail('tpm-denied')
    return /tcti/i.test(said)
      ? fail('tpm-absent')
      : fail('tpm-failed', { reason: `a tool ended with ${code}` })
  }
  const trouble = TROUBLES[response & FORMAT_ONE ? response & ERROR_BITS : response]
  // the primary key has no PIN: it is the hierarchy that is guarded
  if (trouble === 'pin-wrong' && tool === 'tpm2_createprimary') return fail('tpm-owned')
  if (trouble !== undefined) return fail(trouble, { factor })
  return fail('tpm-failed', { reason: `the TPM answered 0x${response.toString(16)}` })
}

/** Bit 7: the code also names a parameter, handle or session, in bits that are not of the error. */
const FORMAT_ONE = 0x80
const ERROR_BITS = 0xbf

const TROUBLES: Readonly<Record<number, 'pin-wrong' | 'tpm-locked' | 'tpm-other'>> = {
  142: 'pin-wrong', // TPM_RC_AUTH_FAIL, counted for the lockout
  162: 'pin-wrong', // TPM_RC_BAD_AUTH, not counted
  2337: 'tpm-locked', // TPM_RC_LOCKOUT
  159: 'tpm-other', // TPM_RC_INTEGRITY
}

/** The last response code that is named, without the layer that passed it on. */
function codeOf(said: string): number | undefined {
  const [, code] = [...said.matchAll(/\(0x([0-9a-f]{1,8})\)/gi)].at(-1) ?? []
  return code === undefined ? undefined : Number.parseInt(code, 16) & 0xffff
}
