/**
 * A rehearsal for those who come after the owner, with nothing at stake: a throwaway vault of the same shape, in which a
 * sample wallet lies. Each factor is a sheet there; the words of those that would be gone with the owner are given to nobody.
 * What is left of it is a folder with one copy of that vault and the sheets, as people would find them. The result is kept
 * with the day and the seconds it took, and without a word of it.
 */
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hex } from '@cairn/core/bytes.js'
import { fail } from '@cairn/core/errors.js'
import type { HeirsPlan } from '@cairn/core/plan/heirs.js'
import type { VaultDescription } from '@cairn/core/vault/description.js'
import { instant } from '@cairn/core/vault/head.js'
import type { Policy, SheetWords } from '@cairn/core/vault/policy.js'
import * as z from 'zod'
import { type Machine, openMachine } from '../machine/open.js'
import { addRehearsals } from '../machine/rehearsals.js'
import { localError, readState, writeState } from '../machine/state.js'
import type { Ports } from '../ports.js'
import { storeUrl } from '../stores/open.js'
import { add, lookAt } from './add-wallet.js'
import { backup } from './backup.js'
import { planVersion } from './heir-plan.js'
import { init } from './init.js'
import type { OpenVault, Past } from './open.js'
import { restore } from './restore.js'

const SAMPLE = 'sample'
const COPY = 'copy'
/**
 * The throwaway vault while it is being made; with it a preparation is not finished. Nobody has a folder of this name, and what
 * is beside it is taken away with it.
 */
const WORK = 'cairn-drill-unfinished'

const schema = z.strictObject({
  format: z.literal('cairn-heir-drill'),
  version: z.literal(1),
  heir: z.string().max(64),
  /** What is rehearsed: another policy, or other things in their hands, is another way. */
  plan: z.string().max(64),
  begun: instant,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

export type HeirDrill = z.infer<typeof schema>

function fileOf(folder: string): string {
  return join(folder, 'rehearsal.json')
}

/** Where the copy is that the heirs restore from. */
export function copyOf(folder: string): string {
  return join(folder, COPY)
}

/** The rehearsal that was prepared in a folder, or undefined. @throws CairnError `state-damaged` */
export async function readHeirDrill(
  folder: string,
  { disk }: Pick<Ports, 'disk'>,
): Promise<HeirDrill | undefined> {
  return readState(disk, fileOf(folder), schema)
}

export interface HeirDrillPlan {
  /** New or empty. */
  readonly folder: string
  readonly heir: string
  readonly policy: Policy
  readonly heirs: HeirsPlan
  /** A wallet that holds nothing. */
  readonly sample: string
  /** Takes the sheets that people would have. */
  readonly deliver: (sheets: readonly SheetWords[], description: VaultDescription) => Promise<void>
}

/** @throws CairnError as `init`, `rehearsal-folder` */
export async function prepareHeirDrill(plan: HeirDrillPlan, ports: Ports): Promise<HeirDrill> {
  const { folder, heir, policy, heirs, sample, deliver } = plan
  const { disk } = ports
  await clearUnfinished(folder, ports)
  const there = await disk.list(folder).catch(() => [])
  if (there.length > 0) fail('rehearsal-folder', { path: folder })
  await disk.makeFolder(folder).catch((error) => localError(error, folder))
  const work = join(folder, WORK)
  const gone = new Set(heirs.gone.map(({ name }) => name))
  const groups = policy.groups.map(({ name, need, factors }) => ({
    ...{ name, need },
    factors: factors.map((factor) => ({ kind: 'sheet' as const, name: factor.name })),
  }))
  await init(
    {
      home: join(work, 'home'),
      folder: join(work, 'vault'),
      stores: [{ name: COPY, url: storeUrl(copyOf(folder)) }],
      policy: { need: policy.need, groups },
      deliver: (sheets, description) =>
        deliver(
          sheets.filter(({ name }) => !gone.has(name)),
          description,
        ),
    },
    ports,
  )
  const machine = await openMachine({ home: join(work, 'home'), vault: join(work, 'vault') }, disk)
  const wallet = await lookAt({ source: sample, kind: 'file' }, ports)
  await add(machine, { name: SAMPLE, source: sample, wallet }, ports)
  await backup(machine, { names: [] }, ports)
  // as after a loss: there is no computer that knows the vault
  await rm(work, { recursive: true, force: true, maxRetries: 3 })
  const drill: HeirDrill = {
    ...{ format: 'cairn-heir-drill', version: 1, heir, plan: planVersion(policy, heirs, heir) },
    ...{ begun: ports.now().toISOString(), sha256: sha256(await disk.read(sample)) },
  }
  await writeState(disk, fileOf(folder), drill)
  return drill
}

/** Takes away what a preparation that was stopped has left: names of its own making, and nothing else beside them. */
async function clearUnfinished(folder: string, { disk }: Pick<Ports, 'disk'>): Promise<void> {
  const names = (await disk.list(folder).catch(() => [])).map((entry) => entry.name)
  const isOwn = names.every((name) => name === WORK || name === COPY || /^sheet-\d+-/.test(name))
  if (!names.includes(WORK) || !isOwn) return
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 })
}

export interface HeirDrillResult {
  readonly ok: boolean
  readonly seconds: number
}

/** From the open copy to the sample wallet, which must be what it was. @throws CairnError as `restore` */
export async function finishHeirDrill(
  folder: string,
  {
    drill,
    opened,
    since,
  }: {
    readonly drill: HeirDrill
    readonly opened: OpenVault & { readonly past: Past }
    readonly since: Date
  },
  ports: Ports,
): Promise<HeirDrillResult> {
  const to = join(folder, 'restored')
  const { reading, past } = opened
  const report = await restore(
    { reading, heads: past.heads, names: [], to, inTheWay: 'keep', risky: 'refuse' },
    ports,
  )
  const ok = report.files.some((file) => file.wallet === SAMPLE && file.sha256 === drill.sha256)
  return { ok, seconds: Math.round((ports.now().getTime() - since.getTime()) / 1000) }
}

/** Keeps how it went, in the state of the real vault. */
export async function noteHeirDrill(
  { home }: Pick<Machine, 'home'>,
  { drill, result }: { readonly drill: HeirDrill; readonly result: HeirDrillResult },
  ports: Pick<Ports, 'disk' | 'now'>,
): Promise<void> {
  const { ok, seconds } = result
  const row = { what: 'heir' as const, name: drill.heir, version: drill.plan, ok, seconds }
  await addRehearsals(ports.disk, home, [{ ...row, time: ports.now().toISOString() }])
}

function sha256(bytes: Uint8Array): string {
  return hex(createHash('sha256').update(bytes).digest())
}
