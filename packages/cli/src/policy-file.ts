/** The TOML file of `--policy`: bounded, and nothing in it is passed over. It holds no secret. */
import { text } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import { FACTORS_LIMIT, type Grouped } from '@cairn/core/vault/policy.js'
import { parse } from 'smol-toml'
import * as z from 'zod'
import { readBounded } from './input.js'

const FILE_LIMIT_BYTES = 65_536
/** With the recipient of a post-quantum plugin. */
const FACTOR_LIMIT_CHARACTERS = 2_600
const small = z.int().min(1).max(FACTORS_LIMIT)

const groupSchema = z.strictObject({
  /** All of its factors unless said. */
  need: small.optional(),
  factors: z.array(z.string().max(FACTOR_LIMIT_CHARACTERS)).min(1).max(FACTORS_LIMIT),
})

const fileSchema = z.strictObject({
  /** How many groups are needed; all unless said. */
  need: small.optional(),
  groups: z
    .record(z.string(), groupSchema)
    .refine((groups) => Object.keys(groups).length >= 1 && Object.keys(groups).length <= FACTORS_LIMIT),
})

/** @throws CairnError `policy-file` and those of reading */
export async function readPolicyFile(path: string): Promise<Grouped<string>> {
  const parsed = fileSchema.safeParse(parseToml(await readBounded(path, FILE_LIMIT_BYTES), path))
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') || 'the file'
    return fail('policy-file', { path, reason: `${where} is missing, unknown or out of range` })
  }
  const { need, groups } = parsed.data
  const list = Object.entries(groups).map(([name, group]) => ({
    name,
    need: group.need ?? group.factors.length,
    factors: group.factors,
  }))
  return { need: need ?? list.length, groups: list }
}

function parseToml(bytes: Uint8Array, path: string): unknown {
  try {
    return parse(text(bytes))
  } catch {
    // the message of the parser quotes the file, which may be another one than was meant
    return fail('policy-file', { path, reason: 'it is not TOML' })
  }
}
