/**
 * A TPM 2.0 that keeps the identity of a factor (TPM 2.0 Library, part 1, "Sealed Data Objects"), through the programs
 * of tpm2-tools. The identity is sealed under a primary key of the owner hierarchy, which a TPM makes again from its
 * seed each time: only this chip opens it, and no other object is kept in it. Neither PCRs nor the firmware are looked
 * at: who starts another system on this computer opens it as well, unless there is a PIN.
 *
 * Secrets go through standard input and output only. The folder that the tools work in holds what the TPM encrypted.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { hex, utf8 } from '@cairn/core/bytes.js'
import { fail, isCairnError } from '@cairn/core/errors.js'
import { isIdentityOf, recipientOf } from '@cairn/core/vault/identity.js'
import type { Factor, FactorPlan } from '@cairn/core/vault/policy.js'
import { runTool } from './tpm/tools.js'

export type TpmPlan = Extract<FactorPlan, { readonly kind: 'tpm' }>
export type TpmFactor = Extract<Factor, { readonly kind: 'tpm' }>

export interface Sealing {
  /** Of the factor. */
  readonly name: string
  /** An age identity; secret. */
  readonly identity: string
  /** Secret. */
  readonly pin?: string | undefined
}

/** A TPM takes at most as many bytes as its hash has (part 1, "Authorization values"). */
export const PIN_BYTES = { least: 6, most: 32 } as const

/**
 * The factor whose identity this TPM keeps, after it was asked to give it back once.
 * @throws CairnError `pin-length`, `token-program`, `tpm-absent`, `tpm-denied`, `tpm-failed`, `tpm-locked`
 */
export async function sealToTpm({ name, identity, pin }: Sealing): Promise<TpmPlan> {
  const auth = pin === undefined ? undefined : authValue(pin)
  return inFolder(async (folder) => {
    const run = toolsOf(folder, name)
    await makePrimary(run)
    const create = ['-Q', '-C', 'primary', '-i', '-', '-u', 'public']
    if (auth === undefined) {
      await run('tpm2_create', [...create, '-a', `${SEALED}|noda`, '-r', 'private'], utf8(identity))
    } else {
      // One secret a tool, since there is one standard input. What the TPM would give out without the PIN is written
      // nowhere; `key` is a context, which ends with the next start of the TPM.
      await run('tpm2_create', [...create, '-a', SEALED, '-r', devNull, '-c', 'key'], utf8(identity))
      await run('tpm2_changeauth', ['-C', 'primary', '-c', 'key', '-r', 'private', 'file:-'], auth)
    }
    const [pub, priv] = await Promise.all([base64Of(folder, 'public'), base64Of(folder, 'private')])
    const recipient = recipientOf(identity)
    const plan: TpmPlan = {
      kind: 'tpm',
      name,
      recipient,
      public: pub,
      private: priv,
      pin: auth !== undefined,
    }
    await load(run, folder, plan)
    return (await unseal(run, auth)) === identity ? plan : fail('tpm-failed', { reason: UNLIKE })
  })
}

/**
 * The identity that the TPM of this computer keeps for a factor.
 * @throws CairnError `tpm-other` for a factor of another computer, `pin-needed`, `pin-wrong`, `tpm-locked` after too
 * many wrong ones, `token-program`, `tpm-absent`, `tpm-denied`, `tpm-failed`
 */
export async function openWithTpm(factor: TpmFactor, pin?: string): Promise<string> {
  if (factor.pin && pin === undefined) return fail('pin-needed', { factor: factor.name })
  const auth = factor.pin && pin !== undefined ? authValue(pin) : undefined
  return inFolder(async (folder) => {
    const run = toolsOf(folder, factor.name)
    await load(run, folder, factor)
    const identity = await unseal(run, auth)
    return isIdentityOf(identity, factor.recipient) ? identity : fail('tpm-failed', { reason: UNLIKE })
  })
}

/**
 * True when the TPM of this computer takes the sealed object for its own; its PIN is not needed for that.
 * @throws CairnError `token-program`, `tpm-absent`, `tpm-denied`, `tpm-failed`
 */
export async function isOfThisTpm(factor: TpmFactor): Promise<boolean> {
  try {
    await inFolder(async (folder) => load(toolsOf(folder, factor.name), folder, factor))
    return true
  } catch (error) {
    if (isCairnError(error, 'tpm-other')) return false
    throw error
  }
}

const UNLIKE = 'it gave back something else than was sealed'

/** Of the sealed object. With `noda` wrong PINs of others lock nothing here. */
const SEALED = 'fixedtpm|fixedparent|userwithauth'
/** Of a storage root key, as TCG's provisioning guidance has it. */
const PRIMARY = 'fixedtpm|fixedparent|sensitivedataorigin|userwithauth|noda|restricted|decrypt'

type Run = (tool: string, args: readonly string[], input?: Uint8Array) => Promise<Uint8Array>

/** P-256, since a chip takes seconds to make an RSA key. */
async function makePrimary(run: Run): Promise<void> {
  const template = ['-g', 'sha256', '-G', 'ecc256:aes128cfb', '-a', PRIMARY]
  await run('tpm2_createprimary', ['-Q', '-C', 'o', ...template, '-c', 'primary'])
}

type SealedObject = Pick<TpmFactor, 'public' | 'private'>

/** As `key`. @throws CairnError `tpm-other` */
async function load(run: Run, folder: string, sealed: SealedObject): Promise<void> {
  await writeFile(join(folder, 'public'), Buffer.from(sealed.public, 'base64'))
  await writeFile(join(folder, 'private'), Buffer.from(sealed.private, 'base64'))
  await makePrimary(run)
  await run('tpm2_load', ['-Q', '-C', 'primary', '-u', 'public', '-r', 'private', '-c', 'key'])
}

async function unseal(run: Run, auth: Uint8Array | undefined): Promise<string> {
  const sealed = await run('tpm2_unseal', ['-c', 'key', ...(auth ? ['-p', 'file:-'] : [])], auth)
  return Buffer.from(sealed).toString('latin1')
}

/** What the tools read a PIN from: in hexadecimal, so that none is taken for one of their own forms (`hex:`, `str:`). */
function authValue(pin: string): Uint8Array {
  const bytes = utf8(pin.normalize('NFC'))
  const { least, most } = PIN_BYTES
  return bytes.length >= least && bytes.length <= most
    ? utf8(`hex:${hex(bytes)}`)
    : fail('pin-length', { least, most })
}

function toolsOf(folder: string, factor: string): Run {
  // paths instead of a working folder: a TCTI may name one of its own
  const path = (arg: string) => (FILES.has(arg) ? join(folder, arg) : arg)
  return (tool, args, input) => runTool({ tool, args: args.map(path), factor, ...(input ? { input } : {}) })
}

const FILES = new Set(['primary', 'public', 'private', 'key'])

async function base64Of(folder: string, name: string): Promise<string> {
  return (await readFile(join(folder, name))).toString('base64')
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cairn-tpm-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
