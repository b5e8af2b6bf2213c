/** The job that the system runs for a vault: which command, when. For `cairn schedule`. */
import { existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fail } from '@cairn/core/errors.js'
import type { Device } from '@cairn/node/machine/device.js'
import type { Job, When } from '@cairn/node/schedule/job.js'
import type { Context } from './context.js'

/** Jobs of two vaults on one machine are two. */
export function jobId({ config }: Device): string {
  return config.vault.slice(0, 8)
}

/** The same minute each time for one vault, and spread over the hour for many. */
export function jobOf(context: Context, device: Device, at: string | undefined): Job {
  const id = jobId(device)
  const minute = Number.parseInt(id, 16) % 60
  return {
    id,
    when: at === undefined ? { kind: 'hourly', minute } : parseAt(at),
    command: [
      process.execPath,
      realpathSync(process.argv[1] ?? ''),
      ...['--no-input', '--quiet', '--vault', device.folder, 'backup', '--due'],
    ],
    env: { CAIRN_HOME: context.home, ...(process.platform === 'win32' ? {} : { PATH: programFolders() }) },
  }
}

/** Where Node is and where rclone is, before the usual: systems give jobs little, and cron takes no long lines. */
function programFolders(): string {
  const rclone = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => existsSync(join(folder, 'rclone')))
  const folders = [dirname(process.execPath), ...rclone.slice(0, 1), '/usr/local/bin', '/usr/bin', '/bin']
  return [...new Set(folders)].join(delimiter)
}

/** @throws CairnError `usage` */
function parseAt(at: string): When {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(at) ?? []
  if (hour === undefined) return fail('usage', { reason: '--at is a time of day like 12:30' })
  return { kind: 'daily', hour: Number(hour), minute: Number(minute) }
}

/** `every hour at minute 17`, `every day at 02:30`. */
export function sayWhen(when: When): string {
  const minute = String(when.minute).padStart(2, '0')
  return when.kind === 'hourly'
    ? `every hour at minute ${when.minute}`
    : `every day at ${String(when.hour).padStart(2, '0')}:${minute}`
}
