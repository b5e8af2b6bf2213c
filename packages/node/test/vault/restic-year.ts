/** The same year with restic, as whole processes: what `year.ts` compares with. */
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Rules } from '@cairn/core/vault/retention.js'
import { run, which } from '../../../../test/peers/run.js'
import { type Costs, timed, writeDay } from './year.js'

export interface ResticYear {
  backup(
    databases: ReadonlyMap<string, Buffer>,
    when: { readonly day: number; readonly at: Date },
  ): Promise<void>
  prune(rules: Rules): Promise<void>
  costs(): Promise<Costs>
}

/** Null when it is not installed. @param folder a new one, for its repository and the wallets */
export function resticYear(folder: string): ResticYear | null {
  if (which('restic') === null) return null
  const [repository, data] = [join(folder, 'repository'), join(folder, 'data')]
  const env = {
    RESTIC_PASSWORD: 'only for a test',
    RESTIC_REPOSITORY: repository,
    RESTIC_CACHE_DIR: join(folder, 'cache'),
  }
  const restic = (...args: readonly string[]) => timed(() => run('restic', ['--quiet', ...args], { env }))
  const last = { backup: 0, prune: 0 }
  return {
    backup: async (databases, { day, at }) => {
      if (day === 1) mkdirSync(folder, { recursive: true })
      if (day === 1) await restic('init', '--repository-version', '2')
      writeDay(data, databases, day)
      const time = at.toISOString().slice(0, 19).replace('T', ' ')
      last.backup = (await restic('backup', '--time', time, data)).seconds
    },
    prune: async ({ daily, weekly, monthly }) => {
      const keep = ['--keep-daily', `${daily}`, '--keep-weekly', `${weekly}`, '--keep-monthly', `${monthly}`]
      last.prune = (await restic('forget', ...keep, '--prune')).seconds
    },
    costs: async () => {
      const listed = await restic('snapshots', '--json')
      const ids: readonly { readonly id: string }[] = JSON.parse(listed.result)
      const back = (id = '', to = '') => restic('restore', id, '--target', join(folder, to))
      const [oldest, newest] = [await back(ids[0]?.id, 'oldest'), await back(ids.at(-1)?.id, 'newest')]
      const sizes = readdirSync(repository, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => statSync(join(parentPath, name)).size)
      return {
        snapshots: ids.length,
        mib: sizes.reduce((a, b) => a + b, 0) / 2 ** 20,
        files: sizes.length,
        ...last,
        list: listed.seconds,
        restoreOldest: oldest.seconds,
        restoreNewest: newest.seconds,
        check: (await restic('check', '--read-data')).seconds,
      }
    },
  }
}
