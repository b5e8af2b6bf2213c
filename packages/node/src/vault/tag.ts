/**
 * Tagging a snapshot after it was made. A manifest is never changed, and nothing is opened or sent: this machine
 * remembers the tags of its own snapshots, and its next backup carries all of them in the new manifest.
 */
import { forgottenHeads } from '@cairn/core/vault/forgotten.js'
import { retag } from '@cairn/core/vault/tags.js'
import { readTags, writeTags } from '../machine/memory.js'
import type { Machine } from '../machine/open.js'
import type { Ports } from '../ports.js'
import { readPast } from './open.js'
import { chooseHead } from './reader.js'
import { ownHeads } from './survey.js'

export interface TagPlan {
  /** `latest`, a number, or the beginning of an id. */
  readonly at: string
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

export interface TagReport {
  readonly id: string
  readonly seq: number
  /** All that it has now, sorted. */
  readonly tags: readonly string[]
}

/** @throws CairnError `snapshot-absent` also for one of another computer; `usage`; `vault-busy` */
export async function tagSnapshot(machine: Machine, plan: TagPlan, ports: Ports): Promise<TagReport> {
  return ports.exclusively(machine.home.lock, async () => {
    const { chain, forgotten } = await readPast([ownHeads(machine, ports.disk)], machine.description)
    const isGone = forgottenHeads(forgotten)
    const heads = chain.filter(({ head }) => !isGone(head))
    const newest = Math.max(0, ...heads.map(({ head }) => head.seq))
    const { head } = chooseHead(heads, plan.at === 'latest' ? `${newest}` : plan.at)
    const known = await readTags(ports.disk, machine.home)
    const tags = retag(known.get(head.seq) ?? [], plan)
    await writeTags(ports.disk, machine.home, new Map([...known, [head.seq, tags]]))
    return { id: head.manifest, seq: head.seq, tags }
  })
}
